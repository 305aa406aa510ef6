"""The live table: sessions, rooms, seats, plans, and the log.

The log's rows are written by `negotiations.log` alone; a room's own columns too. Who a holder is,
and in which classroom a session sits, is known to `classrooms`, not here.
"""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from negotiations.rules.room.course import LONG_SECONDS
from simulations.models import Edition
from simulations.queries import public_case
from simulations.rules.variants import Variant


class Session(models.Model):
    """One sitting of an edition: its phases, clock and policies."""

    class Phase(models.TextChoices):
        JOIN = "join"
        PREPARE = "prepare"
        NEGOTIATE = "negotiate"
        DEBRIEF = "debrief"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="sessions")
    phase = models.CharField(max_length=12, choices=Phase, default=Phase.JOIN)
    minutes = models.PositiveIntegerField(default=45)
    policy = models.JSONField(default=dict)
    # How uncertain events of the case came out, once the instructor has settled them for all rooms.
    outcomes = models.JSONField(default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    prepared_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=1, minutes__lte=14 * 24 * 60), name="session_minutes_sane"
            ),
        ]

    def __str__(self) -> str:
        return f"session {self.pk}"

    @property
    def title(self) -> str:
        """From the public part alone: the edition's row holds every party's secrets and stays unread."""
        return public_case(self.edition_id).title

    @property
    def is_long(self) -> bool:
        """Its tables are visited over days."""
        return self.minutes * 60 >= LONG_SECONDS

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


class Room(models.Model):
    """One table. Only `log.append` moves `last_seq` and the columns after it; the ORM never saves this row."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="rooms")
    number = models.PositiveIntegerField()
    # The condition of its case; set before the table opens, and the page of no participant says it.
    condition = models.CharField(max_length=80, blank=True, default="")
    # Somebody here needs more time. It is the whole room's, so that nobody learns whose it is.
    time_percent = models.PositiveSmallIntegerField(default=100)
    created_at = models.DateTimeField(auto_now_add=True)
    last_seq = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    summary = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("session"), F("number"), name="room_number_once"),
            models.CheckConstraint(
                condition=Q(time_percent__gte=100, time_percent__lte=300), name="room_time_sane"
            ),
        ]
        indexes = [
            # The ticker: rooms in which something happens by itself next.
            models.Index(fields=["due_at"], name="room_due", condition=Q(due_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"room {self.number}"

    @property
    def variant(self) -> Variant:
        """What is played here now: its condition, and the news that changed the case since."""
        return Variant(self.condition, tuple(self.summary.get("changed", ())))


class Seat(models.Model):
    """One person, or a practice partner, playing a party in a room. `holder` is nobody for a partner.

    The row comes first; from `logged_at` on the room's log knows the seat, and only then it counts.
    """

    class Kind(models.TextChoices):
        PERSON = "person"
        PARTNER = "partner"
        OBSERVER = "observer"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="seats")
    party = models.CharField(max_length=80)
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.PERSON)
    holder = models.UUIDField(null=True, blank=True)
    taken_at = models.DateTimeField(auto_now_add=True)
    logged_at = models.DateTimeField(null=True, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=("person", "observer"), holder__isnull=False)
                | Q(kind="partner", holder__isnull=True),
                name="seat_person_has_holder",
            ),
            models.UniqueConstraint(
                fields=["room", "holder"],
                condition=Q(left_at__isnull=True),
                name="one_seat_a_person_in_a_room",
            ),
        ]
        indexes = [
            # The gate: which seats does this person hold now?
            models.Index(fields=["holder"], name="seat_holder", condition=Q(left_at__isnull=True)),
            # The sweeper: rows whose room does not know of them, because somebody was cut off in between.
            models.Index(
                fields=["taken_at"],
                name="seat_not_logged",
                condition=Q(logged_at__isnull=True, left_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party} seat"


class Plan(models.Model):
    """What a person meant to reach before the table opened: kept for the own debrief."""

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, primary_key=True, related_name="plan")
    target = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    limit = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    guess = models.CharField(max_length=80, blank=True)
    saved_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return "plan"


class Notice(models.Model):
    """How far a person has read at a table that stays open for days, and where to write when it is their turn.

    Without an address nothing is written. `read` counts by the person's own numbers.
    """

    seat = models.OneToOneField(Seat, on_delete=models.CASCADE, primary_key=True, related_name="notice")
    read = models.PositiveIntegerField(default=0)
    address = models.EmailField(blank=True)
    link = models.URLField(max_length=300, blank=True)
    language = models.CharField(max_length=16, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # Who may be written to, and was not lately.
            models.Index(fields=["told_at"], name="notice_wanted", condition=~Q(address="")),
        ]

    def __str__(self) -> str:
        return "notice"


class Rating(models.Model):
    """How far one interest of the own side was met, as the person in this seat saw it after the table had ended."""

    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="ratings")
    interest = models.CharField(max_length=80)
    rating = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("seat"), F("interest"), name="one_rating_of_an_interest"),
        ]

    def __str__(self) -> str:
        return f"{self.interest}: {self.rating}"


class Event(models.Model):
    """One numbered line of a room's log. Insert-only: a trigger refuses UPDATE and DELETE."""

    pk = models.CompositePrimaryKey("room_id", "seq")
    room = models.ForeignKey(Room, on_delete=models.PROTECT, related_name="events")
    seq = models.PositiveIntegerField()
    type = models.CharField(max_length=40)
    payload = models.JSONField()
    actor = models.UUIDField()
    audience = models.JSONField(null=True)
    command_id = models.UUIDField(null=True)
    digest = models.BinaryField(null=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            # Idempotency: a command leaves its mark once, on its first event.
            models.UniqueConstraint(
                fields=["room", "actor", "command_id"],
                condition=Q(command_id__isnull=False),
                name="command_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.type}"


class Job(models.Model):
    """Outbox: a room whose figures are due, written by the append that made them due."""

    id = models.BigAutoField(primary_key=True)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="jobs")
    seq = models.PositiveIntegerField()
    created_at = models.DateTimeField(db_default=Now())
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(db_default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    failure = models.TextField(db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(F("room"), F("seq"), name="job_once")]
        indexes = [
            # The sweeper: what is not done yet.
            models.Index(fields=["created_at"], name="job_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}"


class Act(models.Model):
    """One deed of an instructor on many rooms. Each room gets it once; a sweeper completes what was cut off."""

    class Verb(models.TextChoices):
        OPEN = "open"
        PAUSE = "pause"
        RESUME = "resume"
        EXTEND = "extend"
        CLOSE = "close"
        NEXT = "next"
        NEWS = "news"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="acts")
    verb = models.CharField(max_length=8, choices=Verb)
    seconds = models.PositiveIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    by = models.UUIDField()
    created_at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            # The sweeper: acts that were cut off.
            models.Index(fields=["created_at"], name="act_open", condition=Q(done_at__isnull=True)),
        ]

    def __str__(self) -> str:
        return f"{self.verb} all"
