"""The debriefs app as Django knows it; it holds no behaviour."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DebriefsConfig(AppConfig):
    """What a session teaches afterwards."""

    name = "debriefs"
    verbose_name = _("debriefs")
