"""uproot's server, which keeps everything in memory and writes behind to its own SQLite file."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from bench.machine import Meters
from bench.products.base import HERE, Product, Running, free_port, process, wait_until_up


class Uproot(Product):
    name = label = "uproot"

    def __init__(self, command: Path) -> None:
        self.command = command.absolute()

    @contextlib.contextmanager
    def run(self, work: Path, players: int) -> Iterator[Running]:
        project = work / "project"
        shutil.copytree(HERE / "peers" / "uproot_project", project)
        env = {**os.environ, "PATH": f"{self.command.parent}{os.pathsep}{os.environ['PATH']}"}
        port, log = free_port(), work / "server.log"
        base = f"http://127.0.0.1:{port}"
        with process([self.command, "run", "-p", str(port)], log, project, env) as server:
            wait_until_up(base + "/room/test/", server, log)
            yield Running((base,), Meters(server=(server.pid,)))
