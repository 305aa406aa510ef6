"""The addresses of the shelf."""

from __future__ import annotations

from django.urls import path

from simulations import views

urlpatterns = [
    path("library/", views.library, name="library"),
    path("library/<slug:slug>/", views.simulation, name="simulation"),
]
