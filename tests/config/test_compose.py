"""The files for production hold together, as far as they can be read without an engine to run them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

HOUSE = Path(__file__).resolve().parents[2]
COMPOSE = yaml.safe_load((HOUSE / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ("prepare", "web", "worker", "beat")


def test_compose_has_every_part_of_the_house() -> None:
    assert set(SERVICES) == {"db", "redis", "prepare", "web", "worker", "beat", "proxy"}
    assert SERVICES["db"]["image"] == "postgres:18"


@pytest.mark.parametrize("name", sorted(SERVICES))
def test_service_names_only_what_exists(name: str) -> None:
    service = SERVICES[name]
    assert set(service.get("depends_on", {})) <= set(SERVICES)
    assert set(service.get("secrets", [])) <= set(COMPOSE["secrets"])
    assert set(service.get("networks", [])) <= set(COMPOSE["networks"])
    named = {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")}
    assert named <= set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", sorted(set(SERVICES) - {"prepare", "beat"}))
def test_service_that_answers_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"]


def test_waiting_for_health_waits_for_a_service_that_tells() -> None:
    for service in SERVICES.values():
        for other, condition in service.get("depends_on", {}).items():
            if condition["condition"] == "service_healthy":
                assert "healthcheck" in SERVICES[other]


@pytest.mark.parametrize("name", OURS)
def test_our_processes_have_no_secret_in_the_environment(name: str) -> None:
    environment = SERVICES[name]["environment"]
    assert environment["SECRET_KEY_FILE"] == "/run/secrets/secret_key"
    assert not {"SECRET_KEY", "DATABASE_PASSWORD", "DEBUG"} & set(environment)
    assert re.fullmatch(r"postgresql://parley@db/parley", environment["DATABASE_URL"])


def test_only_the_proxy_is_open_to_the_world() -> None:
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["proxy"]


def test_database_and_queue_are_on_the_closed_network_only() -> None:
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert SERVICES["db"]["networks"] == SERVICES["redis"]["networks"] == ["inside"]


def test_image_copies_every_package_and_runs_as_nobody_special() -> None:
    lines = (HOUSE / "Dockerfile").read_text().splitlines()
    for package in (
        "bargaining",
        "simulations",
        "negotiations",
        "classrooms",
        "debriefs",
        "config",
        "templates",
    ):
        assert f"COPY {package} {package}" in lines
    assert "USER parley" in lines
    assert lines.index("USER parley") < next(i for i, line in enumerate(lines) if line.startswith("CMD"))


def test_proxy_serves_the_configured_name_and_hides_the_probes() -> None:
    text = (HOUSE / "Caddyfile").read_text()
    assert text.count("{") == text.count("}")
    assert "{$PARLEY_HOST} {" in text
    assert "reverse_proxy web:8000" in text
