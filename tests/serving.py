"""The house served by a thread of the test process, by the very server that serves it in public."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass

from config.server import ParleyServer, configuration
from negotiations import live


@dataclass(frozen=True)
class RunningServer:
    """Where to find it; `at` gives the same house under another name, such as `classroom.test`."""

    port: int

    @property
    def url(self) -> str:
        return self.at("127.0.0.1")

    def at(self, host: str) -> str:
        return f"http://{host}:{self.port}"

    @property
    def socket_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"


@contextlib.contextmanager
def run_server() -> Iterator[RunningServer]:
    """On this process's owner loop, which a test may have started already: a process has only one.

    Bound before it starts, so the port is known and open from the first moment.
    """
    listening = socket.create_server(("127.0.0.1", 0), backlog=512)
    server = ParleyServer(configuration(drain_seconds=1))
    serving = asyncio.run_coroutine_threadsafe(server.serve(sockets=[listening]), live.owner())
    server.wait_until_started(20)
    try:
        yield RunningServer(listening.getsockname()[1])
    finally:
        server.should_exit = True
        serving.result(20)
        listening.close()
