"""Every gate of this app: who a browser may act as, and which teachers may pass. Strangers get 404.

`Door` is what negotiations asks about a browser's cookies; it reads the same credentials as the gates here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import wraps
from importlib import import_module
from types import SimpleNamespace
from typing import Any, Concatenate, ParamSpec, cast
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.models import Session as LoginSession
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone

from classrooms.keys import seal
from classrooms.models import Classroom, Device, Person, Sitting, Teaching, User
from classrooms.queries import Attending, attending_here, devices_at, newest_zone, with_session
from negotiations.access import Entrance

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


class Door:
    """Tells negotiations who stands before it. Keys stay in this process's memory: never logged, never sent."""

    @staticmethod
    def enter(cookies: Mapping[str, str], session_id: UUID) -> Entrance:
        holders, keys = people_at(cookies, session_id)
        teaching = teaching_at(cookies, session_id)
        if teaching is None:
            return Entrance(holders, None, keys)
        login = f"login:{cookies[settings.SESSION_COOKIE_NAME]}"
        return Entrance(holders, teaching.user_id, keys | {teaching_key(teaching), login})

    @staticmethod
    def revoked(keys: Collection[str]) -> set[str]:
        """Which of these no longer open anything."""
        named: dict[str, list[str]] = {"device": [], "teaching": [], "login": []}
        for key in keys:
            kind, name = key.split(":")[:2]
            named[kind].append(name)
        return (
            set(keys)
            - devices_valid(named["device"])
            - teachings_valid(named["teaching"])
            - logins_valid(named["login"])
        )

    @staticmethod
    def names(holders: Collection[UUID]) -> dict[UUID, str]:
        """What people are called, for those who sit beside them."""
        return dict(Person.objects.filter(pk__in=holders).values_list("pk", "name"))


def devices_valid(hashes: list[str]) -> set[str]:
    found = Device.objects.filter(token_hash__in=hashes, revoked_at=None).values_list("pk", flat=True)
    return {f"device:{token_hash}" for token_hash in found}


def teachings_valid(ids: list[str]) -> set[str]:
    found = Teaching.objects.filter(pk__in=ids, user__is_active=True).select_related("user")
    return {teaching_key(teaching) for teaching in found}


def logins_valid(keys: list[str]) -> set[str]:
    """Signing out anywhere removes the row, and with it this."""
    found = LoginSession.objects.filter(session_key__in=keys, expire_date__gt=timezone.now())
    return {f"login:{key}" for key in found.values_list("session_key", flat=True)}


def people_at(cookies: Mapping[str, str], session_id: UUID) -> tuple[frozenset[UUID], frozenset[str]]:
    known = devices_at(cookies, session_id)
    return frozenset(known.values()), frozenset(f"device:{token_hash}" for token_hash in known)


def teaching_at(cookies: Mapping[str, str], session_id: UUID) -> Teaching | None:
    user = user_of(cookies)
    if user is None:
        return None
    found = Teaching.objects.filter(user=user, classroom__sittings=session_id).select_related("user")
    return found.first()


def teaching_key(teaching: Teaching) -> str:
    """Another password, another key: sessions from before it end."""
    return f"teaching:{teaching.pk}:{seal('teaching', teaching.user.get_session_auth_hash())}"


def user_of(cookies: Mapping[str, str]) -> User | None:
    """The account that is signed in by Django's session cookie; sockets have no request to ask."""
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    store = import_module(settings.SESSION_ENGINE).SessionStore(key)
    user = get_user(cast(HttpRequest, SimpleNamespace(session=store)))
    return user if isinstance(user, User) and user.is_active else None


def for_teachers(view: View[P]) -> View[P]:
    """Signed out: to the sign-in page, whatever the address. Times are told in the teacher's zone."""

    @wraps(view)
    def gated(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        with timezone.override(zone_of(teacher(request))):
            return view(request, *args, **kwargs)

    return cast(Any, login_required(cast(Any, gated)))


def zone_of(user: User) -> ZoneInfo | None:
    """The own zone; of who has not said one, that of the newest classroom."""
    name = user.timezone or newest_zone(user)
    return ZoneInfo(name) if name else None


def teacher(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise Http404
    return request.user


def require_teaching(request: HttpRequest, classroom_id: UUID) -> Classroom:
    return get_object_or_404(Classroom, pk=classroom_id, teachings__user=teacher(request))


def require_teaching_session(request: HttpRequest, session_id: UUID) -> Sitting:
    """The sitting of a session, for those who teach its classroom."""
    found = with_session(Sitting.objects.all())
    return get_object_or_404(found, session=session_id, classroom__teachings__user=teacher(request))


def require_attending(request: HttpRequest, code: str) -> Attending:
    found = attending_here(request.COOKIES, code)
    if found is None:
        raise Http404
    return found
