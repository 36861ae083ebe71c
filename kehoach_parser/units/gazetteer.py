"""The gazetteer of units (data/units.toml), ready for the phrase matchers and the unit grammar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from kehoach_parser.text.areas import area_words, committees
from kehoach_parser.text.document import TOKEN
from kehoach_parser.text.lists import rows, table
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.phrase_list import PhraseList
from kehoach_parser.units.words import Phrase


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
    likely_readings: dict[str, tuple[str, ...]]
    cities: frozenset[str]


_JOINED = re.compile(rf"[^\W_]+(?:&[^\W_]+)+|{TOKEN.pattern}")  # "CN&MT" is one word of a text


def phrase_of(text: str) -> Phrase:
    """The words of a phrase, cut as the document's tokens are."""
    return tuple(_JOINED.findall(text))


def phrases_of(texts: Iterable[str]) -> tuple[Phrase, ...]:
    """Phrases in the order in which they are to be tried: the longest first."""
    return tuple(sorted((phrase_of(text) for text in texts), key=lambda phrase: (-len(phrase), phrase)))


@cache
def lexicon() -> Lexicon:
    """The gazetteer, read once."""
    data = table("units")
    classes = _classes(data)
    abbreviations = data["abbreviations"]
    likely = {exact_form(true): (*printed.split(), *data["readings"]["met"].get(true, ())) for true, printed in rows("unit_readings")}
    readings = {true: frozenset(words) for true, words in likely.items()}
    return Lexicon(
        classes=classes,
        leaders=PhraseList(phrases_of(data["leaders"]["titles"]), readings),
        areas=PhraseList(phrases_of((*area_words(), *data["levels"]["area"])), readings),
        committees=PhraseList(phrases_of((*map(str.capitalize, committees()), *data["levels"]["committee"])), readings),
        provinces=phrases_of(data["places"]["provinces"]),
        bodies=frozenset(" ".join(exact_form(word) for word in phrase if word[0].isalpha()) for phrase in _named(data)),
        abbreviations={exact_form(short): phrase_of(true) for short, true in abbreviations.items()},
        short_names=data["short_names"],
        everyday_names=data["everyday_names"],
        readings=readings,
        likely_readings=likely,
        cities=frozenset(exact_form(city) for city in data["places"]["cities"]),
    )


def phrases_by_word(texts: Iterable[str], key: int = 0) -> PhraseList:
    """Phrases that are looked up by a word of theirs (``key``: 0 the first, -1 the last), the longest first."""
    return PhraseList(phrases_of(texts), lexicon().readings, key)


def _classes(data: dict[str, Any]) -> dict[Phrase, str]:
    """Each head phrase with what it is. Of two with the same letters the matchers find the first."""
    classes = {phrase_of(text): name for name in ("weak", "strong") for text in data["collective"][name]}
    bodies = _named(data)
    classes |= dict.fromkeys(bodies, "body")
    for shorts in (data["short_names"], data["abbreviations"]):
        classes |= dict.fromkeys((phrase_of(short) for short, whole in shorts.items() if phrase_of(whole) in classes), "body")
    classes |= dict.fromkeys((phrase_of(text) for text in data["names"]["front"]), "body")
    return classes | {_with_dash(phrase, dash): name for phrase, name in classes.items() if "-" in phrase for dash in "–—"}


def _named(data: dict[str, Any]) -> list[Phrase]:
    """The names of bodies: kinds with each of their fields, in full and short, and those with a name of their own."""
    return [phrase_of(f"{head} {name}") for head, name in _kinds(data)] + [phrase_of(text) for text in data["names"]["bodies"]]


def _kinds(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Each kind of body with each of its fields, in full and short ("Sở", "NN&MT")."""
    shorts: dict[str, list[str]] = {}
    for short, whole in data["short_names"].items():
        shorts.setdefault(whole, []).append(short)
    for kind in data["kinds"]:
        for head, group in product(kind["head"], kind["fields"]):
            yield from ((head, name) for field in data["fields"][group] for name in (field, *shorts.get(field, ())))


def _with_dash(phrase: Phrase, dash: str) -> Phrase:
    return tuple(dash if word == "-" else word for word in phrase)
