"""Addresses of the debrief."""

from __future__ import annotations

from django.urls import path

from debriefs import views

urlpatterns = [
    path("sessions/<uuid:session_id>/debrief/", views.debrief, name="debrief"),
    path("sessions/<uuid:session_id>/debrief/rooms.csv", views.rooms_csv, name="debrief-rooms-csv"),
    path("sessions/<uuid:session_id>/debrief/release/", views.release_results, name="release-results"),
    path("sessions/<uuid:session_id>/debrief/events/", views.settle_event, name="settle-event"),
    path("sessions/<uuid:session_id>/debrief/charts/<slug:name>.json", views.chart_spec, name="chart-spec"),
    path("sessions/<uuid:session_id>/debrief/charts/<slug:name>.svg", views.chart_svg, name="chart-svg"),
    path("sessions/<uuid:session_id>/debrief/charts/<slug:name>.csv", views.chart_csv, name="chart-csv"),
    path("rooms/<uuid:room_id>/result/", views.result, name="result"),
]
