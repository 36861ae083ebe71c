"""Anchors: a place in a text, told so that it is found again in another reading of the same paper.

As in W3C Web Annotation: the quotation with what stands before and behind it, and the position. A place is found by its quotation, first as
it is printed, then in letters without marks, then in what damage leaves of the letters; of several equal ones by what stands around
them, then by the position.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Any

from archive.values.corrections import Anchor
from archive.values.documents import Span
from kehoach_parser import fold, skeleton

#: Code points that are kept of what stands before and behind a place.
AROUND = 32
#: Longer quotations are cut: so many code points are in no second place of a text.
LONGEST = 240
#: A quotation of so many code points tells its place alone; of a shorter one the surroundings have to agree by this share.
TELLING, ALIKE = 48, 0.5
#: Equal quotations that are weighed. This bounds the cost only.
_MOST = 200
#: The share of two spans that must be common for them to be of one thing.
_COMMON = 0.5
_WORD = re.compile(r"\w+")


def quoted(text: str, span: Span, beside: Span | None = None) -> Anchor:
    """The anchor of a place; ``beside`` is a second one that belongs to it."""
    start, end = span[0], min(span[1], span[0] + LONGEST)
    around = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    return Anchor(text[start:end], *around, start, end, quoted(text, beside) if beside is not None else None)


def located(text: str, anchor: Anchor) -> tuple[Span, ...]:
    """Where an anchor's place may be, the likeliest first; empty where it is nowhere."""
    return tuple(span for _, span in weighed(text, anchor))


def weighed(text: str, anchor: Anchor) -> list[tuple[float, Span]]:
    """The same, each with how well its surroundings agree, 0 to 1."""
    if not anchor.exact:  # an empty place is told by what stands around it
        at = text.find(anchor.prefix + anchor.suffix) if anchor.prefix + anchor.suffix else -1
        return [(1.0, (at + len(anchor.prefix), at + len(anchor.prefix)))] if at >= 0 else []
    for way in _WAYS:
        if spans := list(way(text, anchor.exact)):
            found = [(_around(text, anchor, span), span) for span in spans[:_MOST]]
            if fitting := [each for each in found if each[0] >= ALIKE or len(anchor.exact) >= TELLING]:
                return sorted(fitting, key=lambda each: (-each[0], abs(each[1][0] - anchor.start)))
    return []


def chosen(text: str, anchor: Anchor, spans: Sequence[Span], besides: Sequence[Span | None] = ()) -> int | None:
    """Which of several spans an anchor means, by its index; None where it means none of them. ``besides`` are the second places of
    each."""
    for place in located(text, anchor):
        there = [number for number, span in enumerate(spans) if _common(place, span) >= _COMMON]
        if anchor.beside is not None and besides:
            there = _beside(text, anchor.beside, there, besides)
        if there:
            return max(there, key=lambda number: (_common(place, spans[number]), -number))
    return None


def places_of(text: str, words: str) -> list[Span]:
    """Where words stand in a text, in its order: as they are printed, else by their words, however these are damaged."""
    return next((spans for way in (*_WAYS[:1], _by_words(str), *_WAYS[1:]) if (spans := list(islice(way(text, words), _MOST)))), [])


def _beside(text: str, anchor: Anchor, among: Sequence[int], besides: Sequence[Span | None]) -> list[int]:
    """Those whose second place is where this anchor is, in the first place that fits any."""
    for place in located(text, anchor):
        found = [number for number in among if (span := besides[number]) is not None and place[0] < span[1] and span[0] < place[1]]
        if found:
            return found
    return []


def _common(one: Span, other: Span) -> float:
    """The share of two spans that is common to them; a place that is cut counts as far as it goes."""
    if one == other:
        return 1.0
    other = (other[0], min(other[1], other[0] + LONGEST))
    whole = max(one[1], other[1]) - min(one[0], other[0])
    return max(0, min(one[1], other[1]) - max(one[0], other[0])) / whole if whole else 0.0


def _around(text: str, anchor: Anchor, span: Span) -> float:
    """How well what stands around a span agrees with what stood around the anchor's place, 0 to 1."""
    before, behind = text[max(0, span[0] - AROUND) : span[0]], text[span[1] : span[1] + AROUND]
    one, other = fold(anchor.prefix + "\0" + anchor.suffix), fold(before + "\0" + behind)
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def _literally(text: str, exact: str) -> Iterator[Span]:
    at = text.find(exact)
    while at >= 0:
        yield at, at + len(exact)
        at = text.find(exact, at + 1)


def _by_words(key: Callable[[str], str]) -> Callable[[str, str], Iterator[Span]]:
    """Finds a quotation by its words, whatever stands between them, in a form of their letters."""

    def found(text: str, exact: str) -> Iterator[Span]:
        wanted = [key(word[0]) for word in _WORD.finditer(exact)]
        words = [(key(word[0]), word.span()) for word in _WORD.finditer(text)] if any(wanted) else []
        for at in range(len(words) - len(wanted) + 1) if wanted else ():
            if words[at][0] == wanted[0] and all(words[at + more][0] == each for more, each in enumerate(wanted)):
                yield words[at][1][0], words[at + len(wanted) - 1][1][1]

    return found


_WAYS = (_literally, _by_words(fold), _by_words(skeleton))


def as_json(anchor: Anchor | None) -> dict[str, Any]:
    """An anchor as JSON; {} for none."""
    if anchor is None:
        return {}
    names = ("exact", "prefix", "suffix", "start", "end")
    return {name: getattr(anchor, name) for name in names} | ({"beside": as_json(anchor.beside)} if anchor.beside else {})


def from_json(value: dict[str, Any]) -> Anchor | None:
    """An anchor from JSON."""
    if not value:
        return None
    return Anchor(value["exact"], value["prefix"], value["suffix"], value["start"], value["end"], from_json(value.get("beside") or {}))
