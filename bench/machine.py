"""What the machine spent: CPU seconds, memory and quiet, read from /proc (so on Linux only).

It knows process numbers, not what runs in them.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Meters:
    """Whose CPU is told apart: the web server, its database, the bus between web servers."""

    server: tuple[int, ...] = ()
    database: tuple[int, ...] = ()
    bus: tuple[int, ...] = ()


@dataclass(frozen=True)
class Reading:
    """CPU seconds since each process began, and of the whole machine since it did."""

    at: float
    server: float
    database: float
    bus: float
    client: float
    machine: float

    def since(self, before: Reading) -> Reading:
        return Reading(*(getattr(self, name) - getattr(before, name) for name in self.__dataclass_fields__))

    @property
    def others(self) -> float:
        """What is none of ours: the less of it, the more the figures are worth."""
        return max(0.0, self.machine - self.server - self.database - self.bus - self.client)


def read(meters: Meters) -> Reading:
    return Reading(
        time.perf_counter(),
        cpu_seconds(meters.server),
        cpu_seconds(meters.database),
        cpu_seconds(meters.bus),
        own_cpu(),
        machine_cpu(),
    )


def cpu_seconds(pids: Iterable[int]) -> float:
    """Of these processes and all their descendants, those that have ended included."""
    return sum(map(_ticks, {one for pid in pids for one in tree(pid)})) / TICK


def tree(pid: int) -> list[int]:
    found, todo = [], [pid]
    while todo:
        one = todo.pop()
        found.append(one)
        todo += _children(one)
    return found


def machine_cpu() -> float:
    """Busy seconds of all cores together."""
    user, nice, system, _idle, _waiting, *rest = _machine_ticks()
    return (user + nice + system + sum(rest[:3])) / TICK


def rss_mb(pids: Iterable[int]) -> float:
    """Resident memory of the named processes alone, without their children."""
    return round(sum(_rss_kb(pid) for pid in pids) / 1024, 1)


def own_cpu() -> float:
    use = resource.getrusage(resource.RUSAGE_SELF)
    return use.ru_utime + use.ru_stime


def wait_for_quiet(limit: float, patience: float) -> None:
    """On a shared machine: begin when others use less than `limit` cores, or when patience ends."""
    give_up = time.monotonic() + patience
    while _busy_share(1.0) > limit and time.monotonic() < give_up:
        pass


def _busy_share(seconds: float) -> float:
    before = machine_cpu()
    time.sleep(seconds)
    return (machine_cpu() - before) / seconds


def _ticks(pid: int) -> int:
    """User and system time, own and of the children waited for: nothing is counted twice over a tree."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except OSError:
        return 0
    return sum(int(field) for field in fields[11:15])


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


def _machine_ticks() -> list[int]:
    with Path("/proc/stat").open() as file:
        return [int(field) for field in file.readline().split()[1:9]]


def _rss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)
