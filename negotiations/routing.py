"""The addresses of sockets."""

from __future__ import annotations

from django.urls import path

from negotiations.consumers import SeatSocket, WatchSocket

websocket_urlpatterns = [
    path("ws/rooms/<uuid:room_id>/", SeatSocket.as_asgi()),
    path("ws/watch/<uuid:room_id>/", WatchSocket.as_asgi()),
]
