"""The addresses of sockets."""

from __future__ import annotations

from typing import Any

from django.urls import path

from negotiations.consumers import SeatSocket, WatchSocket

# Channels routes to ASGI applications by Django's `path`, whose types know views only.
seat: Any = SeatSocket.as_asgi()
watch: Any = WatchSocket.as_asgi()
websocket_urlpatterns = [
    path("ws/rooms/<uuid:room_id>/", seat),
    path("ws/watch/<uuid:room_id>/", watch),
]
