"""The addresses of the shelf: `library` for what ships with Parley, `shelf` for the reader's own cases."""

from __future__ import annotations

from django.urls import path

from simulations.views import owning, reading, shelf

SHIPPED, OWN = {"own": False}, {"own": True}

urlpatterns = [
    path("library/", shelf.library, name="library"),
    path("library/<slug:slug>/", reading.simulation, SHIPPED, name="simulation"),
    path("library/<slug:slug>/as/<slug:party>/", reading.role, SHIPPED, name="simulation-role"),
    path("library/<slug:slug>/changes/<int:number>/", reading.changes, SHIPPED, name="simulation-changes"),
    path("library/<slug:slug>/folder.zip", reading.download, SHIPPED, name="simulation-folder"),
    path("library/<slug:slug>/copy/", owning.copy, SHIPPED, name="simulation-copy"),
    path("shelf/", owning.bring, name="bring"),
    path("shelf/<slug:slug>/", reading.simulation, OWN, name="own"),
    path("shelf/<slug:slug>/as/<slug:party>/", reading.role, OWN, name="own-role"),
    path("shelf/<slug:slug>/changes/<int:number>/", reading.changes, OWN, name="own-changes"),
    path("shelf/<slug:slug>/folder.zip", reading.download, OWN, name="own-folder"),
    path("shelf/<slug:slug>/copy/", owning.copy, OWN, name="own-copy"),
    path("shelf/<slug:slug>/write/", owning.write, name="own-write"),
    path("shelf/<slug:slug>/rights/", owning.rights, name="own-rights"),
    path("shelf/<slug:slug>/take-off/", owning.take_off, name="own-take-off"),
]
