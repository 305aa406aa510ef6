"""Six at the mill, seven in the town and three growers: the words of the tests about votes and coalitions."""

from __future__ import annotations

from typing import Any

from bargaining.case import Case, Package
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import phases
from negotiations.rules.room import Policy
from tests.negotiations.rules.given import ADA, END
from tests.negotiations.rules.playing import ROOM, Play, whole

MILL, TOWN, STORE, VALLEY = (
    whole(name) for name in ("dunmore-mill", "quillhaven", "cold-store", "cassel-valley-solar")
)


def landmark(case: Case, name: str) -> Package:
    return next(mark.package for mark in case.landmarks if mark.id == name)


ALL_SIX, FIVE, MIDDLE = (
    landmark(MILL, name) for name in ("all_six", "without_expert", "middle_of_everything")
)
STRONG = landmark(TOWN, "broad_plan")
#: Too little protection to count: 38 where 50 are needed.
WEAK: Package = {**landmark(TOWN, "wall_first"), "road": "keep"}
PAIR: Package = {"orchard": 52, "dairy": 40}
RIVAL: Package = {"dairy": 44, "fishery": 16}
GRAND: Package = {"orchard": 48, "dairy": 35, "fishery": 23}


class Table(Play):
    """A table at which offers can be made, with a person for every party, each spoken of by its name."""

    def __init__(self, case: Case, minutes: float = 60, policy: Policy | None = None) -> None:
        super().__init__(case, policy, ROOM)
        self.by = dict(zip(case.party_ids, self.sit(*case.party_ids), strict=True))
        self.open(minutes)
        while phases.talking(self.state):
            self.do(ADA, c.NextPhase())

    def offer(self, party: str, *packages: Package) -> tuple[e.Event, ...]:
        return self.do(self.by[party], c.MakeOffer(packages))

    def accept(self, number: int = 1, place: int = 0) -> c.AcceptOffer:
        return c.AcceptOffer(number, place, self.state.offers[number - 1].digest)

    def yes(self, *parties: str, offer: int = 1) -> tuple[e.Event, ...]:
        """These say yes, one after the other; the events of the last one's."""
        found: tuple[e.Event, ...] = ()
        for party in parties:
            found = self.do(self.by[party], self.accept(offer))
        return found

    def no(self, party: str, offer: int = 1) -> tuple[e.Event, ...]:
        return self.do(self.by[party], c.DeclineOffer(offer))


def carried(policy: Policy | None = None) -> Table:
    """The mill with five of six for the company's proposal; the expert has said nothing."""
    table = Table(MILL, policy=policy)
    table.offer("company", FIVE)
    table.yes("agency", "union", "fire", "families")
    return table


ENDS = "2026-11-02T09:45:00Z"
COUNT: dict[str, Any] = {"yes": ("company", "agency"), "no": ("expert",), "silent": ("fire",)}
#: Each event of votes with what everybody at the table reads.
SHOWN: list[tuple[e.Event, dict[str, Any]]] = [
    (e.VoteTakenBack(1, "fire"), {"offer": 1, "party": "fire"}),
    (e.VoteCarried(1, 0, END), {"offer": 1, "package": 0, "counts_at": ENDS}),
    (e.VoteBroken(1, 0), {"offer": 1, "package": 0}),
    (e.VoteCounted(1, 0, **COUNT), {"offer": 1, "package": 0, **COUNT}),
    (e.OfferSponsored(1, "fire"), {"offer": 1, "party": "fire"}),
    (
        e.StanceTaken(1, 0, "fire", "unsure"),
        {"offer": 1, "package": 0, "party": "fire", "stance": "unsure"},
    ),
    (e.PollCalled(1, END, 1), {"poll": 1, "ends_at": ENDS, "planned": 1}),
]
