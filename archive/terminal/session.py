"""What every command knows of the run: the words of its language, where the archive is, and the two streams it writes to."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

import typer

import archive
from archive.terminal import streams
from archive.terminal.messages import Messages

if TYPE_CHECKING:
    from rich.console import Console


DEFAULT_ARCHIVE = "kehoach-archive"

#: Columns of a "screen" that is a pipe or a file: nothing is wrapped or cut there.
UNLIMITED = 100_000


@dataclass(slots=True)
class Printed:
    """Whether the one JSON object of a run, its answer or its error, stands on stdout already."""

    answer: bool = False


@dataclass(frozen=True, slots=True)
class Session:
    """One run of the program. ``archive`` is the folder or address given with ``--archive``, or None."""

    words: Messages
    environ: Mapping[str, str]
    archive: str | None = None
    printed: Printed = field(default_factory=Printed)

    def place(self, given: str | None = None) -> Path | str:
        """Where the archive lies, a folder or an address: ``given`` at the command, else before it, else KEHOACH_ARCHIVE, else
        ./kehoach-archive."""
        return placed(given or self.archive or self.environ.get("KEHOACH_ARCHIVE") or DEFAULT_ARCHIVE)

    def warn(self, text: str) -> None:
        """A line to the person at the screen (stderr), never part of the data, and after the data printed so far."""
        sys.stdout.flush()
        print(text, file=sys.stderr, flush=True)


def placed(given: str) -> Path | str:
    """A folder or an address as it was typed. A folder in full, so that a message about it says where it was looked for."""
    return given if archive.is_address(given) else Path(given).absolute()


#: What is mended before every question; `search` asks for the index, too, which takes longer to open than most answers.
QUESTION = ("rows", "resolution")


@contextmanager
def opened(session: Session, folder: str | None, *, create: bool = False, mend: Iterable[str] = QUESTION) -> Iterator[archive.Archive]:
    """The archive of a command. What could not be mended is told at the end, when the answer that was printed in the block stands there."""
    with archive.open_archive(session.place(folder), create=create, mend=mend) as handle:
        yield handle
        for what in sorted(handle.stale):
            session.warn(session.words.say(f"stale.{what}"))


def session_of(context: typer.Context) -> Session:
    """The session of a command's context."""
    session: Session = context.obj
    return session


def console(*, stderr: bool = False) -> Console:
    """A Rich console on stdout (or stderr): as wide as the terminal, without limit and without colour where it is none."""
    stream = sys.stderr if stderr else sys.stdout
    return streams.console(stderr=stderr, width=None if stream.isatty() else UNLIMITED, highlight=False, markup=False, emoji=False)


def with_archive(session: Session, folder: str | None) -> Session:
    """The session with the folder that was given before the command."""
    return replace(session, archive=folder) if folder else session
