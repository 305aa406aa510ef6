"""The negotiations app as Django knows it; it holds no behaviour."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NegotiationsConfig(AppConfig):
    """The live table."""

    name = "negotiations"
    verbose_name = _("negotiations")
