"""The catalogue of everything that the program says, one TOML file per language.

A key is the path in the file ("error.empty-file"); placeholders are names in braces. Both files have the same keys and placeholders, and
tests hold that every key is used.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from archive.terminal.language import Language

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Facts(dict[str, object]):
    """Facts of a message; one that is missing shows as "…": a message about an error must not become an error."""

    def __missing__(self, key: str) -> str:
        return "…"


@dataclass(frozen=True, slots=True)
class Messages:
    """The messages of one language."""

    language: Language
    texts: Mapping[str, str]

    def say(self, key: str, /, **facts: object) -> str:
        """The message ``key`` with its placeholders filled in; KeyError where there is no such message."""
        text = self.texts[key]
        return text.format_map(_Facts(facts)) if "{" in text or "}" in text else text

    def sentences(self, key: str, /, **facts: object) -> tuple[str, str]:
        """The message ``key`` as its first sentence, which says what is wrong, and the rest, which says what to do (or "")."""
        first, stop, rest = self.texts[key].partition(". ")
        return f"{first}{stop.strip()}".format_map(_Facts(facts)), rest.format_map(_Facts(facts))

    def knows(self, key: str) -> bool:
        """Whether there is a message ``key``."""
        return key in self.texts

    def term(self, family: str, name: str) -> str:
        """The word for a value of the parser or the archive ("role", "lead"); the value itself where it has none yet."""
        return self.texts.get(f"{family}.{name}", name)

    def day(self, value: str | None) -> str:
        """A date as people write it: "2025-11-20" is 20/11/2025 in Vietnamese and stays as it is in English; "" for None.

        "2025/2030" (from one year to another) is 2025–2030 in both.
        """
        if not value or "/" in value:
            return (value or "").replace("/", "–")
        return "/".join(reversed(value.split("-"))) if self.language == "vi" else value


@cache
def messages_of(language: Language) -> Messages:
    """The messages of ``language``."""
    content = files("archive.terminal").joinpath(f"messages.{language}.toml").read_text(encoding="utf-8")
    return Messages(language, MappingProxyType(dict(_flat("", tomllib.loads(content)))))


def _flat(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for name, value in table.items():
        found += _flat(f"{prefix}{name}.", value) if isinstance(value, dict) else [(f"{prefix}{name}", value.strip("\n"))]
    return found
