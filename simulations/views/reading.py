"""Reading a simulation: its page, the sheets as any role sees them, what changed, and its folder as an archive."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bargaining.case import Case
from bargaining.casefile import Translation, translated
from simulations import sheets
from simulations.access import for_instructors, require_edition
from simulations.actions import remarks_of, thumbnail_of
from simulations.models import Edition
from simulations.prose import to_html
from simulations.queries import (
    brief,
    copies_left,
    edition_numbered,
    editions_of,
    folder_of,
    latest_edition,
    role_case,
    translations_of,
)
from simulations.rules.archive import pack
from simulations.rules.refusals import WORDS
from simulations.screens.drawing import shape_of
from simulations.screens.history import changes_between
from simulations.screens.shelf import Book, book_of
from simulations.screens.simulation import (
    issue_lines,
    issue_tables,
    news_of,
    questions_of,
    roles_of,
    steps_of,
    worked_out,
)


@for_instructors
@require_safe
def simulation(request: HttpRequest, slug: str, own: bool) -> HttpResponse:
    edition = require_edition(request, slug, own)
    book = book_of(edition)
    case = book.case
    drawn = thumbnail_of(edition)
    context = about(book) | {
        "remarks": remarks_of(edition),
        "shape": shape_of(case, drawn) if drawn else None,
        "roles": roles_of(case),
        "settled": issue_lines(case),
        "steps": steps_of(case),
        "news": news_of(case),
        "general": sheets.everybody_reads(case, edition.general),
        "issues": issue_tables(case),
        "worked_out": worked_out(case),
        "scored": [party for party in case.parties if party.id in case.scored_ids],
        "questions": questions_of(case),
        "teaching_note": to_html(edition.teaching_note),
        "debrief": to_html(edition.debrief),
        "editions": list(editions_of(edition.simulation)),
        "copies_left": copies_left(edition.simulation),
    }
    return render(request, "simulations/simulation.html", context)


@for_instructors
@require_safe
def role(request: HttpRequest, slug: str, party: str, own: bool) -> HttpResponse:
    """What a student who plays this party reads, and nothing that such a student would not see."""
    edition = require_edition(request, slug, own)
    book = book_of(edition)
    if party not in book.case.party_ids:
        raise Http404
    known = translations_of(edition.pk)
    spoken = request.GET.get("language", "")
    if spoken and spoken not in known:
        raise Http404
    sheet = translated_sheet(book.case, party, known[spoken]) if spoken else sheet_of(edition, party)
    context = about(book) | {
        "roles": roles_of(book.case),
        "sheet": sheet,
        "party": party,
        "language": spoken or book.case.language,
        "languages": [book.case.language, *known] if known else [],
    }
    return render(request, "simulations/role.html", context)


def sheet_of(edition: Edition, party: str) -> dict[str, Any]:
    """The very sheet that a room shows."""
    seen = role_case(edition.pk, party)
    return sheets.sheet(seen, seen.party(party), brief(edition.pk, party), edition.general)


def translated_sheet(case: Case, party: str, translation: Translation) -> dict[str, Any]:
    seen = translated(case, translation).seen_by(party)
    texts = translation.texts
    return sheets.sheet(seen, seen.party(party), texts["roles"][party], texts["general"])


@for_instructors
@require_safe
def changes(request: HttpRequest, slug: str, number: int, own: bool) -> HttpResponse:
    """What this edition changed in the one before it."""
    newest = require_edition(request, slug, own)
    owner = newest.simulation.owner
    after, before = edition_numbered(slug, owner, number), edition_numbered(slug, owner, number - 1)
    if after is None or before is None:
        raise Http404
    context = about(book_of(after)) | {"before": before, "changes": changes_between(before, after)}
    return render(request, "simulations/changes.html", context)


@for_instructors
@require_safe
def download(request: HttpRequest, slug: str, own: bool) -> HttpResponse:
    """The folder of format 1, to keep or to change. A bought case stays here."""
    edition = require_edition(request, slug, own)
    if edition.simulation.is_bought:
        messages.error(request, _(WORDS["stays_here"]))
        return redirect("own", slug)
    answer = HttpResponse(pack(slug, folder_of(edition)), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-{edition.number}.zip"'
    return answer


def about(book: Book) -> dict[str, object]:
    """What the head of every page of a simulation says."""
    simulation = book.edition.simulation
    return {
        "here": "library",
        "book": book,
        "edition": book.edition,
        "simulation": simulation,
        "is_newest": is_newest(book.edition),
        "copied_from": original_of(simulation.copied_from),
    }


def is_newest(edition: Edition) -> bool:
    newest = latest_edition(edition.simulation.slug, edition.simulation.owner)
    return newest is not None and newest.pk == edition.pk


def original_of(edition: Edition | None) -> str:
    return f"{edition.title} {edition.version}" if edition else ""
