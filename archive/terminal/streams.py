"""The one door to the person at the screen: what a document or the name of a file says never tells a terminal what to do.

`guarded` stands before stdout and stderr while the program runs; everything that is printed, by us, by Typer, by Python, goes through it.
Rich writes sequences of its own, past it, and so its texts go through `console`. What is data for a program passes as it is: JSON with
the signs escaped (`print_json`), tables and calendars where no terminal reads them (`print_data`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import IO, TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from rich.console import Console

#: Signs that a terminal obeys instead of showing them: the controls of ISO 6429 (C0 and C1 without tab and line end), the marks by which
#: Unicode turns the direction of writing (Trojan Source, CVE-2021-42574), its line ends, and signs that are never seen (tags, annotations).
OBEYED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufff9-\ufffb\U000e0000-\U000e007f]|\r(?!\n)"
)
#: Pictures of the controls up to U+001F and of DEL (block "Control Pictures"); what has none is shown as what cannot be shown.
_PICTURES = {**{code: 0x2400 + code for code in range(0x20)}, 0x7F: 0x2421}
_UNSEEN = "\ufffd"


def seen(text: str) -> str:
    """``text`` as it is shown: each sign that a terminal would obey as a picture of it, so that the text keeps its length."""
    return OBEYED.sub(lambda sign: chr(_PICTURES.get(ord(sign.group()), ord(_UNSEEN))), text)


def escaped(json: str) -> str:
    """A JSON text with these signs as escapes: it says the same, and no terminal obeys it."""
    return OBEYED.sub(_escape, json)


def _escape(sign: re.Match[str]) -> str:
    units = sign.group().encode("utf-16-be")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))


class _Guard:
    """A stream on which everything is written as it is `seen`; all else is the stream's own."""

    def __init__(self, stream: IO[str]) -> None:
        self.unguarded = stream

    def write(self, text: str) -> int:
        return self.unguarded.write(seen(text))

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.unguarded, name)


@contextmanager
def guarded() -> Iterator[None]:
    """While the block runs, stdout and stderr show what they would otherwise obey."""
    out, err = (cast("IO[str]", _Guard(stream)) for stream in (sys.stdout, sys.stderr))
    with redirect_stdout(out), redirect_stderr(err):
        yield


def _unguarded(stream: IO[str]) -> IO[str]:
    return stream.unguarded if isinstance(stream, _Guard) else stream


def print_json(json: str) -> None:
    """JSON on stdout, which keeps what documents say in escapes."""
    print(escaped(json.removesuffix("\n")))


def print_data(text: str) -> None:
    """A table or a calendar for another program on stdout, as it is; a terminal is shown it as all else."""
    stream = sys.stdout if sys.stdout.isatty() else _unguarded(sys.stdout)
    stream.write(text if text.endswith("\n") else text + "\n")


def console(*, stderr: bool = False, **settings: Any) -> Console:
    """A Rich console on stdout (or stderr) whose texts are shown as they are `seen`; ``settings`` are Rich's own."""
    from rich.console import Console
    from rich.text import Text

    class Guarded(Console):
        """Texts are changed before they are laid out, so that lines are as long as they look; whatever else comes, as it leaves."""

        def render(self, renderable: Any, options: Any = None) -> Any:
            if isinstance(renderable, Text) and OBEYED.search(renderable.plain):
                renderable = renderable.copy()
                renderable.plain = seen(renderable.plain)
            for segment in super().render(renderable, options):
                yield segment if segment.control else segment._replace(text=seen(segment.text))

    return Guarded(file=_unguarded(sys.stderr if stderr else sys.stdout), **settings)
