"""A class at work: practice partners play both sides of Mountain View Farm, and whoever joins sits down at once.

It only calls the verbs that everybody calls. What it made before a restart it finds again and goes on with.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.urls import reverse

from classrooms import actions
from classrooms.models import Classroom, Person, Sitting, User
from classrooms.queries import unseated
from negotiations import actions as table
from negotiations.models import Room, Seat, Session
from simulations.queries import latest_edition, public_case

EMAIL = "demo@parley.invalid"
CLASSROOM = "Demo class"
SIMULATION = "mountain-view-farm"
MINUTES = 6
# A partner thinks this many seconds at least and at most, so that rooms drift apart by themselves.
PACE = {"partner_pace": [6.0, 15.0]}
KEPT = 3
LINK_LASTS = timedelta(days=30)


@dataclass(frozen=True)
class DemoLinks:
    """Where the instructor and the class come in; paths, since the host is known to others."""

    instructor_url_path: str
    join_url_path: str
    code: str


class Wanted:
    """How many rooms each session is to have; said once, when this process begins."""

    rooms = 12


def prepare(rooms: int) -> DemoLinks:
    """A demo instructor with a link that signs in once, a class, and a session at work in it."""
    Wanted.rooms = rooms
    user = demo_instructor()
    sitting = newest_sitting() or begin(user)
    return DemoLinks(
        instructor_url_path=reverse("start", args=[actions.make_start_link(user, LINK_LASTS)]),
        join_url_path=reverse("join-code", args=[sitting.code]),
        code=sitting.code,
    )


def keep_going() -> None:
    """Begin the next session when all rooms are done, a visitor's too; close what is over, keep three."""
    newest = newest_sitting()
    if newest is None:
        return
    user = demo_instructor()
    if is_cut_off(newest):
        set_going(newest, user)
    elif not rooms_at_work(newest):
        begin(user, newest)
    seat_waiting()
    for sitting in sittings()[1:]:
        finish(sitting, user)
    for sitting in spare_sittings():
        erase(sitting)


def seat_waiting() -> None:
    """Who came in the moment between two sessions sits down now."""
    newest = newest_sitting()
    if newest is not None:
        for attendance in unseated(newest).select_related("person"):
            actions.seat_newcomer(newest, attendance.person)


def demo_instructor() -> User:
    user = User.objects.filter(email=EMAIL).first()
    return user or User.objects.create_user(EMAIL, None, name="Demo instructor")


def demo_classroom(user: User) -> Classroom:
    found = Classroom.objects.filter(name=CLASSROOM, teachings__user=user).first()
    return found or actions.make_classroom(CLASSROOM, user)


def sittings() -> list[Sitting]:
    """The demo's own, newest first. What somebody opens by hand in the demo class is not among them."""
    found = Sitting.objects.filter(
        classroom__teachings__user__email=EMAIL,
        classroom__name=CLASSROOM,
        newcomers=Sitting.Newcomers.PARTNER,
    )
    return list(found.select_related("session").order_by("-created_at"))


def newest_sitting() -> Sitting | None:
    return next(iter(sittings()), None)


def begin(user: User, before: Sitting | None = None) -> Sitting:
    """Open the next session; it takes the code over, so that the link on the wall stays good."""
    edition = latest_edition(SIMULATION)
    if edition is None:
        raise RuntimeError(f"The library has no {SIMULATION}: load it first.")
    with transaction.atomic():
        if before:
            actions.close_sitting(before)
        sitting = actions.make_session(
            demo_classroom(user),
            edition,
            MINUTES,
            policy=PACE,
            newcomers=Sitting.Newcomers.PARTNER,
            code=before.code if before else "",
        )
    set_going(sitting, user)
    return sitting


def set_going(sitting: Sitting, user: User) -> None:
    """Fill the rooms with partners and open them; repeated after a cut, it does what is missing."""
    session = sitting.session
    for number in range(1, Wanted.rooms + 1):
        room = table.open_room(session, number)
        taken = set(room.seats.values_list("party", flat=True))
        for party in public_case(session.edition_id).party_ids:
            if party not in taken:
                table.seat_partner(room, party)
    table.open_preparation(session, user.pk)
    table.open_tables(session, user.pk)


def is_cut_off(sitting: Sitting) -> bool:
    """Was the process stopped before the rooms of this session were open?"""
    before = sitting.session.phase in (Session.Phase.JOIN, Session.Phase.PREPARE)
    return before or Room.objects.filter(session=sitting.session_id, ended_at=None, closes_at=None).exists()


def rooms_at_work(sitting: Sitting) -> bool:
    return Room.objects.filter(session=sitting.session_id, ended_at=None).exists()


def spare_sittings() -> list[Sitting]:
    """All but the newest and two more: rather those to which people came, who look for their deal in them."""
    earlier = sorted(sittings()[1:], key=lambda sitting: not people_sat(sitting))
    return earlier[KEPT - 1 :]


def people_sat(sitting: Sitting) -> bool:
    return Seat.objects.filter(kind=Seat.Kind.PERSON, room__session=sitting.session_id).exists()


def finish(sitting: Sitting, user: User) -> None:
    """An earlier session goes into its debrief when the last room there is done, never before."""
    session = sitting.session
    if session.is_released or rooms_at_work(sitting):
        return
    table.open_debrief(session, user.pk)
    table.release(session, user.pk)


def erase(sitting: Sitting) -> None:
    """A session that is over, with its log, its figures, and the people who came to it alone."""
    if sitting.session.phase == Session.Phase.DEBRIEF:
        table.erase_session(sitting.session)
        Person.objects.filter(classroom=sitting.classroom_id, attendances=None).delete()
