"""The classrooms app as Django knows it; it holds no behaviour."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ClassroomsConfig(AppConfig):
    """People, rosters and the live board."""

    name = "classrooms"
    verbose_name = _("classrooms")
