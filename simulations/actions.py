"""Verbs on the shelf: publish an edition, bring and copy cases, note rights, take copies of a bought case."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
from django.db import transaction
from django.db.models import ProtectedError

from bargaining.casefile import Loaded, to_mapping
from bargaining.lint import lint
from simulations.bringing import Brought, free_name, read_folder, refuse_unstorable, renamed
from simulations.models import CopiesTaken, Edition, RoleSheet, Simulation, VariantSheet
from simulations.queries import (
    copies_in_use,
    copies_left,
    is_bought,
    names_on_shelf,
    shelf_size,
    texts_of,
    whole_case,
)
from simulations.rules.archive import is_read
from simulations.rules.refusals import ShelfRefusal
from simulations.rules.thumbnail import MOST_DEALS, Thumbnail, most_coupled, thumbnail
from simulations.rules.variants import BASE, EVERYBODY, Variant, text_under

LIBRARY = Path(__file__).parent / "library"
NOT_LOOKED_THROUGH = {
    "kind": "information",
    "where": "issues",
    "words": "So many terms of this case count together that nobody has looked through its deals here.",
    "mend": "Use larger steps, or run “./dev analyse” on the folder and give it time.",
}
MOST_CASES = MOST_EDITIONS = 200


class Published(NamedTuple):
    """An edition, and whether it was not there before."""

    edition: Edition
    is_new: bool


def load_library(folder: Path = LIBRARY) -> list[Edition]:
    """Publish every simulation folder; one that has not changed keeps its edition."""
    paths = sorted(path.parent for path in folder.glob("*/simulation.yaml"))
    return [publish(read_shipped(path)).edition for path in paths]


def read_shipped(path: Path) -> Brought:
    names = [file.relative_to(path).as_posix() for file in sorted(path.rglob("*")) if file.is_file()]
    return read_folder({name: (path / name).read_bytes() for name in names if is_read(name)})


@transaction.atomic
def publish(brought: Brought, owner: UUID | None = None) -> Published:
    """A new edition if the content is new, else the one that holds it already."""
    name = brought.loaded.case.id
    simulation, is_new = Simulation.objects.get_or_create(slug=name, owner=owner)
    if owner and is_new and shelf_size(owner) > MOST_CASES:
        raise ShelfRefusal("shelf_full")
    simulation = Simulation.objects.select_for_update().get(pk=simulation.pk)
    digest = digest_of(brought)
    known = Edition.objects.filter(simulation=simulation, digest=digest).first()
    return Published(known or write_edition(simulation, brought, digest), known is None)


@transaction.atomic
def bring(brought: Brought, owner: UUID, copies: int | None = None, note: str = "") -> Published:
    """Put a case on somebody's own shelf. A name that is there already means its next edition, with the rights
    noted before, unless the case is now said to be bought."""
    refuse_unstorable(brought)
    names = names_on_shelf(owner)
    if brought.is_import:
        loaded, file = renamed(brought.loaded, brought.file, free_name(brought.loaded.case.id, names))
        brought = replace(brought, loaded=loaded, file=file)
    is_known = brought.loaded.case.id in names
    published = publish(brought, owner)
    if not is_known or copies is not None:
        note_rights(published.edition.simulation, copies, note)
    return published


def write_edition(simulation: Simulation, brought: Brought, digest: str) -> Edition:
    case, texts = brought.loaded.case, brought.loaded.texts
    number = Edition.objects.filter(simulation=simulation).count() + 1
    if number > MOST_EDITIONS and not simulation.is_shipped:
        raise ShelfRefusal("editions_full")
    edition = Edition.objects.create(
        simulation=simulation,
        number=number,
        version=case.version,
        title=case.title,
        digest=digest,
        public=to_mapping(case.seen_by(None)),
        general=texts["general"],
        source=to_mapping(case),
        teaching_note=texts["teaching_note"],
        debrief=texts["debrief"],
        file=brought.file,
        translations=dict(brought.translations),
        import_notes=list(brought.notes),
        texts_are_made=brought.texts_are_made,
        thumbnail=drawing_of(case),
        remarks=remarks_on(brought.loaded),
    )
    RoleSheet.objects.bulk_create(
        RoleSheet(
            edition=edition, party=party, brief=texts["roles"][party], case=to_mapping(case.seen_by(party))
        )
        for party in case.party_ids
    )
    return edition


def write_variant(edition: UUID, variant: Variant) -> None:
    """The sheets of a variant, before a table plays it: who reads one later must not load what others know."""
    written = VariantSheet.objects.filter(edition=edition, variant=variant.key)
    if variant == BASE or written.exists():
        return
    case = whole_case(edition, variant)
    texts = {EVERYBODY: Edition.objects.values_list("general", flat=True).get(pk=edition)}
    texts |= dict(RoleSheet.objects.filter(edition=edition).values_list("party", "brief"))
    VariantSheet.objects.bulk_create(
        (
            VariantSheet(
                edition_id=edition,
                variant=variant.key,
                party=party or "",
                text=text_under(case, variant.condition, party or EVERYBODY, texts[party or EVERYBODY]),
                case=to_mapping(case.seen_by(party)),
            )
            for party in (*case.party_ids, None)
        ),
        ignore_conflicts=True,
    )


def digest_of(brought: Brought) -> str:
    """Of all that is read. What has no translations has the digest it had before there were any."""
    content = [to_mapping(brought.loaded.case), brought.loaded.texts]
    content += [dict(brought.translations)] if brought.translations else []
    text = json.dumps(content, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def thumbnail_of(edition: Edition) -> Thumbnail | None:
    """The drawing kept with the edition. One without, or with one of an older kind, gets its own now, once."""
    try:
        return read_drawing(edition.thumbnail)
    except msgspec.ValidationError:
        drawn = drawing_of(whole_case(edition.pk))
        Edition.objects.filter(pk=edition.pk).update(thumbnail=drawn)
        return read_drawing(drawn)


def read_drawing(kept: Any) -> Thumbnail | None:
    return None if kept == {} else msgspec.convert(kept, Thumbnail)


def drawing_of(case: Any) -> dict[str, Any]:
    """Empty where there is nothing to draw."""
    drawn = thumbnail(case)
    found: dict[str, Any] = msgspec.to_builtins(drawn) if drawn else {}
    return found


def remarks_of(edition: Edition) -> list[dict[str, str]]:
    """What to know before class, kept with the edition; one from before there were remarks gets its own now, once."""
    if edition.remarks is None:
        edition.remarks = remarks_on(Loaded(whole_case(edition.pk), texts_of(edition)))
        Edition.objects.filter(pk=edition.pk).update(remarks=edition.remarks)
    found: list[dict[str, str]] = edition.remarks
    return found


def remarks_on(loaded: Loaded) -> list[dict[str, str]]:
    """What to know before class. A case with so many coupled terms, or variants, that looking through them would
    keep somebody waiting says that nobody looked, rather than nothing."""
    case = loaded.case
    variants = 1 + len(case.conditions) + len(case.releases)
    if most_coupled(case) * variants > MOST_DEALS:
        return [NOT_LOOKED_THROUGH]
    # On a copy of its own, as the drawing: the outcome space must not stay with the case that pages share.
    return [
        {"kind": remark.kind, "where": remark.where, "words": remark.words, "mend": remark.mend}
        for remark in lint(replace(case), loaded.texts)
    ]


@transaction.atomic
def copy_to_shelf(edition: Edition, owner: UUID) -> Edition:
    """The edition as a start for somebody's own case, under a name that is free on that shelf."""
    if edition.simulation.is_bought:
        raise ShelfRefusal("stays_here")
    loaded = Loaded(whole_case(edition.pk), texts_of(edition))
    name = free_name(f"my-{loaded.case.id}"[:60], names_on_shelf(owner))
    copied, file = renamed(loaded, edition.file, name)
    made = publish(
        Brought(copied, file, edition.translations, texts_are_made=edition.texts_are_made), owner
    ).edition
    Simulation.objects.filter(pk=made.simulation_id).update(copied_from=edition)
    return made


@transaction.atomic
def note_rights(simulation: Simulation, copies: int | None, note: str) -> None:
    """Whose work a case is: the owner's or free (no number), or bought for so many readers."""
    locked = Simulation.objects.select_for_update().get(pk=simulation.pk)
    if locked.is_bought and copies is None:
        raise ShelfRefusal("stays_bought")
    if copies is not None and copies < copies_in_use(locked):
        raise ShelfRefusal("copies_in_use")
    locked.copies_bought, locked.rights_note = copies, note
    locked.save(update_fields=["copies_bought", "rights_note"])


@transaction.atomic
def take_off_shelf(simulation: Simulation) -> None:
    """Remove an own case with all its editions, unless a session was held with one of them."""
    try:
        simulation.editions.all().delete()
        simulation.delete()
    except ProtectedError:
        raise ShelfRefusal("was_used") from None


@transaction.atomic
def take_copies(edition: UUID, session: UUID, copies: int) -> bool:
    """Keep so many copies of a bought case for a session; False, and nothing counted, for any other case."""
    if not is_bought(edition):
        return False
    simulation = Simulation.objects.select_for_update(of=("self",)).get(editions=edition)
    if not 1 <= copies <= (copies_left(simulation) or 0):
        raise ShelfRefusal("copies_spent")
    CopiesTaken.objects.create(simulation=simulation, session=session, copies=copies)
    return True


@transaction.atomic
def take_copy_for_one_more(edition: UUID, session: UUID, readers: Callable[[], int]) -> None:
    """Before one more person reads a bought case in a session. `readers` are counted once nobody else can come in."""
    simulation = Simulation.objects.select_for_update(of=("self",)).get(editions=edition)
    taken, _ = CopiesTaken.objects.get_or_create(
        session=session, defaults={"simulation": simulation, "copies": 0}
    )
    wanted = readers() + 1
    if wanted <= taken.copies:
        return
    if wanted - taken.copies > (copies_left(simulation) or 0):
        raise ShelfRefusal("copies_spent")
    CopiesTaken.objects.filter(pk=session).update(copies=wanted)
