"""What each kind of party may do at a table, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from bargaining.case import Case
from negotiations.rules import commands as c
from negotiations.rules.refusals import RuleBroken

STAKEHOLDER: frozenset[c.Right] = frozenset({"talk", "propose", "vote", "ask"})
#: By the kind of the party. A mediator helps and has no say; an observer sees and is silent.
RIGHTS: Mapping[str, frozenset[c.Right]] = {
    "negotiator": STAKEHOLDER,
    "principal": STAKEHOLDER,
    "agent": STAKEHOLDER,
    "mediator": frozenset({"talk", "propose", "ask"}),
    "observer": frozenset({"ask"}),
}


def require_right(case: Case, party: str, command: c.Command) -> None:
    """The party may do this kind of thing at all, whatever the moment."""
    kind = case.party(party).kind
    if command.needs not in RIGHTS[kind]:
        raise RuleBroken("observing" if kind == "observer" else "no_vote")
    if kind == "mediator" and isinstance(command, c.MakeOffer) and len(command.packages) > 1:
        raise RuleBroken("one_proposal")
