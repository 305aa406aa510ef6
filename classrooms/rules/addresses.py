"""Which name of this machine a phone in the same room can reach. It asks no network."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address

LOOPBACK = ("localhost", "127.0.0.1", "[::1]")


def reachable_host(host: str, known: Iterable[str]) -> str:
    """The host as it was asked for, unless that means "this machine itself" and a better one is known."""
    name, _, port = host.rpartition(":") if not host.endswith("]") and ":" in host else (host, "", "")
    if name not in LOOPBACK:
        return host
    better = next((each for each in known if is_public_address(each)), "")
    return f"{better}:{port}" if better and port else better or host


def is_public_address(text: str) -> bool:
    try:
        address = ip_address(text)
    except ValueError:
        return False
    return not (address.is_loopback or address.is_link_local or address.is_unspecified)
