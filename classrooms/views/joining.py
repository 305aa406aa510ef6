"""What a student without an account does: join, come back, wait, leave this browser."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from bargaining.case import Case
from classrooms import actions
from classrooms.access import require_attending
from classrooms.forms import JoinForm, RejoinForm
from classrooms.models import Attendance, Device, Sitting
from classrooms.queries import (
    DEVICE_COOKIE,
    TOKENS_KEPT,
    Attending,
    Known,
    attending_here,
    earlier_result,
    hashes_of,
    known_here,
    open_sitting,
    tables_here,
    tokens_of,
)
from classrooms.rules.codes import tidy_code
from negotiations.models import Seat, Session
from negotiations.rules.refusals import RuleBroken
from simulations.queries import public_case

WORDS_COOKIE = "parley_words"
COOKIE_SECONDS = 60 * 60 * 24 * 180
WORDS_SECONDS = 60 * 10
BROWSER_TRIES = 10
# A lecture hall shares one address, so many failures of one address are still nothing unusual.
ADDRESS_TRIES = 1000
# The more people wait in a lobby, the less often each asks; 500 people make about 40 requests a second.
POLL_SECONDS, PEOPLE_A_SECOND = 2, 40
STOP_POLLING = 286


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str = "") -> HttpResponse:
    """Code and name on one page. The code may stand in the address: the wall's QR brings it."""
    if request.method == "POST":
        return take_seat_or_say_why_not(request, code)
    sitting = open_sitting(tidy_code(code)) if code else None
    if code and sitting is None:
        return show_join(request, JoinForm(), None, code, unknown=True)
    if sitting is None:
        return show_join(request, JoinForm(), None, code)
    return show_join(request, JoinForm(initial={"code": sitting.code}), sitting, code)


def take_seat_or_say_why_not(request: HttpRequest, code: str) -> HttpResponse:
    """A bought case has copies for so many, and then nobody more comes in."""
    try:
        return take_seat(request, code)
    except RuleBroken as broken:
        sitting = open_sitting(tidy_code(request.POST.get("code", "")))
        return show_join(request, JoinForm(request.POST), sitting, code, refused=broken.said(_))


def take_seat(request: HttpRequest, code: str) -> HttpResponse:
    form = JoinForm(request.POST)
    tries = tries_of(request)
    if not actions.begin_tries(tries):
        return show_join(request, form, None, code, waits=True)
    sitting = open_sitting(tidy_code(request.POST.get("code", "")))
    known = known_here(request.COOKIES, sitting.classroom_id) if sitting else None
    if sitting and known and (attends(sitting, known) or request.POST.get("continue")):
        return continue_as(sitting, known, request)
    if not form.is_valid():
        return show_join(request, form, sitting, code)
    if sitting is None:
        actions.count_failure(tries)
        return show_join(request, form, None, code, unknown=True)
    if sitting.session.phase == Session.Phase.DEBRIEF:
        form.add_error("code", _("That session is over. Ask for the new code."))
        return show_join(request, form, sitting, code)
    return admit(request, sitting, actions.join(sitting, form.cleaned_data["name"]))


def continue_as(sitting: Sitting, known: Known, request: HttpRequest) -> HttpResponse:
    """One person a browser: who is known here goes on under the own name."""
    if attends(sitting, known):
        return redirect("seat", sitting.code)
    return admit(request, sitting, actions.return_here(sitting, known.person, known.token), known.token)


def attends(sitting: Sitting, known: Known) -> bool:
    return Attendance.objects.filter(sitting=sitting, person=known.person).exists()


def admit(
    request: HttpRequest, sitting: Sitting, joined: actions.people.Joined, spent: str = ""
) -> HttpResponse:
    """The browser gets a token that nobody knew before, and the words to note once."""
    actions.seat_newcomer(sitting, joined.person)
    tokens = [token for token in tokens_of(request.COOKIES) if token != spent]
    answer = redirect("seat", sitting.code)
    set_tokens(answer, [joined.token, *tokens][:TOKENS_KEPT])
    if joined.phrase:
        path = reverse("seat", args=[sitting.code])
        answer.set_cookie(
            WORDS_COOKIE, joined.phrase, max_age=WORDS_SECONDS, path=path, httponly=True, samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )  # fmt: skip
    return answer


def set_tokens(answer: HttpResponse, tokens: list[str]) -> None:
    answer.set_cookie(
        DEVICE_COOKIE, ".".join(tokens), max_age=COOKIE_SECONDS, httponly=True, samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip


def show_join(
    request: HttpRequest,
    form: JoinForm,
    sitting: Sitting | None,
    code: str,
    unknown: bool = False,
    waits: bool = False,
    refused: str = "",
) -> HttpResponse:
    known = known_here(request.COOKIES, sitting.classroom_id) if sitting else None
    context = {
        "form": form,
        "sitting": sitting,
        "classroom": sitting.classroom if sitting else "",
        "code": code,
        "unknown": unknown,
        "waits": waits,
        "refused": refused,
        "known": known,
        "earlier": earlier_result(known.person.pk, sitting) if known and sitting else None,
        "tables": [] if sitting else tables_here(request.COOKIES),
    }
    status = 429 if waits else 404 if unknown else 422 if form.errors or refused else 200
    return render(request, "classrooms/join.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rejoin(request: HttpRequest, code: str) -> HttpResponse:
    """The six words bring the same seat to another device."""
    sitting = open_sitting(tidy_code(code))
    if sitting is None:
        return show_join(request, JoinForm(), None, code, unknown=True)
    form = RejoinForm(request.POST or None)
    context = {"form": form, "sitting": sitting, "classroom": sitting.classroom}
    if request.method != "POST":
        return render(request, "classrooms/rejoin.html", context)
    tries = tries_of(request)
    if not actions.begin_tries(tries):
        return render(request, "classrooms/rejoin.html", context | {"waits": True}, status=429)
    try:
        joined = actions.recover(sitting, form.cleaned_data["phrase"]) if form.is_valid() else None
    except RuleBroken as broken:
        form.add_error("phrase", broken.said(_))
        return render(request, "classrooms/rejoin.html", context, status=422)
    if joined:
        return admit(request, sitting, joined)
    actions.count_failure(tries)
    if form.is_valid():
        form.add_error("phrase", _("Nobody in this class has these six words."))
    return render(request, "classrooms/rejoin.html", context, status=422)


@never_cache
@require_GET
def seat(request: HttpRequest, code: str) -> HttpResponse:
    """The student's hub: the lobby while there is nothing to do, else on to the sheet, the table or the result."""
    attending = attending_here(request.COOKIES, tidy_code(code))
    if attending is None:
        return redirect("join-code", code)
    phrase = request.COOKIES.get(WORDS_COOKIE, "")
    onward = onward_from(attending)
    if onward and not phrase:
        return redirect(onward)
    actions.mark_here(attending, timezone.now())
    context = lobby_context(attending) | {"phrase": phrase, "onward": onward}
    answer = render(request, "classrooms/lobby.html", context)
    if phrase:
        answer.delete_cookie(WORDS_COOKIE, path=reverse("seat", args=[attending.code]))
    return answer


@never_cache
@require_GET
def seat_news(request: HttpRequest, code: str) -> HttpResponse:
    """Asked by the lobby every few seconds: the counts, or where to go now."""
    attending = require_attending(request, tidy_code(code))
    onward = onward_from(attending)
    if onward:
        return HttpResponse(status=STOP_POLLING, headers={"HX-Redirect": onward})
    actions.mark_here(attending, timezone.now())
    return HttpResponse(render_to_string("classrooms/_waiting.html", lobby_context(attending)))


@require_POST
def leave(request: HttpRequest, code: str) -> HttpResponse:
    """ "Not you?" in the lobby: this browser forgets the person; the seat stays the person's."""
    return forget_here(request, require_attending(request, tidy_code(code)).person, code)


@require_POST
def forget(request: HttpRequest, code: str) -> HttpResponse:
    """ "Not you?" at the door, before the person came to this sitting."""
    sitting = open_sitting(tidy_code(code))
    known = known_here(request.COOKIES, sitting.classroom_id) if sitting else None
    if known is None:
        raise Http404
    return forget_here(request, known.person.pk, code)


def forget_here(request: HttpRequest, person: UUID, code: str) -> HttpResponse:
    hashes = hashes_of(request.COOKIES)
    own = Device.objects.filter(person=person, token_hash__in=hashes, revoked_at=None)
    spent = {hashes[device.token_hash] for device in own}
    for token in spent:
        actions.leave_browser(token)
    answer = redirect("join-code", tidy_code(code))
    set_tokens(answer, [token for token in hashes.values() if token not in spent])
    answer.delete_cookie(WORDS_COOKIE, path=reverse("seat", args=[tidy_code(code)]))
    return answer


def onward_from(attending: Attending) -> str:
    """Where this seat has something to do; nothing means that there is reason to wait."""
    if attending.room is None:
        return ""
    if attending.phase == Session.Phase.PREPARE:
        return reverse("role", args=[attending.room])
    if attending.phase == Session.Phase.DEBRIEF and attending.is_released:
        return reverse("result", args=[attending.room])
    if attending.phase in (Session.Phase.NEGOTIATE, Session.Phase.DEBRIEF):
        return reverse("room", args=[attending.room])
    return ""


def lobby_context(attending: Attending) -> dict[str, object]:
    case = public_case(attending.edition)
    seconds = max(POLL_SECONDS, -(-attending.here // PEOPLE_A_SECOND))
    sides = sides_of(case, attending) if attending.room else []
    return {"attending": attending, "classroom": attending.classroom, "case": case, "sides": sides,
            "seconds": seconds}  # fmt: skip


def sides_of(case: Case, attending: Attending) -> list[dict[str, object]]:
    """The parties at this person's table: which is the own one, and which a practice partner plays."""
    seats = Seat.objects.filter(room=attending.room, left_at=None)
    kinds = dict(seats.values_list("party", "kind"))
    return [
        {
            "index": index,
            "party": party,
            "mine": attending.party == party.id,
            "partner": kinds.get(party.id) == Seat.Kind.PARTNER,
        }
        for index, party in enumerate(case.parties, start=1)
    ]


def tries_of(request: HttpRequest) -> dict[str, int]:
    """For whom failures are counted: this browser, and with much more patience its address."""
    browser = request.META.get("CSRF_COOKIE") or request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    return {
        f"join:browser:{browser}": BROWSER_TRIES,
        f"join:address:{request.META.get('REMOTE_ADDR', '')}": ADDRESS_TRIES,
    }
