"""Starts, stops and kills web processes over the test database, and a Redis between them."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from redis import Redis

from tests import machine

#: By this name the database knows the connections of houses under test.
APPLICATION = "house-under-test"
START_SECONDS = 60


@dataclass
class House:
    """A web process; `log` is what it wrote to standard error."""

    process: subprocess.Popen[bytes]
    log: Path
    port: int = 0

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def wait_until_listening(self) -> None:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.strip():
            raise RuntimeError("A house did not start: " + self.log.read_text()[-2000:])
        self.port = int(line)

    def kill(self) -> None:
        """At once and without a goodbye, as a machine dies."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Politely; killed when that does not help."""
        assert self.process.stdin is not None
        with contextlib.suppress(OSError):
            self.process.stdin.close()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()

    def resident_megabytes(self) -> float:
        listed = subprocess.run(
            ["ps", "-o", "rss=", "-p", str(self.process.pid)], capture_output=True, text=True, check=True
        )
        return int(listed.stdout) / 1024


def database_address() -> str:
    """The address of the database this test process uses, as its houses are told."""
    parts = conninfo_to_dict(os.environ["DATABASE_URL"])
    parts |= {"dbname": connection.settings_dict["NAME"], "application_name": APPLICATION}
    return make_conninfo("", **parts)


def begin_house(folder: Path, redis_url: str, **more: str) -> House:
    """Started, not yet waited for, so that several start side by side."""
    folder.mkdir(parents=True, exist_ok=True)
    log = folder / f"house-{len(list(folder.glob('house-*')))}.log"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
        "DATABASE_URL": database_address(),
        "REDIS_URL": redis_url,
        **more,
    }
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.house"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            env=environment,
            cwd=Path(__file__).parents[2],
        )
    return House(process, log)


@contextlib.contextmanager
def run_houses(folder: Path, redis_url: str, count: int = 2, **more: str) -> Iterator[list[House]]:
    """Houses that all listen. The list may grow; whatever it holds is stopped at the end."""
    houses = [begin_house(folder, redis_url, **more) for _ in range(count)]
    try:
        for house in houses:
            house.wait_until_listening()
        yield houses
    finally:
        for house in houses:
            if house.is_alive:
                house.stop()


class BreakableRedis:
    """A Redis that can be killed, started again on its port, and made to hang."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, machine.free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ("--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self.folder))
        program = machine.find_redis() or "redis-server"
        self.process = subprocess.Popen([program, *options], stdout=subprocess.DEVNULL)

    def signal(self, number: signal.Signals) -> None:
        assert self.process is not None
        self.process.send_signal(number)

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        assert self.process is not None
        self.process.wait()

    def listeners(self) -> int:
        """How many processes hear the nudges."""
        with contextlib.suppress(Exception), Redis.from_url(self.url, socket_timeout=2) as client:
            channels = client.pubsub_channels("*__group__*")
            return sum(number for _, number in client.pubsub_numsub(*channels)) if channels else 0
        return 0


@contextlib.contextmanager
def breakable_redis(folder: Path) -> Iterator[BreakableRedis]:
    redis = BreakableRedis(folder)
    redis.start()
    try:
        yield redis
    finally:
        redis.kill()
