"""Judges a recorded history against a room's log and row. Pure: the names C1 to C9 stand for the promises.

C1 an acknowledged command is in the log, under the numbers it was told
C2 a key has at most one event            C3 a refused key has none
C4 numbers are 1 to N without holes       C5 each client holds a prefix, and the whole in the end
C6 what was acknowledged before comes before
C8 a replay gives the room's row; one agreement, on an offer that stood
C9 times never go back, and nobody but the house and the instructor acts at or after the deadline
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from typing import Any
from uuid import UUID

import msgspec
from msgspec import Struct

from bargaining.case import Case
from negotiations import wire
from negotiations.perform import digest_of
from negotiations.rules import events as e
from negotiations.rules.room import Policy, RoomState, replay
from negotiations.rules.sight import Mates, Viewer, seen
from negotiations.rules.summary import Summary, summarise
from tests.faults.history import Call, History

BY_SEATS = (e.MessageSaid, e.OfferMade, e.OfferAccepted, e.OfferWithdrawn, e.WalkedAway, e.DealMade)
Key = tuple[UUID, UUID]


class Found(Struct, frozen=True):
    """What the database holds of a room in the end."""

    room: UUID
    case: Case
    policy: Policy
    log: list[e.Logged]
    last_seq: int
    summary: dict[str, Any]
    closes_at: Any
    ended_at: Any


def faults(found: Found, history: History) -> list[str]:
    """Every broken promise, in words; nothing when all hold."""
    calls = [call for call in history.calls if call.room == found.room]
    checks = (
        lost_acknowledgements(found, calls),
        doubled_keys(found),
        phantoms(found, calls),
        holes(found),
        wrong_streams(found, history),
        wrong_order(found, calls),
        wrong_row(found),
        wrong_agreements(found),
        wrong_times(found),
    )
    return [fault for check in checks for fault in check]


def spans(log: Iterable[e.Logged]) -> dict[Key, tuple[int, int]]:
    """First and last number of each command; events without an id belong to the command before."""
    found: dict[Key, tuple[int, int]] = {}
    key: Key | None = None
    for line in log:
        if line.command_id is not None:
            key = (line.actor, line.command_id)
            found.setdefault(key, (line.seq, line.seq))
        elif key is not None:
            found[key] = (found[key][0], line.seq)
    return found


def lost_acknowledgements(found: Found, calls: Iterable[Call]) -> Iterator[str]:
    where = spans(found.log)
    by_seq = {line.seq: line for line in found.log}
    views = Views(found)
    for call in calls:
        if call.answer.outcome != "ack":
            continue
        span = where.get((call.actor, call.key))
        if span is None:
            yield f"C1 {call.key} was acknowledged and is not in the log"
        elif by_seq[span[0]].digest != body_of(call):
            yield f"C1 {call.key} is in the log with another body"
        elif views.numbers(call.party, span) != (call.answer.first, call.answer.last):
            yield f"C1 {call.key} was told other numbers than the log has"


def body_of(call: Call) -> bytes:
    command = wire.command_of(wire.read(json.dumps(call.frame)))
    assert command is not None
    return digest_of(command)


class Views:
    """What each party sees of the log, once."""

    def __init__(self, found: Found) -> None:
        self.found = found
        self._lines: dict[str, list[dict[str, Any]]] = {}
        self._seqs: dict[str, list[int]] = {}

    def seqs(self, party: str) -> list[int]:
        if party not in self._seqs:
            self._seqs[party] = [line.seq for line in seen(Viewer("party", party), self.found.log)]
        return self._seqs[party]

    def numbers(self, party: str, span: tuple[int, int]) -> tuple[int, int]:
        seqs = self.seqs(party)
        first, last = (sum(seq <= end for seq in seqs) for end in span)
        return first, last

    def lines(self, party: str) -> list[dict[str, Any]]:
        if party not in self._lines:
            viewer = Viewer("party", party)
            visible = seen(viewer, self.found.log)
            mates = Mates(visible)
            self._lines[party] = [
                plain(wire.line(n, line, None, by=mates.by(viewer, line)))
                for n, line in enumerate(visible, start=1)
            ]
        return self._lines[party]


#: What a frame says beside the event: the hearer's own points.
OWN_WORTH = ("worth", "beside")


def plain(value: Any) -> Any:
    return json.loads(msgspec.json.encode(value))


def doubled_keys(found: Found) -> Iterator[str]:
    keys = Counter((line.actor, line.command_id) for line in found.log if line.command_id is not None)
    for (_, key), count in keys.items():
        if count > 1:
            yield f"C2 {key} is in the log {count} times"


def phantoms(found: Found, calls: Iterable[Call]) -> Iterator[str]:
    """A key whose every answer was a refusal left nothing; one acknowledged is never refused afterwards."""
    where = spans(found.log)
    answers: dict[Key, list[Call]] = defaultdict(list)
    for call in calls:
        if call.answer.code != "key_reuse":
            answers[call.actor, call.key].append(call)
    for key, given in answers.items():
        if key in where and all(call.answer.outcome == "refused" for call in given):
            yield f"C3 {key[1]} was refused and is in the log"
        acks = [call.answered_at for call in given if call.answer.outcome == "ack"]
        if acks and any(c.answer.outcome == "refused" and c.sent_at > min(acks) for c in given):
            yield f"C3 {key[1]} was acknowledged and then refused"


def holes(found: Found) -> Iterator[str]:
    numbers = [line.seq for line in found.log]
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"C4 the log's numbers are {numbers}"
    if found.last_seq != len(numbers):
        yield f"C4 the row counts {found.last_seq} events and the log has {len(numbers)}"


def wrong_streams(found: Found, history: History) -> Iterator[str]:
    views = Views(found)
    for heard in history.heard:
        if heard.room != found.room:
            continue
        lines, n = views.lines(heard.party), heard.event["n"]
        event = {name: value for name, value in heard.event.items() if name not in OWN_WORTH}
        if n > len(lines) or event != lines[n - 1]:
            yield f"C5 client {heard.client} heard another event {n} than the log has"
    for stream in history.streams:
        if stream.room == found.room and list(stream.numbers) != [
            line["n"] for line in views.lines(stream.party)
        ]:
            yield f"C5 client {stream.client} holds {len(stream.numbers)} events, not the whole"


def wrong_order(found: Found, calls: Iterable[Call]) -> Iterator[str]:
    """In real time, per room: a key counts from its first sending and is done at its first acknowledgement."""
    where = spans(found.log)
    sent: dict[Key, float] = {}
    done: dict[Key, float] = {}
    for call in calls:
        key = (call.actor, call.key)
        sent[key] = min(sent.get(key, call.sent_at), call.sent_at)
        if call.answer.outcome == "ack":
            done[key] = min(done.get(key, call.answered_at), call.answered_at)
    ends = sorted((at, where[key][0]) for key, at in done.items() if key in where)
    highest, place = 0, 0
    for at, key in sorted((sent[key], key) for key in done if key in where):
        while place < len(ends) and ends[place][0] < at:
            highest, place = max(highest, ends[place][1]), place + 1
        if where[key][0] < highest:
            yield f"C6 {key[1]} stands before a command acknowledged before it was sent"


def wrong_row(found: Found) -> Iterator[str]:
    try:
        state = replay(found.case, found.log, found.policy)
    except (KeyError, IndexError, TypeError, ValueError) as trouble:
        yield f"C8 the log cannot be replayed: {trouble!r}"
        return
    expected = summarise(state)
    stored = msgspec.convert(found.summary, Summary)
    for name in Summary.__struct_fields__:
        if getattr(stored, name) != getattr(expected, name):
            yield f"C8 the row says {name} is {getattr(stored, name)!r}, a replay {getattr(expected, name)!r}"
    yield from wrong_columns(found, state)


def wrong_columns(found: Found, state: RoomState) -> Iterator[str]:
    if found.ended_at != state.ended_at:
        yield f"C8 the row ended at {found.ended_at}, a replay at {state.ended_at}"
    if found.closes_at != (None if state.phase == "ended" else state.closes_at):
        yield f"C8 the row closes at {found.closes_at}, a replay at {state.closes_at}"


def wrong_agreements(found: Found) -> Iterator[str]:
    """Told apart from the rules on purpose: a small model of which offer stands."""
    standing: dict[str, int] = {}
    packages: dict[int, Any] = {}
    deals = 0
    ended = False
    for line in found.log:
        event = line.event
        if ended and isinstance(event, BY_SEATS):
            yield f"C8 event {line.seq} comes after the end"
        if isinstance(event, e.OfferMade):
            standing[event.party] = event.offer
            packages[event.offer] = event.packages
        elif isinstance(event, e.OfferWithdrawn):
            standing.pop(event.party, None)
        elif isinstance(event, e.OfferAccepted):
            others = {party: number for party, number in standing.items() if party != event.party}
            if event.offer not in others.values():
                yield f"C8 event {line.seq} accepts an offer that does not stand"
        elif isinstance(event, e.DealMade):
            deals += 1
            if event.package not in packages.get(event.offer, ()):
                yield f"C8 event {line.seq} agrees on what was not offered"
        ended = ended or isinstance(event, e.TableClosed)
    if deals > 1:
        yield f"C8 there are {deals} agreements"


def wrong_times(found: Found) -> Iterator[str]:
    closes_at = None
    for before, line in zip([None, *found.log], found.log, strict=False):
        if before is not None and line.at < before.at:
            yield f"C9 event {line.seq} is earlier than the one before"
        if isinstance(line.event, BY_SEATS) and closes_at is not None and line.at >= closes_at:
            yield f"C9 event {line.seq} is not before the deadline"
        if isinstance(line.event, e.TableOpened | e.TableResumed | e.TableExtended):
            closes_at = line.event.closes_at
