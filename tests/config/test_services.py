"""The embedded database: started, adopted, stopped, and alive again after the worst."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from config.binaries import PostgresMissing, find_binaries, major
from config.services import database_url, embedded_postgres, socket_folder

OWNER = """
import sys, time
from pathlib import Path
from config.services import embedded_postgres
with embedded_postgres(Path(sys.argv[1])):
    print("ready", flush=True)
    time.sleep(600)
"""


@pytest.fixture
def data_dir() -> Iterator[Path]:
    """Not below pytest's own folder: that is closed to the account which root lends the server."""
    folder = Path(tempfile.mkdtemp(prefix="parley-services-", dir="/tmp"))
    folder.chmod(0o711)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def start_owner(data_dir: Path) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        command = [sys.executable, "-c", OWNER, str(data_dir)]
        owner = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2])
        started.append(owner)
        assert owner.stdout is not None
        assert owner.stdout.readline() == "ready\n"
        return owner

    yield start
    for owner in started:
        owner.kill()
        owner.wait()
        assert owner.stdout is not None
        owner.stdout.close()


def test_binaries_are_new_enough() -> None:
    assert (major(find_binaries() / "postgres") or 0) >= 17


def test_server_keeps_its_rows_from_start_to_start(data_dir: Path) -> None:
    with embedded_postgres(data_dir) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    assert not socket_folder(data_dir).exists()
    with embedded_postgres(data_dir) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


def test_server_is_durable_speaks_utf8_and_listens_to_no_network(data_dir: Path) -> None:
    with embedded_postgres(data_dir) as url, psycopg.connect(url) as connection:

        def shown(name: str) -> object:
            row = connection.execute(f"SHOW {name}").fetchone()
            return row and row[0]

        names = ("fsync", "synchronous_commit", "full_page_writes", "listen_addresses", "server_encoding")
        assert [shown(name) for name in names] == ["on", "on", "on", "", "UTF8"]
        row = connection.execute("SELECT datlocprovider, datlocale FROM pg_database WHERE datname = 'parley'")
        assert row.fetchone() == ("b", "C.UTF-8")


def test_socket_is_closed_to_other_accounts(data_dir: Path) -> None:
    with embedded_postgres(data_dir):
        assert socket_folder(data_dir).stat().st_mode & 0o777 == 0o700


@pytest.mark.slow
def test_guest_uses_the_server_and_leaves_it_running(
    data_dir: Path, start_owner: Callable[[], subprocess.Popen[str]]
) -> None:
    start_owner()

    with embedded_postgres(data_dir) as url:
        psycopg.connect(url).close()

    psycopg.connect(database_url(data_dir)).close()


@pytest.mark.slow
def test_owner_killed_then_the_next_start_has_every_row(
    data_dir: Path, start_owner: Callable[[], subprocess.Popen[str]]
) -> None:
    owner = start_owner()
    with psycopg.connect(database_url(data_dir)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    owner.send_signal(signal.SIGKILL)
    owner.wait()

    with embedded_postgres(data_dir) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


@pytest.mark.slow
def test_everything_killed_then_the_next_start_has_every_row(
    data_dir: Path, start_owner: Callable[[], subprocess.Popen[str]]
) -> None:
    owner = start_owner()
    with psycopg.connect(database_url(data_dir)) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS number")

    os.kill(int((data_dir / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    owner.send_signal(signal.SIGKILL)
    owner.wait()

    with embedded_postgres(data_dir) as url, psycopg.connect(url) as connection:
        assert connection.execute("SELECT number FROM kept").fetchone() == (7,)


@pytest.mark.parametrize("number", [2**22 + 1, 1])
def test_pid_file_of_nobody_or_of_another_program_is_no_obstacle(data_dir: Path, number: int) -> None:
    with embedded_postgres(data_dir):
        pass
    (data_dir / "postmaster.pid").write_text(f"{number}\n{data_dir}\n0\n5432\n/tmp\n\n")

    with embedded_postgres(data_dir) as url:
        psycopg.connect(url).close()


def test_folder_of_another_major_is_refused_in_one_line(data_dir: Path) -> None:
    with embedded_postgres(data_dir):
        pass
    (data_dir / "PG_VERSION").write_text("12\n")

    with pytest.raises(PostgresMissing, match=r"was made by PostgreSQL 12, but \d+ is installed\.$"):
        embedded_postgres(data_dir).__enter__()
