"""Who and when: people, classrooms, and the sitting that brings a session to a classroom.

A student is a `Person` without an account: a browser that holds a token of the person is the person. What happens at
a table is not known here.
"""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from negotiations.models import Session

HASH_LENGTH = 64


class UserManager(BaseUserManager["User"]):
    """Makes users; addresses are kept in lower case, so that one person cannot be two."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """Somebody with an account: an instructor or an assistant."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    timezone = models.CharField(_("time zone"), max_length=64, blank=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(email=Lower("email")), name="user_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name or self.email.partition("@")[0]


class Classroom(models.Model):
    """People over a term."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("name"), max_length=120)
    timezone = models.CharField(_("time zone"), max_length=64, default="UTC")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # Whoever joins under the name of somebody on the list, who has not come yet, is that person.
    has_list = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="classroom_has_a_name")]

    def __str__(self) -> str:
        return self.name


class Teaching(models.Model):
    """This user teaches, or assists in, this classroom."""

    class Role(models.TextChoices):
        INSTRUCTOR = "instructor", _("instructor")
        ASSISTANT = "assistant", _("assistant")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="teachings")
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="teachings")
    role = models.CharField(max_length=12, choices=Role, default=Role.INSTRUCTOR)

    class Meta:
        constraints = [models.UniqueConstraint(F("user"), F("classroom"), name="one_teaching_a_classroom")]

    def __str__(self) -> str:
        return self.role


class Person(models.Model):
    """A student of a classroom. `recovery` is the HMAC of six random words: whoever says them is this person.

    Who is `listed` was taken over from a list, perhaps before they ever came; what the list says of them only teachers
    read. `time_percent` is the time they need, as a share of everybody's.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(max_length=80)
    recovery = models.CharField(max_length=HASH_LENGTH, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)
    listed = models.BooleanField(default=False, db_default=False)
    email = models.CharField(max_length=80, blank=True, default="", db_default="")
    number = models.CharField(max_length=80, blank=True, default="", db_default="")
    section = models.CharField(max_length=80, blank=True, default="", db_default="")
    time_percent = models.PositiveSmallIntegerField(default=100, db_default=100)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name"),
            models.CheckConstraint(
                condition=Q(time_percent__gte=100, time_percent__lte=300), name="person_time_sane"
            ),
            models.UniqueConstraint(
                fields=["classroom", "number"], condition=~Q(number=""), name="number_once_in_a_classroom"
            ),
            models.UniqueConstraint(
                fields=["classroom", "email"], condition=~Q(email=""), name="address_once_in_a_classroom"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """A browser in which a person is known: the HMAC of a token of its cookie."""

    token_hash = models.CharField(max_length=HASH_LENGTH, primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="devices")
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"device of {self.person_id}"


class Sitting(models.Model):
    """Joins a session to a classroom: its code, who attends, and how they are paired."""

    class OddRule(models.TextChoices):
        SECOND = "second", _("a second negotiator on one side")
        OBSERVER = "observer", _("an observer")
        PARTNER = "partner", _("a practice partner")

    class Newcomers(models.TextChoices):
        TRAY = "tray", _("wait until the instructor seats them")
        PARTNER = "partner", _("sit down opposite a practice partner at once")

    class Sections(models.TextChoices):
        ANY = "any", _("as it comes")
        MIX = "mix", _("with another section")
        KEEP = "keep", _("within their own section")

    session = models.OneToOneField(
        Session, on_delete=models.CASCADE, primary_key=True, related_name="sitting"
    )
    classroom = models.ForeignKey(Classroom, on_delete=models.CASCADE, related_name="sittings")
    code = models.CharField(max_length=6)
    odd_rule = models.CharField(max_length=8, choices=OddRule, default=OddRule.SECOND)
    sections = models.CharField(max_length=4, choices=Sections, default=Sections.ANY)
    newcomers = models.CharField(max_length=8, choices=Newcomers, default=Newcomers.TRAY)
    # The conditions of the case that its tables play, each as often as the others; none: as written.
    conditions = models.JSONField(default=list, blank=True)
    # How many people play each party, within what the party takes.
    side_size = models.PositiveSmallIntegerField(default=1, db_default=1)
    # Of a case that was bought by the copy when the session was opened: whoever comes needs one.
    counts_copies = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)
    paired_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            # A code names one open sitting; closed ones keep theirs, so that those who attended find back.
            models.UniqueConstraint(
                fields=["code"], condition=Q(closed_at__isnull=True), name="code_unique_while_open"
            ),
        ]
        indexes = [
            # The student's hub: which sittings went by this code?
            models.Index(fields=["code"], name="sitting_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Attendance(models.Model):
    """A person came to a sitting."""

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="attendances")
    joined_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField(auto_now_add=True)
    absent = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(F("sitting"), F("person"), name="attends_once")]

    def __str__(self) -> str:
        return f"{self.person_id} at {self.sitting_id}"


class StartLink(models.Model):
    """A link that signs its user in once; only the HMAC of its code is kept."""

    code_hash = models.CharField(max_length=HASH_LENGTH, primary_key=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="start_links")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"start link of {self.user_id}"


class Tries(models.Model):
    """Failures of one key (a browser, an account at an address) since a moment: too many, and it has to wait."""

    key = models.CharField(max_length=HASH_LENGTH, primary_key=True)
    failures = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tries"

    def __str__(self) -> str:
        return f"{self.failures} failures"
