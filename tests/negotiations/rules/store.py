"""The words of tests about phases and news: growers who talk in pairs first, and a table with news of all kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bargaining.casefile import load_folder
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.room import Policy, RoomState, evolve, replay
from tests.negotiations.rules.given import ADA, BEGIN, CLOCK, LIBRARY, logged

STORE = load_folder(LIBRARY / "cold-store").case.seen_by(None)
SEATS = {party: UUID(int=n) for n, party in enumerate(STORE.party_ids, 1)}
ORCHARD, DAIRY, FISHERY = (c.Actor(SEATS[party], "seat", party) for party in ("orchard", "dairy", "fishery"))
SEATED = tuple(e.SeatTaken(seat, party, "person") for party, seat in SEATS.items())
MINUTE = timedelta(minutes=1)
#: As long as the author means it: three pairs of four minutes, then fifteen for all.
END = BEGIN + 27 * MINUTE
PAIRS = (*SEATED, e.TableOpened(END), e.PhaseBegan("private_pairs", 0, BEGIN + 4 * MINUTE))
OPEN_PART = (*PAIRS, e.PhaseBegan("open", 0, END))
SETTLING = (*SEATED, e.TableOpened(END), e.PhaseBegan("settle_up", 0, BEGIN + 20 * MINUTE))
ASKED = (*SEATED, e.TableOpened(END), e.PhaseBegan("ask", 0, END))
OVERTIME = (*SEATED, e.TableOpened(END), e.OvertimeBegan(END + MINUTE))

REACHED: dict[str, tuple[tuple[e.Event, ...], c.Actor, c.Command]] = {
    "others_talk": (PAIRS, FISHERY, c.Say("May I?")),
    "talk_only": (PAIRS, ORCHARD, c.MakeOffer(({},))),
    "settling_up": (SETTLING, ORCHARD, c.MakeOffer(({},))),
    "asking": (ASKED, ORCHARD, c.Say("Wait")),
    "overtime": (OVERTIME, ORCHARD, c.MakeOffer(({},))),
}
PLAN = (
    e.PlannedNews("storm", ("orchard", "dairy", "fishery"), "A storm comes", seconds=300),
    e.PlannedNews("rival", ("orchard",), "A rival builds", phase="open", changes=True),
    e.PlannedNews("letter", ("dairy", "fishery"), "A letter came"),
)
SHOWN: list[tuple[e.Event, dict[str, Any]]] = [
    (
        e.PhaseBegan("open", 0, END),
        {"phase": "open", "place": 0, "ends_at": "2026-11-02T09:27:00Z"},
    ),
    (e.WaitingCounted(3), {"units": 3}),
    (e.OvertimeBegan(END), {"closes_at": "2026-11-02T09:27:00Z"}),
    (
        e.NewsPlanned(PLAN[2:]),
        {"plan": ({"id": "letter", "to": ("dairy", "fishery"), "text": "A letter came"},)},
    ),
    (
        e.NewsReleased("letter", "A letter came"),
        {"news": "letter", "text": "A letter came", "everybody": False},
    ),
]


class Play:
    """A table that is played by the rules alone, with a clock that a test moves. Every draft keeps its audience."""

    def __init__(
        self, case: Any = STORE, policy: Policy | None = None, seated: Mapping[str, UUID] = SEATS
    ) -> None:
        self.state: RoomState = replay(case, [], policy)
        self.now = BEGIN
        self.log: list[e.Logged] = []
        for party, seat in seated.items():
            self.add(CLOCK, (e.Draft(e.SeatTaken(seat, party, "person")),))

    def add(self, actor: c.Actor, drafts: tuple[e.Draft, ...]) -> None:
        for draft in drafts:
            line = e.Logged(self.state.seq + 1, draft.event, actor.id, draft.audience, self.now)
            self.state = evolve(self.state, line)
            self.log.append(line)

    def ask(self, actor: c.Actor, command: c.Command) -> tuple[e.Draft, ...]:
        drafts = decide(self.state, actor, command, self.now).drafts
        self.add(actor, drafts)
        return drafts

    def open(self, seconds: int = 27 * 60, news: tuple[e.PlannedNews, ...] = ()) -> tuple[e.Draft, ...]:
        return self.ask(ADA, c.OpenTable(seconds, news))

    def tick_at(self, at: datetime) -> tuple[e.Draft, ...]:
        self.now = at
        return self.ask(CLOCK, c.Tick())

    def events(self, kind: type[e.Event]) -> list[Any]:
        return [line.event for line in self.log if isinstance(line.event, kind)]


def table_of(*events: e.Event) -> RoomState:
    return replay(STORE, logged(events))
