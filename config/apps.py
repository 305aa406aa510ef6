"""The configuration app: makes the Celery application the current one before any task is imported."""

from __future__ import annotations

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """Settings, servers and services."""

    name = "config"

    def ready(self) -> None:
        from config.celery import app

        app.set_default()
