"""How a file is read: what the caller keeps for the reader, and how it wants to be told."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import Protocol

#: Called with (pages done, pages in all) while pages are read from images.
Step = Callable[[int, int], None]


class PageStore(Protocol):
    """Keeps what OCR read, page by page, so that a run that was stopped goes on where it was.

    A key names the file by its hash, the page, and the engine with version, language and resolution; a value is JSON.
    """

    def load(self, key: str) -> str | None:
        """What was saved under this key, or None."""

    def save(self, key: str, page: str) -> None:
        """Keeps a page. Called from the thread that reads the file."""


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """``pages`` keeps pages that were read from images (None: nobody does), ``step`` is told of each, ``workers`` is how many processes may
    read pages at once (None: one for each core), ``pool`` are the threads that wait for them, where several files share them."""

    pages: PageStore | None = None
    step: Step | None = None
    workers: int | None = None
    pool: Executor | None = None
