"""The in-memory layer wakes a receiver whatever thread and loop the sender is on."""

from __future__ import annotations

import asyncio
import threading

from asgiref.sync import async_to_sync

from config.layers import InMemoryLayer


async def test_message_from_another_thread_arrives() -> None:
    layer = InMemoryLayer()
    channel = await layer.new_channel()
    await layer.group_add("rooms", channel)
    receiving = asyncio.create_task(layer.receive(channel))
    await asyncio.sleep(0)

    send = async_to_sync(layer.group_send)
    thread = threading.Thread(target=send, args=["rooms", {"type": "nudge", "room": "7"}])
    thread.start()

    assert await asyncio.wait_for(receiving, 5) == {"type": "nudge", "room": "7"}
    await asyncio.to_thread(thread.join)


async def test_message_on_the_own_loop_arrives() -> None:
    layer = InMemoryLayer()
    await layer.send("one", {"type": "nudge"})
    assert await layer.receive("one") == {"type": "nudge"}
