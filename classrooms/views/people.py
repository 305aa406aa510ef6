"""The instructor's front door: sign in, sign in by a link, home, and what a stranger sees there."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import available_timezones

from django.contrib.auth import login
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_safe

from classrooms import actions
from classrooms.access import for_teachers, teacher
from classrooms.clock import clock_of
from classrooms.forms import JoinForm
from classrooms.models import Sitting, User
from classrooms.queries import boards, classrooms_of, now_sitting, sittings_of
from classrooms.screens import tiles_of, waffle_of
from negotiations.models import Session
from simulations.queries import public_case

ACCOUNT_TRIES = 10
ADDRESS_TRIES = 1000
SITTINGS_SHOWN = 12
BACKEND = "django.contrib.auth.backends.ModelBackend"


class SignIn(LoginView):
    """E-mail and password. Failures are counted for an account at an address, never for an address alone."""

    template_name = "classrooms/sign_in.html"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not actions.begin_tries(self.tries()):
            return self.render_to_response(
                self.get_context_data(form=AuthenticationForm(request), waits=True), status=429
            )
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        actions.forget_failures(next(iter(self.tries())))
        remember_zone(form.get_user(), self.request.POST.get("timezone", ""))
        return super().form_valid(form)

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        actions.count_failure(self.tries())
        answer = super().form_invalid(form)
        answer.status_code = 422
        return answer

    def tries(self) -> dict[str, int]:
        address = self.request.META.get("REMOTE_ADDR", "")
        account = self.request.POST.get("username", "").strip().lower()
        return {
            f"sign-in:account:{account}:{address}": ACCOUNT_TRIES,
            f"sign-in:address:{address}": ADDRESS_TRIES,
        }


def remember_zone(user: Any, zone: str) -> None:
    """The browser says where it is; once known it stays until somebody changes it."""
    if isinstance(user, User) and not user.timezone and zone in available_timezones():
        User.objects.filter(pk=user.pk).update(timezone=zone)


@never_cache
@require_GET
def start(request: HttpRequest, code: str) -> HttpResponse:
    """Signs in once. A spent link says so and shows the ordinary way in."""
    user = actions.use_start_link(code)
    if user is None:
        answer = render(request, "classrooms/link_spent.html", status=404)
    else:
        login(request, user, backend=BACKEND)
        sitting = now_sitting(user)
        answer = redirect("board", sitting.session_id) if sitting else redirect("home")
    answer.headers["Referrer-Policy"] = "no-referrer"
    return answer


@never_cache
@require_safe
def home(request: HttpRequest) -> HttpResponseBase:
    """The agenda of a teacher; for everybody else the two ways in."""
    if request.user.is_authenticated:
        return agenda(request)
    return render(request, "classrooms/welcome.html", {"form": JoinForm()})


@for_teachers
def agenda(request: HttpRequest) -> HttpResponse:
    user = teacher(request)
    now = timezone.now()
    sittings = list(sittings_of(user)[:SITTINGS_SHOWN])
    entries = [entry_of(board, now) for board in boards(sittings)]
    context = {
        "here": "home",
        "greeting": greeting(user, timezone.localtime(now)),
        "now": now,
        "running": [entry for entry in entries if not entry["is_over"]],
        "lately": [entry for entry in entries if entry["is_over"]],
        "classrooms": list(classrooms_of(user)),
    }
    return render(request, "classrooms/home.html", context)


def entry_of(board: Any, now: datetime) -> dict[str, Any]:
    """A sitting as a line of the agenda."""
    sitting: Sitting = board.sitting
    groups = tiles_of(board, public_case(sitting.session.edition_id), now)
    tiles = [tile for group in groups.values() for tile in group]
    return {
        "sitting": sitting,
        "is_over": sitting.session.phase == Session.Phase.DEBRIEF,
        "waffle": waffle_of(groups),
        "groups": {name: len(group) for name, group in groups.items()},
        "deals": sum(tile.finding.state == "deal" for tile in tiles),
        "rooms": len(tiles),
        "people": len(board.here),
        "clock": clock_of(tiles, sitting.session.minutes, now),
        "phase": phase_words(sitting.session),
    }


def phase_words(session: Session) -> str:
    return {
        "join": _("joining"),
        "prepare": _("preparing"),
        "negotiate": _("negotiating"),
        "debrief": _("debrief"),
    }[session.phase]


def greeting(user: User, at: datetime) -> str:
    """By the clock of the teacher, if we know where that clock hangs."""
    words = {"name": user.get_short_name()}
    if not user.timezone:
        return _("Hello, %(name)s.") % words
    if 5 <= at.hour < 12:
        return _("Good morning, %(name)s.") % words
    if 12 <= at.hour < 18:
        return _("Good afternoon, %(name)s.") % words
    return _("Good evening, %(name)s.") % words
