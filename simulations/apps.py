"""The simulations app as Django knows it; it holds no behaviour."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SimulationsConfig(AppConfig):
    """The shelf of simulations."""

    name = "simulations"
    verbose_name = _("simulations")
