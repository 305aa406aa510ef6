"""The gates of the shelf: instructors read what ships with Parley and their own cases. Strangers get 404."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from simulations.models import Edition
from simulations.queries import edition_numbered, latest_edition

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
#: Editions are counted from 1; nobody has more than these digits say.
MOST_DIGITS = 6


def for_instructors(view: View[P]) -> View[P]:
    """Whoever has an account teaches. Signed out: to the sign-in page. Days are told in the reader's zone."""

    @wraps(view)
    def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        zone = getattr(request.user, "timezone", "")
        with timezone.override(ZoneInfo(zone) if zone else None):
            return view(request, *args, **kwargs)

    return cast(Any, login_required(cast(Any, gated)))


def instructor(request: HttpRequest) -> UUID:
    key = request.user.pk
    if not isinstance(key, UUID):
        raise Http404
    return key


def require_edition(request: HttpRequest, slug: str, own: bool) -> Edition:
    """The newest edition, or the one that the address numbers, of the shipped shelf or the reader's own."""
    owner = instructor(request) if own else None
    number = request.GET.get("edition", "")
    if number and not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        raise Http404
    found = edition_numbered(slug, owner, int(number)) if number else latest_edition(slug, owner)
    if found is None:
        raise Http404
    return found
