"""The pages of a table: the room, the role sheet with its plan, and reading along for instructors.

Each is gate, reading, template. What happens at the table travels through `frames` and the socket.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bargaining.case import Case
from negotiations import actions, notices, screens
from negotiations.access import Seated, door, seated, watching
from negotiations.answers import news
from negotiations.forms import LettersForm, PlanForm
from negotiations.models import Plan, Room, Seat, Session
from negotiations.queries import news_told, read_by
from negotiations.rules.decide.rights import kind_of
from negotiations.rules.events import NewsReleased
from negotiations.rules.sight import Mates, shown
from simulations import sheets
from simulations.queries import brief, general, role_case, table_case, whole_case

PLANNING = (Session.Phase.JOIN, Session.Phase.PREPARE)


@never_cache
@require_safe
def room(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The table itself. All that happened is in the page, so it is whole before the socket opens."""
    entered = seated(request, room_id)
    if entered.seat.kind == Seat.Kind.OBSERVER:
        return observe(request, entered)
    case = case_of(entered)
    written = plan_of(entered)
    log = read_by(room_id, entered.viewer)
    happened = news(entered, log)
    read = notices.notice_of(entered.seat).read if entered.room.session.is_long else None
    context = {
        "data": {"read": read, "mates": mates_of(entered, log.mates)}
        | screens.room_data(entered.room, entered.seat, case, written)
        | happened,
        "room": entered.room,
        "sheet": sheet_of(entered),
        "plan": screens.plan_words(case, written),
        "draft_key": str(entered.seat.pk),
        "letters": gets_letters(entered),
        "script": screens.script_for(case),
        "news": [line for line in happened["events"] if line["type"] == NewsReleased.type],
    }
    return render(request, "negotiations/room.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def role(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The sheet to read before the table opens; POST says that its reader is ready."""
    entered = seated(request, room_id)
    if entered.seat.kind == Seat.Kind.OBSERVER:
        return redirect("room", room_id)
    if request.method == "POST":
        actions.mark_ready(entered.seat)
        return redirect("role", room_id)
    actions.mark_read(entered.seat)
    return render_role(request, entered, PlanForm(case_of(entered), initial=plan_values(plan_of(entered))))


@never_cache
@require_POST
def plan(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Saves the plan while there is time to plan; answers JSON to a page that saves by itself."""
    entered = seated(request, room_id)
    is_quiet = "application/json" in request.headers.get("Accept", "")
    if entered.seat.kind == Seat.Kind.OBSERVER:
        raise Http404
    if entered.room.session.phase not in PLANNING:
        return refuse_plan(request, room_id, is_quiet)
    form = PlanForm(case_of(entered), request.POST)
    if not form.is_valid():
        return (
            JsonResponse({"errors": form.errors}, status=422)
            if is_quiet
            else render_role(request, entered, form)
        )
    actions.save_plan(entered.seat, **form.cleaned_data)
    if is_quiet:
        return JsonResponse({"words": saved_words()})
    messages.success(request, saved_words())
    return redirect("role", room_id)


@never_cache
@require_POST
def letters(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """Where to write when it is this person's turn, at a table that stays open for days."""
    entered = seated(request, room_id)
    if not has_turns(entered):
        raise Http404
    form = LettersForm(request.POST)
    if not form.is_valid():
        messages.error(request, gettext("This is no e-mail address."))
        return redirect("role", room_id)
    address = form.cleaned_data["address"]
    notices.save_address(entered.seat, address, request.build_absolute_uri(reverse("room", args=[room_id])))
    words = (
        gettext("We write to you when it is your turn.") if address else gettext("We do not write to you.")
    )
    messages.success(request, words)
    return redirect("role", room_id)


@never_cache
@require_safe
def watch(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """An instructor reads along."""
    entered = watching(request, room_id)
    case = whole_case(entered.room.session.edition_id, entered.room.variant)
    data = screens.watch_data(entered.room, case) | news(entered, read_by(room_id, entered.viewer))
    context = {"data": data, "room": entered.room, "script": screens.script_for(case, "watch")}
    return render(request, "negotiations/watch.html", context)


def observe(request: HttpRequest, entered: Seated) -> HttpResponse:
    """Who only watches sees what the table sees, and both sheets if the session lets observers read them."""
    room = entered.room
    edition, variant = room.session.edition_id, room.variant
    case = table_case(edition, variant)
    reads = room.session.policy.get("observers") == "sheets"
    context = {
        "data": screens.observer_data(room, case) | news(entered, read_by(room.pk, entered.viewer)),
        "room": room,
        "script": screens.script_for(case, "watch"),
        "notes_key": str(entered.seat.pk),
        "general": sheets.everybody_reads(case, general(edition, variant)),
        "sheets": [sheet_for(room, party) for party in case.party_ids] if reads else [],
    }
    return render(request, "negotiations/observe.html", context)


def mates_of(entered: Seated, mates: Mates) -> dict[str, Any] | None:
    """Which number this seat has on a side of several, and what whoever sat there is called, by number."""
    numbers = mates.side(entered.viewer)
    if len(numbers) < 2:
        return None
    holders = {seat.pk: seat.holder for seat in Seat.objects.filter(pk__in=numbers) if seat.holder}
    named = door().names(set(holders.values()))
    held = {number: holders[seat] for seat, number in numbers.items() if seat in holders}
    names = {number: named[holder] for number, holder in held.items() if holder in named}
    return {"me": numbers.get(entered.seat.pk, 0), "names": names}


def sheet_for(room: Room, party: str) -> dict[str, Any]:
    edition, variant = room.session.edition_id, room.variant
    case = role_case(edition, party, variant)
    return sheets.sheet(case, case.party(party), brief(edition, party, variant), general(edition, variant))


def case_of(entered: Seated) -> Case:
    return role_case(entered.room.session.edition_id, entered.seat.party, entered.room.variant)


def plan_of(entered: Seated) -> Plan | None:
    return next(iter(Plan.objects.filter(seat=entered.seat)), None)  # one at most; `first` would sort


def plan_values(plan: Plan | None) -> dict[str, Any]:
    return {} if plan is None else {"target": plan.target, "limit": plan.limit, "guess": plan.guess}


def sheet_of(entered: Seated) -> dict[str, Any]:
    return sheet_for(entered.room, entered.seat.party)


def others_at(room: Room, case: Case, own: str) -> list[dict[str, Any]]:
    """The other parties, each with whether a practice partner plays it."""
    partners = set(room.seats.filter(left_at=None, kind="partner").values_list("party", flat=True))
    return [
        sheets.party_data(case, party) | {"is_partner": party.id in partners}
        for party in case.parties
        if party.id != own
    ]


def render_role(request: HttpRequest, entered: Seated, form: PlanForm) -> HttpResponse:
    case = case_of(entered)
    context = {
        "plan": screens.plan_words(case, plan_of(entered)),
        "room": entered.room,
        "seat": entered.seat,
        "sheet": sheet_of(entered),
        "others": others_at(entered.room, case, entered.seat.party),
        "form": form,
        "letters": letters_form(entered),
        "news": [shown(line) for line in news_told(entered.room.pk, entered.viewer)],
        "may_plan": entered.room.session.phase in PLANNING,
        "may_talk": entered.room.session.phase not in PLANNING,
    }
    return render(request, "negotiations/role.html", context, status=422 if form.errors else 200)


def gets_letters(entered: Seated) -> bool:
    """Only where a table stays open for days, where letters can leave, and for who has a turn."""
    return entered.room.session.is_long and notices.can_write() and has_turns(entered)


def has_turns(entered: Seated) -> bool:
    """Who observes has none, be it as a guest or as a party of the case."""
    guest = entered.seat.kind == Seat.Kind.OBSERVER
    return not guest and kind_of(case_of(entered), entered.seat.party) != "observer"


def letters_form(entered: Seated) -> LettersForm | None:
    if not gets_letters(entered):
        return None
    return LettersForm(initial={"address": notices.notice_of(entered.seat).address})


def refuse_plan(request: HttpRequest, room_id: UUID, is_quiet: bool) -> HttpResponse:
    words = gettext("The table is open. Your plan stays as it was.")
    if is_quiet:
        return JsonResponse({"words": words}, status=409)
    messages.error(request, words)
    return redirect("role", room_id)


def saved_words() -> str:
    at = date_format(timezone.localtime(), "H:i")
    return gettext("Saved at %(time)s. Kept for your debrief.") % {"time": at}
