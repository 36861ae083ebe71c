"""Finding again, in the text of a plan, what a query found there: in which passage of the outline, how, and what to highlight.

Engine-independent: the same words are compared in the same ways that the index compares them in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from typing import NamedTuple

from archive.common.excerpts import snippet
from archive.common.keys import symbol_key
from archive.common.outline import Outline
from archive.common.words import Restored, TextWords, folded_form, split_words
from archive.common.words_asked import Wanted, words_asked
from archive.fulltext.query import AllWords, Leaf, Phrase, Prefix, Symbol
from archive.fulltext.sight import Sight
from archive.fulltext.ways import SKELETON_SYLLABLES
from archive.values.documents import Occurrence, Snippet, Span
from kehoach_parser import Plan, skeleton
from kehoach_parser.knowledge import exact_form

#: The ways of a match, the strongest first.
WAYS = ("exact", "folded", "restored", "skeleton")
_WEIGHT = {"exact": 4.0, "folded": 2.0, "restored": 1.5, "skeleton": 1.0}
_RANK = {way: rank for rank, way in enumerate(WAYS)}

#: Passages shown of one plan.
PASSAGES = 3

#: Length of a snippet in code points.
SNIPPET = 240


class Spot(NamedTuple):
    """A run of words in a text that matches: ``wanted`` names what of the query it matches, ``weight`` how much that says."""

    span: Span
    wanted: tuple[int, ...]
    how: str
    weight: float


def find_spots(leaves: Iterable[Leaf], words: TextWords, plan: Plan | None, marked: bool) -> list[Spot]:
    """Everything in a text that matches a leaf. Each word of a run counts by itself, a phrase as a whole."""
    spots: list[Spot] = []
    number = 0
    for leaf in leaves:
        if isinstance(leaf, Prefix):
            spots.extend(_prefix(leaf, number, words, marked))
            number += 1
        elif isinstance(leaf, Phrase | Symbol):
            spots.extend(
                find_run(leaf.words, (number,), words, marked, by_skeleton=isinstance(leaf, Phrase), restored=isinstance(leaf, Phrase))
            )
            if isinstance(leaf, Symbol) and plan is not None:
                spots.extend(_cited(leaf, number, plan))
            number += 1
        else:
            for offset, word in enumerate(leaf.words):
                spots.extend(find_run((word,), (number + offset,), words, marked, by_skeleton=False))
            every = tuple(range(number, number + len(leaf.words)))
            if len(every) > 1:
                spots.extend(find_run(leaf.words, every, words, marked, by_skeleton=True))
            number += len(leaf.words)
    return spots


def occurrences(
    text: str, quality: float, restored: Sequence[Restored], sight: Sight, leaves: Sequence[Leaf], marked: bool, plan: Plan | None
) -> tuple[Occurrence, ...]:
    """The best passages of a text for the leaves of a query, best first, at most PASSAGES; ``restored`` as the index keeps it, ``plan`` for
    symbols."""
    spots = find_spots(leaves, words_asked(text, quality, restored, _wanted(tuple(leaves)), sight.look), plan, marked)
    outline = sight.outline
    passages: dict[int, list[Spot]] = defaultdict(list)
    for spot in spots:
        passages[outline.passage_at(spot.span[0])].append(spot)
    ranked = sorted(passages.items(), key=lambda entry: (-_worth(entry[1]), entry[0]))
    return tuple(_occurrence(outline, number, inside, text) for number, inside in ranked[:PASSAGES])


@lru_cache(maxsize=64)
def _wanted(leaves: tuple[Leaf, ...]) -> Wanted:
    """The words that leaves may be met by."""
    runs = [leaf.words for leaf in leaves if not isinstance(leaf, Prefix)]
    by_skeleton = any(isinstance(leaf, AllWords | Phrase) and len(leaf.words) >= SKELETON_SYLLABLES for leaf in leaves)
    return Wanted(
        frozenset(folded_form(word) for run in runs for word in run),
        frozenset(folded_form(leaf.text) for leaf in leaves if isinstance(leaf, Prefix)),
        by_skeleton,
    )


def best_snippet(text: str, bounds: Span, spots: Sequence[Spot]) -> tuple[Snippet, str]:
    """The stretch of a passage where most of the query stands together, and the weakest way that was needed for a word of it."""
    best = _best_window(sorted(spots))
    start, end = best[0].span[0], max(spot.span[1] for spot in best)
    spare = max(0, SNIPPET - (end - start)) // 2
    left = _at_blank(text, max(bounds[0], start - spare), start)
    right = min(bounds[1], end + spare)
    while right < bounds[1] and not text[right].isspace():
        right += 1
    # A word by itself is not worth a mark where the phrase that it is of stands.
    met = {spot.wanted for spot in best}
    runs = [set(one) for one in met if len(one) > 1]
    covered = {one for one in met if any(other.issuperset(one) and len(other) > len(one) for other in runs)}
    shown = [spot for spot in best if spot.wanted not in covered]
    return snippet(text, (left, right), _merged(spot.span for spot in shown)), weakest_way(spots)


def _best_window(ordered: list[Spot]) -> list[Spot]:
    """Of spots in order those that say most and fit into a snippet; where all do, no part of them says more."""
    if max(spot.span[1] for spot in ordered) - ordered[0].span[0] <= SNIPPET:
        return ordered
    return max(_windows(ordered), key=_worth, default=ordered[:1])


def _windows(ordered: Sequence[Spot]) -> Iterator[list[Spot]]:
    """From each spot on those that a snippet holds; only as many are looked at as begin in it, for a text may hold thousands. What is a
    part of the one before says no more."""
    begins = [spot.span[0] for spot in ordered]
    before: list[Spot] = []
    for first, begin in enumerate(begins):
        end = begin + SNIPPET
        window = [spot for spot in ordered[first : bisect_right(begins, end)] if spot.span[1] <= end]
        if window != before[1:]:
            yield window
        before = window


def _occurrence(outline: Outline, number: int, spots: Sequence[Spot], text: str) -> Occurrence:
    shown, how = best_snippet(text, outline.span(number, len(text)), spots)
    return Occurrence(outline.places[number], shown, how)


def weakest_way(spots: Iterable[Spot]) -> str:
    """Each part of the query is met in its strongest way; the weakest of these is how the passage was found. ``spots`` is not empty."""
    met: dict[int, int] = {}
    for spot in spots:
        rank = _RANK[spot.how]
        for wanted in spot.wanted:
            if rank < met.get(wanted, len(WAYS)):
                met[wanted] = rank
    return WAYS[max(met.values())]


def _worth(spots: Sequence[Spot]) -> float:
    """Different parts of the query count, not repetitions; what stands as a phrase counts beside its words."""
    if len(spots) == 1:
        return spots[0].weight
    best: dict[tuple[int, ...], float] = {}
    for spot in spots:
        if spot.weight > best.get(spot.wanted, 0.0):
            best[spot.wanted] = spot.weight
    return sum(best.values())


def find_run(
    wanted: Sequence[str], numbers: tuple[int, ...], words: TextWords, marked: bool, *, by_skeleton: bool, restored: bool = True
) -> list[Spot]:
    """Where words stand one after the other: ``numbers`` says what of the query they are.

    Words typed with marks (``marked``) are met without them only where the text has lost its own, and where no sure reading says that
    another word stands there; ``restored``: readings of the restorer count as matches too.
    """
    length = len(wanted)
    exact, folded = tuple(map(exact_form, wanted)), tuple(map(folded_form, wanted))
    layer = words.layer(marked)
    meant = exact if marked else folded

    def are_at(forms: tuple[str, ...], run: tuple[str, ...]) -> list[int]:
        begun = _places(forms, run[0])
        return begun if length == 1 else [at for at in begun if forms[at : at + length] == run]

    def faded(at: int) -> bool:
        return all(words.faded[at + k] and (not words.sure[at + k] or layer[at + k] == exact[k]) for k in range(length))

    # A stronger way takes the place of a weaker one.
    ways: dict[int, str] = {}
    if by_skeleton and length >= SKELETON_SYLLABLES and all(word.isalpha() for word in wanted):
        keys = tuple(map(skeleton, folded))
        ways |= dict.fromkeys(_by_skeleton(keys, meant, words, layer), "skeleton")
    if restored and layer:
        ways |= dict.fromkeys(are_at(layer, meant), "restored")
    found, may_fade = words.exact, marked and True in words.faded
    for at in are_at(words.folded, folded):
        if found[at : at + length] == exact:
            ways[at] = "exact"
        elif not marked or (may_fade and faded(at)):
            ways[at] = "folded"
    spans, last = words.spans, length - 1
    return [Spot((spans[at][0], spans[at + last][1]), numbers, how, _WEIGHT[how] * length) for at, how in sorted(ways.items())]


def _places(forms: Sequence[str], wanted: str) -> list[int]:
    """Where a word stands, in order: `index` looks through a long text sooner than a loop does."""
    found: list[int] = []
    at = -1
    with suppress(ValueError):
        while True:
            at = forms.index(wanted, at + 1)
            found.append(at)
    return found


def _by_skeleton(keys: tuple[str, ...], meant: tuple[str, ...], words: TextWords, layer: tuple[str, ...]) -> Iterator[int]:
    """Where words may stand for these skeletons; what a sure reading says is no other word."""

    def fits(at: int, number: int) -> bool:
        return layer[at] == meant[number] if words.sure[at] else words.skeletons[at] == keys[number]

    first = {*_places(words.skeletons, keys[0]), *_places(layer, meant[0])}
    last = len(words.spans) - len(keys)
    return (at for at in first if at <= last and all(fits(at + number, number) for number in range(len(keys))))


def _prefix(leaf: Prefix, number: int, words: TextWords, marked: bool) -> list[Spot]:
    beginnings = (leaf.text.lower(), exact_form(leaf.text))
    folded = folded_form(leaf.text)
    layer = words.layer(marked) or ("",) * len(words.spans)
    spots = []
    rows = zip(words.spans, words.exact, words.folded, words.faded, layer, words.sure, strict=True)
    for span, exact, bare, faded, restored, sure in rows:
        read = restored.startswith(beginnings if marked else folded)
        if exact.startswith(beginnings):
            spots.append(Spot(span, (number,), "exact", _WEIGHT["exact"]))
        elif bare.startswith(folded) and (not marked or (faded and (read or not sure))):
            spots.append(Spot(span, (number,), "folded", _WEIGHT["folded"]))
        elif read:
            spots.append(Spot(span, (number,), "restored", _WEIGHT["restored"]))
    return spots


def _cited(leaf: Symbol, number: int, plan: Plan) -> list[Spot]:
    """Citations that were read as this symbol, however it is printed, and the plan's own."""
    key = symbol_key(leaf.text)
    found = [(citation.span, citation.raw) for citation in plan.citations if citation.symbol and symbol_key(citation.symbol) == key]
    own = plan.header.symbol
    if own is not None and symbol_key(own.value) == key:
        found.append((own.span, own.raw))
    return [
        Spot(span, (number,), "exact" if key in symbol_key(raw) else "folded", _WEIGHT["exact"] * len(split_words(leaf.text)))
        for span, raw in found
    ]


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The spans without those that others cover, and overlapping ones as one."""
    out: list[Span] = []
    for start, end in sorted(spans, key=lambda span: (span[0], -span[1])):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _at_blank(text: str, offset: int, latest: int) -> int:
    """The first start of a word from here on, no later than ``latest``."""
    while offset < latest and offset > 0 and not text[offset - 1].isspace():
        offset += 1
    return offset
