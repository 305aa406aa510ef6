"""Verbs on the shelf: publish an edition, load the library that ships with Parley."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.db import transaction

from bargaining.casefile import Loaded, load_folder, to_mapping
from simulations.models import Edition, RoleSheet, Simulation

LIBRARY = Path(__file__).parent / "library"


def load_library(folder: Path = LIBRARY) -> list[Edition]:
    """Publish every simulation folder; one that has not changed keeps its edition."""
    paths = sorted(path.parent for path in folder.glob("*/simulation.yaml"))
    return [publish(load_folder(path)) for path in paths]


@transaction.atomic
def publish(loaded: Loaded) -> Edition:
    """A new edition if the content is new, else the one that holds it already."""
    simulation, _ = Simulation.objects.get_or_create(slug=loaded.case.id)
    simulation = Simulation.objects.select_for_update().get(pk=simulation.pk)
    digest = digest_of(loaded)
    known = Edition.objects.filter(simulation=simulation, digest=digest).first()
    return known or write_edition(simulation, loaded, digest)


def write_edition(simulation: Simulation, loaded: Loaded, digest: str) -> Edition:
    case, texts = loaded.case, loaded.texts
    edition = Edition.objects.create(
        simulation=simulation,
        number=Edition.objects.filter(simulation=simulation).count() + 1,
        version=case.version,
        title=case.title,
        digest=digest,
        public=to_mapping(case.seen_by(None)),
        general=texts["general"],
        source=to_mapping(case),
        teaching_note=texts["teaching_note"],
        debrief=texts["debrief"],
    )
    RoleSheet.objects.bulk_create(
        RoleSheet(
            edition=edition, party=party, brief=texts["roles"][party], case=to_mapping(case.seen_by(party))
        )
        for party in case.party_ids
    )
    return edition


def digest_of(loaded: Loaded) -> str:
    text = json.dumps([to_mapping(loaded.case), loaded.texts], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
