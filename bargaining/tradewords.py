"""A trade in a sentence: what would change, and what that is worth to whom. The sentence tells points, so it is for
instructors, or for a party that may know all of them; `translate` lets the web pass gettext."""

from __future__ import annotations

from collections.abc import Iterator

from bargaining.case import Case
from bargaining.saying import Translate, identity
from bargaining.trades import Points, TermChange, Trade
from bargaining.words import number_in_words, value_in_words


def trade_in_words(
    case: Case, trade: Trade, viewer: str | None = None, translate: Translate = identity
) -> str:
    """For example "Handover: November instead of August. +9 for you, +6 for them."

    `viewer` is the party that is spoken to; without one, and with several others, parties go by their names.
    """
    changes = translate("; ").join(_change(case, change, translate) for change in trade.changes)
    gains = translate(", ").join(gains_in_words(case, trade.gains, viewer, translate))
    return translate("{changes}. {gains}.").format(changes=changes, gains=gains)


def gains_in_words(
    case: Case, gains: Points, viewer: str | None = None, translate: Translate = identity
) -> Iterator[str]:
    """Each party's gain, the viewer's first: "+9 for you", "+6 for them"; "±0" is nothing, "−4" a loss."""
    for party in sorted(gains, key=lambda party: party != viewer):
        yield _for_whom(case, party, viewer, len(gains), translate).format(points=_signed(gains[party]))


def _for_whom(case: Case, party: str, viewer: str | None, parties: int, translate: Translate) -> str:
    if party == viewer:
        return translate("{points} for you")
    if viewer is not None and parties == 2:
        return translate("{points} for them")
    return translate("{points} for {party}").replace("{party}", case.party(party).name)


def _change(case: Case, change: TermChange, translate: Translate) -> str:
    issue = case.issue(change.issue)
    if change.new is None:
        return translate("{issue}: dropped").format(issue=issue.title)
    new = value_in_words(issue, change.new, translate)
    if change.old is None:
        return translate("{issue}: {new}, added").format(issue=issue.title, new=new)
    old = value_in_words(issue, change.old, translate)
    return translate("{issue}: {new} instead of {old}").format(issue=issue.title, new=new, old=old)


def _signed(points: float) -> str:
    if points == 0:
        return "±0"
    return f"{'+' if points > 0 else '−'}{number_in_words(abs(points))}"
