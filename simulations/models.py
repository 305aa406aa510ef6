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

    def get_prep_value(self, value: Any) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False)


class Simulation(models.Model):
    """An exercise on the shelf: one that ships with Parley, or somebody's own, which nobody else may open.

    `owner` is a user whom the caller knows. Names are an owner's own, so that no name tells of another's case.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.SlugField(max_length=80)
    owner = models.UUIDField(null=True, blank=True, editable=False)
    copied_from = models.ForeignKey(
        "Edition", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies"
    )
    # A bought case knows how many people may read it; without a number it is the owner's work, or free.
    copies_bought = models.PositiveIntegerField(null=True, blank=True)
    rights_note = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "slug"], nulls_distinct=False, name="one_name_a_shelf"),
            models.CheckConstraint(
                condition=Q(copies_bought=None) | Q(owner__isnull=False), name="only_own_cases_are_bought"
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_bought(self) -> bool:
        return self.copies_bought is not None

    @property
    def is_shipped(self) -> bool:
        return self.owner is None

    @property
    def key(self) -> str:
        """How forms and links name it: shipped ones by name, own ones by a number that says nothing."""
        return self.slug if self.is_shipped else str(self.pk)


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
    # simulation.yaml as its author wrote it, with comments; empty when it was made from another format.
    file = models.TextField(blank=True)
    # The folder's texts in other languages, by their names in it: i18n/de/general.md.
    translations = Document(default=dict, blank=True)
    # What an import could not read out of its file, in sentences. Then the texts were made from the table.
    import_notes = Document(default=list, blank=True)
    texts_are_made = models.BooleanField(default=False)
    # Worked out once: a small drawing, and what to know of the case before class.
    thumbnail = Document(null=True, blank=True)
    remarks = Document(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(F("simulation"), F("number"), name="edition_number_once"),
            models.UniqueConstraint(F("simulation"), F("digest"), name="edition_content_once"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class CopiesTaken(models.Model):
    """How many copies of a bought case a session takes; `session` is known to the caller."""

    session = models.UUIDField(primary_key=True)
    simulation = models.ForeignKey(Simulation, on_delete=models.PROTECT, related_name="copies_taken")
    copies = models.PositiveIntegerField()
    taken_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name_plural = "copies taken"

    def __str__(self) -> str:
        return f"{self.copies} copies"


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


class VariantSheet(models.Model):
    """What one party reads where a table plays a variant: text and case; for the party "" what everybody may know.

    Split by row like the edition itself. `variant` is the key of `simulations.rules.variants.Variant`.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="variant_sheets")
    variant = models.TextField()
    party = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    case = Document()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("edition"), F("variant"), F("party"), name="one_variant_sheet_a_party"),
            models.CheckConstraint(condition=~Q(variant=""), name="variant_sheet_names_its_variant"),
        ]

    def __str__(self) -> str:
        return f"{self.party or 'public'} sheet of {self.variant}"
