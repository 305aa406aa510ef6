"""A classroom's list: brought in, looked at, and only then taken over."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from classrooms import actions
from classrooms.access import for_teachers, require_teaching
from classrooms.forms import FIELD_WORDS, RosterForm, fault_words
from classrooms.keys import seal
from classrooms.models import Classroom
from classrooms.queries import listed_in
from classrooms.rules.roster import Field, Listed, Plan, plan, read_people


@for_teachers
@require_http_methods(["GET", "HEAD", "POST"])
def roster(request: HttpRequest, classroom_id: UUID) -> HttpResponse:
    """Nothing is written before the instructor has seen what would change."""
    classroom = require_teaching(request, classroom_id)
    form = RosterForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"here": "classrooms", "classroom": classroom, "form": form}
    if request.method != "POST" or not form.is_valid():
        return render(request, "classrooms/roster.html", context, status=422 if form.errors else 200)
    people = read_people(form.cleaned_data["table"], form.columns())
    there = listed_in(classroom)
    planned = plan(people.listed, there)
    if request.POST.get("take") == digest(planned) and not people.faults:
        return take(request, classroom, planned)
    context |= {
        "text": form.cleaned_data["text"],
        "columns": form.choices(),
        "faults": [(fault.line, fault_words(fault)) for fault in people.faults],
        "passed": people.passed,
        "planned": planned,
        "changes": changes(planned, dict(there)),
        "digest": digest(planned),
    }
    return render(request, "classrooms/roster_look.html", context, status=422 if people.faults else 200)


def digest(planned: Plan[UUID]) -> str:
    """Of what was shown: what is taken over is that, or it is shown anew."""
    return seal("list", repr(planned))


def changes(planned: Plan[UUID], there: dict[UUID, Listed]) -> list[dict[str, Any]]:
    """Of whom which field is what now and would be what."""
    return [
        {
            "name": there[change.key].name,
            "fields": [
                (
                    FIELD_WORDS[cast(Field, name)],
                    getattr(there[change.key], name),
                    getattr(change.listed, name),
                )
                for name in change.fields
            ],
        }
        for change in planned.changed
    ]


def take(request: HttpRequest, classroom: Classroom, planned: Plan[UUID]) -> HttpResponse:
    actions.take_list(classroom, planned)
    many = len(planned.new) + len(planned.changed) + len(planned.same)
    words = ngettext("%(n)d person is on the list.", "%(n)d people are on the list.", many)
    messages.success(request, words % {"n": many})
    return redirect("classroom", classroom.pk)
