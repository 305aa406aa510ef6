"""An instructor's own cases: bring one, copy one, write its texts, note its rights, take it off the shelf."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from bargaining.casefile import CaseFaults, Fault, load_case
from simulations import actions
from simulations.access import for_instructors, instructor, require_edition
from simulations.bringing import TRANSLATED, Brought, read_file, read_texts
from simulations.forms import BringForm, RightsForm
from simulations.models import Edition
from simulations.queries import copies_in_use, copies_left, folder_of
from simulations.rules.archive import CASE_FILE, is_read
from simulations.rules.refusals import ShelfRefusal
from simulations.screens.shelf import book_of

#: What the browser offers to choose from; what is taken is seen from the content.
ACCEPTED = (".zip", ".xml", ".json", ".csv", ".yaml")


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """A file becomes a case on the own shelf, or the page says all that is wrong with it."""
    form = BringForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or not form.is_valid():
        return show_bring(request, form)
    file = form.cleaned_data["file"]
    try:
        brought = read_file(one_line(file.name), file.read())
        edition, is_new = actions.bring(
            brought, instructor(request), form.copies_noted, form.cleaned_data["note"]
        )
    except CaseFaults as found:
        return show_bring(request, form, found.faults)
    except ShelfRefusal as refused:
        form.add_error(None, _(refused.words))
        return show_bring(request, form)
    tell_arrival(request, edition, brought, is_new)
    return redirect("own", edition.simulation.slug)


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """All files of an own case as texts. What was typed stays, also when something is wrong with it."""
    edition = require_edition(request, slug, own=True)
    if request.method != "POST":
        return show_writing(request, edition, in_order(folder_of(edition), edition))
    sent = {name: request.POST.get(name, "").replace("\r\n", "\n") for name in request.POST}
    typed = in_order(sent, edition)
    try:
        brought = named_still(slug, read_texts(typed))
        made, is_new = actions.bring(brought, instructor(request))
    except CaseFaults as found:
        return show_writing(request, edition, typed, found.faults)
    except ShelfRefusal as refused:
        messages.error(request, _(refused.words))
        return show_writing(request, edition, typed)
    tell_arrival(request, made, brought, is_new)
    return redirect("own", slug)


@for_instructors
@require_http_methods(["GET", "HEAD", "POST"])
def rights(request: HttpRequest, slug: str) -> HttpResponse:
    edition = require_edition(request, slug, own=True)
    simulation = edition.simulation
    held = {
        "rights": RightsForm.BOUGHT if simulation.is_bought else RightsForm.OWN,
        "copies": simulation.copies_bought,
        "note": simulation.rights_note,
    }
    form = RightsForm(request.POST or None, initial=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.note_rights(simulation, form.copies_noted, form.cleaned_data["note"])
        except ShelfRefusal as refused:
            form.add_error("copies" if refused.code == "copies_in_use" else "rights", _(refused.words))
        else:
            messages.success(request, _("Noted."))
            return redirect("own", slug)
    context = {
        "here": "library",
        "form": form,
        "book": book_of(edition),
        "left": copies_left(simulation),
        "in_use": copies_in_use(simulation),
    }
    return render(request, "simulations/rights.html", context, status=422 if form.errors else 200)


@for_instructors
@require_POST
def copy(request: HttpRequest, slug: str, own: bool) -> HttpResponse:
    """A copy under a new name on the own shelf, to be changed at will."""
    edition = require_edition(request, slug, own)
    return refused_or(request, edition, lambda: to_copy(request, edition))


@for_instructors
@require_POST
def take_off(request: HttpRequest, slug: str) -> HttpResponse:
    edition = require_edition(request, slug, own=True)
    return refused_or(request, edition, lambda: to_shelf_without(request, edition))


def to_copy(request: HttpRequest, edition: Edition) -> HttpResponse:
    made = actions.copy_to_shelf(edition, instructor(request))
    words = _(
        "This is your copy of “%(title)s”. Change what you like: students see it only in your sessions."
    )
    messages.success(request, words % {"title": edition.title})
    return redirect("own", made.simulation.slug)


def to_shelf_without(request: HttpRequest, edition: Edition) -> HttpResponse:
    actions.take_off_shelf(edition.simulation)
    messages.success(request, _("“%(title)s” is off your shelf.") % {"title": edition.title})
    return redirect("library")


def refused_or(request: HttpRequest, edition: Edition, act: Callable[[], HttpResponse]) -> HttpResponse:
    """What the act answers, or back to the case with the words of the refusal."""
    try:
        return act()
    except ShelfRefusal as refused:
        messages.error(request, _(refused.words))
        return redirect(book_of(edition).address)


def show_bring(request: HttpRequest, form: BringForm, faults: tuple[Fault, ...] = ()) -> HttpResponse:
    context = {
        "here": "library",
        "form": form,
        "faults": faults,
        "accepted": ",".join(ACCEPTED),
        "file_hint": _(
            "The folder of a simulation, packed as zip; or a GENIUS scenario (XML, with its profiles as zip), a "
            "GeniusWeb scenario (JSON), or a table of points (JSON or CSV). Up to 2 MB."
        ),
    }
    status = 422 if faults or form.errors else 200
    return render(request, "simulations/bring.html", context, status=status)


def show_writing(
    request: HttpRequest, edition: Edition, texts: Mapping[str, str], faults: tuple[Fault, ...] = ()
) -> HttpResponse:
    context = {"here": "library", "book": book_of(edition), "files": texts.items(), "faults": faults}
    return render(request, "simulations/write.html", context, status=422 if faults else 200)


def in_order(texts: Mapping[str, str], edition: Edition) -> dict[str, str]:
    """The files of a folder with these texts, an empty one for each that is missing: a sheet for every party that
    the case names now, or that it named before as long as it cannot be read."""
    try:
        parties = load_case(texts.get(CASE_FILE, "")).party_ids
    except CaseFaults:
        parties = book_of(edition).case.party_ids
    roles = [f"roles/{party}.md" for party in parties]
    translated = sorted(name for name in texts if name.startswith(TRANSLATED) and is_read(name))
    names = (CASE_FILE, "general.md", *roles, "teaching-note.md", "debrief.md", *translated)
    return {name: texts.get(name, "") for name in names}


def named_still(slug: str, brought: Brought) -> Brought:
    """Another id would be another case, and this page is about one."""
    if brought.loaded.case.id != slug:
        raise CaseFaults(
            [Fault(CASE_FILE, line_of_id(brought.file), "The id has changed.", f"Write “id: {slug}”.")]
        )
    return brought


def line_of_id(file: str) -> int:
    return next((n for n, line in enumerate(file.splitlines(), start=1) if line.startswith("id:")), 1)


def one_line(name: str) -> str:
    """What the browser calls the file, fit to be shown."""
    return "".join(sign if sign.isprintable() else "?" for sign in name)[:80]


def tell_arrival(request: HttpRequest, edition: Edition, brought: Brought, is_new: bool) -> None:
    """What has become of the file, and what was of no use in it."""
    if not is_new:
        words = _(
            "Nothing has changed: edition %(number)d holds exactly this. A new version makes a new edition."
        )
    elif edition.number == 1:
        words = _("On your shelf. Nobody else can open it; students see it in your sessions.")
    else:
        words = _("Edition %(number)d is on your shelf. Sessions that were opened before keep theirs.")
    messages.success(request, words % {"number": edition.number})
    if brought.left_out:
        left = ", ".join(brought.left_out[:10])
        messages.info(
            request, _("Left out, because Parley has no use for it yet: %(files)s.") % {"files": left}
        )
