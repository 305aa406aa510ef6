"""The web server of a process: uvicorn, started by our own commands and by the tests."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator

import uvicorn


class ParleyServer(uvicorn.Server):
    """Tells when it listens, and leaves signals alone where a thread runs it."""

    def __init__(self, config: uvicorn.Config, when_listening: Callable[[], None] | None = None) -> None:
        super().__init__(config)
        self.is_listening = threading.Event()
        self.when_listening = when_listening

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        await super().startup(sockets=sockets)  # type: ignore[arg-type]
        self.is_listening.set()
        if self.when_listening:
            self.when_listening()

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
        lifespan="off",
        backlog=2048,
        timeout_keep_alive=20,
        timeout_graceful_shutdown=drain_seconds,
        proxy_headers=False,
        server_header=False,
        access_log=False,
        log_config=None,
    )
