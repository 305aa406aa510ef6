"""The shelf and one simulation, for signed-in instructors: students never come here."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from simulations.prose import to_html
from simulations.queries import latest_edition, latest_editions
from simulations.screens import Book, book_of, issue_tables, roles_of, steps_of


@login_required
@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """The shelf, narrowed by words of what a simulation teaches."""
    wanted = request.GET.get("q", "").strip()
    books = [book_of(edition) for edition in latest_editions()]
    found = [book for book in books if speaks_of(book, wanted)]
    context = {"here": "library", "books": found, "total": len(books), "q": wanted}
    return render(request, "simulations/library.html", context)


@login_required
@require_GET
def simulation(request: HttpRequest, slug: str) -> HttpResponse:
    edition = latest_edition(slug)
    if edition is None:
        raise Http404
    book = book_of(edition)
    context = {
        "here": "library",
        "book": book,
        "steps": steps_of(book.case),
        "general": to_html(edition.general),
        "roles": roles_of(edition, book.case),
        "issues": issue_tables(book.case),
        "scored": [party for party in book.case.parties if party.id in book.case.scored_ids],
        "teaching_note": to_html(edition.teaching_note),
        "debrief": to_html(edition.debrief),
    }
    return render(request, "simulations/simulation.html", context)


def speaks_of(book: Book, wanted: str) -> bool:
    """Every word that was asked for stands somewhere in what the shelf says."""
    case = book.case
    spoken: Sequence[str] = (case.title, case.summary, *case.teaches, *case.tags, case.level)
    text = " ".join(spoken).lower()
    return all(word in text for word in wanted.lower().split())
