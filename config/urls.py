"""Which address belongs to which app, and the addresses that machines ask."""

from __future__ import annotations

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.i18n import JavaScriptCatalog


def process_lives(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def is_ready(request: HttpRequest) -> HttpResponse:
    """Postgres answers, so this process may be sent people."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("no database\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


urlpatterns = [
    path("healthz", process_lives, name="healthz"),
    path("readyz", is_ready, name="readyz"),
    path("jsi18n/", cache_control(max_age=3600)(JavaScriptCatalog.as_view()), name="javascript-catalog"),
    # Sought from the top: what a whole class opens at one moment comes first.
    path("", include("negotiations.urls")),
    path("", include("classrooms.urls")),
    path("", include("simulations.urls")),
    path("", include("debriefs.urls")),
]
