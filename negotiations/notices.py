"""Tables that stay open for days: how far a person has read, and a letter when it is their turn.

A letter says that something happened and where, never what. At most one goes out an hour, to an address that the
person gave for this table, and none to whoever is here.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from negotiations.models import Event, Notice, Seat

logger = logging.getLogger("parley.notices")
#: Whoever was here a moment ago sees it on the page.
AWAY_AFTER = timedelta(minutes=5)
BETWEEN = timedelta(hours=1)
BATCH = 20
REMEMBER = """
INSERT INTO negotiations_notice (seat_id, read, address, language, link)
SELECT seat, read, '', '', '' FROM unnest(%s::uuid[], %s::integer[]) AS marks(seat, read)
ON CONFLICT (seat_id) DO UPDATE SET read = greatest(negotiations_notice.read, excluded.read)
"""


def can_write() -> bool:
    """Somebody told this server how letters leave it."""
    return not settings.EMAIL_BACKEND.endswith("console.EmailBackend")


def remember_read(marks: Mapping[UUID, int]) -> None:
    """How far each seat has read, by its own numbers; what was read stays read."""
    if marks:
        with connection.cursor() as cursor:
            cursor.execute(REMEMBER, [list(marks), list(marks.values())])


def notice_of(seat: Seat) -> Notice:
    """What is kept for this seat; nothing yet is as good as an empty one."""
    return Notice.objects.filter(seat=seat).first() or Notice(seat=seat)


def save_address(seat: Seat, address: str, link: str) -> None:
    """Where to write, and the page to lead to; an empty address means: do not."""
    chosen = {"address": address, "link": link, "language": translation.get_language() or ""}
    Notice.objects.update_or_create(seat=seat, defaults=chosen)


def write_letters(now: datetime | None = None) -> int:
    """Write to everybody whose turn it is; how many letters went out."""
    now = now or timezone.now()
    return sum(write_letter(notice, now) for notice in candidates(now)[:BATCH] if is_their_turn(notice))


def candidates(now: datetime) -> list[Notice]:
    """Who wants letters, had none lately, is away, and sits at a table where something happened since."""
    idle = Q(told_at=None) | Q(told_at__lt=now - BETWEEN)
    away = Q(seat__seen_at=None) | Q(seat__seen_at__lt=now - AWAY_AFTER)
    at_table = Q(seat__left_at=None, seat__room__ended_at=None, seat__room__closes_at__gt=now)
    news = Q(told_at=None) | Q(seat__room__last_at__gt=F("told_at"))
    without = Q(address="") | Q(seat__kind=Seat.Kind.OBSERVER)
    found = Notice.objects.exclude(without).filter(idle & away & at_table & news)
    return list(found.select_related("seat__room__session").order_by("seat__room__last_at"))


def is_their_turn(notice: Notice) -> bool:
    """The latest deed at the table that this person may see was another side's, and came since they were here."""
    seat = notice.seat
    seen = Q(audience__isnull=True) | Q(audience__contains=[seat.party])
    deeds = Event.objects.filter(seen, room=seat.room_id, actor__in=seat.room.seats.values("pk"))
    last = deeds.order_by("-seq").values_list("actor", "at").first()
    if last is None:
        return False
    actor, at = last
    own = seat.room.seats.filter(party=seat.party).values_list("pk", flat=True)
    since = max(filter(None, (seat.seen_at, notice.told_at)), default=None)
    return actor not in own and (since is None or at > since)


def write_letter(notice: Notice, now: datetime) -> bool:
    """Once, whichever process comes first. A letter that does not go out is not tried again within the hour."""
    mine = Notice.objects.filter(pk=notice.pk, told_at=notice.told_at)
    if not mine.update(told_at=now):
        return False
    with translation.override(notice.language or settings.LANGUAGE_CODE):
        subject, words = letter(notice)
    try:
        send_mail(subject, words, settings.DEFAULT_FROM_EMAIL, [notice.address])
    except OSError as trouble:  # SMTP's own faults are among these
        logger.warning("a letter did not go out: %s", type(trouble).__name__)
        return False
    return True


def letter(notice: Notice) -> tuple[str, str]:
    room = notice.seat.room
    about = {"title": room.session.title, "number": room.number}
    subject = gettext("It is your turn: %(title)s, room %(number)d") % about
    lines = [
        gettext("Something happened at your table since you were there."),
        notice.link,
        gettext(
            "You get at most one letter an hour. To get none, empty the address on the page of your role."
        ),
    ]
    return subject, "\n\n".join(line for line in lines if line) + "\n"
