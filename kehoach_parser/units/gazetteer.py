"""The gazetteer of units (data/units.toml), ready for the phrase matchers and the unit grammar."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

from kehoach_parser.text.document import TOKEN
from kehoach_parser.text.fold import fold
from kehoach_parser.units.phrase_list import PhraseList
from kehoach_parser.units.words import Phrase, plain


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Phrases as tuples of true words. ``classes`` says of each head phrase what it is: body | strong | weak.

    ``bodies``: the names of the bodies, their words in lower case. ``short_names``, ``everyday_names``: what is meant by another name.
    """

    classes: dict[Phrase, str]
    leaders: PhraseList
    areas: PhraseList
    committees: PhraseList
    provinces: tuple[Phrase, ...]
    bodies: frozenset[str]
    abbreviations: dict[str, Phrase]
    short_names: dict[str, str]
    everyday_names: dict[str, str]
    readings: dict[str, frozenset[str]]
    cities: frozenset[str]


_JOINED = re.compile(rf"[^\W_]+(?:&[^\W_]+)+|{TOKEN.pattern}")  # "CN&MT" is one word of a text


def phrase_of(text: str) -> Phrase:
    """The words of a phrase, cut as the document's tokens are."""
    return tuple(_JOINED.findall(text))


def _longest_first(texts: list[str]) -> tuple[Phrase, ...]:
    return tuple(sorted((phrase_of(text) for text in texts), key=lambda phrase: (-len(phrase), phrase)))


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The gazetteer, read once."""
    data: dict[str, Any] = tomllib.loads(files("kehoach_parser").joinpath("data/units.toml").read_text(encoding="utf-8"))
    classes: dict[Phrase, str] = {}
    for name in ("weak", "strong"):
        for text in data["collective"][name]:
            classes[phrase_of(text)] = name
    for kind in data["kinds"]:
        for head, group in product(kind["head"], kind["fields"]):
            for field in data["fields"][group]:
                for name in (field, *(short for short, whole in data["short_names"].items() if whole == field)):
                    classes[phrase_of(f"{head} {name}")] = "body"
    for text in data["names"]["bodies"]:
        classes[phrase_of(text)] = "body"
    bodies = [phrase for phrase, name in classes.items() if name == "body"]
    for short, whole in data["short_names"].items():
        if phrase_of(whole) in classes:
            classes[phrase_of(short)] = "body"
    abbreviations = {plain(short): phrase_of(true) for short, true in data["abbreviations"].items()}
    for short, true in data["abbreviations"].items():
        if phrase_of(true) in classes:
            classes[phrase_of(short)] = "body"
    for text in ("Ủy ban MTTQ Việt Nam", "Ủy ban MTTQ", "MTTQ Việt Nam", "Ủy ban MTTQVN", "UBMTTQ Việt Nam", "UBMT TQ VN"):
        classes[phrase_of(text)] = "body"
    with_dash = {tuple("–" if word == "-" else word for word in phrase): name for phrase, name in classes.items() if "-" in phrase}
    readings = {plain(true): frozenset(fold(word) for word in words) for true, words in data["readings"].items()}
    return Lexicon(
        classes={**classes, **with_dash},
        leaders=PhraseList(_longest_first(data["leaders"]["titles"]), readings),
        areas=PhraseList(_longest_first(data["levels"]["area"]), readings),
        committees=PhraseList(_longest_first(data["levels"]["committee"]), readings),
        provinces=_longest_first(data["places"]["provinces"]),
        bodies=frozenset(" ".join(plain(word) for word in phrase if word[0].isalpha()) for phrase in bodies),
        abbreviations=abbreviations,
        short_names=data["short_names"],
        everyday_names=data["everyday_names"],
        readings=readings,
        cities=frozenset(plain(city) for city in data["places"]["cities"]),
    )
