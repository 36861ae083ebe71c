"""Text in, restored words out: gate, channel, language model and decoder together."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from operator import attrgetter, itemgetter
from pathlib import Path

from kehoach_parser.restoration.channel import LOWER, TITLE, UPPER, Channel, cased
from kehoach_parser.restoration.decoding import Candidate, Decoded, decode
from kehoach_parser.restoration.gate import DAMAGED, UNACCENTED, Line, judge, may_be_damaged
from kehoach_parser.restoration.language import NAMES, UNKNOWN, LanguageModel
from kehoach_parser.restoration.lexicon import is_syllable, lexicon_of
from kehoach_parser.restoration.lookalikes import with_lookalikes
from kehoach_parser.restoration.mending import Read, changes
from kehoach_parser.restoration.model import SCANNED, SHIPPED, Counts, Model, load_model
from kehoach_parser.restoration.printed_words import MARK, WORD, PrintedWord, end_with_mark, split_words, within_sentence
from kehoach_parser.text.fold import compose, fold

#: Under this certainty a reading is doubtful and shown so.
DOUBTFUL = 0.9
# What the channel's log probability weighs against the language model's, what a syllable's own frequency weighs when the readings of a word
# are picked, and how many are kept; found on held-out documents.
_CHANNEL_WEIGHT, _SYLLABLE_WEIGHT = 0.6, 0.7
_READINGS, _READINGS_WITHIN = 16, 8.0
# A word outside the lexicon: what it costs (natural log), and for each of its signs; abbreviations in capitals are cheaper, most so alone.
_UNKNOWN, _UNKNOWN_SIGN, _ABBREVIATION, _LONE_ABBREVIATION = -14.0, -1.0, 4.0, 10.0
_LONGEST_ABBREVIATION = 6
# Log probability of the way a word is written, by what its print looks like: in capitals among such words, or alone, where it is rather an
# abbreviation; small or with a capital first letter.
_CAPITALS = ((UPPER, -0.2), (TITLE, -3.5), (LOWER, -5.0))
_LONE_CAPITALS = ((UPPER, -5.0), (TITLE, -4.5), (LOWER, -5.0))
_FIRST = ((LOWER, -1.6), (TITLE, -0.2))
_INSIDE = ((LOWER, -0.1), (TITLE, -2.3))
_SHORT_CAPITALS = ((UPPER, -3.0),)
_LETTER_AND_VOWEL = 2


@dataclass(frozen=True, slots=True)
class RestoredWord:
    """A word at ``[start, end)`` (code points) as printed and as read; ``certainty`` 0..1. Only words that were judged anew appear."""

    start: int
    end: int
    printed: str
    reading: str
    certainty: float


@dataclass(frozen=True, slots=True)
class Restoration:
    """The derived layer over a text: the words of its damaged and unaccented lines in order, and the version of the model."""

    model: str
    words: tuple[RestoredWord, ...]


def as_read(text: str, words: Sequence[RestoredWord], start: int = 0, end: int | None = None, doubt: str = "") -> str:
    """``text[start:end]`` with the restored words that lie in it in their places, ``doubt`` behind the doubtful ones."""
    stop = len(text) if end is None else end
    parts = []
    at = start
    for number in range(bisect_left(words, start, key=attrgetter("start")), len(words)):
        word = words[number]
        if word.end > stop:
            break
        parts += [text[at : word.start], word.reading, doubt if word.certainty < DOUBTFUL else ""]
        at = word.end
    return "".join((*parts, text[at:stop]))


class Restorer:
    """Reads words with one model. Keeps what it found for each printed word, which never changes the answer."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.version = model.version
        self.lexicon = lexicon_of(model.words)
        self._language = LanguageModel(model.keys, model.counts, len(self.lexicon.words))
        channels = {**model.channels, SCANNED: with_lookalikes(model.channels[SCANNED])}
        self._readings = {name: _Readings(counts, model.words, self._language.one) for name, counts in channels.items()}

    def restore(self, text: str) -> Restoration:
        """The restoration of the lines that need one. ``text`` is composed (NFC); numbers, dates and symbols are never in it."""
        return Restoration(self.version, tuple(word for block in _blocks(judge(text, self.lexicon)) for word in self._block(text, block)))

    def mend(self, text: str, seen: Callable[[int], float] | None = None) -> Restoration:
        """The words of a page read by OCR in Vietnamese that are misread with great certainty; everything else stays.

        ``seen`` tells how sure OCR was (0..1) of the letter at an offset; without it, it was sure of all.
        """
        words = [word for word in split_words(text) if word.kind != MARK]
        found = decode(words, self._readings[SCANNED].of, self._language)
        reads = []
        for word, decoded in zip(words, found, strict=True):
            reading = _restored(word, decoded, self.lexicon.words).reading if word.kind == WORD else word.printed
            reads.append(Read(word, reading, decoded.certainty, seen(word.start) if seen else 1.0))
        return Restoration(
            self.version,
            tuple(
                RestoredWord(read.word.start, read.word.end, read.word.printed, read.reading, round(read.certainty, 3))
                for read in changes(text, reads, self.lexicon, self._language)
            ),
        )

    def read_as(self, words: Sequence[PrintedWord], prints: Iterator[str]) -> Iterator[tuple[str, str]]:
        """Words of a true text restored from other prints of theirs: (true, reading) of each; for measuring."""
        misread = [word._replace(printed=next(prints) or "?") if word.kind == WORD else word for word in words]
        found = decode(misread, self._readings[DAMAGED].of, self._language)
        for true, word, decoded in zip(words, misread, found, strict=True):
            if true.kind == WORD:
                yield true.printed, _restored(word, decoded, self.lexicon.words).reading

    def _block(self, text: str, block: tuple[str, int, int]) -> Iterator[RestoredWord]:
        state, start, end = block
        words = [within_sentence(text, word) for word in split_words(text, start, end) if word.kind != MARK]
        found = decode(words, self._readings[state].of, self._language)
        for number, (word, decoded) in enumerate(zip(words, found, strict=True)):
            if word.kind == WORD:
                lexicon = self.lexicon.words
                restored = _restored(word, decoded, lexicon, _is_calm(decoded, words, number, lexicon))
                last = end_with_mark(text, word.end, restored.reading)
                yield restored if last == word.end else replace(restored, end=last, printed=text[word.start : last])


class _Readings:
    """The readings of printed words under one channel."""

    def __init__(self, counts: Counts, words: Sequence[str], one: Sequence[float]) -> None:
        self._counts = counts
        self._entries = ("",) * len(NAMES) + tuple(words)
        self._one = one
        self._syllables = [is_syllable(word) for word in self._entries]
        self._candidates = lru_cache(maxsize=200_000)(self._search)
        self.of = lru_cache(maxsize=200_000)(self._of)

    @cached_property
    def _channel(self) -> Channel:
        """Made when first asked for: a text needs one channel of the three."""
        # In the channel's scale, which the language model outweighs.
        return Channel(self._counts, self._entries, [_SYLLABLE_WEIGHT / _CHANNEL_WEIGHT * likely for likely in self._one])

    def _search(self, printed: str, case: int) -> list[tuple[float, int]]:
        return self._channel.candidates(printed, case)

    def _of(self, printed: str, first: bool, shouted: bool) -> tuple[Candidate, ...]:
        best: dict[int, tuple[float, int]] = {}
        for case, prior in _writings(printed, first, shouted):
            for likely, number in self._candidates(printed, case):
                abbreviated = case == UPPER and not self._syllables[number]
                weight = _CHANNEL_WEIGHT * likely + (_CAPITALS[0][1] if abbreviated else prior)
                if number not in best or weight > best[number][0]:
                    best[number] = (weight, case)
        ranked = sorted(
            ((weight + _SYLLABLE_WEIGHT * self._one[number], weight, number, case) for number, (weight, case) in best.items()), reverse=True
        )
        kept = [(weight, number, case) for rank, weight, number, case in ranked[:_READINGS] if rank > ranked[0][0] - _READINGS_WITHIN]
        readings = sorted([*kept, (_unknown(printed, shouted), UNKNOWN, None)], key=itemgetter(0), reverse=True)
        return tuple((weight, number, case, weight + self._one[number]) for weight, number, case in readings)


def _writings(printed: str, first: bool, shouted: bool) -> tuple[tuple[int, float], ...]:
    letters = [char for char in printed if char.isalpha()]
    capitals = sum(map(str.isupper, letters))
    if len(printed) > 1 and capitals * 2 > len(letters) and capitals > 1:
        return _CAPITALS if shouted or len(printed) > _LONGEST_ABBREVIATION else _LONE_CAPITALS
    around = _FIRST if first else _INSIDE
    return around + _SHORT_CAPITALS if printed[0].isupper() and 1 < len(printed) < 4 else around


def _unknown(printed: str, shouted: bool) -> float:
    if not printed.isupper() or not 1 < len(printed) <= _LONGEST_ABBREVIATION:
        return _UNKNOWN + _UNKNOWN_SIGN * len(printed)
    return _UNKNOWN + _UNKNOWN_SIGN * len(printed) + (_ABBREVIATION if shouted else _LONE_ABBREVIATION)


def _restored(word: PrintedWord, decoded: Decoded, lexicon: tuple[str, ...], calm: bool = False) -> RestoredWord:
    """A word as decoded; ``calm``: its capitals are misread letters but for the first."""
    _, number, case, _ = decoded.candidate
    if case is None:
        return RestoredWord(word.start, word.end, word.printed, word.printed, min(decoded.certainty, 0.5))
    reading = cased(lexicon[number], TITLE) if calm else _capitals(lexicon[number], word.printed, case)
    return RestoredWord(word.start, word.end, word.printed, reading, round(decoded.certainty, 3))


def _is_calm(decoded: Decoded, words: list[PrintedWord], number: int, lexicon: tuple[str, ...]) -> bool:
    """Whether one capital with signs beside it ("P&" for Đề), or one with a vowel as large ("BO" for Bộ), is no word in capitals, as none
    stands beside it. What is printed as it is read may be an abbreviation ("TU")."""
    _, syllable, case, _ = decoded.candidate
    printed = words[number].printed
    if case != UPPER or (sum(map(str.isalpha, printed)) > 1 and (len(printed) > _LETTER_AND_VOWEL or lexicon[syllable] == printed.lower())):
        return False
    beside = words[max(0, number - 1) : number] + words[number + 1 : number + 2]
    return not any(len(word.printed) > 1 and word.printed.isupper() for word in beside)


@lru_cache(maxsize=65536)
def _capitals(reading: str, printed: str, case: int) -> str:
    """The reading with capitals where they are printed ("TTg"); a stray one inside a syllable ("tAng", "NOi") is a misread letter."""
    misread = is_syllable(reading) and not (printed.isupper() or printed.islower() or printed.istitle())
    if len(reading) == len(printed) and fold(reading) == fold(printed) and not misread:
        return "".join(true.upper() if char.isupper() else true for true, char in zip(reading, printed, strict=True))
    return cased(reading, case)


def _blocks(lines: tuple[Line, ...]) -> Iterator[tuple[str, int, int]]:
    """(state, start, end) of the runs of lines to restore; an empty line ends a run, as a paragraph ends there."""
    run: list[Line] = []
    for line in lines:
        if run and (line.blank or line.state != run[0].state):
            yield run[0].state, run[0].start, run[-1].end
            run = []
        if not line.blank and line.state in (DAMAGED, UNACCENTED):
            run.append(line)
    if run:
        yield run[0].state, run[0].start, run[-1].end


@lru_cache(maxsize=1)
def shipped_restorer() -> Restorer:
    """The restorer with the model that comes with the package; loaded when first asked for."""
    return Restorer(load_model(SHIPPED))


def load_restorer(path: Path) -> Restorer:
    """The restorer with the model of a file. Raises NotAModel, OSError."""
    return Restorer(load_model(path))


@lru_cache(maxsize=1)
def restore(text: str) -> Restoration:
    """The restoration of a composed (NFC) text by the shipped model, which is not even loaded for a clean one. Never raises.

    The last one is remembered: who stores a damaged plan asks for the same words again.
    """
    return shipped_restorer().restore(text) if may_be_damaged(text) else Restoration("", ())


def passage_as_read(text: str) -> str | None:
    """A damaged passage as the shipped model reads it; None where nothing in it is damaged, or too little of it stands here to say so."""
    composed = compose(text)[0]
    read = as_read(composed, restore(composed).words)
    return read if read != composed else None
