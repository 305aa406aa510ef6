"""Steps that the commands share: hold the port, make the tables, load the shelf, collect the files, serve."""

from __future__ import annotations

import contextlib
import hashlib
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from uvicorn.supervisors import Multiprocess

from config.server import configuration
from config.services import embedded_postgres
from simulations.actions import load_library

Say = Callable[[str], None]
MIGRATION_LOCK = 7_278_539  # any number, the same in every process that might migrate
UNREAD_MILLISECONDS = 60_000
UNSAFE = "The database may forget what it acknowledged: {name} is {value}; Parley refuses to run on it."


def hold_port(host: str, port: int) -> socket.socket:
    """Bound before anything else is started, so that a taken port is said at once."""
    try:
        listening = socket.create_server((host, port), backlog=2048, reuse_port=False)
    except OSError as fault:
        why = os.strerror(fault.errno or 0)
        raise CommandError(
            f"Port {port} cannot be used here ({why}). Try another: --port {port + 1}"
        ) from None
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # A reader that never reads holds its connection open and our buffer full; the kernel ends it.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, UNREAD_MILLISECONDS)
    return listening


@contextlib.contextmanager
def database() -> Iterator[None]:
    """The embedded server while the block lasts; nothing to do when a server of your own is named."""
    with contextlib.ExitStack() as stack:
        if settings.OWN_DATABASE:
            stack.enter_context(embedded_postgres(settings.DATA_DIR / "postgres"))
        refuse_unsafe_database()
        try:
            yield
        finally:
            connection.close()
            connection.close_pool()  # type: ignore[attr-defined]


def refuse_unsafe_database() -> None:
    """What is shown to a class must be on the disk first."""
    for name in ("fsync", "full_page_writes", "synchronous_commit"):
        with connection.cursor() as cursor:
            cursor.execute(f"SHOW {name}")
            value = cursor.fetchone()[0]
        if value == "off":
            raise CommandError(UNSAFE.format(name=name, value=value))


def prepare_tables(say: Say) -> None:
    """Several processes may start at once; one migrates, the others wait for it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
        try:
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
            if missing:
                say(f"Making the tables (steps: {len(missing)}) ...")
                call_command("migrate", verbosity=0, interactive=False)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])


def load_shelf(say: Say) -> None:
    say("Loading the library ...")
    load_library()


def collect_files(say: Say) -> None:
    """Only when a file has changed since: joining, hashing and compressing takes some seconds."""
    if settings.WORKSHOP:
        return
    stamp, now = settings.DATA_DIR / "static.stamp", _fingerprint()
    if stamp.exists() and stamp.read_text() == now:
        return
    say("Collecting styles and scripts ...")
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)
    stamp.write_text(now)


def _fingerprint() -> str:
    """Of our own files and of the wheels that bring files of theirs."""
    digest = hashlib.sha256(f"{sys.version} {settings.STATIC_ROOT}".encode())
    for wheel in ("django", "django-htmx", "vl-convert-python", "whitenoise"):
        digest.update(version(wheel).encode())
    for path in sorted(_own_files()):
        state = path.stat()
        digest.update(f"{path} {state.st_mtime_ns} {state.st_size}\n".encode())
    return digest.hexdigest()


def _own_files() -> Iterator[Path]:
    for folder in settings.STATICFILES_DIRS:
        yield from (path for path in Path(folder).rglob("*") if path.is_file())
    yield from (settings.BASE_DIR / "config" / name for name in ("assets.py", "joining.py"))


def wait_for_the_end(serving: threading.Thread) -> None:
    """Until Ctrl-C or a polite kill, or until the server itself has given up."""
    with contextlib.suppress(KeyboardInterrupt):
        while serving.is_alive():
            serving.join(1)


def serve_in_processes(listening: socket.socket, processes: int) -> None:
    """Several processes behind one port; they find one another through Redis only."""
    if not settings.REDIS_URL:
        raise CommandError(
            "More than one process needs Redis between them: set REDIS_URL, or use --processes 1."
        )
    Multiprocess(configuration(processes=processes), sockets=[listening]).run()


def leave_on_termination() -> None:
    """A polite kill and a closed terminal end like Ctrl-C: every `finally` runs, the database is stopped."""

    def leave(number: int, frame: object) -> NoReturn:
        raise SystemExit(0)

    for name in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, leave)
