"""Reads of editions. Three doors with rising rights: public, one party's own, whole."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from django.db.models import QuerySet, Sum

from bargaining.case import Case
from bargaining.casefile import Texts, Translation, dump, from_mapping, load_files
from bargaining.strands import for_the_rules
from simulations.models import Edition, RoleSheet, Simulation, VariantSheet
from simulations.readonce import read_once
from simulations.rules.playable import playable_here
from simulations.rules.variants import BASE, Variant, varied

# An edition is frozen, so what was read once stays true; the caches only bound memory.
#: What lists do not need of an edition.
LONG = (
    "public",
    "source",
    "general",
    "teaching_note",
    "debrief",
    "file",
    "translations",
    "thumbnail",
    "remarks",
    "import_notes",
)


@read_once(256)
def public_case(edition: UUID, variant: Variant = BASE) -> Case:
    """What everybody at the table may know. For participants' requests and the rules."""
    if variant == BASE:
        return from_mapping(Edition.objects.values_list("public", flat=True).get(pk=edition))
    return from_mapping(variant_row(edition, variant, "").case)


@read_once(512)
def role_case(edition: UUID, party: str, variant: Variant = BASE) -> Case:
    """The public part and what this party alone knows."""
    if variant == BASE:
        return from_mapping(
            RoleSheet.objects.values_list("case", flat=True).get(edition=edition, party=party)
        )
    return from_mapping(variant_row(edition, variant, party).case)


@read_once(256)
def table_case(edition: UUID, variant: Variant = BASE) -> Case:
    """What the rules of a table decide with. Where negotiations are linked nobody knows all their issues, so this
    has them all, without anybody's points; it is shown to nobody."""
    public = public_case(edition, variant)
    if not public.strands:
        return public
    return for_the_rules(public, [role_case(edition, party, variant) for party in public.party_ids])


@read_once(64)
def whole_case(edition: UUID, variant: Variant = BASE) -> Case:
    """Everything. Only for instructors and for figures, never in a participant's request."""
    case = from_mapping(Edition.objects.values_list("source", flat=True).get(pk=edition))
    return varied(case, variant)


@read_once(512)
def brief(edition: UUID, party: str, variant: Variant = BASE) -> str:
    if variant == BASE:
        return RoleSheet.objects.values_list("brief", flat=True).get(edition=edition, party=party)
    return variant_row(edition, variant, party).text


@read_once(256)
def general(edition: UUID, variant: Variant = BASE) -> str:
    if variant == BASE:
        return Edition.objects.values_list("general", flat=True).get(pk=edition)
    return variant_row(edition, variant, "").text


def variant_row(edition: UUID, variant: Variant, party: str) -> VariantSheet:
    """Written by `actions.write_variant` before a table may play the variant."""
    return VariantSheet.objects.get(edition=edition, variant=variant.key, party=party)


def latest_editions(owner: UUID | None = None) -> QuerySet[Edition]:
    """One shelf, the shipped one or somebody's own: of each simulation its newest edition, by title."""
    on_shelf = Edition.objects.filter(simulation__owner=owner)
    newest = on_shelf.order_by("simulation", "-number").distinct("simulation").values("pk")
    found = Edition.objects.filter(pk__in=newest).select_related("simulation").defer(*LONG)
    return found.order_by("title", "simulation__slug")


def latest_edition(slug: str, owner: UUID | None = None) -> Edition | None:
    found = Edition.objects.filter(simulation__slug=slug, simulation__owner=owner)
    return found.select_related("simulation").order_by("-number").first()


def edition_numbered(slug: str, owner: UUID | None, number: int) -> Edition | None:
    found = Edition.objects.filter(simulation__slug=slug, simulation__owner=owner, number=number)
    return found.select_related("simulation").first()


def editions_to_play(owner: UUID) -> list[Edition]:
    """What this instructor may open a session with today: own cases first, then those that ship with Parley."""
    found = [*latest_editions(owner), *latest_editions(None)]
    return [edition for edition in found if not playable_here(whole_case(edition.pk))]


def editions_of(simulation: Simulation) -> QuerySet[Edition]:
    """All editions, the newest first."""
    return simulation.editions.order_by("-number").defer(*LONG)


def simulation_by_slug(slug: str, owner: UUID | None = None) -> Simulation | None:
    return Simulation.objects.filter(slug=slug, owner=owner).first()


def names_on_shelf(owner: UUID | None) -> set[str]:
    return set(Simulation.objects.filter(owner=owner).values_list("slug", flat=True))


def copies_in_use(simulation: Simulation) -> int:
    """How many copies all sessions of a bought case take together."""
    return simulation.copies_taken.aggregate(Sum("copies"))["copies__sum"] or 0


def copies_left(simulation: Simulation) -> int | None:
    """How many more people may read a bought case; None where nobody counts."""
    if simulation.copies_bought is None:
        return None
    return simulation.copies_bought - copies_in_use(simulation)


def is_bought(edition: UUID) -> bool:
    return Simulation.objects.filter(editions=edition).exclude(copies_bought=None).exists()


def texts_of(edition: Edition) -> Texts:
    """The Markdown texts of an edition, as a folder holds them."""
    sheets = {sheet.party: sheet.brief for sheet in edition.sheets.all()}
    return {
        "general": edition.general,
        "teaching_note": edition.teaching_note,
        "debrief": edition.debrief,
        "roles": {party: sheets[party] for party in whole_case(edition.pk).party_ids},
    }


def folder_of(edition: Edition) -> dict[str, str]:
    """The edition as the files of format 1, by their names in the folder."""
    texts = texts_of(edition)
    files = {
        "simulation.yaml": edition.file or dump(whole_case(edition.pk)),
        "general.md": texts["general"],
        **{f"roles/{party}.md": text for party, text in texts["roles"].items()},
        "teaching-note.md": texts["teaching_note"],
        "debrief.md": texts["debrief"],
        **edition.translations,
    }
    return {name: text for name, text in files.items() if text}


@read_once(32)
def translations_of(edition: UUID) -> Mapping[str, Translation]:
    """The simulation in other languages, by their short names. For instructors: rooms speak the original."""
    found = Edition.objects.get(pk=edition)
    if not found.translations:
        return {}
    return load_files({name: text.encode() for name, text in folder_of(found).items()}).languages


def shelf_size(owner: UUID) -> int:
    return Simulation.objects.filter(owner=owner).count()
