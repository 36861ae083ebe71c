"""A progress bar with rate and remaining time on stderr, where a person watches; nothing at all elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from archive.terminal.messages import Messages
from archive.terminal.session import console

#: Called with (done, total).
Step = Callable[[int, int], None]

DOCUMENTS = ("progress.per-second", "progress.seconds-each")
PAGES = ("progress.pages-per-second", "progress.seconds-a-page")


@contextmanager
def progress(label: str, words: Messages, *, wanted: bool = True, rates: tuple[str, str] = DOCUMENTS) -> Iterator[Step]:
    """A bar named ``label`` while the block runs, if ``wanted``; call what it gives with (done, total).

    ``rates``: the keys of the messages for how many a second, and how many seconds for one.
    """
    if not wanted or not sys.stderr.isatty():
        yield _quiet
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(ProgressColumn):
        """Items a second, or seconds an item where it is slower."""

        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            if not speed:
                return Text("")
            if speed >= 1:
                return Text(words.say(rates[0], count=f"{speed:.1f}"))
            return Text(words.say(rates[1], count=f"{1 / speed:.1f}"))

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(), TimeRemainingColumn())
    # Rich would send everything printed meanwhile to the bar's own stream: data must stay on stdout.
    with Progress(*columns, console=console(stderr=True), transient=True, redirect_stdout=False) as shown:
        task = shown.add_task(label, total=None)
        yield lambda done, total: shown.update(task, completed=done, total=total)


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""
