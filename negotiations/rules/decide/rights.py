"""What each kind of party may do at a table, in one place."""

from __future__ import annotations

from collections.abc import Mapping

from bargaining.case import Case
from negotiations.rules import commands as c
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room.strands import watchers

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
    kind = kind_of(case, party)
    if command.needs not in RIGHTS[kind]:
        raise RuleBroken("observing" if kind == "observer" else "no_vote")
    if kind == "mediator" and isinstance(command, c.MakeOffer) and len(command.packages) > 1:
        raise RuleBroken("one_proposal")


def kind_of(case: Case, party: str) -> str:
    """The kind of a party; who only watches may be none of the case's own."""
    return "observer" if party in watchers(case) else case.party(party).kind
