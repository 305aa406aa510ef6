"""The one gate to a class's debrief: who teaches the session. Strangers get the same 404 as for none."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.http import Http404, HttpRequest

from negotiations.access import door
from negotiations.models import Session


class Taught(NamedTuple):
    """A session and the instructor who asks for it."""

    session: Session
    by: UUID


def taught(request: HttpRequest, session_id: UUID) -> Taught:
    session = Session.objects.select_related("edition").filter(pk=session_id).first()
    instructor = door().enter(request.COOKIES, session_id).instructor if session is not None else None
    if session is None or instructor is None:
        raise Http404
    return Taught(session, instructor)
