"""The configuration app, and which files are not collected."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class ConfigConfig(AppConfig):
    """Settings, servers and services."""

    name = "config"
    default = True

    def ready(self) -> None:
        """The Celery application becomes the current one before any task is imported."""
        from config.celery import app

        app.set_default()


class HouseFilesConfig(StaticFilesConfig):
    """htmx's extensions stay out: none is used, and some import what the wheel does not bring."""

    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "ext"]
