"""The network between one browser and a web process: it can lose all that is sent, in one direction or in both."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Thread
from typing import Literal

Way = Literal["up", "down"]
BOTH: frozenset[Way] = frozenset({"up", "down"})
CHUNK = 65536


class Network:
    """While it is dark what is sent is lost, and neither end learns of it: calls are taken and never answered, a
    goodbye does not arrive. Whoever was under way then has to call anew."""

    def __init__(self, house: int) -> None:
        self.house = house
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.lost: frozenset[Way] = frozenset()
        self.ends: list[socket.socket] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.listening.getsockname()[1]}"

    def goes_dark(self, ways: frozenset[Way] = BOTH) -> None:
        self.lost = ways

    def comes_back(self) -> None:
        self.lost = frozenset()
        hang_up(*self.ends)
        self.ends.clear()

    def take_calls(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.listening.accept()
                self.connect(near)

    def connect(self, near: socket.socket) -> None:
        far = socket.create_connection(("127.0.0.1", self.house))
        self.ends += [near, far]
        for way, source, target in (("up", near, far), ("down", far, near)):
            Thread(target=self.carry, args=(way, source, target), daemon=True).start()

    def carry(self, way: Way, source: socket.socket, target: socket.socket) -> None:
        with suppress(OSError):
            while chunk := source.recv(CHUNK):
                if way not in self.lost:
                    target.sendall(chunk)
        if way not in self.lost:
            hang_up(source, target)


def hang_up(*ends: socket.socket) -> None:
    for end in ends:
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


@contextmanager
def network_to(house: int) -> Iterator[Network]:
    network = Network(house)
    Thread(target=network.take_calls, daemon=True).start()
    try:
        yield network
    finally:
        hang_up(network.listening)
        network.comes_back()
