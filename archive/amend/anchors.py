"""Anchors: a place in a text, told so that it is found again in another reading of the same paper.

As in W3C Web Annotation: the quotation with what stands before and behind it, and the position. A place is found by its quotation, first as
it is printed, then in letters without marks, then in what damage leaves of the letters; of several equal ones by what stands around
them, then by the position. Where damage has taken another course, what was read there is compared with all that it may be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from archive.common.sameness import agreement
from archive.values.corrections import Anchor
from archive.values.documents import Span
from kehoach_parser import fold, skeleton

#: Code points that are kept of what stands before and behind a place.
AROUND = 32
#: Longer quotations are cut: so many code points are in no second place of a text.
LONGEST = 240
#: A quotation of so many code points tells its place alone; of a shorter one the surroundings have to agree by this share.
TELLING, ALIKE = 48, 0.62
#: Equal quotations that are weighed. This bounds the cost only.
_MOST = 200
#: Two readings of one print agree by this share of their letters at least, and in all of their numbers.
READ_ALIKE = 0.7
#: The share of two spans that must be common for them to be of one thing.
_COMMON = 0.5
_WORD, _NUMBER = re.compile(r"\w+"), re.compile(r"\b\d+\b")


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
    places = located(text, anchor)
    for place in places:
        there = {number: common for number, span in enumerate(spans) if (common := _common(place, span)) >= _COMMON}
        if (found := _best(text, anchor, there, besides)) is not None:
            return found
    if places or not anchor.exact:
        return None
    read = {number: share for number, span in enumerate(spans) if (share := _read_alike(text, anchor, span))}
    around = {number: _around(text, anchor, spans[number]) for number in read}
    return _best(text, anchor, {number: share + around[number] for number, share in read.items() if around[number] >= ALIKE}, besides)


def _best(text: str, anchor: Anchor, among: Mapping[int, float], besides: Sequence[Span | None]) -> int | None:
    """The best of some spans by their scores, of equal ones the first; those whose second place says something else are none."""
    scores, beside = among, anchor.beside
    if beside is not None and besides:
        scores = {number: share for number in among if (span := besides[number]) and (share := _read_alike(text, beside, span))}
    return min(scores, key=lambda number: (-scores[number], number), default=None)


def _read_alike(text: str, anchor: Anchor, span: Span) -> float:
    """How far what stands at a span can be another reading of what stood at the anchor's place; 0 where it cannot."""
    there = text[span[0] : min(span[1], span[0] + LONGEST)]
    if _NUMBER.findall(there) != _NUMBER.findall(anchor.exact):
        return 0.0
    share = agreement(anchor.exact, there)
    return share if share >= READ_ALIKE else 0.0


def places_of(text: str, words: str) -> list[Span]:
    """Where words stand in a text, in its order: as they are printed, else by their words, however these are damaged."""
    return next((spans for way in (*_WAYS[:1], _by_words(str), *_WAYS[1:]) if (spans := list(islice(way(text, words), _MOST)))), [])


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
    whole = len(anchor.prefix) + len(anchor.suffix)
    if not whole:
        return 1.0
    return (len(anchor.prefix) * agreement(anchor.prefix, before) + len(anchor.suffix) * agreement(anchor.suffix, behind)) / whole


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
