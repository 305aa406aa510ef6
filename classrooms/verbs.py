"""The verbs of the board by name: each does one action and says in words what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from classrooms import actions
from classrooms.models import Attendance, Person, Sitting
from classrooms.spans import exactly
from negotiations import actions as table
from negotiations.models import Room, Seat


@dataclass(frozen=True)
class Wish:
    """What comes with a verb: who asks, and what more there is to say."""

    by: UUID
    party: str = ""
    reason: str = ""
    minutes: int = 0


def unavailable() -> str:
    return _("The table could not be reached. Please try again.")


def pair(sitting: Sitting, wish: Wish) -> str:
    drawn = actions.pair(sitting, wish.by)
    rooms, seconds, observers = len(drawn.tables), len(drawn.seconds), len(drawn.observers)
    words = [ngettext("%(count)d room is seated.", "%(count)d rooms are seated.", rooms) % {"count": rooms}]
    if seconds:
        words.append(
            ngettext(
                "%(count)d person sits second on one side.",
                "%(count)d people sit second on one side.",
                seconds,
            )
            % {"count": seconds}
        )
    if observers:
        words.append(
            ngettext("%(count)d person reads along.", "%(count)d people read along.", observers)
            % {"count": observers}
        )
    if drawn.with_partners:
        words.append(_("One table has a practice partner."))
    if drawn.waiting:
        words.append(
            ngettext(
                "%(count)d person has no seat yet: this simulation needs more people for one more table.",
                "%(count)d people have no seat yet: this simulation needs more people for one more table.",
                len(drawn.waiting),
            )
            % {"count": len(drawn.waiting)}
        )
    return " ".join(words)


def open_preparation(sitting: Sitting, wish: Wish) -> str:
    table.open_preparation(sitting.session, wish.by)
    return _("Everybody can read and plan now.")


def open_tables(sitting: Sitting, wish: Wish) -> str:
    table.open_tables(sitting.session, wish.by)
    return _("The tables are open.")


def pause(sitting: Sitting, wish: Wish) -> str:
    table.pause(sitting.session, wish.by, wish.reason)
    return _("All tables are paused.")


def resume(sitting: Sitting, wish: Wish) -> str:
    table.resume(sitting.session, wish.by)
    return _("All tables go on.")


def extend(sitting: Sitting, wish: Wish) -> str:
    table.extend(sitting.session, wish.by, wish.minutes)
    return _("All tables have %(time)s more.") % {"time": exactly(wish.minutes)}


def next_part(sitting: Sitting, wish: Wish) -> str:
    table.next_phase(sitting.session, wish.by)
    return _("All tables go on to the next part.")


def tell_news(sitting: Sitting, by: UUID, news: str) -> str:
    table.release_news(sitting.session, by, news)
    return _("The news is told at all tables.")


def tell_news_in_room(room: Room, by: UUID, news: str) -> str:
    table.release_news_in_room(room, by, news)
    return _("The news is told in room %(number)d.") % {"number": room.number}


def give_time(room: Room, percent: int) -> str:
    table.set_time(room, percent)
    return _("Room %(number)d has %(percent)d %% of the usual time.") % {
        "number": room.number,
        "percent": percent,
    }


def end(sitting: Sitting, wish: Wish) -> str:
    table.end_tables(sitting.session, wish.by)
    return _("All tables are ended.")


def open_debrief(sitting: Sitting, wish: Wish) -> str:
    table.open_debrief(sitting.session, wish.by)
    return _("The debrief is open. Students see their results when you release them.")


def release(sitting: Sitting, wish: Wish) -> str:
    table.release(sitting.session, wish.by)
    return _("Each student can see the own result now.")


def close(sitting: Sitting, wish: Wish) -> str:
    actions.close_sitting(sitting)
    return _("The code is closed. Those who are here keep their seats.")


FOR_SESSION: Mapping[str, Callable[[Sitting, Wish], str]] = {
    "pair": pair,
    "open-preparation": open_preparation,
    "open-tables": open_tables,
    "pause": pause,
    "resume": resume,
    "extend": extend,
    "next-part": next_part,
    "end": end,
    "open-debrief": open_debrief,
    "release": release,
    "close": close,
}


def pause_room(room: Room, wish: Wish) -> str:
    table.pause_room(room, wish.by, wish.reason)
    return _("Room %(number)d is paused.") % {"number": room.number}


def resume_room(room: Room, wish: Wish) -> str:
    table.resume_room(room, wish.by)
    return _("Room %(number)d goes on.") % {"number": room.number}


def extend_room(room: Room, wish: Wish) -> str:
    table.extend_room(room, wish.by, wish.minutes)
    words = {"number": room.number, "time": exactly(wish.minutes)}
    return _("Room %(number)d has %(time)s more.") % words


def next_part_in_room(room: Room, wish: Wish) -> str:
    table.next_phase_in_room(room, wish.by)
    return _("Room %(number)d goes on to the next part.") % {"number": room.number}


def call_poll(room: Room, wish: Wish) -> str:
    table.call_poll(room, wish.by)
    return _("Room %(number)d is asked how everybody leans.") % {"number": room.number}


def end_room(room: Room, wish: Wish) -> str:
    table.end_room(room, wish.by)
    return _("Room %(number)d is ended.") % {"number": room.number}


def close_help(room: Room, wish: Wish) -> str:
    table.close_help(room, wish.by, wish.party)
    return _("The hand in room %(number)d is lowered.") % {"number": room.number}


def give_partner(room: Room, wish: Wish) -> str:
    if not wish.party or actions.give_partner(room, wish.party) is None:
        return _("Room %(number)d has a practice partner already.") % {"number": room.number}
    return _("A practice partner sits in room %(number)d.") % {"number": room.number}


FOR_ROOM: Mapping[str, Callable[[Room, Wish], str]] = {
    "pause": pause_room,
    "resume": resume_room,
    "extend": extend_room,
    "next-part": next_part_in_room,
    "poll": call_poll,
    "end": end_room,
    "close-help": close_help,
    "partner": give_partner,
}


def seat_with_partner(sitting: Sitting, attendance: Attendance, by: UUID) -> str:
    room = actions.seat_late(sitting, attendance.person, by)
    name = {"name": attendance.person.name}
    if room is None:
        return _("%(name)s has a seat already.") % name
    return _("%(name)s sits in room %(number)d, opposite a practice partner.") % (
        name | {"number": room.number}
    )


def seat_second(sitting: Sitting, attendance: Attendance, by: UUID) -> str:
    seat = actions.seat_second(sitting, attendance.person, by)
    name = {"name": attendance.person.name}
    if seat is None:
        return _("No side has room for %(name)s.") % name
    return _("%(name)s sits in room %(number)d.") % (name | {"number": seat.room.number})


def replace(sitting: Sitting, room: Room, party: str, attendance: Attendance) -> str:
    name = {"name": attendance.person.name}
    if actions.replace(sitting, room, party, attendance.person) is None:
        return _("%(name)s has a seat already.") % name
    return _("%(name)s sits in room %(number)d.") % (name | {"number": room.number})


def remove(room: Room, seat: Seat) -> str:
    assert seat.holder is not None
    actions.remove(room, seat)
    name = Person.objects.get(pk=seat.holder).name
    return _("%(name)s has no seat in room %(number)d any more.") % {"name": name, "number": room.number}


def seat_observer(sitting: Sitting, attendance: Attendance, by: UUID) -> str:
    seat = actions.seat_observer(sitting, attendance.person, by)
    name = {"name": attendance.person.name}
    if seat is None:
        return _("There is no table at which %(name)s could read along.") % name
    return _("%(name)s reads along in room %(number)d.") % (name | {"number": seat.room.number})


def give_back(sitting: Sitting, attendance: Attendance, by: UUID) -> str:
    name = attendance.person.name
    found = actions.give_back(attendance)
    if found is None:
        return _("Nobody called %(name)s has a seat.") % {"name": name}
    return _("%(name)s has the own seat again.") % {"name": found.name}


def mark_absent(sitting: Sitting, attendance: Attendance, by: UUID) -> str:
    actions.set_absent(attendance, True)
    return _("%(name)s is marked absent.") % {"name": attendance.person.name}


def mark_present(sitting: Sitting, attendance: Attendance, by: UUID) -> str:
    actions.set_absent(attendance, False)
    return _("%(name)s is here.") % {"name": attendance.person.name}


FOR_PERSON: Mapping[str, Callable[[Sitting, Attendance, UUID], str]] = {
    "partner": seat_with_partner,
    "second": seat_second,
    "observe": seat_observer,
    "give-back": give_back,
    "absent": mark_absent,
    "present": mark_present,
}
