"""Parley: the class link, a name, the hub, the room page; then the page's own websocket.

Offers carry no mark that only one message has, so a message is told by its room and its number there. Everybody at
a table sees every event under the same number, and the acknowledgement says which numbers a command got. At a table
of many each counts, and answers, what the party before it says; the others' frames are read as the page reads them.
"""

from __future__ import annotations

import asyncio
import html
import json
import re
import uuid
from typing import Any

from bench.load.drivers.base import Driver
from bench.load.player import Heard, Place, Player, line

DATA = re.compile(r'<script id="room-data" type="application/json">(.*?)</script>', re.S)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
MESSAGES = ("message.said", "offer.made")
ACRES = ("a30", "a40", "a50")
TAPS = ("farmer", "shared", "neighbour")
CABINS = ("none", "two", "four", "six")
DATES = ("may", "august", "november")


class ParleyDriver(Driver):
    beat_seconds = 5.0  # as static/js/room/socket.js does while the page is in sight

    async def join(self, player: Player) -> None:
        code = self.load.ways["code"]
        link = f"{self.base}/j/{code}/"
        async with player.http.get(link) as reply:
            reply.raise_for_status()
            page = await reply.text()
        token = TOKEN.search(page)
        if not token:
            raise ValueError("the join page is not as expected")
        form = {
            "csrfmiddlewaretoken": html.unescape(token[1]),
            "code": code,
            "name": f"Player {player.index}",
        }
        async with player.http.post(link, data=form, headers={"Origin": self.base}) as reply:
            reply.raise_for_status()
            player.ticket = str(reply.url)
            if "/seat/" not in player.ticket:
                raise ValueError(f"joining led to {player.ticket}")
            await reply.read()

    async def gather(self) -> None:
        """The instructor pairs the class and opens the tables, with the same actions as the board's buttons."""
        pairing = await asyncio.create_subprocess_exec(
            *self.load.ways["pair"], env=self.load.ways["env"], stdout=asyncio.subprocess.DEVNULL
        )
        if await pairing.wait():
            raise RuntimeError("the class could not be paired")

    async def open(self, player: Player, assets: bool) -> Place:
        async with player.http.get(player.ticket) as reply:
            reply.raise_for_status()
            page = await reply.text()
        found = DATA.search(page)
        if not found:
            raise ValueError(f"{reply.url} is no room page")
        data = json.loads(found[1])
        if assets:
            await self.fetch_files(player, page)
        player.applied = int(data["head"])
        self.issues = data["issues"]
        return self._place(data)

    def _place(self, data: dict[str, Any]) -> Place:
        """With two processes the sides of a table talk through different ones."""
        party = data["me"]["party"]
        parties = [one["id"] for one in data["parties"]][: self.load.group]
        base = self.load_base(parties.index(party))
        return Place(
            group=data["room"]["id"],
            live=base.replace("http", "ws", 1) + data["urls"]["socket"],
            origin=base,
            party=party,
            before=parties[parties.index(party) - 1],
            hello=(json.dumps({"t": "resume", "after": data["head"]}),),
        )

    def load_base(self, side: int) -> str:
        return self.load.bases[side % len(self.load.bases)]

    def beat(self, player: Player) -> str:
        return json.dumps({"t": "ping", "seen": player.applied})

    def encode(self, player: Player, n: int) -> tuple[str, str]:
        message_id = str(uuid.uuid4())
        if self.is_line(n):
            return message_id, json.dumps({"t": "say", "id": message_id, "text": line(self.load.chars)})
        return message_id, json.dumps(
            {"t": "offer", "id": message_id, "packages": [self.package(player.index + n)]}
        )

    def package(self, n: int) -> dict[str, Any]:
        """The n-th of many: of the farm's leases, or of a simulation whose issues are choices that always apply."""
        if self.load.group == 2:
            return package(n)
        return {
            issue["id"]: issue["options"][(n + place) % len(issue["options"])]["id"]
            for place, issue in enumerate(self.issues)
        }

    def decode(self, player: Player, text: str) -> Heard:
        data = json.loads(text)
        place = player.place
        assert place is not None
        if data["t"] == "ack":
            keys = [f"{place.group}:{n}" for n in range(data["first"], data["last"] + 1)]
            return Heard(acked=[(data["id"], keys)])
        if data["t"] == "err":
            return Heard(refused=data["code"])
        return Heard(partner=self._partners(player, place, data.get("events", ())))

    def _partners(self, player: Player, place: Place, events: list[dict[str, Any]]) -> list[str]:
        """As the page does: an event is applied once, in its turn."""
        found = []
        for event in events:
            if event["n"] <= player.applied:
                continue
            if event["n"] > player.applied + 1:
                raise ValueError(f"a hole in the events: {event['n']} after {player.applied}")
            player.applied = event["n"]
            if event["type"] in MESSAGES and event["party"] == place.before:
                found.append(f"{place.group}:{event['n']}")
        return found


def package(n: int) -> dict[str, Any]:
    """The n-th of many packages of Mountain View Farm: all seven terms of a lease."""
    return {
        "form": "lease15",
        "rent": 4000 + 500 * (n % 17),
        "acres": ACRES[n % 3],
        "sugarbush": TAPS[n // 3 % 3],
        "cabins": CABINS[n % 4],
        "handover": DATES[n // 4 % 3],
        "trail_bonus": 5000 * (n % 7),
    }
