"""One participant's connection stops reading. How long do the others wait?

A phone that loses its network does not close its connection: what the server writes to it piles up. The partner of the
stalled participant goes on sending chat lines; the other pairs exchange an offer a second each and are measured, and
so is anybody who asks for a small page.

    ./dev bench stall --pairs 10 --seconds 60 --otree VENV/bin/otree
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp

from bench.load.drivers import driver_for
from bench.load.plan import Load
from bench.load.player import Player
from bench.load.run import NOW, Run
from bench.load.tally import quantiles
from bench.measure import fresh_folder
from bench.options import common_parser, products, scratch
from bench.products import Product

PROBES = {"parley": "/healthz", "otree": "/static/otree/js/live.js", "uproot": "/room/test/"}
SLOT = 5  # seconds


class Stall:
    """A run in which player 0 does not read and its partner does not stop talking."""

    def __init__(self, load: Load, every: float, chars: int) -> None:
        self.load = load
        self.every = every
        self.run = Run(load)
        self.chatty = driver_for(replace(load, chat_every=1, chars=chars))
        self.said: set[str] = set()
        self.probes: dict[int, float | str] = {}
        self.begun = 0.0

    async def go(self) -> dict[str, Any]:
        run = self.run
        run.players = [Player(n, run.browser()) for n in range(self.load.players)]
        await run.driver.prepare()
        await run.connect()
        victim, talker = run.players[0], run.players[0].partner
        assert talker is not None
        async with aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(socket_factory=phone_socket)
        ) as phone:
            await self.stop_reading(victim, phone)
            self.begun, run.stop_at = NOW(), NOW() + self.load.duration
            for player in run.players:
                if player not in (victim, talker):
                    run.start(run.paced(player))
            run.start(self.talk(talker))
            run.start(self.probe())
            await asyncio.sleep(self.load.duration)
            await self.wait_for_the_rest()
        run.stop_at = 0
        result = self.figures()
        await run.leave()
        return result

    async def stop_reading(self, victim: Player, phone: aiohttp.ClientSession) -> None:
        """Its page is replaced by a socket that is open, and of which nothing is read any more."""
        place = victim.place
        assert place is not None
        assert victim.live is not None
        await victim.live.close()
        await asyncio.sleep(0.2)
        self.run.closed.clear()  # the page that was left on purpose
        stored = victim.http.cookie_jar.filter_cookies(victim.live._response.url.with_scheme("http"))
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in stored.items())
        headers = {**place.headers, **({"Cookie": cookies} if cookies else {})}
        stalled = await phone.ws_connect(place.live, compress=0, headers=headers)
        connection = stalled._response.connection
        assert connection is not None
        assert connection.transport is not None
        connection.transport.pause_reading()  # type: ignore[attr-defined]

    async def talk(self, talker: Player) -> None:
        while NOW() < self.run.stop_at and talker.live and not talker.live.closed:
            message_id, text = self.chatty.encode(talker, len(self.said))
            self.said.add(message_id)
            await talker.live.send_str(text)
            await asyncio.sleep(self.every)

    async def probe(self) -> None:
        """What does anyone who asks for a small file see meanwhile?"""
        address = self.run.driver.base + PROBES[self.load.product]
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=4)) as http:
            while True:
                at = NOW()
                try:
                    async with http.get(address) as reply:
                        await reply.read()
                    self.probes[round(at - self.begun)] = round(NOW() - at, 3)
                except (TimeoutError, aiohttp.ClientError):
                    self.probes[round(at - self.begun)] = "no answer in 4 s"
                await asyncio.sleep(max(0.0, at + SLOT - NOW()))

    async def wait_for_the_rest(self) -> None:
        await self.run.drain(15)

    def figures(self) -> dict[str, Any]:
        tally = self.run.tally
        worst: dict[int, float] = defaultdict(float)
        for key, sent in tally.sent_at.items():
            slot = int((sent - self.begun) // SLOT) * SLOT
            worst[slot] = max(worst[slot], tally.delivered_at.get(key, float("inf")) - sent)
        delays = [1000 * (at - tally.sent_at[key]) for key, at in tally.delivered_at.items()]
        return {
            "pairs": self.load.players // 2,
            "sent": len(tally.sent_at),
            "latency_ms": quantiles(delays),
            "undelivered": tally.backlog,
            "worst_s_by_5_s": {slot: round(seconds, 3) for slot, seconds in sorted(worst.items())},
            "lines_to_the_silent_one": len(self.said),
            "refused": dict(tally.refused),
            "closed": dict(self.run.closed),
            "probe_s": self.probes,
        }


def phone_socket(address: Any) -> socket.socket:
    """A socket that looks like a phone's on a network, not like loopback."""
    family, kind, proto, *_ = address
    made = socket.socket(family, kind, proto)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    made.setsockopt(socket.IPPROTO_TCP, socket.TCP_MAXSEG, 1400)
    made.setblocking(False)
    return made


def measure_stall(product: Product, options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    with product.run(fresh_folder(folder / f"{product.label}-stall"), 2 * options.pairs) as running:
        load = Load(
            product.name,
            running.bases,
            2 * options.pairs,
            interval=1.0,
            duration=options.seconds,
            chat_every=10**9,
            join_at_once=10,
            deflate=False,
            meters=running.meters,
            ways=running.ways,
        )
        return asyncio.run(Stall(load, options.every, options.chars).go())


def main() -> None:
    parser = common_parser(__doc__)
    parser.add_argument("--pairs", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--chars", type=int, default=2000, help="length of the chat lines")
    parser.add_argument("--every", type=float, default=0.25, help="seconds between them")
    options = parser.parse_args()
    folder = scratch(options)
    for product in products(options):
        begun = time.time()
        result = {"label": product.label, **measure_stall(product, options, folder)}
        (folder / f"{product.label}-stall-{begun:.0f}.stall").write_text(json.dumps(result, indent=1))
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
