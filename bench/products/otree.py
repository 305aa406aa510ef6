"""oTree's production server on its default SQLite, or on the same embedded PostgreSQL as Parley."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sqlite3
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.machine import Meters
from bench.products.base import HERE, Product, Running, call, free_port, postmaster, process, wait_until_up
from config.services import embedded_postgres

STORED = "SELECT client_id FROM bargain_offer UNION ALL SELECT client_id FROM bargain_line"


class OTree(Product):
    name = "otree"

    def __init__(self, command: Path, database: str = "postgres", fill: int = 0) -> None:
        self.command = command.absolute()
        self.database = database
        self.fill = fill
        self.label = f"otree-{database}"

    @contextlib.contextmanager
    def run(self, work: Path, players: int) -> Iterator[Running]:
        project = work / "project"
        shutil.copytree(HERE / "peers" / "otree_project", project)
        env = {**os.environ, "OTREE_PRODUCTION": "1"}
        env["PATH"] = f"{self.command.parent}{os.pathsep}{env['PATH']}"
        env.pop("DATABASE_URL", None)
        with contextlib.ExitStack() as stack:
            url = ""
            database: tuple[int, ...] = ()
            if self.database == "postgres":
                url = stack.enter_context(embedded_postgres(work / "postgres"))
                database = (postmaster(work / "postgres"),)
                env["DATABASE_URL"] = url
            yield stack.enter_context(self._serve(work, project, env, url, database))

    @contextlib.contextmanager
    def _serve(
        self, work: Path, project: Path, env: dict[str, str], url: str, database: tuple[int, ...]
    ) -> Iterator[Running]:
        call([self.command, "resetdb", "--noinput"], project, env)
        port, log = free_port(), work / "server.log"
        base = f"http://127.0.0.1:{port}"
        with process([self.command, "prodserver", f"127.0.0.1:{port}"], log, project, env) as server:
            wait_until_up(base + "/api/otree_version", server, log)
            for _ in range(self.fill // 500):
                create_session(base, 500)
            ways = {"url": url, "sqlite": str(project / "db.sqlite3")}
            yield Running((base,), Meters(server=(server.pid,), database=database), ways)

    def check(self, running: Running, acks: Path) -> dict[str, Any]:
        if self.database == "postgres":
            with psycopg.connect(running.ways["url"]) as link:
                stored = [str(row[0]) for row in link.execute(STORED)]
        else:
            with contextlib.closing(sqlite3.connect(running.ways["sqlite"], timeout=20)) as file:
                stored = [str(row[0]) for row in file.execute(STORED)]
        acked = set(acks.read_text().split())
        return {"stored": len(stored), "acked_but_missing": len(acked - set(stored))}


def create_session(base: str, participants: int) -> None:
    body = json.dumps({"session_config_name": "bargain", "num_participants": participants}).encode()
    request = urllib.request.Request(base + "/api/sessions", body, {"Content-Type": "application/json"})
    urllib.request.urlopen(request, timeout=60).read()
