"""Reads what the environment says, each value also from a file named by NAME_FILE; it knows no Django."""

from __future__ import annotations

import contextlib
import os
import secrets
import socket
from pathlib import Path


def text(name: str, default: str = "") -> str:
    """The variable, or the content of the file that NAME_FILE points to (secrets of containers come so)."""
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default).strip()


def flag(name: str, default: bool = False) -> bool:
    said = text(name).lower()
    return said in {"1", "true", "yes", "on"} if said else default


def number(name: str, default: int) -> int:
    return int(text(name) or default)


def words(name: str) -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in text(name).split(",") if word.strip()]


def kept_secret(path: Path) -> str:
    """A secret made once and kept in the data folder, readable for its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(FileExistsError):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def lan_addresses() -> list[str]:
    """The addresses under which other devices of this network may reach this machine, the best one first."""
    found: list[str] = []
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET, "10.255.255.255")):
        with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect((far, 9))  # sends nothing: the system only chooses the way out
            found.append(probe.getsockname()[0])
    with contextlib.suppress(OSError):
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return [address for address in dict.fromkeys(found) if not address.startswith(("127.", "0."))]


def own_names() -> list[str]:
    """Every name this machine answers to when nobody configured one."""
    host = socket.gethostname().lower()
    names = ["localhost", "127.0.0.1", "[::1]", host, f"{host.split('.')[0]}.local", *lan_addresses()]
    return list(dict.fromkeys(names))
