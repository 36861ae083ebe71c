"""A request as the pages see it: the archive, the words of its language, what was asked for, and how an answer is made."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from jinja2 import Environment
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

import archive
from archive import values
from archive.web.links import Links
from archive.web.people import ADMINISTRATOR, EDITOR, User
from archive.web.rows import Rows
from archive.web.sessions import Session
from archive.web.speech import LANGUAGES, Words

#: Letters that a field of a form may hold.
MOST_TYPED = 1_000
#: Rows of a page of a list.
PAGE = 25
#: Pages of a list that can be turned to; what lies behind is found by narrowing it.
MOST_PAGES = 400
COOKIE = "kehoach-language"
#: What an address holds that is no part of the question.
_PASSING = ("page", "after", "lang", "said", "entry")
_DIGITS = re.compile(r"\d{1,9}")

#: What stands in a page for the word of the session until it is sent; no document can hold it.
PROOF = secrets.token_hex(16)
_PROOF = PROOF.encode()

#: What a page says of a change that led to it.
SAID = ("corrected", "already", "state", "removed", "restored", "emptied", "undone", "queued")

#: What answers a request.
Page = Callable[["Visit"], Response]


class Html(Response):
    """A page. ``unsigned`` is what it is for all who may see it: without the word of the session that its forms bear."""

    def __init__(self, unsigned: bytes, proof: str, status: int = 200) -> None:
        super().__init__(unsigned.replace(_PROOF, proof.encode()), status, media_type="text/html")
        self.unsigned = unsigned


@dataclass(frozen=True, slots=True)
class Slice:
    """A page of a list: its number from 1, and the rows before it and on it."""

    number: int
    size: int = PAGE

    @property
    def offset(self) -> int:
        """Rows before it."""
        return (self.number - 1) * self.size

    def last(self, total: int) -> int:
        """The number of the last page."""
        return min(max(1, -(-total // self.size)), MOST_PAGES)


@dataclass(frozen=True, slots=True)
class Visit:
    """One request. ``now`` is when it came, by the clock of this place; ``session`` who it is from."""

    request: Request
    archive: archive.Archive
    words: Words
    links: Links
    now: datetime
    environment: Environment
    session: Session

    @property
    def moment(self) -> datetime:
        """When it came, with the time zone: what the archive notes."""
        return self.now.astimezone()

    @property
    def user(self) -> User | None:
        """Who it is from; None for somebody who did not sign in."""
        return self.session.user

    @property
    def accounts(self) -> bool:
        """Whether whoever comes has to sign in."""
        return self.session.accounts

    @property
    def writes(self) -> bool:
        """Whether the page offers to change something."""
        return self._may(EDITOR)

    @property
    def keeps(self) -> bool:
        """Whether it offers what only those may who keep the archive."""
        return self._may(ADMINISTRATOR)

    def _may(self, role: str) -> bool:
        return not self.archive.read_only and self.user is not None and self.user.may(role)

    @property
    def here(self) -> str:
        """The address of the page, without the prefix of a proxy: where a form leads back to."""
        path = self.request.url.path.removeprefix(self.links.prefix)
        return Links().to(path, {**self.asked(), "page": self.typed("page"), "after": self.typed("after")})

    @property
    def today(self) -> date:
        """The day on which it came."""
        return self.now.date()

    def days_until(self, day: str) -> int | None:
        """Days from this one to another (below 0: it is over); None for what is no day."""
        try:
            return (date.fromisoformat(day) - self.today).days
        except ValueError:
            return None

    @property
    def rows(self) -> Rows:
        """What writes the rows of lists."""
        return Rows(self.links, self.words, self.days_until)

    def typed(self, name: str) -> str:
        """What was typed into a field, without blanks around it; "" where nothing was."""
        value = self.request.query_params.get(name, "").strip()
        if len(value) > MOST_TYPED:
            raise HTTPException(400, detail="too-long")
        return value

    def one_of(self, name: str, allowed: tuple[str, ...]) -> str | None:
        """A value out of several; None where nothing, or nothing of these, was asked for."""
        value = self.typed(name)
        return value if value in allowed else None

    def number(self, name: str, otherwise: int, least: int, most: int) -> int:
        """A number within limits."""
        value = self.typed(name)
        return min(max(int(value), least), most) if _DIGITS.fullmatch(value) else otherwise

    def slice(self, size: int = PAGE) -> Slice:
        """The page of a list that was asked for."""
        return Slice(self.number("page", 1, 1, MOST_PAGES), size)

    @property
    def after(self) -> str | None:
        """Behind which row the page of a list begins; None for the first page."""
        return self.typed("after") or None

    def part(self, name: str) -> str:
        """A part of the address ("/documents/{ref}")."""
        value: str = self.request.path_params[name]
        if len(value) > MOST_TYPED:
            raise HTTPException(404)
        return value

    def asked(self) -> dict[str, str]:
        """All that was asked for, but for the page of the list and the language."""
        return {name: value for name, value in self.request.query_params.items() if name not in _PASSING}

    def show(self, template: str, status: int = 200, /, **context: Any) -> Response:
        """A page."""
        links, words = self.links, self.words
        path = self.request.url.path.removeprefix(links.prefix)
        text: str = self.environment.get_template(template).render(
            visit=self,
            signed=PROOF,
            links=links,
            words=words,
            rows=self.rows,
            t=words.say,
            term=words.speech.term,
            day=words.speech.day,
            here=path,
            address=self.here,
            writes=self.writes,
            said=self.one_of("said", SAID),
            entry=self.number("entry", 0, 0, 999_999_999),
            languages=[(name, links.to(path, {**self.request.query_params, "lang": name})) for name in LANGUAGES],
            **context,
        )
        return Html(text.encode(), self.session.proof, status)

    def file(self, content: bytes | str, name: str, media_type: str) -> Response:
        """A file to keep; ``name`` is plain ASCII."""
        return Response(content, media_type=media_type, headers={"Content-Disposition": f'attachment; filename="{name}"'})


def named(document: values.Document) -> str:
    """What a plan is called in a word or two: its symbol, else its file."""
    return document.symbol or document.name or document.sha256[:12]
