"""One run: everybody joins, opens the page and its sockets, then exchanges offers; the figures come out.

It knows the driver's six verbs and nothing of any product.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any

import aiohttp

from bench.load.drivers import driver_for
from bench.load.plan import Load
from bench.load.player import Heard, Place, Player
from bench.load.tally import Tally, quantiles
from bench.machine import Reading, read, rss_mb

NOW = time.perf_counter
LOST = (ConnectionError, aiohttp.ClientError, RuntimeError)


class Run:
    def __init__(self, load: Load) -> None:
        self.load = load
        self.driver = driver_for(load)
        self.players: list[Player] = []
        self.tally = Tally()
        self.closed: Counter[str] = Counter()
        self.late: list[float] = []
        self.stop_at = 0.0
        self.closing = False
        self.tasks: set[asyncio.Task[None]] = set()

    async def go(self) -> dict[str, Any]:
        self.players = [Player(n, self.browser()) for n in range(self.load.players)]
        try:
            await self.driver.prepare()
            out = {**asdict(self.load), **await self.connect()}
            if self.load.mode != "cold":
                out |= await self.exchange()
            return out
        finally:
            await self.leave()

    async def connect(self) -> dict[str, Any]:
        """Join, gather, open: timed apart, because the instructor's pairing is nobody's joining."""
        cold = self.load.mode == "cold"
        at_once = len(self.players) if cold else self.load.join_at_once
        rss = rss_mb(self.load.meters.server)
        join = await self._phase(self.driver.join, at_once)
        await self.driver.gather()
        opened = await self._phase(self._open, at_once)
        connected = await self._phase(self._listen, at_once)
        self.find_partners()
        await asyncio.sleep(1.0)
        cpu = join["cpu_s"] + opened["cpu_s"] + connected["cpu_s"]
        seated = rss_mb(self.load.meters.server)
        return {
            "phases": {"join": join, "open": opened, "connect": connected},
            "join_cpu_ms_per_participant": 1000 * cpu / len(self.players),
            "rss_before_mb": rss,
            "rss_connected_mb": seated,
            "rss_per_participant_mb": (seated - rss) / len(self.players),
        }

    async def exchange(self) -> dict[str, Any]:
        """Warm up, measure one window, then give what is under way time to arrive."""
        self.stop_at = NOW() + self.load.warmup + self.load.duration
        for player in self.players:
            if self.load.mode == "rate":
                self.start(self.paced(player))
            elif player.begins:
                self.start(self.send(player, NOW()))
        await asyncio.sleep(self.load.warmup)
        before = read(self.load.meters)
        await asyncio.sleep(max(0.0, self.stop_at - NOW()))
        after = read(self.load.meters)
        out = {"backlog_at_end": self.tally.backlog, "rss_end_mb": rss_mb(self.load.meters.server)}
        out["drain_s"] = await self.drain(self.load.drain)
        figures = self.tally.figures(before.at, after.at)
        late = quantiles([1000 * seconds for seconds in self.late])
        spent = shares(after.since(before), int(str(figures["received_in_window"])))
        return {**out, **figures, **spent, "late_ms": late, "closed": dict(self.closed)}

    async def drain(self, seconds: float) -> float:
        begun = NOW()
        while self.tally.backlog and NOW() < begun + seconds:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
        return NOW() - begun

    def find_partners(self) -> None:
        groups: dict[str, list[Player]] = defaultdict(list)
        for player in self.players:
            if player.place:
                groups[player.place.group].append(player)
        for group in groups.values():
            if len(group) != self.load.group:
                raise SystemExit(f"a group of {len(group)}, not {self.load.group}")
            for player, other in zip(group, [*group[1:], group[0]], strict=True):
                player.partner = other
            group[0].begins = True

    async def send(self, player: Player, at: float) -> None:
        message_id, text = self.driver.encode(player, player.sent)
        player.sent += 1
        self.tally.send(message_id, at)
        await self._put(player, text)

    async def _put(self, player: Player, text: str) -> None:
        try:
            if player.live:
                await player.live.send_str(text)
        except LOST:
            self.closed["send"] += 1

    async def paced(self, player: Player) -> None:
        """Open loop: one message every interval, timed from when it was due."""
        due = NOW() + random.random() * self.load.interval
        while due < self.stop_at and player.live and not player.live.closed:
            wait = due - NOW()
            if wait > 0:
                await asyncio.sleep(wait)
            else:
                self.late.append(-wait)
            await self.send(player, due)
            due += self.load.interval

    async def _read(self, player: Player, socket: aiohttp.ClientWebSocketResponse, live: bool) -> None:
        async for frame in socket:
            if live and frame.type in (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY):
                self.hear(player, self.driver.decode(player, frame.data), NOW())
        if not self.closing:
            self.closed[f"{'live' if live else 'other'}:{socket.close_code}"] += 1

    def hear(self, player: Player, heard: Heard, at: float) -> None:
        for message_id, keys in heard.acked:
            self.tally.acknowledge(message_id, keys, at)
        if heard.refused:
            self.tally.refused[heard.refused] += 1
        for key in heard.partner:
            if self.tally.arrive(key, at) and self.load.mode == "closed":
                self._answer(player)

    def _answer(self, player: Player) -> None:
        """Closed loop: who receives, answers; one message in flight a pair."""
        if NOW() < self.stop_at:
            self.start(self.send(player, NOW()))

    async def _phase(self, act: Callable[[Player], Awaitable[None]], at_once: int) -> dict[str, Any]:
        turn = asyncio.Semaphore(at_once)
        seconds: list[float] = []

        async def one(player: Player) -> None:
            async with turn:
                begun = NOW()
                await act(player)
                seconds.append(NOW() - begun)

        before = read(self.load.meters)
        await asyncio.gather(*(one(player) for player in self.players))
        spent = read(self.load.meters).since(before)
        one_s = quantiles(seconds)
        return {"all_s": spent.at, "cpu_s": spent.server, "database_cpu_s": spent.database, "one_s": one_s}

    async def _open(self, player: Player) -> None:
        player.place = await self.driver.open(player, assets=self.load.mode == "cold")

    async def _listen(self, player: Player) -> None:
        place = player.place
        assert place is not None
        for url in (place.live, *place.others):
            socket = await self.connect_socket(player, place, url)
            player.sockets.append(socket)
            self.start(self._read(player, socket, url == place.live))
        player.live = player.sockets[0]
        for frame in place.hello:
            await player.live.send_str(frame)
        if self.driver.beat_seconds:
            self.start(self._beat(player))

    async def connect_socket(self, player: Player, place: Place, url: str) -> aiohttp.ClientWebSocketResponse:
        return await player.http.ws_connect(
            url,
            compress=15 if self.load.deflate else 0,
            max_msg_size=0,
            headers=place.headers,
            timeout=aiohttp.ClientWSTimeout(ws_close=5),
        )

    async def _beat(self, player: Player) -> None:
        await asyncio.sleep(random.random() * self.driver.beat_seconds)
        while player.live and not player.live.closed:
            await self._put(player, self.driver.beat(player))
            await asyncio.sleep(self.driver.beat_seconds)

    def browser(self) -> aiohttp.ClientSession:
        """A browser of its own: its cookies, at most six connections."""
        return aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True),
            connector=aiohttp.TCPConnector(limit=6),
            timeout=aiohttp.ClientTimeout(total=self.load.timeout),
        )

    def start(self, work: Any) -> None:
        task = asyncio.ensure_future(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def leave(self) -> None:
        self.closing = True
        closing = [socket.close() for player in self.players for socket in player.sockets]
        await asyncio.wait_for(asyncio.gather(*closing, return_exceptions=True), 30)
        for task in list(self.tasks):
            task.cancel()
        for player in self.players:
            await player.http.close()


def shares(spent: Reading, received: int) -> dict[str, Any]:
    """CPU of the window, as shares of a core and per message received."""

    def each(seconds: float) -> float | None:
        return round(1000 * seconds / received, 4) if received else None

    return {
        "server_cpu_ms_per_message": each(spent.server),
        "database_cpu_ms_per_message": each(spent.database),
        "bus_cpu_ms_per_message": each(spent.bus),
        "server_cpu_share": spent.server / spent.at,
        "client_cpu_share": spent.client / spent.at,
        "others_cpu_share": spent.others / spent.at,
    }
