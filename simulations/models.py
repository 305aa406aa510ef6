"""What is negotiated: simulations, their frozen editions, and one private sheet a party.

An edition never changes once written. Its secrets are split by row, so that a participant's request
loads the public part and its own party's sheet and nothing else.
"""

from __future__ import annotations

import json
import uuid
from typing import Any

from django.db import models
from django.db.models import F, Q


class Document(models.TextField):
    """JSON kept as written. The order of parties and issues has a meaning, and jsonb would lose it."""

    # How the type checker learns that any JSON goes in and comes out.
    _pyi_private_set_type: Any
    _pyi_private_get_type: Any

    def from_db_value(self, value: str | None, expression: Any, connection: Any) -> Any:
        return None if value is None else json.loads(value)

    def get_prep_value(self, value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)


class Simulation(models.Model):
    """An exercise on the shelf."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.slug


class Edition(models.Model):
    """One frozen, numbered version: `public` is what everybody may know, `source` the whole case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveIntegerField()
    version = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    public = Document()
    general = models.TextField()
    source = Document()
    teaching_note = models.TextField(blank=True)
    debrief = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("simulation"), F("number"), name="edition_number_once"),
            models.UniqueConstraint(F("simulation"), F("digest"), name="edition_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class RoleSheet(models.Model):
    """What one party reads and nobody else: its brief, and the case as that party may see it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="sheets")
    party = models.CharField(max_length=80)
    brief = models.TextField()
    case = Document()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("edition"), F("party"), name="one_sheet_a_party"),
            models.CheckConstraint(condition=~Q(party=""), name="sheet_names_its_party"),
        ]

    def __str__(self) -> str:
        return f"{self.party} sheet"
