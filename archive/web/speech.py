"""What the pages need said in one language, and the words of their own beside it.

Roles, relations, errors, deadlines and the register are worded for the command line already; whoever starts the server hands these words in
(`Speech`). What only the pages say stands in ``words.<language>.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from typing import Any, Protocol

import archive
from archive import values

#: The languages of the pages, the first where none was chosen.
LANGUAGES = ("vi", "en")


class Speech(Protocol):
    """One language of the program: its messages by key, and what is made of several of them."""

    @property
    def texts(self) -> Mapping[str, str]:
        """Every message by its key, placeholders not filled in."""

    def say(self, key: str, /, **facts: object) -> str:
        """A message with its placeholders filled in."""

    def term(self, family: str, name: str) -> str:
        """The word for a value ("role", "lead"); the value itself where it has none."""

    def day(self, value: str | None) -> str:
        """A date as people write it."""

    def error(self, error: BaseException) -> Mapping[str, Any]:
        """An error as an object: ``code``, ``message``, ``advice``, ``facts``, ``documents`` where there are such (docs/json.md)."""

    def deadline(self, due: values.Task | values.Duty) -> str:
        """A deadline as people say it, "" where there is none."""

    def cited(self, cited: values.CitedDocument) -> str:
        """A cited document in a few words."""

    def register(self, format: str, handle: archive.Archive, tasks: Sequence[values.Task], made: datetime) -> bytes:
        """The register of tasks as a file: xlsx | csv | ics."""


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Words:
    """One language of the pages: its own words, and those of the command line."""

    language: str
    speech: Speech
    own: Mapping[str, str]

    def say(self, key: str, /, **facts: object) -> str:
        """A message of the pages, else one of the command line; KeyError where there is neither."""
        text = self.own.get(key)
        if text is None:
            return self.speech.say(key, **facts)
        return text.format_map(_Facts(facts)) if "{" in text or "}" in text else text

    def field(self, named: str) -> str:
        """What a field that is corrected is called: "date", "citation:3.document"; as it is named where there is no word."""
        last = named.rpartition(".")[2].partition(":")[0]
        known = (f"field.{named}", f"mend.{'heading' if last == 'title' else last}")
        key = next((key for key in known if key in self.speech.texts or key in self.own), None)
        return self.say(key) if key else named

    def knows(self, key: str) -> bool:
        """Whether the pages have such a message of their own."""
        return key in self.own


def words_of(language: str, speech: Mapping[str, Speech]) -> Words:
    """The words of a language that ``speech`` has."""
    return Words(language, speech[language], own_words(language))


@cache
def own_words(language: str) -> Mapping[str, str]:
    """What only the pages say, by key ("search.title")."""
    content = tomllib.loads(files("archive.web").joinpath(f"words.{language}.toml").read_text(encoding="utf-8"))
    return {f"{family}.{name}": text for family, table in content.items() for name, text in table.items()}
