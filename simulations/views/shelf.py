"""The shelf: what ships with Parley and, apart from it, the reader's own cases; narrowed by the address alone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from simulations.access import for_instructors, instructor
from simulations.queries import latest_editions
from simulations.rules.shelf import admits, read_wanted
from simulations.screens.shelf import book_of, filters, in_order


@for_instructors
@require_safe
def library(request: HttpRequest) -> HttpResponse:
    """The whole page, or for htmx the part that a filter changes."""
    wanted = read_wanted(request.GET.dict())
    own = [book_of(edition) for edition in latest_editions(instructor(request))]
    shipped = in_order(book_of(edition) for edition in latest_editions())
    found_own = [book for book in own if admits(wanted, book.facts)]
    found_shipped = [book for book in shipped if admits(wanted, book.facts)]
    context = {
        "here": "library",
        "wanted": wanted,
        "filters": filters(wanted, [book.facts for book in (*own, *shipped)]),
        "own": found_own,
        "shipped": found_shipped,
        "found": len(found_own) + len(found_shipped),
        "total": len(own) + len(shipped),
        "shipped_total": len(shipped),
        "has_own": bool(own),
        "lessons": sorted({lesson for book in (*own, *shipped) for lesson in book.case.teaches}),
    }
    template = "simulations/_shelf.html" if wants_part(request) else "simulations/library.html"
    answer = render(request, template, context)
    # One address has two answers; no cache may give the one for the other.
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def wants_part(request: HttpRequest) -> bool:
    """htmx asks for the part that changed, except where it brings back a page that it no longer remembers."""
    asked = request.headers
    return "HX-Request" in asked and "HX-History-Restore-Request" not in asked
