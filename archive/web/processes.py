"""Several processes that serve one archive at one address: Python computes on one core in each.

What they share is the archive itself, the key that sessions are signed with, the count of failures to sign in, and a lock for changes.
"""

from __future__ import annotations

import gc
import os
import secrets
import signal
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.managers import BaseManager
from pathlib import Path
from socket import socket

import uvicorn
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp
from uvicorn.supervisors import Multiprocess

import archive
from archive.web.environment import environment
from archive.web.site import Settings, application
from archive.web.speech import Speech

#: Values that are made before Python looks for garbage among them.
_VALUES = 20_000
#: Templates of the pages that are asked for most, and what they are made of; others are compiled when they are first asked for.
_ASKED_MOST = ("base.html", "macros.html", "search.html", "plan.html")
#: A query that finds something in most archives.
_COMMON = "kế hoạch"
#: Where uvloop is no part of Python's packages (Windows), one process may get all connections.
_LOOP = "auto" if sys.platform == "win32" else "archive.web.turns:FairLoop"
#: Requests that a process takes at once; more are told to come again.
_CONCURRENT = 200


@dataclass(frozen=True, slots=True)
class Served:
    """What is served: the archive in a folder (or at an address), in which languages, how. Called in a process it is the application."""

    where: Path | str
    speech: Callable[[], Mapping[str, Speech]]
    settings: Settings

    def __call__(self) -> ASGIApp:
        """The application of a process of its own, which ends with the one that began it. Raises what `open_archive` raises."""
        _end_with_parent()
        handle = archive.open_archive(self.where, mend=())
        made = application(handle, self.speech(), self.settings)
        make_ready(handle)
        return made


def serve(handle: archive.Archive, served: Served, sockets: Sequence[socket], *, root: str = "", processes: int = 1) -> None:
    """Serves an open archive until it is told to stop: in this process, or in so many others."""
    alone = processes <= 1
    with ExitStack() as until_the_end:
        if not alone:
            shared = _Shared(ctx=get_context("spawn"))  # a fork would hold the address, too
            shared.start(_end_with_parent)
            until_the_end.callback(shared.shutdown)
            settings = replace(served.settings, key=secrets.token_hex(32), limiter=shared.limiter())  # type: ignore[attr-defined]
            served = replace(served, settings=settings)
        config = uvicorn.Config(
            application(handle, served.speech(), served.settings) if alone else served,
            factory=not alone,
            workers=processes,
            loop="auto" if alone else _LOOP,
            root_path=root,
            log_level="warning",
            server_header=False,
            limit_concurrency=_CONCURRENT,
            ws="none",
        )
        if alone:
            make_ready(handle)
            uvicorn.Server(config).run(sockets=list(sockets))
        else:
            Multiprocess(config, list(sockets)).run()


def make_ready(handle: archive.Archive) -> None:
    """Makes what a process makes once, before it answers anybody: templates, the grammar of queries, statements, what facets are counted
    by. It is a second, for which else the first of each page would wait."""
    for name in _ASKED_MOST:
        environment().get_template(name)
    with suppress(archive.errors.ArchiveError):  # the page that meets it says so
        archive.facets(handle, "")
        for hit in archive.search(handle, _COMMON, limit=1).hits:
            archive.document_page(handle, str(hit.document.id))
    spare_collecting()


def spare_collecting() -> None:
    """Has Python look for garbage less often, and not among what is there for good: a page makes some ten thousand values, hardly any of
    which hold one another, and a tenth of its time went into looking at them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_VALUES, 20, 20)


class _Shared(BaseManager):
    """A process that keeps what the others share."""


def _limiter() -> MovingWindowRateLimiter:
    return MovingWindowRateLimiter(MemoryStorage())


_Shared.register("limiter", _limiter, exposed=("test", "hit"))


def _end_with_parent() -> None:
    """Ends this process when that which began it is killed: nobody would watch it any more, and it would hold the address."""

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            wait([parent.sentinel])
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="parent", daemon=True).start()
