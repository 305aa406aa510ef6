"""What a measured product is to the runner, and the care of its processes."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
import urllib.request
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.machine import Meters

HERE = Path(__file__).resolve().parents[1]
ROOT = HERE.parent


class BenchFailed(RuntimeError):
    """A run that gave no figures; the message is one line for a person."""


@dataclass(frozen=True)
class Running:
    """A product that answers: where, as which processes, and what its driver must know."""

    bases: tuple[str, ...]
    meters: Meters
    ways: dict[str, Any] = field(default_factory=dict)


class Product(ABC):
    name: str
    label: str

    @abstractmethod
    def run(self, work: Path, players: int) -> contextlib.AbstractContextManager[Running]:
        """A fresh database and a fresh server in this folder, while the block lasts."""

    def check(self, running: Running, acks: Path) -> dict[str, Any]:
        """Compare what was acknowledged with what is stored."""
        return {}


@contextlib.contextmanager
def process(
    command: Sequence[str | Path], log: Path, cwd: Path, env: Mapping[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A program in a process group of its own, which ends with the block, its children with it."""
    with log.open("ab") as out:
        started = subprocess.Popen(
            [str(word) for word in command],
            cwd=cwd,
            env=dict(env),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield started
    finally:
        _end(started)


def _end(started: subprocess.Popen[bytes]) -> None:
    for number, seconds in ((signal.SIGTERM, 10), (signal.SIGKILL, 5)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(started.pid, number)
        with contextlib.suppress(subprocess.TimeoutExpired):
            started.wait(seconds)


def wait_until_up(url: str, server: subprocess.Popen[bytes], log: Path, seconds: float = 60) -> None:
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        if server.poll() is not None:
            raise BenchFailed(f"the server ended at once; see {log}")
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=2).close()
            return
        time.sleep(0.1)
    raise BenchFailed(f"no answer from {url}; see {log}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def call(command: Sequence[str | Path], cwd: Path, env: Mapping[str, str], seconds: float = 300) -> str:
    """Run to the end and give the output; a failure tells its last words."""
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=dict(env),
        capture_output=True,
        text=True,
        timeout=seconds,
    )
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()
        raise BenchFailed(f"{' '.join(map(str, command[-2:]))}: {words[-1] if words else done.returncode}")
    return done.stdout


def postmaster(data: Path) -> int:
    return int((data / "postmaster.pid").read_text().split("\n", 1)[0])
