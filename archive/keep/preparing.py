"""Files read and parsed ahead of their turn, by as many processes as wanted, and given back in the order in which they came.

What comes out is the same with one process and with many. Readers of binary formats start processes of their own, so that threads are
enough to read; what keeps the interpreter busy, parsing and making rows and words of it (`keep.drafting`), goes to worker processes.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Protocol

from archive.errors import ExtraMissing
from archive.keep.drafting import Made, Make, tried
from kehoach_parser import ReadError, Text
from kehoach_parser.errors import Unreadable

#: Told of pages done and pages in all.
Step = Callable[[int, int], None]

#: With fewer files it takes longer to start processes than to parse.
FEW = 16
#: A worker is replaced after so many texts: what libraries keep of them does not pile up.
_TEXTS = 500
#: Files on their way, for each worker: enough that none waits, few enough that memory does not grow with the run.
_AHEAD = 3


@dataclass(frozen=True, slots=True)
class Incoming:
    """The bytes of a file: its ``name``, what results call it (``shown``), its hash, and where it lies."""

    data: bytes
    name: str | None
    shown: str | None
    sha256: str
    path: Path | None


@dataclass(frozen=True, slots=True)
class Read:
    """A file that was read, and what was made of its text."""

    text: Text
    made: Made


#: What became of a file on its way.
Prepared = Read | ReadError


@dataclass(frozen=True, slots=True)
class Ahead:
    """What files that are read at once share: the threads that wait for pages of pictures, and whether the run was ``stopped``."""

    pool: Executor
    stopped: Event

    def watched(self, step: Step | None) -> Step:
        """A step of the reader that goes no further once the run was stopped: pages that have not begun are not begun."""

        def each(done: int, total: int) -> None:
            if self.stopped.is_set():
                raise CancelledError
            if step is not None:
                step(done, total)

        return each


#: Reads a file; with what it shares, where several are read at once.
Reader = Callable[[Incoming, Ahead | None], Text]
#: Makes of a text what is stored, or says why that failed.
_Attempt = Callable[[Text], Made | str]


def prepare(read: Reader, make: Make, incoming: Incoming) -> Prepared:
    """Reads and parses one file."""
    return _prepared(read, partial(tried, make), incoming, None)


def _prepared(read: Reader, attempt: _Attempt, incoming: Incoming, ahead: Ahead | None) -> Prepared:
    try:
        text = read(incoming, ahead)
    except ReadError as error:
        return error
    found = attempt(text)
    return Unreadable(incoming.shown or "-", reason=found) if isinstance(found, str) else Read(text, found)


class Helpers(Protocol):
    """Other processes that make things of texts: those of this machine (`Workers`), or a cluster's. ``jobs`` is how many at once."""

    jobs: int

    def tried(self, text: Text) -> Made | str:
        """What is made of a text, or why that failed; called from several threads."""

    def close(self) -> None:
        """Lets go of them."""


def prepare_all(
    read: Reader, make: Make, files: Iterable[Incoming | None], jobs: int, cluster: str | None = None
) -> Generator[Prepared | None, None, None]:
    """The files, read and parsed, in their order; None stands for what needs neither and keeps its place. By processes of this machine, or
    by those of a ``cluster``, the address of its scheduler. Raises ClusterAway, ClusterDiffers, ExtraMissing."""
    if cluster is not None:
        yield from _prepared_by(_cluster(cluster, make), read, files)
        return
    waiting = iter(files)
    first = list(islice(waiting, FEW if jobs > 1 else 0))
    every = chain(first, waiting)
    if len(first) < FEW:
        yield from (None if one is None else prepare(read, make, one) for one in every)
        return
    yield from _prepared_by(Workers(make, jobs), read, every)


def _cluster(address: str, make: Make) -> Helpers:
    try:
        from archive.keep.cluster import Cluster
    except ModuleNotFoundError as error:
        raise ExtraMissing(name="cluster") from error
    return Cluster(address, make)


def _prepared_by(helpers: Helpers, read: Reader, files: Iterable[Incoming | None]) -> Iterator[Prepared | None]:
    jobs = helpers.jobs
    with closing(helpers), ThreadPoolExecutor(cores()) as pages, ThreadPoolExecutor(jobs) as readers:
        ahead = Ahead(pages, Event())
        try:
            yield from _in_order(lambda one: readers.submit(_prepared, read, helpers.tried, one, ahead), iter(files), jobs * _AHEAD)
        finally:
            ahead.stopped.set()


def _in_order(begin: Callable[[Incoming], Future[Prepared]], files: Iterator[Incoming | None], ahead: int) -> Iterator[Prepared | None]:
    """Begins so many ahead, and gives each when its turn comes. Stopped early, what has not begun is not begun."""
    going: deque[Future[Prepared] | None] = deque()
    try:
        for one in files:
            going.append(None if one is None else begin(one))
            if len(going) > ahead:
                yield _result(going.popleft())
        while going:
            yield _result(going.popleft())
    finally:
        for future in going:
            if future is not None:
                future.cancel()


def _result(future: Future[Prepared] | None) -> Prepared | None:
    return None if future is None else future.result()


class Workers:
    """Processes that parse. One that dies takes no other text with it: those that were on their way with it are parsed again, one by one,
    and the one with which a worker dies alone is the one that failed."""

    def __init__(self, make: Make, jobs: int) -> None:
        self._make, self.jobs = make, jobs
        self._pool = self._started(jobs)
        self._alone = Lock()

    def tried(self, text: Text) -> Made | str:
        """What is made of a text, or why that failed; called from several threads."""
        pool = self._pool
        try:
            return pool.submit(tried, self._make, text).result()
        except (RuntimeError, CancelledError):  # a worker died, perhaps with another text
            return self._tried_apart(pool, text)

    def _tried_apart(self, broken: ProcessPoolExecutor, text: Text) -> Made | str:
        with self._alone:
            if self._pool is broken:  # the first to notice
                self._pool = self._started(self.jobs)
                broken.shutdown(wait=False, cancel_futures=True)
            with self._started(1) as apart:
                try:
                    return apart.submit(tried, self._make, text).result()
                except BrokenProcessPool as error:
                    return f"{type(error).__name__}: {error}"

    def close(self) -> None:
        """Ends the processes."""
        self._pool.shutdown(cancel_futures=True)

    @staticmethod
    def _started(jobs: int) -> ProcessPoolExecutor:
        # Not forked: threads and an open database do not go through a fork.
        return ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_begin, max_tasks_per_child=_TEXTS)


def _begin() -> None:
    """Ctrl-C is for the process that stores: it lets the workers end. Where it is killed itself, they end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if parent := parent_process():
        Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)


def cores() -> int:
    """The processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
