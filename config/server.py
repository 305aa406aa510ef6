"""The web server of a process: uvicorn, started by our own commands and by the tests."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn
from django.conf import settings


class ParleyServer(uvicorn.Server):
    """Tells other threads when it listens, and leaves signals alone where a thread runs it."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_listening = threading.Event()

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets=sockets)  # type: ignore[arg-type]
        self.is_listening.set()

    def wait_until_started(self, seconds: float) -> None:
        if not self.is_listening.wait(seconds):
            raise RuntimeError(f"The web server did not start within {seconds} seconds.")

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        if threading.current_thread() is threading.main_thread():
            with super().capture_signals():
                yield
        else:
            yield


@contextlib.contextmanager
def serving(listening: socket.socket, drain_seconds: int) -> Iterator[threading.Thread]:
    """Serve from a thread while the block lasts; leaving it says goodbye to every socket.

    The server's loop becomes the owner of the live table, so begin here before anything acts at a table.
    """
    server = ParleyServer(configuration(drain_seconds))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True, name="server")
    thread.start()
    server.wait_until_started(60)
    try:
        yield thread
    finally:
        server.should_exit = True
        thread.join(drain_seconds + 10)


def configuration(drain_seconds: int = 10, processes: int = 1) -> uvicorn.Config:
    """The choices were measured: the sansio sockets are fastest, and deflate doubles a socket's memory."""
    return uvicorn.Config(
        "config.asgi:application",
        workers=processes,
        ws="websockets-sansio",
        ws_max_size=16 * 1024,
        ws_max_queue=16,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        lifespan="on",
        backlog=2048,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=drain_seconds,
        proxy_headers=bool(settings.PROXY),
        forwarded_allow_ips=settings.PROXY,
        server_header=False,
        access_log=False,
        log_config=None,
    )
