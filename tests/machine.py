"""What this machine has: a Chromium, a redis-server; and how to get what it lacks."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

REMEDIES = {
    "browser": "a browser; on Debian install it with: sudo apt-get install -y chromium",
    "redis": "redis-server; on Debian install it with: sudo apt-get install -y redis-server",
}
CHROMIUM_NAMES = ("chromium", "google-chrome", "google-chrome-stable", "chromium-browser")
MAC_CHROMES = ("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",)


@functools.cache
def find_chromium() -> str | None:
    """The CHROMIUM of the environment, the system's, the Mac's application, or Playwright's own."""
    named = [os.environ.get("CHROMIUM"), *(shutil.which(name) for name in CHROMIUM_NAMES), *MAC_CHROMES]
    for path in [*named, *_playwrights_own()]:
        if path and Path(path).exists() and not _is_snap_stub(path):
            return path
    return None


def _playwrights_own() -> Iterator[str]:
    folders = (Path.home() / ".cache/ms-playwright", Path.home() / "Library/Caches/ms-playwright")
    for folder in folders:
        yield from map(str, sorted(folder.glob("chromium-*/chrome-*/chrome"), reverse=True))


def _is_snap_stub(path: str) -> bool:
    """Ubuntu's package is a small script that asks for snap; the real program is large or a Debian wrapper."""
    file = Path(path)
    return file.stat().st_size < 20_000 and b"snap" in file.read_bytes() and shutil.which("snap") is None


@functools.cache
def find_redis() -> str | None:
    return shutil.which("redis-server") or shutil.which("valkey-server")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def run_redis(folder: Path) -> Iterator[str]:
    """A Redis without a memory, on a free port, ended with the block."""
    port = free_port()
    options = ("--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder))
    server = subprocess.Popen([find_redis() or "redis-server", *options], stdout=subprocess.DEVNULL)
    try:
        _wait_for_port(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.kill()
        server.wait()


def _wait_for_port(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 20
    while server.poll() is None and time.monotonic() < deadline:
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
    raise RuntimeError("redis-server did not start")
