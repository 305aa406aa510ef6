"""The live board and its verbs. Everything that changes something is a POST behind the teacher's gate."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import segno
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from classrooms import verbs
from classrooms.access import for_teachers, require_teaching_session, teacher
from classrooms.clock import clock_of
from classrooms.course import EXTRA_TIMES, course_of
from classrooms.forms import REASON_SIGNS, WishForm
from classrooms.models import Attendance, Sitting
from classrooms.queries import Board, RoomOnBoard, newer_sitting, places_for_second
from classrooms.queries import board as read_board
from classrooms.rules.addresses import reachable_host
from classrooms.rules.codes import in_groups
from classrooms.rules.tiles import GONE_AFTER
from classrooms.rules.times import extensions_of
from classrooms.screens import heading, tiles_of
from classrooms.spans import exactly
from classrooms.steps import next_step, phases_of
from negotiations.models import Room, Seat, Session
from negotiations.perform import Unavailable
from negotiations.rules.decide.votes import is_voted
from negotiations.rules.refusals import RuleBroken
from negotiations.rules.room.strands import OBSERVER
from simulations.queries import public_case, whole_case


@never_cache
@for_teachers
@require_GET
def board(request: HttpRequest, session_id: UUID) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    return render(request, "classrooms/board.html", board_context(request, sitting))


@never_cache
@for_teachers
@require_GET
def board_live(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The moving part alone, asked for every two seconds; nothing travels while nothing has changed."""
    sitting = require_teaching_session(request, session_id)
    page = render_to_string("classrooms/_board.html", board_context(request, sitting))
    mark = f'W/"{hashlib.blake2b(page.encode(), digest_size=12).hexdigest()}"'
    if request.headers.get("If-None-Match") == mark:
        return HttpResponse(status=304)
    return HttpResponse(page, headers={"ETag": mark})


def board_context(request: HttpRequest, sitting: Sitting) -> dict[str, Any]:
    now = timezone.now()
    session = sitting.session
    found = read_board(sitting)
    groups = tiles_of(found, public_case(session.edition_id), now)
    tiles = [tile for group in groups.values() for tile in group]
    running = [tile for tile in tiles if tile.is_running]
    return {
        "sitting": sitting,
        "session": session,
        "code": in_groups(sitting.code),
        "join_address": join_address(request, sitting).partition("://")[2],
        "board": found,
        "groups": [(name, heading(name, len(group)), group) for name, group in groups.items() if group],
        "rooms_count": len(tiles),
        "phases": phases_of(found, groups),
        "step": next_step(found, groups),
        "clock": clock_of(tiles, session.minutes, now),
        "is_running": bool(running),
        "is_paused": bool(running) and all(tile.phase == "paused" for tile in running),
        "is_debrief": session.phase == Session.Phase.DEBRIEF,
        "late": late_people(found),
        "next_in": next_in(found, now),
        "absent": [each for each in found.waiting if each.absent],
        "free_side": free_side(session) if found.rooms and found.waiting else None,
        "is_voted": is_voted(public_case(session.edition_id)),
        "course": course_of(session.edition_id, public_case(session.edition_id), found.rooms),
        "extra_times": EXTRA_TIMES,
        "extensions": [(minutes, exactly(minutes)) for minutes in extensions_of(session.minutes)],
        "reason_signs": REASON_SIGNS,
        "newer": newer_sitting(sitting) if sitting.closed_at else None,
    }


@for_teachers
@require_GET
def code_picture(request: HttpRequest, session_id: UUID) -> HttpResponse:
    """The join address as a QR code, as a picture of its own so that the page needs no foreign bytes."""
    sitting = require_teaching_session(request, session_id)
    picture = io.BytesIO()
    segno.make(join_address(request, sitting), error="m").save(
        picture, kind="svg", scale=8, border=2, dark="#000", light="#fff", xmldecl=False, svgns=True
    )
    return HttpResponse(picture.getvalue(), content_type="image/svg+xml")


def free_side(session: Session) -> dict[str, Any] | None:
    """Where the next person who joins a table would sit."""
    place = next(iter(places_for_second(session)), None)
    if place is None:
        return None
    role = public_case(session.edition_id).party(place.party).role
    return {"number": place.room.number, "role": role}


def late_people(found: Board) -> list[tuple[Attendance, RoomOnBoard | None]]:
    """Who waits although tables are made, each with the room in which somebody of the same name sits."""
    namesakes = found.namesakes
    waiting = [each for each in found.waiting if not each.absent] if found.rooms else []
    return [(each, namesakes.get(each.pk)) for each in waiting]


def next_in(found: Board, now: datetime) -> Attendance | None:
    """Who could sit down at once: of those who wait, the first who was seen lately."""
    lately = (each for each, _ in late_people(found) if now - each.seen_at <= GONE_AFTER)
    return next(lately, None)


def join_address(request: HttpRequest, sitting: Sitting) -> str:
    """Under a name that phones reach: an instructor on this machine itself looks at localhost."""
    host = reachable_host(request.get_host(), settings.ALLOWED_HOSTS)
    return f"{request.scheme}://{host}{reverse('join-code', args=[sitting.code])}"


@for_teachers
@require_POST
def session_do(request: HttpRequest, session_id: UUID, verb: str) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    done = verb_named(verbs.FOR_SESSION, verb)
    wish = wish_of(request, sitting)
    return answer(request, sitting, lambda: done(sitting, wish))


@for_teachers
@require_POST
def room_do(request: HttpRequest, session_id: UUID, room_id: UUID, verb: str) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    room = room_at(session_id, room_id)
    done = verb_named(verbs.FOR_ROOM, verb)
    party = request.POST.get("party", "")
    require_party(sitting, party, "", OBSERVER)
    wish = wish_of(request, sitting, party)
    return answer(request, sitting, lambda: done(room, wish))


@for_teachers
@require_POST
def news_do(request: HttpRequest, session_id: UUID, news: str) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    require_news(sitting, news)
    return answer(request, sitting, lambda: verbs.tell_news(sitting, teacher(request).pk, news))


@for_teachers
@require_POST
def room_news(request: HttpRequest, session_id: UUID, room_id: UUID, news: str) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    room = room_at(session_id, room_id)
    require_news(sitting, news)
    return answer(request, sitting, lambda: verbs.tell_news_in_room(room, teacher(request).pk, news))


def require_news(sitting: Sitting, news: str) -> None:
    if news not in {release.id for release in whole_case(sitting.session.edition_id).releases}:
        raise Http404


@for_teachers
@require_POST
def room_time(request: HttpRequest, session_id: UUID, room_id: UUID, percent: int) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    room = room_at(session_id, room_id)
    if percent not in EXTRA_TIMES:
        raise Http404
    return answer(request, sitting, lambda: verbs.give_time(room, percent))


@for_teachers
@require_POST
def room_seat(request: HttpRequest, session_id: UUID, room_id: UUID, attendance_id: int) -> HttpResponse:
    """Somebody who waits sits down on a side of this room, in the place of who is away."""
    sitting = require_teaching_session(request, session_id)
    room = room_at(session_id, room_id)
    attendance = attendance_at(sitting, attendance_id)
    party = request.POST.get("party", "")
    require_party(sitting, party)
    return answer(request, sitting, lambda: verbs.replace(sitting, room, party, attendance))


@for_teachers
@require_POST
def seat_remove(request: HttpRequest, session_id: UUID, room_id: UUID, seat_id: UUID) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    room = room_at(session_id, room_id)
    seat = get_object_or_404(Seat, pk=seat_id, room=room, kind=Seat.Kind.PERSON, left_at=None)
    return answer(request, sitting, lambda: verbs.remove(room, seat))


@for_teachers
@require_POST
def person_do(request: HttpRequest, session_id: UUID, attendance_id: int, verb: str) -> HttpResponse:
    sitting = require_teaching_session(request, session_id)
    attendance = attendance_at(sitting, attendance_id)
    done = verb_named(verbs.FOR_PERSON, verb)
    return answer(request, sitting, lambda: done(sitting, attendance, teacher(request).pk))


def wish_of(request: HttpRequest, sitting: Sitting, party: str = "") -> verbs.Wish:
    form = WishForm(sitting.session.minutes, request.POST)
    if not form.is_valid():
        raise Http404
    return verbs.Wish(teacher(request).pk, party, **form.cleaned_data)


def room_at(session_id: UUID, room_id: UUID) -> Room:
    return get_object_or_404(Room.objects.select_related("session"), pk=room_id, session=session_id)


def attendance_at(sitting: Sitting, attendance_id: int) -> Attendance:
    return get_object_or_404(Attendance.objects.select_related("person"), pk=attendance_id, sitting=sitting)


def require_party(sitting: Sitting, party: str, *more: str) -> None:
    if party not in (*public_case(sitting.session.edition_id).party_ids, *more):
        raise Http404


def verb_named(named: Mapping[str, Callable[..., str]], verb: str) -> Callable[..., str]:
    if verb not in named:
        raise Http404
    return named[verb]


def answer(request: HttpRequest, sitting: Sitting, act: Callable[[], str]) -> HttpResponse:
    """What was done, in words: for the board's script as JSON, else as a message on the page."""
    try:
        words, status = act(), 200
    except RuleBroken as broken:
        words, status = broken.said(_), 409
    except Unavailable:
        words, status = verbs.unavailable(), 503
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"words": words}, status=status)
    messages.add_message(request, messages.SUCCESS if status == 200 else messages.ERROR, words)
    return redirect("board", sitting.session_id)
