"""The verbs of the table: one function per thing a person can do. Thin over `perform` where it is a room's
matter, ordinary rows elsewhere. All are for use outside transactions, from any thread but the owner loop.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4, uuid5

import msgspec
from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from negotiations import live
from negotiations.models import Act, Event, Plan, Room, Seat, Session
from negotiations.perform import Receipt, Unavailable, perform
from negotiations.rules import commands as c
from negotiations.rules.planning import planned_news
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room import Policy
from negotiations.rules.room.strands import OBSERVER
from negotiations.rules.summary import Summary
from simulations.actions import write_variant
from simulations.models import Edition
from simulations.queries import public_case, whole_case
from simulations.rules.variants import Variant

BATCH = 50
LATE_AT_LEAST = 600
HOUSE = c.Actor(c.HOUSE, "house")
KINDS: dict[str, c.SeatKind] = {"person": "person", "partner": "partner", "observer": "observer"}


def perform_now(room: UUID, actor: c.Actor, command: c.Command, command_id: UUID) -> Receipt:
    return live.call(perform(room, actor, command, command_id))


def create_session(edition: Edition, minutes: int, policy: Mapping[str, Any] | None = None) -> Session:
    checked = msgspec.convert(dict(policy or {}), Policy)
    return Session.objects.create(edition=edition, minutes=minutes, policy=msgspec.to_builtins(checked))


def open_room(session: Session, number: int, condition: str = "", time_percent: int = 100) -> Room:
    """An empty table, with the condition of its case and how much of the usual time it has."""
    write_variant(session.edition_id, Variant(condition))
    chosen = {"condition": condition, "time_percent": time_percent}
    return Room.objects.get_or_create(session=session, number=number, defaults=chosen)[0]


def seat_person(room: Room, party: str, holder: UUID) -> Seat:
    """Give a person a seat. The row comes first; the seat counts once the log says so."""
    seat = Seat.objects.get_or_create(
        room=room, holder=holder, left_at=None, defaults={"party": party, "kind": Seat.Kind.PERSON}
    )[0]
    take(seat)
    return seat


def seat_partner(room: Room, party: str, instead: Iterable[UUID] = ()) -> Seat:
    seat = Seat(room=room, party=party, kind=Seat.Kind.PARTNER, ready_at=timezone.now())
    sit_instead(seat, instead)
    take(seat)
    return seat


def seat_observer(room: Room, holder: UUID) -> Seat:
    """Let a person watch a table: it sees what the table sees and does nothing there."""
    seat = Seat.objects.get_or_create(
        room=room, holder=holder, left_at=None, defaults={"party": OBSERVER, "kind": Seat.Kind.OBSERVER}
    )[0]
    take(seat)
    return seat


@transaction.atomic
def sit_instead(seat: Seat, instead: Iterable[UUID]) -> None:
    """Write a new seat, and free those that make way at the very moment it is taken: by that `take` finds them."""
    gone = list(instead)
    seat.save(force_insert=True)
    Seat.objects.filter(pk__in=gone, left_at=None).update(left_at=seat.taken_at)


def take(seat: Seat) -> None:
    """The log takes the seat and, in the same stroke, loses those that made way for it."""
    kind: c.SeatKind = KINDS[seat.kind]
    gone = Seat.objects.filter(room=seat.room_id, left_at=seat.taken_at).order_by("pk")
    command = c.TakeSeat(seat.pk, seat.party, kind, tuple(gone.values_list("pk", flat=True)))
    perform_now(seat.room_id, HOUSE, command, uuid5(seat.pk, "take"))
    Seat.objects.filter(pk=seat.pk, logged_at=None).update(logged_at=timezone.now())


def leave_seat(seat: Seat) -> None:
    """Free a seat: the log first, so that nothing of this seat commits after it."""
    try:
        perform_now(seat.room_id, HOUSE, c.LeaveSeat(seat.pk), uuid5(seat.pk, "leave"))
    except RuleBroken as broken:
        if broken.code != "not_seated":
            raise
    Seat.objects.filter(pk=seat.pk, left_at=None).update(left_at=timezone.now())


def leave_seats_of(holder: UUID) -> None:
    """Revoke a person from every table, before the person's credentials are revoked."""
    for seat in Seat.objects.filter(holder=holder, left_at=None):
        leave_seat(seat)


def mark_read(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk, read_at=None).update(read_at=timezone.now())


def mark_ready(seat: Seat) -> None:
    Seat.objects.filter(pk=seat.pk, ready_at=None).update(ready_at=timezone.now())


def save_plan(seat: Seat, target: Decimal | None, limit: Decimal | None, guess: str) -> Plan:
    return Plan.objects.update_or_create(
        seat=seat, defaults={"target": target, "limit": limit, "guess": guess}
    )[0]


def rate_interests(seat: Seat, ratings: Mapping[str, int | None]) -> None:
    """Keep how far a person found each interest met; what is left open is as if never rated."""
    with transaction.atomic():
        seat.ratings.filter(interest__in=[name for name, step in ratings.items() if step is None]).delete()
        for name, step in ratings.items():
            if step is not None:
                seat.ratings.update_or_create(interest=name, defaults={"rating": step})


def open_preparation(session: Session, by: UUID) -> None:
    advance(session, Session.Phase.PREPARE, ("join",), "prepared_at")


def open_tables(session: Session, by: UUID) -> None:
    """Start the clock of every room."""
    advance(session, Session.Phase.NEGOTIATE, ("join", "prepare"), "opened_at")
    act(session, Act.Verb.OPEN, by, seconds=session.minutes * 60)


def end_tables(session: Session, by: UUID) -> None:
    act(session, Act.Verb.CLOSE, by)


def open_debrief(session: Session, by: UUID) -> None:
    """Nothing is negotiated after this: tables still open are closed."""
    advance(session, Session.Phase.DEBRIEF, ("join", "prepare", "negotiate"), "ended_at")
    end_tables(session, by)


def release(session: Session, by: UUID) -> None:
    """Let each student see the own result, once nobody can use it at a table any more."""
    over = Session.objects.filter(pk=session.pk, phase=Session.Phase.DEBRIEF)
    if not over.exists():
        raise RuleBroken("not_over", gettext("Open the debrief first, then release the results."))
    over.filter(released_at=None).update(released_at=timezone.now())
    session.refresh_from_db()


def settle_event(session: Session, event: str, outcome: str) -> None:
    """Say how an uncertain event came out, for all rooms of the session, once nobody bargains any more. Said again
    it is put right."""
    known = {each.id: each.outcomes for each in public_case(session.edition_id).uncertainties}
    if outcome not in known.get(event, ()):
        raise RuleBroken("no_change")
    with transaction.atomic():
        found = Session.objects.select_for_update().get(pk=session.pk)
        if found.phase != Session.Phase.DEBRIEF:
            raise RuleBroken("not_over", gettext("Open the debrief first, then settle what was open."))
        found.outcomes[event] = outcome
        found.save(update_fields=["outcomes"])
    session.refresh_from_db()


def pause(session: Session, by: UUID, reason: str = "") -> None:
    act(session, Act.Verb.PAUSE, by, reason=reason)


def resume(session: Session, by: UUID) -> None:
    act(session, Act.Verb.RESUME, by)


def extend(session: Session, by: UUID, minutes: int) -> None:
    act(session, Act.Verb.EXTEND, by, seconds=minutes * 60)


def next_phase(session: Session, by: UUID) -> None:
    """Go on to the next part of the time in every room."""
    act(session, Act.Verb.NEXT, by)


def release_news(session: Session, by: UUID, news: str) -> None:
    """Tell planned news in every room where it was not told yet."""
    act(session, Act.Verb.NEWS, by, reason=news)


def advance(session: Session, phase: str, before: tuple[str, ...], stamp: str) -> None:
    """Move the session's phase forward, never back."""
    found = Session.objects.filter(pk=session.pk, phase__in=before)
    found.update(**{"phase": phase, stamp: timezone.now()})
    session.refresh_from_db()


def act(session: Session, verb: str, by: UUID, seconds: int = 0, reason: str = "") -> Act:
    """One deed on all rooms of a session: written down first, then done room by room."""
    found = Act.objects.create(session=session, verb=verb, by=by, seconds=seconds, reason=reason)
    complete(found)
    return found


def complete(found: Act) -> None:
    """Do an act in every room where it is not done yet. Repeating it changes nothing."""
    rooms = Room.objects.filter(session=found.session_id).select_related("session").order_by("number")
    asked = [(room.pk, command_of(found, room)) for room in rooms]
    actor = c.Actor(found.by, "instructor")
    for start in range(0, len(asked), BATCH):
        live.call(act_in_rooms(asked[start : start + BATCH], actor, found.pk))
    Act.objects.filter(pk=found.pk, done_at=None).update(done_at=timezone.now())


def opening(room: Room, seconds: int) -> c.OpenTable:
    """How a room opens: with its share of extra time, and the news planned for it."""
    seconds = seconds * room.time_percent // 100
    case = whole_case(room.session.edition_id, Variant(room.condition))
    policy = msgspec.convert(room.session.policy, Policy)
    return c.OpenTable(seconds, planned_news(case, policy, seconds))


def command_of(found: Act, room: Room) -> c.Command:
    match found.verb:
        case Act.Verb.OPEN:
            return opening(room, found.seconds)
        case Act.Verb.NEXT:
            return c.NextPhase()
        case Act.Verb.NEWS:
            return c.ReleaseNews(found.reason)
        case Act.Verb.PAUSE:
            return c.PauseTable(found.reason)
        case Act.Verb.RESUME:
            return c.ResumeTable()
        case Act.Verb.EXTEND:
            return c.ExtendTable(found.seconds)
    return c.CloseTable()


async def act_in_rooms(asked: Iterable[tuple[UUID, c.Command]], actor: c.Actor, act_id: UUID) -> None:
    """Rooms that the act does not concern (already ended, not paused) refuse it, and that is right."""
    for room, command in asked:
        try:
            await perform(room, actor, command, uuid5(act_id, str(room)))
        except RuleBroken:
            continue


def in_room(room: Room, by: UUID, command: c.Command) -> None:
    perform_now(room.pk, c.Actor(by, "instructor"), command, uuid4())


def set_time(room: Room, percent: int) -> None:
    """How much of the usual time a room gets, before it opens. It is the room's, so nobody learns who needs it."""
    waiting = Room.objects.filter(pk=room.pk, closes_at=None, ended_at=None)
    if not waiting.update(time_percent=percent):
        raise RuleBroken("opened", gettext("This table is open already. Give it more minutes instead."))


def open_table(room: Room, by: UUID, seconds: int) -> None:
    """Start one room's clock: a late room, or a demonstration."""
    in_room(room, by, opening(room, seconds))


def pause_room(room: Room, by: UUID, reason: str = "") -> None:
    in_room(room, by, c.PauseTable(reason))


def resume_room(room: Room, by: UUID) -> None:
    in_room(room, by, c.ResumeTable())


def extend_room(room: Room, by: UUID, minutes: int) -> None:
    in_room(room, by, c.ExtendTable(minutes * 60))


def next_phase_in_room(room: Room, by: UUID) -> None:
    in_room(room, by, c.NextPhase())


def release_news_in_room(room: Room, by: UUID, news: str) -> None:
    in_room(room, by, c.ReleaseNews(news))


def call_poll(room: Room, by: UUID) -> None:
    in_room(room, by, c.CallPoll())


def end_room(room: Room, by: UUID) -> None:
    in_room(room, by, c.CloseTable())


def close_help(room: Room, by: UUID, party: str) -> None:
    in_room(room, by, c.CloseHelp(party))


def summary_of(room: Room) -> Summary | None:
    """The room's summary; None while nothing has happened there."""
    return msgspec.convert(room.summary, Summary) if room.summary else None


def sweep_acts(older_than: float = 10) -> int:
    """Complete acts that were cut off, oldest first."""
    limit = timezone.now() - timedelta(seconds=older_than)
    found = list(Act.objects.filter(done_at=None, created_at__lt=limit).order_by("created_at")[:20])
    for one in found:
        try:
            complete(one)
        except Unavailable:
            break
    return len(found)


def sweep_seats(older_than: float = 10) -> int:
    """Bring people to tables whose seats were given and whose rooms never heard of it."""
    limit = timezone.now() - timedelta(seconds=older_than)
    found = Seat.objects.filter(logged_at=None, left_at=None, taken_at__lt=limit)
    seats = list(found.select_related("room__session").order_by("taken_at")[:BATCH])
    for seat in seats:
        try:
            take(seat)
        except RuleBroken:
            Seat.objects.filter(pk=seat.pk).update(left_at=timezone.now())
    for room in {seat.room for seat in seats}:
        open_late(room)
    return len(seats)


def open_late(room: Room) -> None:
    """A table of a running session that nobody opened: for as long as the others have, but enough to talk."""
    if room.session.phase != Session.Phase.NEGOTIATE:
        return
    latest = room.session.rooms.aggregate(latest=Max("closes_at"))["latest"]
    left = (latest - timezone.now()).total_seconds() if latest else room.session.minutes * 60
    with suppress(RuleBroken):
        perform_now(room.pk, HOUSE, opening(room, int(max(left, LATE_AT_LEAST))), uuid5(room.pk, "open late"))


def erase_session(session: Session) -> None:
    """Remove a session whole, its log too: the one documented way around the insert-only log."""
    live.call(forget(list(session.rooms.values_list("pk", flat=True))))
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL parley.erasing = 'on'")
        Event.objects.filter(room__session=session).delete()
        session.delete()


async def forget(rooms: Iterable[UUID]) -> None:
    hub = await live.hub()
    for room in rooms:
        table = hub.tables.pop(room, None)
        for reader in list(table.readers) if table else []:
            reader.close(4404)
