"""A progress bar of the pages of one file that are read from images, shown when the first of them is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import PurePath
from threading import Lock

from archive.terminal.progress import PAGES, Step, progress
from archive.terminal.session import Session

#: Called with (name of the file, pages done, pages in all).
PageStep = Callable[[str, int, int], None]
#: Letters of a file's name that the bar shows.
_NAME = 30


@contextmanager
def page_progress(session: Session) -> Iterator[PageStep]:
    """What it gives is told of every page; every file has a bar of its own."""
    with ExitStack() as shown:
        bars: dict[str, Step] = {}
        one_at_a_time = Lock()  # files are read in several threads

        def step(name: str, done: int, total: int) -> None:
            with one_at_a_time:
                if name not in bars:
                    shown.close()
                    bars.clear()
                    label = session.words.say("progress.pages", name=PurePath(name).name[-_NAME:])
                    bars[name] = shown.enter_context(progress(label, session.words, rates=PAGES))
                bars[name](done, total)

        yield step
