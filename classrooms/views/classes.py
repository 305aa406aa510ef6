"""Classrooms and their sessions: the list, a new one, one with its people, and a new session."""

from __future__ import annotations

from typing import Any
from uuid import UUID
from zoneinfo import available_timezones

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from bargaining.case import Case
from classrooms import actions
from classrooms.access import for_teachers, require_teaching, teacher
from classrooms.forms import MINUTES, ClassroomForm, RulesForm, SessionForm
from classrooms.models import Sitting
from classrooms.queries import classrooms_of, people_in, sittings_in
from classrooms.rules.times import as_typed
from negotiations.rules.refusals import RuleBroken
from simulations.models import Edition
from simulations.queries import public_case, whole_case


@for_teachers
@require_GET
def classrooms(request: HttpRequest) -> HttpResponse:
    context = {"here": "classrooms", "classrooms": list(classrooms_of(teacher(request)))}
    return render(request, "classrooms/classrooms.html", context)


@for_teachers
@require_http_methods(["GET", "HEAD", "POST"])
def classroom_new(request: HttpRequest) -> HttpResponse:
    user = teacher(request)
    form = ClassroomForm(
        request.POST or None, initial={"timezone": user.timezone or timezone.get_default_timezone_name()}
    )
    if request.method == "POST" and form.is_valid():
        made = actions.make_classroom(form.cleaned_data["name"], user, form.cleaned_data["timezone"])
        return redirect("classroom", made.pk)
    context = {"here": "classrooms", "form": form, "zones": sorted(available_timezones())}
    return render(request, "classrooms/classroom_new.html", context, status=422 if form.errors else 200)


@for_teachers
@require_GET
def classroom(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    found = require_teaching(request, classroom_id)
    context = {
        "here": "classrooms",
        "classroom": found,
        "people": list(people_in(found)),
        "sittings": list(sittings_in(found)),
    }
    return render(request, "classrooms/classroom.html", context)


@for_teachers
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: HttpRequest) -> HttpResponse:
    """Everything has a safe default, so that Start is one press away."""
    user = teacher(request)
    if not classrooms_of(user).exists():
        return redirect("classroom-new")
    form = SessionForm(user, request.POST or None, initial=wishes(request))
    chosen = chosen_edition(request, form)
    form.initial.update(usual_time(chosen))
    rules = rules_form(request, chosen)
    if request.method == "POST" and form.is_valid() and rules.is_valid():
        try:
            return redirect("board", open_session(form.cleaned_data, rules).session_id)
        except RuleBroken as broken:
            form.add_error("copies", broken.said(_))
    context = {"here": "home", "form": form, "rules": rules}
    wrong = form.errors or rules.errors
    return render(request, "classrooms/session_new.html", context, status=422 if wrong else 200)


@for_teachers
@require_GET
def session_rules(request: HttpRequest) -> HttpResponse:
    """The questions of another simulation, when another one is chosen on the page."""
    form = SessionForm(teacher(request), initial=wishes(request))
    chosen = chosen_edition(request, form)
    form.initial.update(usual_time(chosen))
    return render(request, "classrooms/_rules.html", {"form": form, "rules": rules_form(request, chosen)})


def wishes(request: HttpRequest) -> dict[str, Any]:
    return {"simulation": request.GET.get("simulation", ""), "classroom": request.GET.get("classroom")}


def chosen_edition(request: HttpRequest, form: SessionForm) -> Edition | None:
    """What is asked for, else the first that may be chosen."""
    wanted = request.POST.get("simulation", form.initial["simulation"])
    return form.editions.get(wanted) or next(iter(form.editions.values()), None)


def rules_form(request: HttpRequest, edition: Edition | None) -> RulesForm:
    case = whole_case(edition.pk) if edition else Case("", "", "", ())
    return RulesForm(case, request.POST or None)


def open_session(data: dict[str, Any], rules: RulesForm) -> Sitting:
    return actions.make_session(
        data["classroom"],
        data["simulation"],
        data["minutes"],
        data["odd_rule"],
        policy=rules.policy(),
        conditions=rules.conditions(),
        side_size=rules.side_size(),
        copies=data["copies"] or 0,
        sections=data["sections"] or Sitting.Sections.ANY,
    )


def usual_time(edition: Edition | None) -> dict[str, Any]:
    """What the author of the simulation planned for the table."""
    planned = public_case(edition.pk).table_minutes if edition else 0
    time, unit = as_typed(planned or MINUTES)
    return {"time": time, "unit": unit}
