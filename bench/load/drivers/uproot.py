"""uproot (PyPI: uproot-science): the open room, the grouping page, the page's websocket."""

from __future__ import annotations

import json
import re
from typing import Any, NamedTuple

from bench.load.drivers.base import Driver
from bench.load.drivers.otree import twin_heard, twin_message
from bench.load.player import Heard, Place, Player

VARS = re.compile(r"uproot\.vars = (\{.*?\});\n")


class Page(NamedTuple):
    vars: dict[str, Any]
    number: str
    where: str
    token: str


class UprootDriver(Driver):
    async def open(self, player: Player, assets: bool) -> Place:
        async with player.http.post(self.base + "/room/test/") as reply:
            reply.raise_for_status()
            text = await reply.text()
        text = await self._submit(player, text)
        page = read_page(text)
        live = self.base.replace("http", "ws", 1) + "/ws" + page.where
        if "group" not in page.vars:
            await self._wait_for_group(player, live)
            text = await self._submit(player, text)
            page = read_page(text)
        if assets:
            await self.fetch_files(player, text)
        return Place(group=page.vars["group"], live=live, origin=self.base)

    def encode(self, player: Player, n: int) -> tuple[str, str]:
        message_id = f"{player.index}-{n}"
        call = {"mname": "say", "args": [twin_message(self, message_id, n)], "kwargs": {}}
        return message_id, json.dumps({"endpoint": "invoke", "future": 100 + n, "payload": call})

    def decode(self, player: Player, text: str) -> Heard:
        data = json.loads(text)
        if data["kind"] == "queue" and data["payload"]["entry"].get("event") == "Said":
            return twin_heard(player, data["payload"]["entry"]["data"]["id"])
        if data["kind"] == "invoke" and not data["payload"]["error"]:
            return Heard()
        return Heard(refused=data["kind"])

    async def _submit(self, player: Player, text: str) -> str:
        page = read_page(text)
        form = {"_uproot_from": page.number, "_uproot_csrf": page.token}
        async with player.http.post(self.base + "/p" + page.where, data=form) as reply:
            reply.raise_for_status()
            return await reply.text()

    async def _wait_for_group(self, player: Player, live: str) -> None:
        call = {"mname": "please_group", "args": [], "kwargs": {}}
        socket = await player.http.ws_connect(live, headers={"Origin": self.base})
        await socket.send_str(json.dumps({"endpoint": "invoke", "future": 1, "payload": call}))
        async for frame in socket:
            if _is_grouped(json.loads(frame.data)):
                break
        await socket.close()


def read_page(text: str) -> Page:
    found = VARS.search(text)
    if not found:
        raise ValueError("uproot's page is not as expected")
    values = json.loads(found[1])
    inner = values["_uproot_internal"]
    where = f"/{inner['sname']}/{inner['uname']}/"
    token = f"{inner['sname']}+{inner['uname']}+{inner['key']}"
    return Page(values, str(inner["thisis"]), where, token)


def _is_grouped(data: dict[str, Any]) -> bool:
    if data["kind"] == "invoke":
        return bool(data["payload"]["data"][0] == "submit")
    return data["kind"] == "queue" and data["payload"]["entry"].get("event") == "Grouped"
