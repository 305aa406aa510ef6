"""Parley as `./dev serve` runs it: one web process, or two with Redis between them, on one embedded PostgreSQL.

Of two processes each has a port, and the sides of every table talk through different ones, which costs most; or they
share one port, as `./dev serve --processes 2` does, and chance says who is where.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.machine import Meters, tree
from bench.products.base import (
    ROOT,
    BenchFailed,
    Product,
    Running,
    call,
    free_port,
    postmaster,
    process,
    wait_until_up,
)
from config.services import embedded_postgres

CLASS = [sys.executable, "-m", "bench.products.classes"]


class Parley(Product):
    name = "parley"

    def __init__(
        self,
        processes: int = 1,
        fill: int = 0,
        one_port: bool = False,
        simulation: str = "mountain-view-farm",
    ) -> None:
        self.simulation = simulation
        self.processes = processes
        self.fill = fill
        self.one_port = one_port
        self.label = "-".join(
            word
            for word, is_so in (
                ("parley", True),
                (simulation, simulation != "mountain-view-farm"),
                (f"{processes}-processes", processes > 1),
                ("one-port", processes > 1 and one_port),
                (f"after-{fill}", fill > 0),
            )
            if is_so
        )

    @contextlib.contextmanager
    def run(self, work: Path, players: int) -> Iterator[Running]:
        """The database outlives the web processes, so that the log can be read when they are gone."""
        env = environment(work)
        with contextlib.ExitStack() as stack:
            stack.enter_context(embedded_postgres(work / "postgres"))
            bus: tuple[int, ...] = ()
            if self.processes > 1:
                bus = (stack.enter_context(redis(work, env)),)
            call([sys.executable, "manage.py", "prepare"], ROOT, env)
            collect_files(work, env)
            if self.fill:
                call([*CLASS, "fill", str(self.fill)], ROOT, env, seconds=900)
            made = json.loads(call([*CLASS, "make", self.simulation], ROOT, env))
            bases, pids = self._serve(stack, work, env)
            ways = {**made, "env": env, "pair": [*CLASS, "pair", made["session"]]}
            database = (postmaster(work / "postgres"),)
            yield Running(bases, Meters(pids, database, bus), ways)

    def _serve(
        self, stack: contextlib.ExitStack, work: Path, env: dict[str, str]
    ) -> tuple[tuple[str, ...], tuple[int, ...]]:
        """Where they listen, and which processes they are."""
        if self.one_port and self.processes > 1:
            pid, base = stack.enter_context(serve(work / "server.log", env, self.processes))
            return (base,), tuple(tree(pid))
        logs = [work / f"server-{number}.log" for number in range(self.processes)]
        started = [stack.enter_context(serve(log, env)) for log in logs]
        return tuple(base for _, base in started), tuple(pid for pid, _ in started)

    def check(self, running: Running, acks: Path) -> dict[str, Any]:
        session = running.ways["session"]
        found: dict[str, Any] = json.loads(
            call([*CLASS, "check", session, str(acks)], ROOT, running.ways["env"])
        )
        return found


def environment(work: Path) -> dict[str, str]:
    """Nothing of the caller's own Parley may steer the measured one. Static files are collected once."""
    ours = ("DATABASE", "REDIS", "SECRET_KEY", "DEBUG", "PARLEY", "ALLOWED_HOSTS", "CSRF", "STATIC_ROOT")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {**kept, "PARLEY_DATA": str(work), "STATIC_ROOT": str(work.parent / "static")}


def collect_files(work: Path, env: dict[str, str]) -> None:
    """The first start of all collects the static files, and leaves memory behind that is no participant's."""
    ours, kept = work / "static.stamp", work.parent / "static.stamp"
    if kept.exists():
        shutil.copy(kept, ours)
    with serve(work / "first-start.log", env):
        shutil.copy(ours, kept)


@contextlib.contextmanager
def serve(log: Path, env: dict[str, str], processes: int = 1) -> Iterator[tuple[int, str]]:
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "manage.py", "serve", "--port", str(port), "--processes", str(processes)]
    with process(command, log, ROOT, env) as server:
        wait_until_up(base + "/readyz", server, log)
        yield server.pid, base


@contextlib.contextmanager
def redis(work: Path, env: dict[str, str]) -> Iterator[int]:
    """A bus of its own that keeps nothing; from here on `env` names it."""
    program = shutil.which("redis-server")
    if not program:
        raise BenchFailed("two processes need Redis: apt-get install redis-server")
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
    with process(command, work / "redis.log", work, env) as server:
        env["REDIS_URL"] = f"redis://127.0.0.1:{port}/0"
        yield server.pid
