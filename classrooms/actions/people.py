"""Verbs on people: join, come back, leave a browser, sign in by a link; and what failures cost.

Nothing here knows a table.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from classrooms.actions.roster import expected
from classrooms.keys import CHANCE, new_token, seal
from classrooms.models import (
    Attendance,
    Classroom,
    Device,
    Person,
    Sitting,
    StartLink,
    Teaching,
    Tries,
    User,
)
from classrooms.queries import Attending, same_name
from classrooms.rules.phrases import draw_phrase
from negotiations.models import Seat
from negotiations.rules.refusals import RuleBroken
from simulations.actions import take_copy_for_one_more
from simulations.rules.refusals import ShelfRefusal

NO_COPY = gettext_noop("No copy of this simulation is left for you. Please tell your instructor.")
SEEN_EVERY = timedelta(seconds=15)
TRIES_WINDOW = timedelta(minutes=10)


# In one statement, because a class comes within a minute: Django would go to the database five times for each of them.
LET_IN = """
WITH person AS (
    INSERT INTO classrooms_person (id, classroom_id, name, recovery, created_at)
    VALUES (%(person)s, %(classroom)s, %(name)s, %(recovery)s, %(now)s)
), attendance AS (
    INSERT INTO classrooms_attendance (sitting_id, person_id, joined_at, seen_at, absent)
    VALUES (%(sitting)s, %(person)s, %(now)s, %(now)s, false)
)
INSERT INTO classrooms_device (token_hash, person_id, created_at) VALUES (%(token)s, %(person)s, %(now)s)
"""

# Every joining asks it; in plain SQL for the same reason.
COUNTED = "SELECT key, failures FROM classrooms_tries WHERE key = ANY(%s) AND since > %s"


@dataclass(frozen=True)
class Joined:
    """Somebody who has just come: the browser keeps the token; the phrase is told once, here."""

    person: Person
    token: str
    phrase: str = ""


@transaction.atomic
def make_classroom(name: str, teacher: User, timezone_name: str = "UTC") -> Classroom:
    classroom = Classroom.objects.create(name=name, timezone=timezone_name)
    Teaching.objects.create(user=teacher, classroom=classroom)
    return classroom


def join(sitting: Sitting, name: str) -> Joined:
    """A new person comes to a sitting, or one whom the list expects, from this browser. RuleBroken as in `admit`."""
    if sitting.classroom.has_list and (joined := join_as_expected(sitting, name)):
        return joined
    phrase, token = draw_phrase(CHANCE), new_token()
    person = Person(classroom_id=sitting.classroom_id, name=name, recovery=seal("recovery", phrase))
    # Of a bought case the copy is taken and the person let in together, or neither.
    with transaction.atomic() if sitting.counts_copies else nullcontext():
        require_copy(sitting, person)
        let_in(sitting, person, token)
    return Joined(person, token, phrase)


@transaction.atomic
def join_as_expected(sitting: Sitting, name: str) -> Joined | None:
    person = expected(sitting.classroom, name)
    if person is None:
        return None
    phrase = draw_phrase(CHANCE)
    person.recovery = seal("recovery", phrase)
    person.save(update_fields=["recovery"])
    return Joined(person, admit(sitting, person), phrase)


def let_in(sitting: Sitting, person: Person, token: str) -> None:
    """Writes a new person, who attends, and whose browser this is."""
    values = {
        "person": person.pk,
        "classroom": person.classroom_id,
        "name": person.name,
        "recovery": person.recovery,
        "sitting": sitting.pk,
        "token": seal("device", token),
        "now": timezone.now(),
    }
    with connection.cursor() as cursor:
        cursor.execute(LET_IN, values)


@transaction.atomic
def return_here(sitting: Sitting, person: Person, token: str) -> Joined:
    """A person whom this browser knows from an earlier sitting; the browser's old token is spent."""
    revoke(token)
    return Joined(person, admit(sitting, person))


@transaction.atomic
def recover(sitting: Sitting, phrase: str) -> Joined | None:
    """The person who says these words, in this or another browser. Other browsers keep the person too."""
    found = Person.objects.filter(
        classroom_id=sitting.classroom_id, recovery=seal("recovery", phrase)
    ).first()
    return Joined(found, admit(sitting, found)) if found else None


def admit(sitting: Sitting, person: Person) -> str:
    """The person attends, and this browser gets a new token: one that was there before proves nothing.

    RuleBroken if the sitting is of a bought case and no copy of it is left.
    """
    require_copy(sitting, person)
    Attendance.objects.bulk_create([Attendance(sitting=sitting, person=person)], ignore_conflicts=True)
    token = new_token()
    Device.objects.create(token_hash=seal("device", token), person=person)
    return token


def require_copy(sitting: Sitting, person: Person) -> None:
    """Everybody who comes may read a sheet, so everybody needs a copy of a bought case."""
    if not sitting.counts_copies:
        return
    here = Attendance.objects.filter(sitting=sitting)
    if here.filter(person=person).exists():
        return
    try:
        take_copy_for_one_more(sitting.session.edition_id, sitting.session_id, here.count)
    except ShelfRefusal:
        raise RuleBroken("copies_spent", NO_COPY) from None


@transaction.atomic
def give_back(attendance: Attendance) -> Person | None:
    """The browsers of who came anew become those of the one seated under the same name; nobody then has two sheets.

    None if nobody of that name has a seat. The instructor vouches for it: names can be equal by chance."""
    seated = Seat.objects.filter(room__session=attendance.sitting_id, left_at=None).values("holder")
    others = Person.objects.filter(pk__in=seated).exclude(pk=attendance.person_id)
    found = next((each for each in others if same_name(each.name) == same_name(attendance.person.name)), None)
    if found is None:
        return None
    Device.objects.filter(person=attendance.person_id).update(person=found)
    newcomer = attendance.person
    attendance.delete()
    if not newcomer.attendances.exists():
        newcomer.delete()
    return found


def leave_browser(token: str) -> None:
    """This browser is no longer the person's. The seat stays the person's, who has the phrase."""
    revoke(token)


def revoke(token: str) -> None:
    Device.objects.filter(token_hash=seal("device", token), revoked_at=None).update(revoked_at=timezone.now())


def mark_here(attending: Attending, now: datetime) -> None:
    """A sign of life from the lobby, written only now and then."""
    if attending.seen_at < now - SEEN_EVERY:
        Attendance.objects.filter(pk=attending.attendance).update(seen_at=now, absent=False)


def set_absent(attendance: Attendance, absent: bool) -> None:
    Attendance.objects.filter(pk=attendance.pk).update(absent=absent)


def make_start_link(user: User, lifetime: timedelta) -> str:
    """A code that signs this user in once. Older links that were not used are spent by it."""
    now = timezone.now()
    StartLink.objects.filter(user=user, used_at=None, expires_at__gt=now).update(expires_at=now)
    code = new_token()
    StartLink.objects.create(code_hash=seal("start", code), user=user, expires_at=now + lifetime)
    return code


def use_start_link(code: str) -> User | None:
    """The link's user, once: of two who come at the same moment one is too late."""
    now = timezone.now()
    spent = StartLink.objects.filter(
        code_hash=seal("start", code), used_at=None, expires_at__gt=now, user__is_active=True
    )
    if not spent.update(used_at=now):
        return None
    return User.objects.get(start_links__code_hash=seal("start", code))


def begin_tries(limits: dict[str, int]) -> bool:
    """May these keys try once more? A key is what failures are counted for, with how many it may have."""
    since = timezone.now() - TRIES_WINDOW
    sealed = {seal("tries", key): most for key, most in limits.items()}
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, [list(sealed), since])
        return all(failures < sealed[key] for key, failures in cursor.fetchall())


@transaction.atomic
def count_failure(keys: Iterable[str]) -> None:
    now = timezone.now()
    forget_old_failures(now)
    for key in sorted(seal("tries", key) for key in keys):
        Tries.objects.bulk_create([Tries(key=key, since=now)], ignore_conflicts=True)
        Tries.objects.filter(key=key, since__lte=now - TRIES_WINDOW).update(failures=0, since=now)
        Tries.objects.filter(key=key).update(failures=F("failures") + 1)


def forget_old_failures(now: datetime) -> None:
    """Every new browser that fails is a row; those that another counts right now are left to it."""
    old = Tries.objects.filter(since__lte=now - TRIES_WINDOW).select_for_update(skip_locked=True)
    Tries.objects.filter(pk__in=old.values("pk")).delete()


def forget_failures(key: str) -> None:
    Tries.objects.filter(key=seal("tries", key)).delete()
