"""Pages of the debrief: gate, read, show. The class's for its instructors, the own result for a participant."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bargaining.case import Case
from classrooms.access import zone_of
from classrooms.models import User
from debriefs import charts, events, exports, gamewords, own_game, own_result, queries, wording
from debriefs.access import taught
from debriefs.drawing import NotDrawn
from debriefs.exports import Table
from debriefs.queries import Debrief
from debriefs.rules.charts import Spec
from debriefs.wording import Passage
from negotiations import actions
from negotiations.access import Seated, seated
from negotiations.models import Plan
from negotiations.rules.refusals import RuleBroken
from simulations.queries import role_case


class Chart(NamedTuple):
    """A figure of the page: what it teaches, what it shows, and the same as a table."""

    name: str
    passage: Passage
    caption: str
    table: Table


@never_cache
@require_safe
def debrief(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The whole page; for its own poll only what changes, and nothing at all while nothing did."""
    shown = queries.debrief(taught(request, session_id).session)
    is_poll = bool(request.headers.get("HX-Request"))
    if is_poll and request.GET.get("revision") == _revision(shown):
        return HttpResponse(status=204)
    with timezone.override(zone_of(request.user) if isinstance(request.user, User) else None):
        template = "debriefs/_live.html" if is_poll else "debriefs/debrief.html"
        return render(request, template, _page(request, shown))


@never_cache
@require_safe
def rooms_csv(request: HttpRequest, session_id: UUID) -> HttpResponse:
    shown = queries.debrief(taught(request, session_id).session)
    return _csv(exports.rooms_table(shown, with_names=_names_shown(request), with_terms=True), "rooms")


@never_cache
@require_safe
def chart_spec(request: HttpRequest, session_id: UUID, name: str) -> HttpResponse:
    return JsonResponse(_spec(queries.debrief(taught(request, session_id).session), name))


@never_cache
@require_safe
def chart_svg(request: HttpRequest, session_id: UUID, name: str) -> HttpResponse:
    """The chart for where no script runs."""
    spec = _spec(queries.debrief(taught(request, session_id).session), name)
    try:
        drawn = charts.svg(spec, "dark" if request.GET.get("scheme") == "dark" else "light")
    except NotDrawn:
        return HttpResponse(_("The chart could not be drawn."), status=503, content_type="text/plain")
    return HttpResponse(drawn, content_type="image/svg+xml")


@never_cache
@require_safe
def chart_csv(request: HttpRequest, session_id: UUID, name: str) -> HttpResponse:
    shown = queries.debrief(taught(request, session_id).session)
    if name not in charts.names(shown):
        raise Http404
    return _csv(exports.TABLES[name](shown), name)


@require_POST
def release_results(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, by = taught(request, session_id)
    try:
        actions.release(session, by)
        messages.success(request, _("Every student can see the own result now."))
    except RuleBroken as broken:
        messages.error(request, broken.said(_))
    return redirect(reverse("debrief", args=[session_id]) + "#release")


@require_POST
def settle_event(request: HttpRequest, session_id: UUID) -> HttpResponse:
    session, _by = taught(request, session_id)
    try:
        actions.settle_event(session, request.POST.get("event", ""), request.POST.get("outcome", ""))
        messages.success(request, _("Every student sees now what the own deal came to."))
    except RuleBroken as broken:
        messages.error(request, broken.said(_))
    return redirect(reverse("debrief", args=[session_id]) + "#events")


@never_cache
@require_safe
def result(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """The own result after the release; before it, a page that says so and nothing else."""
    who = seated(request, room_id)
    if who.seat.kind == "observer":
        return redirect("room", room_id)  # who only watched has no result
    session, party = who.room.session, who.seat.party
    case = role_case(session.edition_id, party, who.room.variant)
    words = {"room": who.room, "title": case.title, "place": case.party_ids.index(party) + 1}
    words |= {"role": case.party(party).role, "name": case.party(party).name.partition(",")[0]}
    own = queries.own_figures(room_id, party) if session.is_released else None
    if own is None:
        return render(request, "debriefs/no_result.html", {**words, "released": session.is_released})
    if case.mechanism != "agreement" or not case.party(party).scored:
        return render(request, "debriefs/result_game.html", {**words, **_own_game(case, party, own)})
    plan = Plan.objects.filter(seat=who.seat).first()
    return render(request, "debriefs/result.html", {**words, **_own(who, own, plan)})


def _own_game(case: Case, party: str, own: queries.OwnFigures) -> dict[str, object]:
    return {
        "lesson": own_game.lesson(case, party, own),
        "together": own_game.together(own),
        "facts": own_game.facts(case, party, own),
        "terms": own_game.terms(case, own),
        "added": own.added,
        "terms_title": _("What you chose") if case.mechanism == "rounds" else _("What you agreed"),
        "text": gamewords.parts_of(case, own.text),
    }


def _page(request: HttpRequest, shown: Debrief) -> dict[str, object]:
    names_shown = _names_shown(request)
    return {
        "session": shown.session,
        "case": shown.case,
        "parties": shown.case.parties,
        "figures": shown.figures,
        "revision": _revision(shown),
        "is_complete": shown.is_complete,
        "names_shown": names_shown,
        "agreement": gamewords.headline(shown) or wording.agreement(shown),
        "game_sections": gamewords.sections(shown),
        "texts": gamewords.texts(shown),
        "added": wording.added(shown),
        "waffle": wording.waffle(shown),
        "waffle_caption": wording.waffle_caption(shown),
        "facts": wording.facts(shown) if shown.case.mechanism == "agreement" else [],
        "charts": _charts(shown),
        "choices_lesson": wording.choices_lesson(shown),
        "heat": wording.heat(shown) if shown.deals else [],
        "events": events.settled(shown),
        "after": events.after_table(shown),
        "rooms": exports.rooms_table(shown, with_names=names_shown),
        "room_ids": [row.room for row in shown.rows],
        "stuck": queries.stuck_rooms(shown.session),
    }


def _charts(shown: Debrief) -> list[Chart]:
    passages = {"scatter": wording.scatter, "prices": wording.prices, "shares": wording.shares}
    captions = {
        "scatter": _(
            "Each numbered disc is a room, the grey dots are possible deals, the line is the frontier: "
            "there, one side can only gain what the other loses."
        ),
        "prices": _(
            "Each numbered disc is a deal. The dashed lines are the limits: the last price at which a side is no "
            "worse off than without a deal."
        ),
        "shares": _(
            "Value created in every room as a share of the most that was possible, and who claimed it. "
            "The first part of a bar is the first party’s."
        ),
    }
    return [
        Chart(name, passages[name](shown), captions[name], exports.TABLES[name](shown))
        for name in charts.names(shown)
    ]


def _own(who: Seated, own: queries.OwnFigures, plan: Plan | None) -> dict[str, object]:
    party = who.seat.party
    case = role_case(who.room.session.edition_id, party, who.room.variant)
    points = queries.same_role_points(who.room.session, party)
    return {
        "unit": wording.unit_words(case),
        "lesson": own_result.lesson(case, party, own, plan),
        "together": own_result.together(own),
        "way": own_result.way(case, own),
        "facts": own_result.facts(case, own),
        "bar": own_result.bar(case, party, own, plan),
        "terms": own_result.terms(case, own),
        "terms_title": _("What you agreed"),
        "added": own.added,
        "after": events.own_after(case, party, own, who.room.session.outcomes),
        "against_plan": own_result.against_plan(case, party, own, plan),
        "strip": own_result.strip(case, party, own, points),
    }


def _spec(shown: Debrief, name: str) -> Spec:
    spec = charts.spec(shown, name)
    if spec is None:
        raise Http404
    return spec


def _revision(shown: Debrief) -> str:
    state = "released" if shown.session.is_released else shown.session.phase
    return "-".join((shown.revision, state, *shown.session.outcomes.values()))


def _names_shown(request: HttpRequest) -> bool:
    return request.GET.get("names") == "shown"


def _csv(table: Table, name: str) -> HttpResponse:
    answer = HttpResponse(exports.as_csv(table), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer
