"""oTree 6: a session by REST, the session-wide start link, the page's /live websocket."""

from __future__ import annotations

import html
import json
import re

import aiohttp

from bench.load.drivers.base import Driver
from bench.load.player import Heard, Place, Player, line

LIVE = re.compile(r'id="otree-live"[^>]*data-socket-url="([^"]+)"')
ADVANCE = re.compile(r'id="websocket-redirect"[^>]*data-socket-url="([^"]+)"', re.S)
VARS = re.compile(r"var js_vars = (\{.*?\});</script>")


def twin_message(driver: Driver, message_id: str, n: int) -> dict[str, object]:
    """What the peers' twin apps understand: five issues, or a line of chat."""
    if driver.is_line(n):
        return {"type": "chat", "id": message_id, "body": line(driver.load.chars)}
    issues = {
        "price": 500 + n % 100,
        "delivery_days": 1 + n % 60,
        "warranty_months": n % 48,
        "volume": 1000 + n % 1000,
        "upfront_percent": n % 100,
    }
    return {"type": "offer", "id": message_id, "issues": issues}


def twin_heard(player: Player, message_id: str) -> Heard:
    """The twin apps send to the whole group: an own message coming back is its acknowledgement."""
    if message_id.startswith(f"{player.index}-"):
        return Heard(acked=[(message_id, [message_id])])
    return Heard(partner=[message_id])


class OTreeDriver(Driver):
    start = ""

    async def prepare(self) -> None:
        body = {"session_config_name": "bargain", "num_participants": self.load.players}
        async with (
            aiohttp.ClientSession() as http,
            http.post(self.base + "/api/sessions", json=body) as reply,
        ):
            reply.raise_for_status()
            self.start = (await reply.json())["session_wide_url"]

    async def open(self, player: Player, assets: bool) -> Place:
        async with player.http.get(self.start) as reply:
            reply.raise_for_status()
            page = await reply.text()
        if assets:
            await self.fetch_files(player, page)
        return read_place(page, self.base.replace("http", "ws", 1))

    def encode(self, player: Player, n: int) -> tuple[str, str]:
        message_id = f"{player.index}-{n}"
        return message_id, json.dumps(twin_message(self, message_id, n))

    def decode(self, player: Player, text: str) -> Heard:
        data = json.loads(text)
        payload = data.get("live_method_payload") or {}
        if data.get("otree_success") is False or payload.get("type") not in ("offer", "chat"):
            return Heard(refused=str(payload.get("type", "failed")))
        return twin_heard(player, payload["id"])


def read_place(page: str, sockets: str) -> Place:
    """The live socket, and the second one that every page opens to be moved on by."""
    live, advance, found = LIVE.search(page), ADVANCE.search(page), VARS.search(page)
    if not (live and advance and found):
        raise ValueError("oTree's page is not as expected")
    return Place(
        group=str(json.loads(found[1])["group"]),
        live=sockets + html.unescape(live[1]),
        others=(sockets + html.unescape(advance[1]),),
    )
