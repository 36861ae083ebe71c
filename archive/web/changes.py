"""What a form sends, and what becomes of it: done under the name of whoever sent it; then the browser is led on to a page that says so.

Led on (303), a page that is loaded again sends nothing again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

import archive
from archive.web.people import EDITOR
from archive.web.visit import MOST_TYPED, Visit

#: Bytes of a form without files.
MOST_FORM = 100_000


@dataclass(frozen=True, slots=True)
class Sent:
    """The fields of a form."""

    form: FormData

    def typed(self, name: str, most: int = MOST_TYPED) -> str:
        """What was typed into a field, without blanks around it; "" where nothing was."""
        value = self.form.get(name)
        if not isinstance(value, str):
            return ""
        if len(value) > most:
            raise HTTPException(400, detail="too-long")
        return value.strip()

    def files(self, name: str) -> list[UploadFile]:
        """The files of a field; one that was left empty has none."""
        return [each for each in self.form.getlist(name) if isinstance(each, UploadFile) and each.filename]


@dataclass(frozen=True, slots=True)
class Done:
    """What a change came to: the page that follows, and what is said there ("" for nothing)."""

    next: str
    said: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """A change: who may make it, how much may be sent, and what makes it. ``reads``: it changes nothing, and no change waits for it."""

    do: Callable[[Visit, Sent], Done | Response]
    role: str = EDITOR
    most: int = MOST_FORM
    reads: bool = False


def led_on(visit: Visit, done: Done) -> Response:
    """The answer to a change that was made; the page that follows offers to undo it where that can be."""
    path, mark, place = done.next.partition("#")
    asked = {"said": done.said, "entry": _entry(visit)} if done.said else {}
    return RedirectResponse(visit.links.prefix + _with(path, asked) + mark + place, 303)


def _entry(visit: Visit) -> int | None:
    """The number of the change in the journal; None where nothing was changed."""
    mine = (one.id for one in archive.entries(visit.archive, limit=5) if one.at == visit.moment and one.who == visit.archive.who)
    return next(mine, None)


def _with(path: str, asked: Mapping[str, object]) -> str:
    told = "&".join(f"{name}={value}" for name, value in asked.items() if value)
    return path + (("&" if "?" in path else "?") + told if told else "")


def next_of(sent: Sent, otherwise: str) -> str:
    """The page that a form says should follow: one of ours, without what was said on it before."""
    typed = sent.typed("next")
    parts = urlsplit(typed)
    if not typed.startswith("/") or typed[1:2] in ("/", "\\") or parts.scheme or parts.netloc or not typed.isprintable():
        return otherwise
    kept = "&".join(each for each in parts.query.split("&") if each and not each.startswith(("said=", "entry=")))
    return parts.path + (f"?{kept}" if kept else "") + (f"#{parts.fragment}" if parts.fragment else "")
