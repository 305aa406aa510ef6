"""Addresses of the table."""

from __future__ import annotations

from django.urls import path

from negotiations.views import frames, interests, pages

urlpatterns = [
    path("rooms/<uuid:room_id>/", pages.room, name="room"),
    path("rooms/<uuid:room_id>/role/", pages.role, name="role"),
    path("rooms/<uuid:room_id>/plan/", pages.plan, name="plan"),
    path("rooms/<uuid:room_id>/interests/", interests.interests, name="interests"),
    path("rooms/<uuid:room_id>/letters/", pages.letters, name="letters"),
    path("rooms/<uuid:room_id>/commands/", frames.commands, name="commands"),
    path("rooms/<uuid:room_id>/events/", frames.events, name="events"),
    path("watch/<uuid:room_id>/", pages.watch, name="watch"),
    path("watch/<uuid:room_id>/events/", frames.watch_events, name="watch-events"),
]
