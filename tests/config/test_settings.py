"""The settings as a process sees them: embedded without a word, strict in public, and never with a weak secret."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

HOUSE = Path(__file__).resolve().parents[2]
PUBLIC = {
    "DATABASE_URL": "postgresql://parley@db.example/parley",
    "ALLOWED_HOSTS": "parley.example.org",
    "SECRET_KEY": "a-Key0f.fifty%characters+that=nobody?could#guess/ever2",
}


def run(command: list[str], folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "PARLEY_DATA": str(folder), **variables}
    return subprocess.run(
        [sys.executable, *command], cwd=HOUSE, env=environment, capture_output=True, text=True, timeout=60
    )


def read(expression: str, folder: Path, **variables: str) -> str:
    script = f"from config import settings; print({expression})"
    answer = run(["-c", script], folder, **variables)
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


def test_nothing_configured_is_a_whole_embedded_house(tmp_path: Path) -> None:
    found = read("settings.EMBEDDED, settings.DEBUG, settings.SECURE, settings.CELERY_BROKER_URL", tmp_path)
    assert found == "True False False memory://localhost/"


def test_secret_is_made_once_and_kept_for_its_owner(tmp_path: Path) -> None:
    first, second = (read("settings.SECRET_KEY", tmp_path) for _ in range(2))

    assert first == second
    assert len(first) > 50
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_public_house_without_a_secret_refuses_to_start(tmp_path: Path) -> None:
    answer = run(["manage.py", "check"], tmp_path, **{**PUBLIC, "SECRET_KEY": ""})

    assert answer.returncode != 0
    assert "SECRET_KEY is not set and DEBUG is off" in answer.stderr
    assert not (tmp_path / "secret-key").exists()


@pytest.mark.parametrize("weak", ["secret", "changeme-changeme", "django-insecure-" + "x" * 50])
def test_public_house_with_a_weak_secret_refuses_to_start(tmp_path: Path, weak: str) -> None:
    answer = run(["manage.py", "check"], tmp_path, **{**PUBLIC, "SECRET_KEY": weak})

    assert answer.returncode != 0
    assert "SECRET_KEY is too weak" in answer.stderr


def test_secrets_come_from_files_too(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("p@ss word\n")

    found = read(
        "settings.DATABASES['default']['PASSWORD']",
        tmp_path,
        **PUBLIC,
        DATABASE_PASSWORD_FILE=str(tmp_path / "password"),
    )

    assert found == "p@ss word"


def test_deployment_check_is_clean(tmp_path: Path) -> None:
    answer = run(["manage.py", "check", "--deploy", "--fail-level", "DEBUG"], tmp_path, **PUBLIC)
    assert answer.returncode == 0, answer.stderr
    assert "0 silenced" in answer.stdout


def test_two_processes_without_redis_are_refused(tmp_path: Path) -> None:
    answer = run(["manage.py", "serve", "--port", "0", "--processes", "2"], tmp_path)
    assert answer.returncode != 0
    assert "More than one process needs Redis" in answer.stderr


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_taken_port_is_said_in_one_line(tmp_path: Path, command: str) -> None:
    with socket.create_server(("0.0.0.0", 0)) as taken:
        port = taken.getsockname()[1]
        answer = run(["manage.py", command, "--port", str(port)], tmp_path)

    assert answer.returncode == 1
    assert answer.stderr.strip() == (
        f"CommandError: Port {port} cannot be used here (Address already in use). Try another: --port {port + 1}"
    )
    assert not (tmp_path / "postgres").exists()
