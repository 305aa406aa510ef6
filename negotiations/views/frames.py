"""The same frames over plain HTTP, for networks that block sockets: commands in by POST, reading by polling."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from bargaining.case import Package
from negotiations import answers, live, wire
from negotiations.access import Seated, Watching, seated, watching
from negotiations.answers import answer, score
from negotiations.rules.room.strands import known_to
from negotiations.worth import calculator_of
from simulations.queries import role_case

STATUS = {"unavailable": 503, "too_big": 413, "rate_limited": 429}


@require_POST
@never_cache
def commands(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """One frame in, its answer out."""
    found = seated(request, room_id)
    try:
        # Bytes that are not UTF-8 are refused by the reader as well as broken JSON.
        frame = wire.read(request.body)
    except RawPostDataException:
        # A form was sent, and looking for its token has read it already.
        return reply(wire.error("bad_json", wire.WORDS["bad_json"]))
    except wire.BadFrame as refused:
        return reply(wire.error(refused.code, refused.words, refused.id))
    if isinstance(frame, wire.Ping | wire.Resume):
        return reply(wire.error("bad_request", wire.WORDS["bad_request"], None))
    try:
        return reply(respond(found, frame))
    except live.Unavailable:
        return reply(later("unavailable", frame))


def respond(found: Seated, frame: wire.Command | wire.Score) -> dict[str, Any]:
    if not isinstance(frame, wire.Score):
        return live.call(perform_frame(found, frame))
    if found.seat.kind == "observer":
        return wire.error("forbidden", wire.WORDS["reading_along"], frame.id)
    known = live.call(known_now(found))
    if known is None:
        return later("rate_limited", frame)
    party, session = found.seat.party, found.room.session
    case = role_case(session.edition_id, party, found.room.variant)
    return score(case, party, frame, calculator_of(session.policy), known)


async def perform_frame(found: Seated, frame: wire.Command) -> dict[str, Any]:
    if not await has_time(found):
        return later("rate_limited", frame)
    hub = await live.hub()
    table = await hub.table(found.room.pk)
    return await answer(table, found.actor, found.viewer, frame)


async def known_now(found: Seated) -> Package | None:
    """What is settled in linked negotiations that this party knows; None for one who asks too often."""
    if not await has_time(found):
        return None
    hub = await live.hub()
    table = await hub.table(found.room.pk)
    return known_to(table.state, found.seat.party)


async def has_time(found: Seated) -> bool:
    """A request cannot be slowed as a socket can, so what comes too fast is sent back to come again."""
    hub = await live.hub()
    table = await hub.table(found.room.pk)
    return table.pace_of(found.actor.id).allows()


def later(code: str, frame: wire.Command | wire.Score) -> dict[str, Any]:
    return wire.error(code, wire.WORDS[code], frame.id, retry=True)


def reply(body: dict[str, Any]) -> HttpResponse:
    status = 200 if body["t"] != "err" else STATUS.get(body["code"], 400)
    return HttpResponse(wire.encode(body), content_type="application/json", status=status)


@require_GET
@never_cache
def events(request: HttpRequest, room_id: UUID) -> HttpResponse:
    """What happened after the viewer's own number."""
    return polled(request, seated(request, room_id))


@require_GET
@never_cache
def watch_events(request: HttpRequest, room_id: UUID) -> HttpResponse:
    return polled(request, watching(request, room_id))


def polled(request: HttpRequest, found: Seated | Watching) -> HttpResponse:
    after = request.GET.get("after", "0")
    if not (after.isascii() and after.isdigit() and len(after) < 10):
        return JsonResponse(wire.error("bad_request", wire.WORDS["bad_request"]), status=400)
    return reply(answers.polled(found, int(after)))
