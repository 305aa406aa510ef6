"""The checker can fail: each fault planted in a sound history or log is caught, and nothing else is said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

import msgspec
import pytest
from msgspec import structs

from negotiations import wire
from negotiations.perform import digest_of
from negotiations.rules import commands as c
from negotiations.rules import events as e
from negotiations.rules.decide import decide
from negotiations.rules.room import Policy, RoomState, evolve, replay
from negotiations.rules.sight import Viewer, seen
from negotiations.rules.summary import summarise
from tests.faults.checker import Found, faults, plain, spans
from tests.faults.history import Answer, Call, Heard, History, Stream
from tests.negotiations.rules.given import ADA, BEGIN, BO, BO_SEAT, CASE, CLOCK, CY, CY_SEAT, LEASE

ROOM = UUID(int=77)
KEYS = UUID(int=78)
DIGEST = "found when the offer is made"


@dataclass
class Recorded:
    """A sound recording to plant faults in."""

    found: Found
    history: History

    def without(self, *seqs: int) -> list[e.Logged]:
        return [line for line in self.found.log if line.seq not in seqs]

    def with_log(self, log: list[e.Logged]) -> None:
        self.found = structs.replace(self.found, log=log)

    def call(self, kind: str) -> Call:
        return next(call for call in self.history.calls if call.frame["t"] == kind)

    def put(self, old: Call, new: Call) -> None:
        self.history.calls[self.history.calls.index(old)] = new


class Recorder:
    """Plays a whole room in memory by the real rules, as if clients had sent it."""

    def __init__(self) -> None:
        self.state = RoomState(case=CASE)
        self.log: list[e.Logged] = []
        self.history = History()
        self.time = 0

    def perform(self, actor: c.Actor, command: c.Command, key: UUID) -> None:
        self.time += 1
        at = BEGIN + timedelta(seconds=self.time)
        drafts = decide(self.state, actor, command, at).drafts
        for place, draft in enumerate(drafts):
            named = (key, digest_of(command)) if place == 0 else (None, None)
            line = e.Logged(self.state.seq + 1, draft.event, actor.id, draft.audience, at, *named)
            self.state = evolve(self.state, line)
            self.log.append(line)

    def send(self, actor: c.Actor, kind: str, **fields: Any) -> None:
        key = uuid5(KEYS, f"{self.time}")
        frame = {"t": kind, "id": str(key), **fields}
        command = wire.command_of(wire.read(msgspec.json.encode(frame)))
        assert command is not None
        before = len(self._seen(actor))
        self.perform(actor, command, key)
        answer = Answer("ack", before + 1, len(self._seen(actor)))
        self.history.calls.append(self._call(actor, frame, answer))

    def refuse(self, actor: c.Actor, kind: str, **fields: Any) -> None:
        frame = {"t": kind, "id": str(uuid5(KEYS, f"refused {self.time}")), **fields}
        self.history.calls.append(self._call(actor, frame, Answer("refused", code="stale_offer")))

    def _call(self, actor: c.Actor, frame: dict[str, Any], answer: Answer) -> Call:
        assert actor.party is not None
        return Call(ROOM, actor.id, actor.party, frame, "socket", self.time, self.time + 0.5, answer)

    def _seen(self, actor: c.Actor) -> list[e.Logged]:
        return seen(Viewer("party", actor.party), self.log)

    def finish(self) -> Recorded:
        for client, actor in ((1, BO), (2, CY)):
            lines = [plain(wire.line(n, line, None)) for n, line in enumerate(self._seen(actor), start=1)]
            party = str(actor.party)
            self.history.heard += [Heard(client, ROOM, party, 1, 0, line | {"worth": 1}) for line in lines]
            self.history.streams.append(Stream(client, ROOM, party, tuple(line["n"] for line in lines)))
        summary = plain(summarise(self.state))
        found = Found(ROOM, CASE, Policy(), self.log, len(self.log), summary, None, self.state.ended_at)
        return Recorded(found, self.history)


@pytest.fixture
def recorded() -> Recorded:
    playing = Recorder()
    playing.perform(CLOCK, c.TakeSeat(BO_SEAT, "farmer", "person"), UUID(int=11))
    playing.perform(CLOCK, c.TakeSeat(CY_SEAT, "neighbour", "person"), UUID(int=12))
    playing.perform(ADA, c.OpenTable(600), UUID(int=13))
    playing.send(BO, "say", text="Good morning")
    playing.send(BO, "help")
    playing.send(CY, "say", text="Good morning to you")
    playing.send(BO, "offer", packages=[dict(LEASE)])
    playing.refuse(CY, "withdraw", offer=1)
    playing.send(CY, "offer", packages=[dict(LEASE) | {"rent": 7000}])
    playing.send(BO, "accept", offer=2, package=0, digest=playing.state.offers[1].digest)
    return playing.finish()


def test_sound_history_has_no_fault(recorded: Recorded) -> None:
    assert faults(recorded.found, recorded.history) == []
    assert replay(CASE, recorded.found.log).outcome == "deal"


def renumbered(log: list[e.Logged]) -> list[e.Logged]:
    return [structs.replace(line, seq=n) for n, line in enumerate(log, start=1)]


def lose_an_event(made: Recorded) -> None:
    made.with_log(renumbered(made.without(4)))


def leave_a_hole(made: Recorded) -> None:
    made.with_log(made.without(6))


def double_an_event(made: Recorded) -> None:
    log = made.found.log
    made.with_log(renumbered([*log[:4], log[3], *log[4:]]))


def swap_two_events(made: Recorded) -> None:
    log = made.found.log
    made.with_log(renumbered([*log[:3], log[5], log[4], log[3], *log[6:]]))


def store_another_body(made: Recorded) -> None:
    call = made.call("say")
    made.put(call, replace(call, frame=call.frame | {"text": "Never said"}))


def acknowledge_a_wrong_number(made: Recorded) -> None:
    call = made.call("offer")
    made.put(call, replace(call, answer=replace(call.answer, first=call.answer.first + 1)))


def acknowledge_what_was_not_written(made: Recorded) -> None:
    call = made.call("withdraw")
    made.put(call, replace(call, answer=Answer("ack", 7, 7)))


def refuse_what_was_written(made: Recorded) -> None:
    call = made.call("say")
    made.put(call, replace(call, answer=Answer("refused", code="late")))


def refuse_after_the_acknowledgement(made: Recorded) -> None:
    call = made.call("say")
    later = replace(call, sent_at=call.answered_at + 1, answer=Answer("refused", code="late"))
    made.history.calls.append(later)


def show_another_event(made: Recorded) -> None:
    heard = made.history.heard[4]
    made.history.heard[4] = replace(heard, event=heard.event | {"party": "somebody"})


def show_what_is_not_there(made: Recorded) -> None:
    heard = made.history.heard[-1]
    made.history.heard.append(replace(heard, event=heard.event | {"n": 99}))


def skip_an_event_on_a_screen(made: Recorded) -> None:
    stream = made.history.streams[0]
    made.history.streams[0] = replace(stream, numbers=(*stream.numbers[:2], *stream.numbers[3:]))


def end_a_screen_early(made: Recorded) -> None:
    stream = made.history.streams[1]
    made.history.streams[1] = replace(stream, numbers=stream.numbers[:-1])


def write_in_another_order(made: Recorded) -> None:
    """Sent after another was acknowledged, and yet before it in the log."""
    first, later = made.call("say"), made.call("accept")
    made.put(first, replace(first, sent_at=later.answered_at + 1, answered_at=later.answered_at + 2))


def count_wrongly(made: Recorded) -> None:
    made.found = structs.replace(made.found, last_seq=made.found.last_seq + 1)


def summarise_wrongly(made: Recorded) -> None:
    made.found = structs.replace(made.found, summary=made.found.summary | {"offers": 7})


def end_at_another_time(made: Recorded) -> None:
    made.found = structs.replace(made.found, ended_at=BEGIN)


def agree_twice(made: Recorded) -> None:
    log = made.found.log
    deal = next(line for line in log if isinstance(line.event, e.DealMade))
    made.with_log(renumbered([*log, deal]))


def accept_what_was_replaced(made: Recorded) -> None:
    log = made.found.log
    offer = e.OfferMade(3, "neighbour", (LEASE,), DIGEST)
    place = next(n for n, line in enumerate(log) if isinstance(line.event, e.OfferAccepted))
    newer = e.Logged(0, offer, CY.id, None, log[place].at, UUID(int=99), b"")
    made.with_log(renumbered([*log[:place], newer, *log[place:]]))


def change_line(made: Recorded, seq: int, **changes: Any) -> None:
    made.with_log([structs.replace(line, **changes) if line.seq == seq else line for line in made.found.log])


def act_at_the_deadline(made: Recorded) -> None:
    opened = made.found.log[2].event
    assert isinstance(opened, e.TableOpened)
    for line in made.found.log[-3:]:
        change_line(made, line.seq, at=opened.closes_at)


def go_back_in_time(made: Recorded) -> None:
    change_line(made, 6, at=BEGIN)


@pytest.mark.parametrize(
    ("plant", "promise"),
    [
        (lose_an_event, "C1"),
        (leave_a_hole, "C4"),
        (double_an_event, "C2"),
        (swap_two_events, "C6"),
        (store_another_body, "C1"),
        (acknowledge_a_wrong_number, "C1"),
        (acknowledge_what_was_not_written, "C1"),
        (refuse_what_was_written, "C3"),
        (refuse_after_the_acknowledgement, "C3"),
        (show_another_event, "C5"),
        (show_what_is_not_there, "C5"),
        (skip_an_event_on_a_screen, "C5"),
        (end_a_screen_early, "C5"),
        (write_in_another_order, "C6"),
        (count_wrongly, "C4"),
        (summarise_wrongly, "C8"),
        (end_at_another_time, "C8"),
        (agree_twice, "C8"),
        (accept_what_was_replaced, "C8"),
        (act_at_the_deadline, "C9"),
        (go_back_in_time, "C9"),
    ],
)
def test_planted_fault_is_caught(recorded: Recorded, plant: Callable[[Recorded], None], promise: str) -> None:
    plant(recorded)
    assert promise in {fault[:2] for fault in faults(recorded.found, recorded.history)}


def test_events_without_a_key_belong_to_the_command_before(recorded: Recorded) -> None:
    accept = recorded.call("accept")
    assert spans(recorded.found.log)[accept.actor, accept.key] == (9, 11)
