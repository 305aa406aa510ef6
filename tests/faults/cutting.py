"""A wire between a house and Postgres that loses replies: what was committed is never answered for.

It forwards bytes and knows of the protocol only what it was told to look for.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from psycopg.conninfo import conninfo_to_dict, make_conninfo

#: A writer of the log sends its drafts in this form.
WRITING = b'"type":"message.said"'
CHUNK = 65536


class CuttingWire:
    """Cuts the connection on every `every`-th reply to an append, after Postgres has given that reply."""

    def __init__(self, address: str, every: int) -> None:
        parts = conninfo_to_dict(address)
        self.target = f"{parts['host']}/.s.PGSQL.{parts.get('port', 5432)}"
        self.parts, self.every = parts, every
        self.seen = self.cuts = 0
        self.address = ""

    async def forward(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        up_reader, up_writer = await asyncio.open_unix_connection(self.target)
        due = asyncio.Event()
        asking = asyncio.create_task(self._ask(reader, up_writer, due))
        try:
            while reply := await up_reader.read(CHUNK):
                if due.is_set():
                    self.cuts += 1
                    break
                writer.write(reply)
                await writer.drain()
        except OSError:
            pass
        finally:
            asking.cancel()
            for end in (writer, up_writer):
                end.close()

    async def _ask(
        self, reader: asyncio.StreamReader, up_writer: asyncio.StreamWriter, due: asyncio.Event
    ) -> None:
        try:
            while asked := await reader.read(CHUNK):
                if WRITING in asked:
                    self.seen += 1
                    if self.seen % self.every == 0:
                        due.set()
                up_writer.write(asked)
                await up_writer.drain()
        except OSError:
            pass
        up_writer.close()


@asynccontextmanager
async def cutting_wire(address: str, every: int) -> AsyncIterator[CuttingWire]:
    wire = CuttingWire(address, every)
    server = await asyncio.start_server(wire.forward, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    parts = {**wire.parts, "host": host, "port": port, "sslmode": "disable", "gssencmode": "disable"}
    wire.address = make_conninfo("", **parts)
    try:
        yield wire
    finally:
        server.close()
