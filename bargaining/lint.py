"""What a teacher should know of a case before class: no zone of agreement, terms that move nobody, roles of uneven
chances, a number in the wrong hands. It knows the case and its texts, never a room, and changes neither.

The bounds are rules of thumb for scorable exercises: a deal should be neither a gift nor a needle in a haystack, and
no role twice as easily content as another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from bargaining.analysis import analysis
from bargaining.case import Case, Issue
from bargaining.casefile import Texts, after_release, under_condition
from bargaining.claims import value_created
from bargaining.counting import TooManyToCount, counter
from bargaining.coupling import amounts
from bargaining.formulas import issues_of
from bargaining.outcomes import Floats, Mask, SpaceTooLarge
from bargaining.pareto import pareto_mask
from bargaining.scoring import issue_points
from bargaining.sight import EVERYTHING
from bargaining.slips import LEAST_TELLING, Slip, numbers_in, slips
from bargaining.words import number_in_words, value_in_words

MOST_PASSING, LEAST_PASSING = 0.6, 0.01
MOST_UNEVEN = 2.0
BEST_MIDDLE = 0.85
MOST_NAMED = 3


@dataclass(frozen=True)
class Remark:
    """One thing to know: its code, where it stands (a path in simulation.yaml, or file:line), what it is and how to
    mend it. A warning is probably a slip; information may be just what the author wants."""

    code: str
    where: str
    words: str
    mend: str
    kind: Literal["warning", "information"] = "warning"

    def __str__(self) -> str:
        return f"{self.where}: {self.words} {self.mend}"


def lint(case: Case, texts: Texts | None = None) -> tuple[Remark, ...]:
    """Everything that a teacher should know of a whole case before class, warnings first.

    Counts are exact, over all whole packages. Where there are too many to count, a remark says so and the
    remarks that need them are left out. ValueError for what only one party may see.
    """
    if case.seen_as != EVERYTHING:
        raise ValueError("Only a whole case can be looked over.")
    found = [*_of_outcomes(case), *_of_issues(case), *_of_coalitions(case), *_of_alternatives(case)]
    if texts is not None:
        found += _of_texts(case, texts)
    return tuple(sorted(found, key=lambda remark: remark.kind, reverse=True))


@dataclass(frozen=True)
class _Counts:
    """How many packages a case has, how many of them meet what a deal must meet, are worth the own alternative to
    each party, and would pass."""

    outcomes: int
    valid: int
    accepted: Mapping[str, int]
    passing: int


def _of_outcomes(case: Case) -> Iterator[Remark]:
    if case.mechanism != "agreement" or not case.scored_ids:
        return
    counts = _count(case)
    if counts is None:
        yield _too_large("issues")
        return
    yield from _zone(case, counts)
    yield from _changed_zones(case, counts)
    if counts.passing:
        yield from _passing_share(counts)
        yield from _middle(case)
    yield from _balance(counts)


def _count(case: Case) -> _Counts | None:
    """Exact numbers, or None where the packages are too many to count."""
    try:
        there = analysis(case)
        floors = np.where(np.eye(len(there.parties), dtype=bool), there.alternatives, there.value_min)
        accepted = counter(there.structure).at_least(floors)
    except (SpaceTooLarge, TooManyToCount):
        return None
    except ValueError:  # no package meets what the rule requires
        return _Counts(0, 0, {}, 0)
    if there.passing_outcomes is None:
        return None
    by_party = dict(zip(there.parties, accepted, strict=True))
    return _Counts(there.outcomes, there.valid_outcomes, by_party, there.passing_outcomes)


def _too_large(where: str) -> Remark:
    return Remark(
        "too_large",
        where,
        "There are too many packages to count: how many pass, and for whom, was not checked.",
        "Use fewer issues or larger steps if you want these figures.",
        "information",
    )


def _zone(case: Case, counts: _Counts) -> Iterator[Remark]:
    if counts.passing:
        return
    if not counts.valid:
        yield Remark(
            "nothing_counts",
            "agreement.requires",
            "No package meets what a deal must meet.",
            "Ask for less, or offer other terms.",
        )
    elif case.agreement.allow_no_deal:
        yield Remark(
            "no_deal_is_right",
            "agreement",
            f"None of {number_in_words(counts.outcomes)} deals satisfies enough parties: no deal is the right result.",
            "Leave it if that is what the class should learn; else change points or alternatives.",
            "information",
        )
    else:
        yield Remark(
            "no_zone",
            "agreement",
            f"None of {number_in_words(counts.outcomes)} deals satisfies enough parties, and tables may not end "
            "without one.",
            "Change points or alternatives, or write “allow_no_deal: true”.",
        )


def _changed_zones(case: Case, counts: _Counts) -> Iterator[Remark]:
    """Variants and news that open the zone of agreement or close it."""
    variants = {f"conditions.{v.id}": under_condition(case, v.id) for v in case.conditions}
    variants |= {f"releases.{r.id}": after_release(case, r.id) for r in case.releases}
    for where, variant in variants.items():
        changed = _count(variant)
        if changed is None:
            yield _too_large(where)
        elif bool(changed.passing) != bool(counts.passing):
            yield Remark(
                "zone_changes",
                where,
                f"Here {_passing_words(changed)}, else {_passing_words(counts)}.",
                "Leave it if tables should differ in this.",
                "information",
            )


def _passing_words(counts: _Counts) -> str:
    return f"{number_in_words(counts.passing)} of {number_in_words(counts.outcomes)} deals pass"


def _passing_share(counts: _Counts) -> Iterator[Remark]:
    share = counts.passing / counts.outcomes
    words = f"{_passing_words(counts)} ({_percent(share)})"
    if share > MOST_PASSING:
        yield Remark(
            "many_pass", "agreement", f"{words}: almost anything will do.", "Raise some alternatives."
        )
    if share < LEAST_PASSING:
        yield Remark("few_pass", "agreement", f"{words}: a deal is hard to find.", "Lower some alternatives.")


def _middle(case: Case) -> Iterator[Remark]:
    """The middle of everything should leave value on the table where the case is to teach trades."""
    if "integrative" not in case.tags:
        return
    created = [value_created(case, package) for package in analysis(case).middle_deal.packages]
    known = [share for share in created if share is not None]
    if known and (share := float(np.mean(known))) > BEST_MIDDLE:
        yield Remark(
            "middle_is_good",
            "tags",
            f"The middle of every issue is already worth {_percent(share)} of the best deal.",
            "Let the parties want different issues most, or remove the tag “integrative”.",
        )


def _balance(counts: _Counts) -> Iterator[Remark]:
    if not counts.accepted or max(counts.accepted.values()) <= MOST_UNEVEN * min(counts.accepted.values()):
        return
    rates = {party: accepted / counts.valid for party, accepted in counts.accepted.items()}
    least, most = min(rates, key=rates.__getitem__), max(rates, key=rates.__getitem__)
    yield Remark(
        "uneven_roles",
        f"parties.{least}",
        f"{_percent(rates[least])} of the deals satisfy {least}, but {_percent(rates[most])} satisfy {most}.",
        "Bring their alternatives closer, so that no role is twice as easy.",
    )


def _of_issues(case: Case) -> Iterator[Remark]:
    """What the points of single issues show. An issue that something else reads may matter in other ways."""
    read = _read_elsewhere(case)
    for issue in case.listed_issues:
        if issue.id not in read and case.scored_ids:
            yield from _of_issue(issue, _points_of(case, issue))


def _of_issue(issue: Issue, points: Floats) -> Iterator[Remark]:
    where = f"issues.{issue.id}"
    if (points == points[0]).all():
        yield Remark(
            "idle_issue",
            where,
            f"“{issue.title}” moves nobody: every value is worth the same to each party.",
            "Give points for it, or leave the issue out.",
        )
        return
    good = pareto_mask(points)
    if not good.all():
        yield _dominated(issue, where, good, alone=len(np.unique(points[good], axis=0)) == 1)


def _dominated(issue: Issue, where: str, good: Mask, alone: bool) -> Remark:
    if alone:
        best = value_in_words(issue, issue.values()[int(good.argmax())])
        return Remark(
            "compatible_issue",
            where,
            f"“{issue.title}”: nobody likes anything better than “{best}”.",
            "Leave it if the class should find a common interest.",
            "information",
        )
    worse = [value_in_words(issue, issue.values()[k]) for k in np.flatnonzero(~good)]
    named = ", ".join(f"“{words}”" for words in worse[:MOST_NAMED]) + (", ..." if worse[MOST_NAMED:] else "")
    return Remark(
        "dominated_option",
        where,
        f"“{issue.title}”: for {named} there is another value that nobody likes less and somebody more.",
        "Leave it if the class should find out; else give somebody a reason to want it.",
        "information",
    )


def _points_of(case: Case, issue: Issue) -> Floats:
    """Points of each value for each scored party, [values, parties]."""
    columns = [list(issue_points(case, party, issue.id).values()) for party in case.scored_ids]
    return np.array(columns).T


def _read_elsewhere(case: Case) -> frozenset[str]:
    """Issues that an interaction, a formula, another issue or the agreement rule reads."""
    conditions = [issue.when for issue in case.issues] + [case.agreement.requires]
    conditions += [adjustment.when for adjustment in case.adjustments]
    formulas = [formula for party in case.scored_ids for _, formula, _ in amounts(case, party)]
    return frozenset().union(*(c.issues for c in conditions if c), *map(issues_of, formulas))


def _of_coalitions(case: Case) -> Iterator[Remark]:
    table = case.coalition
    if table is None:
        return
    alone = {p.id: p.alternative.worth for p in case.parties if p.alternative}
    if all(
        worth < sum(alone.get(party, 0.0) for party in members) for members, worth in table.values.items()
    ):
        yield Remark(
            "no_zone",
            "coalition.values",
            "No coalition can share as much as its members have alone.",
            "Raise the values, or lower the alternatives.",
        )


def _of_alternatives(case: Case) -> Iterator[Remark]:
    """Words that name an amount of money beside a value that is another: one of them was forgotten in a change."""
    for party in case.parties:
        alternative = party.alternative
        if alternative is None or alternative.value is None or case.unit == "points":
            continue
        named = {number for number in numbers_in(alternative.text) if number >= LEAST_TELLING}
        if named and alternative.value not in named:
            yield Remark(
                "alternative_says_otherwise",
                f"parties.{party.id}.alternative",
                f"The words name {', '.join(map(number_in_words, sorted(named)))}; the value is "
                f"{number_in_words(alternative.value)}.",
                "Change the words or the value, so that the sheet says one thing.",
            )


def _of_texts(case: Case, texts: Texts) -> Iterator[Remark]:
    for slip in slips(case, None, texts["general"]):
        yield _slip("general.md", slip, "Everybody reads this.")
    for party, text in texts["roles"].items():
        for slip in slips(case, party, text, common=texts["general"]):
            yield _slip(f"roles/{party}.md", slip, f"The {case.party(party).role} reads this.")


def _slip(file: str, slip: Slip, who: str) -> Remark:
    return Remark(
        "number_of_another",
        f"{file}:{slip.line}",
        f"{slip.number} is a number that only {slip.owner} should know. {who}",
        "Change the text, or make the number a public fact.",
    )


def _percent(share: float) -> str:
    return f"{number_in_words(round(100 * share, 1))} %"
