"""How well a duty fits the words asked for: which duties may hold enough of a question, by the index, and what each has of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations
from math import log

from sqlalchemy import Connection

from archive.ask.terms import Terms, cut_in_two, folded_run, skeleton_run
from archive.common.excerpts import sentence_span
from archive.common.patience import Patience
from archive.common.words import TextWords, words_of
from archive.fulltext.occurrences import Spot, best_snippet, find_run, weakest_way
from archive.fulltext.query import is_marked
from archive.store.duty_index import all_of, any_of, both, count_duties, count_signs, pair_signs
from archive.values.documents import Snippet, Span

#: How well a duty fits: the words asked for stand in it as a phrase; as a phrase in a heading above it; in one sentence; anywhere in it;
#: some of them in a heading above it; some of them nowhere.
_PHRASE, _HEADING_PHRASE, _SENTENCE, _TOGETHER, _WITH_HEADINGS, _PART = 1.0, 0.9, 0.8, 0.6, 0.5, 0.4
#: What was met in another form than it was typed in fits a little less.
_WAY = {"exact": 1.0, "folded": 0.95, "skeleton": 0.85}
#: The share of the question that a duty must hold, each term counted by how rare it is among the duties of the archive: what holds only
#: the words that every other duty holds ("thực hiện", or "tuyên truyền" among plans of propaganda) is no answer.
_LEAST_SHARE = 0.5
#: And of a question of several terms more than one: "bố trí" alone is no answer to "bố trí kinh phí".
_LEAST_TERMS = 2
#: Code points on either side of a term that are taken apart into compounds to see whether it is cut in two.
_NEAR = 24
#: Of longer questions the index is asked for pairs of terms, not for each combination that is enough.
_COMBINED_TERMS = 6


@dataclass(frozen=True, slots=True)
class Asked:
    """A question: its terms, whether it was typed with marks, the share of it that each term is, and how long an answer is looked for."""

    terms: Terms
    marked: bool
    weights: tuple[float, ...]
    patience: Patience = field(default=Patience())

    @property
    def every(self) -> frozenset[int]:
        """The numbers of all terms."""
        return frozenset(range(len(self.weights)))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a duty has of a question; ``text`` is the one of the texts that fits best, ``at`` where in it the words begin."""

    fit: float
    how: str
    excerpt: Snippet | None
    text: str = ""
    at: int = 0


def weighed(connection: Connection, terms: Terms, patience: Patience) -> Asked:
    """The question with the weight of each term: one that few duties of the archive hold says more than one that many hold."""
    signs = [pair_signs(folded_run(term).split()) for term in terms.each()]
    counts = count_signs(connection, frozenset().union(*signs))
    total = count_duties(connection)
    weights = [log(1 + total / max(1, min(counts[sign] for sign in each))) for each in signs]
    whole = sum(weights)
    # In an archive without duties no term says more than another.
    shares = tuple(weight / whole if whole else 1 / len(weights) for weight in weights)
    return Asked(terms, is_marked(terms.words), shares, patience)


def tiers(asked: Asked) -> tuple[str, ...]:
    """What to ask the index for, the best first: all words side by side, all terms, terms enough."""
    terms = asked.terms
    skeletons = [(skeleton_run(run), numbers) for run, numbers in ((terms.words, tuple(asked.every)), *terms.runs())]
    ways: dict[int, list[str]] = {number: [_plain(term)] for number, term in enumerate(terms.each())}
    for key, numbers in skeletons:
        for number in numbers if key else ():
            ways[number].append(_by_skeleton(key or ""))
    each = {number: any_of(dict.fromkeys(known)) for number, known in ways.items()}
    phrase = [_plain(terms.words), *([_by_skeleton(skeletons[0][0])] if skeletons[0][0] else [])]
    enough = [both(*(each[number] for number in numbers)) for numbers in _enough_combinations(asked)]
    return tuple(dict.fromkeys((any_of(phrase), both(*each.values()), any_of(enough))))


def _plain(words: Sequence[str]) -> str:
    return all_of(pair_signs(folded_run(words).split()))


def _by_skeleton(key: str) -> str:
    return all_of(pair_signs(key.split(), "~"))


def _enough_combinations(asked: Asked) -> list[tuple[int, ...]]:
    """The smallest sets of terms that are enough; of a long question all pairs, which holds more than enough."""
    numbers = sorted(asked.every)
    if len(numbers) > _COMBINED_TERMS:
        return list(combinations(numbers, _LEAST_TERMS))
    found: list[tuple[int, ...]] = []
    for size in range(1, len(numbers) + 1):
        for some in combinations(numbers, size):
            if _is_enough(set(some), asked) and not any(set(other) <= set(some) for other in found):
                found.append(some)
    return found


def _is_enough(numbers: set[int], asked: Asked) -> bool:
    """Whether these terms are enough of the question to be an answer."""
    if len(numbers) < min(_LEAST_TERMS, len(asked.weights)):
        return False
    return sum(asked.weights[number] for number in numbers) >= _LEAST_SHARE - 1e-9


def best_answer(asked: Asked, texts: Sequence[str], headings: str, quality: float) -> Answer | None:
    """What a duty has of a question: in the text that fits best (the page, the task as it is read) and the headings above; None where
    that is too little. Raises QuestionTooSlow."""
    asked.patience.check()
    above = _spots(asked, headings, words_of(headings, quality))
    best = None
    for text in texts:
        answer = _answer(asked, text, above, quality)
        if answer is not None and (best is None or answer.fit > best.fit):
            best = answer
        if best is not None and best.fit == _PHRASE:
            break  # nothing fits better
    return best


def _answer(asked: Asked, text: str, above: tuple[list[Spot], list[Spot]], quality: float) -> Answer | None:
    whole, parts = _spots(asked, text, words_of(text, quality))
    whole_above, parts_above = above
    inside = {number for spot in (*whole, *parts) for number in spot.wanted}
    met = inside | {number for spot in (*whole_above, *parts_above) for number in spot.wanted}
    if not _is_enough(met, asked):
        return None
    if whole:
        fit = _PHRASE
    elif whole_above:
        fit = _HEADING_PHRASE
    elif inside == asked.every:
        fit = _SENTENCE if _in_one_sentence(parts, text, asked.every) else _TOGETHER
    else:
        fit = _WITH_HEADINGS if met == asked.every else _PART * sum(asked.weights[number] for number in met)
    if whole or parts:
        excerpt, how = best_snippet(text, (0, len(text)), [*whole, *parts])
        at = min(spot.span[0] for spot in whole or parts)
    else:
        at = 0
        excerpt, how = None, weakest_way([*whole_above, *parts_above])
    return Answer(fit * _WAY[how], how, excerpt, text, at)


def _spots(asked: Asked, text: str, words: TextWords) -> tuple[list[Spot], list[Spot]]:
    """Where all the words stand as a phrase, and where terms of it stand; terms only where the phrase does not say more."""

    def stands(run: tuple[str, ...], numbers: tuple[int, ...]) -> list[Spot]:
        found = find_run(run, numbers, words, asked.marked, by_skeleton=True)
        # Two terms side by side do not come about by chance.
        return found if len(run) == 1 or len(numbers) > 1 else [spot for spot in found if not _is_cut(text, spot)]

    whole = stands(asked.terms.words, tuple(sorted(asked.every)))
    if whole and min(spot.how for spot in whole) == "exact":
        return whole, []
    return whole, [spot for run, numbers in asked.terms.runs() for spot in stands(run, numbers)]


def _is_cut(text: str, spot: Spot) -> bool:
    # A few words on either side are enough to tell where compounds end, and taking a sentence apart is what costs most.
    start, end = sentence_span(text, spot.span, _around(text, spot.span))
    return cut_in_two(text[start:end], (spot.span[0] - start, spot.span[1] - start))


def _around(text: str, span: Span) -> Span:
    """A span with _NEAR code points on either side, up to whole words."""
    start, end = max(0, span[0] - _NEAR), min(len(text), span[1] + _NEAR)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def _in_one_sentence(spots: Sequence[Spot], text: str, every: frozenset[int]) -> bool:
    sentences: dict[Span, set[int]] = {}
    for spot in spots:
        start, end = sentence_span(text, spot.span, (0, len(text)))
        held = {number for other in spots if start <= other.span[0] and other.span[1] <= end for number in other.wanted}
        sentences.setdefault((start, end), set()).update(held)
    return any(held == every for held in sentences.values())
