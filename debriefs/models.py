"""What was worked out of a room's log: one row of figures a room, and one a party for that party's own eyes.

Everything here can be computed again from the log and the edition; nothing here is the truth.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from negotiations.models import Room
from simulations.models import Edition


class RoomFigures(models.Model):
    """A room's figures from its log up to `up_to_seq`. For instructors: it holds every side's points."""

    room = models.OneToOneField(Room, on_delete=models.CASCADE, primary_key=True, related_name="figures")
    up_to_seq = models.PositiveIntegerField()
    data = models.JSONField()
    digest = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"figures up to {self.up_to_seq}"


class PartyFigures(models.Model):
    """What one party may learn of its own result, apart from the others' so that nobody's request loads those."""

    figures = models.ForeignKey(RoomFigures, on_delete=models.CASCADE, related_name="parties")
    party = models.CharField(max_length=80)
    has_deal = models.BooleanField()
    points = models.FloatField()
    data = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("figures"), F("party"), name="one_result_a_party"),
            models.CheckConstraint(condition=~Q(party=""), name="result_names_its_party"),
        ]

    def __str__(self) -> str:
        return f"{self.party} result"


class Landscape(models.Model):
    """What was possible in a variant of an edition: its frontier, best deals and the cloud that the charts draw.

    `variant` is the key of `simulations.rules.variants.Variant`, empty for the edition as written.
    """

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="landscapes")
    variant = models.TextField(blank=True)
    data = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(F("edition"), F("variant"), name="one_landscape_a_variant"),
        ]

    def __str__(self) -> str:
        return "landscape"
