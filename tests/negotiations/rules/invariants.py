"""What stays true of any table, told by its log alone: for the machines that try everything at random."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from negotiations.rules import events as e
from negotiations.rules.room import RoomState, replay
from negotiations.rules.summary import summarise

Log = Sequence[e.Logged]
#: What binds a side, by the act that leads to it.
BINDING: dict[str, type[e.Event]] = {
    "MakeOffer": e.OfferMade,
    "AcceptOffer": e.OfferAccepted,
    "RecordOutcome": e.OutcomeRecorded,
    "WalkAway": e.WalkedAway,
    "Sign": e.TermsSigned,
    "SendBack": e.TermsSentBack,
    "SignText": e.TextSigned,
}
#: What a seat may do while the clock stands still.
UNTIMED = e.HelpAsked | e.HelpClosed


def stored(line: e.Logged) -> e.Logged:
    """The line as it comes back from the database."""
    event = e.event_from(line.event.type, e.payload_of(line.event))
    return e.Logged(line.seq, event, line.actor, line.audience, line.at, line.command_id, line.digest)


def is_what_the_stored_log_says(state: RoomState, log: Log) -> None:
    fresh = replay(state.case, map(stored, log), state.policy)
    assert fresh == state
    assert summarise(fresh) == summarise(state)


def there_is_one_agreement_a_slot(log: Log) -> None:
    slots = [line.event.slot for line in log if isinstance(line.event, e.DealMade)]
    assert len(set(slots)) == len(slots)


def seats_act_only_before_the_deadline(log: Log) -> None:
    """And only while the table is open, but for a raised hand."""
    seats: set[UUID] = set()
    deadline: datetime | None = None
    for line in log:
        if line.actor in seats and not isinstance(line.event, UNTIMED):
            assert deadline is not None
            assert line.at < deadline
        match line.event:
            case e.SeatTaken(seat=seat):
                seats.add(seat)
            case e.TablePaused() | e.TableClosed():
                deadline = None
            case e.TableOpened(closes_at=at) | e.TableResumed(closes_at=at) | e.OvertimeBegan(closes_at=at):
                deadline = at
            case e.TableExtended(closes_at=at) if deadline is not None:
                deadline = at


def nothing_follows_the_end(log: Log) -> None:
    """But that people may still be sent away."""
    types = [line.event.type for line in log]
    assert types.count("table.closed") <= 1
    if "table.closed" in types:
        assert set(types[types.index("table.closed") + 1 :]) <= {"seat.left"}


def sides_of_several_act_by_two(log: Log) -> None:
    """Where taps are asked for: what binds a side was wanted by one person and confirmed by another."""
    people: dict[UUID, str] = {}
    asked: dict[tuple[str, int], e.Logged] = {}
    given: e.Logged | None = None
    for line in log:
        match line.event:
            case e.SeatTaken(seat=seat, party=party, kind="person"):
                people[seat] = party
            case e.SeatLeft(seat=seat):
                people.pop(seat, None)
            case e.TapAsked(party=party, deed=deed):
                asked[party, deed] = line
            case e.TapGiven():
                given = line
        side = people.get(line.actor, "")
        if isinstance(line.event, tuple(BINDING.values())) and list(people.values()).count(side) > 1:
            assert given is not None
            assert (given.actor, given.at) == (line.actor, line.at)
            wanted = asked[given.event.party, given.event.deed]  # type: ignore[attr-defined]
            assert BINDING[wanted.event.what] is type(line.event)  # type: ignore[attr-defined]
            assert people.get(wanted.actor, side) == side
            assert wanted.actor != line.actor
            given = None
