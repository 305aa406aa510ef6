"""Who sits with whom, and why."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from classrooms.access import for_teachers, require_teaching_session
from classrooms.why import explained
from classrooms.wishes import sides_of
from simulations.queries import public_case


@for_teachers
@require_GET
def pairing(request: HttpRequest, session_id: UUID) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    roles = {party.id: party.role for party in public_case(sitting.session.edition_id).parties}
    tables = explained(sitting, sides_of(sitting), roles) if sitting.paired_at else []
    context = {"here": "classrooms", "sitting": sitting, "session": sitting.session, "tables": tables}
    return render(request, "classrooms/pairing.html", context)
