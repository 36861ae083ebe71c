"""Connections go to the processes of one address in turns.

A listening socket that several processes share gives all who connect at once to the process that looks first: it takes one after the other
until none waits. Browsers keep their connections, so that one process then makes all pages and another none: of 20 clients who came at once
between 10 and 20 were at one of two processes, and a page took two and a half times as long. Here a process takes one connection and then
leaves the next to the others for a moment; where all others are at work it takes that, too.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from socket import socket
from typing import Any

import uvloop

#: For so many seconds a process takes no other connection; others that have nothing to do look at once.
_PAUSE = 0.002
#: After a failure (too many open files) it waits so many seconds.
_FAILED = 1.0


class Turns:
    """Takes the connections of a listening socket, one and a pause at a time, until it is closed: of a server what uvicorn asks for."""

    def __init__(self, loop: asyncio.AbstractEventLoop, protocol: Callable[[], asyncio.Protocol], listening: socket) -> None:
        self._loop, self._protocol, self._listening = loop, protocol, listening
        self._taking = loop.create_task(self._take())

    async def _take(self) -> None:
        while True:
            try:
                connection, _ = await self._loop.sock_accept(self._listening)
            except OSError as failure:
                self._loop.call_exception_handler({"message": "no connection could be taken", "exception": failure})
                await asyncio.sleep(_FAILED)
                continue
            with suppress(OSError):  # who connected has gone already
                await self._loop.connect_accepted_socket(self._protocol, connection)
            await asyncio.sleep(_PAUSE)

    def close(self) -> None:
        """Takes no more; those taken stay."""
        self._taking.cancel()

    async def wait_closed(self) -> None:
        """Returns when none is being taken any more."""
        await asyncio.wait((self._taking,))


class FairLoop(uvloop.Loop):
    """An event loop whose servers take connections in turns with those of other processes."""

    async def create_server(self, protocol_factory: Any, *addresses: Any, sock: socket | None = None, **options: Any) -> Any:
        """A server of ``sock``; of an address, as ever."""
        if sock is None:
            return await super().create_server(protocol_factory, *addresses, **options)
        sock.listen(options.get("backlog", 100))
        sock.setblocking(False)
        return Turns(self, protocol_factory, sock)
