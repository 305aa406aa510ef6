"""Reads of editions. Three doors with rising rights: public, one party's own, whole."""

from __future__ import annotations

from functools import lru_cache
from uuid import UUID

from django.db.models import QuerySet

from bargaining.case import Case
from bargaining.casefile import from_mapping
from simulations.models import Edition, RoleSheet, Simulation

# An edition is frozen, so what was read once stays true; the caches only bound memory.


@lru_cache(maxsize=256)
def public_case(edition: UUID) -> Case:
    """What everybody at the table may know. For participants' requests and the rules."""
    return from_mapping(Edition.objects.values_list("public", flat=True).get(pk=edition))


@lru_cache(maxsize=512)
def role_case(edition: UUID, party: str) -> Case:
    """The public part and what this party alone knows."""
    return from_mapping(RoleSheet.objects.values_list("case", flat=True).get(edition=edition, party=party))


@lru_cache(maxsize=64)
def whole_case(edition: UUID) -> Case:
    """Everything. Only for instructors and for figures, never in a participant's request."""
    return from_mapping(Edition.objects.values_list("source", flat=True).get(pk=edition))


@lru_cache(maxsize=512)
def brief(edition: UUID, party: str) -> str:
    return RoleSheet.objects.values_list("brief", flat=True).get(edition=edition, party=party)


@lru_cache(maxsize=256)
def general(edition: UUID) -> str:
    return Edition.objects.values_list("general", flat=True).get(pk=edition)


def latest_editions() -> QuerySet[Edition]:
    """The shelf: of each simulation its newest edition, by title."""
    newest = Edition.objects.order_by("simulation", "-number").distinct("simulation").values("pk")
    return Edition.objects.filter(pk__in=newest).select_related("simulation").order_by("title")


def latest_edition(slug: str) -> Edition | None:
    return Edition.objects.filter(simulation__slug=slug).order_by("-number").first()


def simulation_by_slug(slug: str) -> Simulation | None:
    return Simulation.objects.filter(slug=slug).first()
