"""The in-memory channel layer of a single process, safe to use from every thread.

It must not know what travels: nudges without content.
"""

from __future__ import annotations

import asyncio
from typing import Any

from channels.layers import InMemoryChannelLayer


class InMemoryLayer(InMemoryChannelLayer):
    """Channels' own layer wakes only receivers of the calling loop; this one hops to the loop that receives."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner: asyncio.AbstractEventLoop | None = None

    async def receive(self, channel: str) -> dict[str, Any]:
        self.owner = asyncio.get_running_loop()
        return await super().receive(channel)  # type: ignore[no-any-return]

    async def send(self, channel: str, message: dict[str, Any]) -> None:
        await self._hop(super().send(channel, message))

    async def group_send(self, group: str, message: dict[str, Any]) -> None:
        await self._hop(super().group_send(group, message))

    async def _hop(self, sending: Any) -> None:
        owner = self.owner
        if owner is None or owner.is_closed() or owner is asyncio.get_running_loop():
            await sending
        else:
            await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(sending, owner))
