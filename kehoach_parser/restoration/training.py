"""Makes a model: counts of a language model from true texts, channels from true words and their readings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kehoach_parser.restoration.alignment import align
from kehoach_parser.restoration.channel_training import LETTERS, learn
from kehoach_parser.restoration.language import FACT, NUMBER, START, UNKNOWN
from kehoach_parser.restoration.lexicon import Lexicon, is_syllable, lexicon_of
from kehoach_parser.restoration.model import Counts, Model
from kehoach_parser.restoration.printed_words import MARK, WORD, split_words
from kehoach_parser.restoration.printed_words import NUMBER as NUMBER_WORD
from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form

#: Times that a word of no Vietnamese shape ("UBND", "Festival") must be seen to stand in the lexicon, and its greatest length.
OTHER_WORDS, LONGEST_OTHER = 8, 12
#: Words that differ more in length, or are longer, teach a channel nothing.
_UNLIKE, _LONGEST_TAUGHT = 5, 10

Triples = Counter[tuple[str, str, str]]
_START, _UNKNOWN = "<s>", "<?>"


def sentences(text: str) -> Iterator[list[str]]:
    """The sentences of a text in clean Vietnamese, a line holding at least one: words in lower case, numbers and facts as names."""
    for line in text.split("\n"):
        sentence: list[str] = []
        for word in split_words(line):
            if word.kind == MARK:
                continue
            sentence.append(exact_form(word.printed) if word.kind == WORD else "<n>" if word.kind == NUMBER_WORD else "<f>")
            if word.ends:
                yield sentence
                sentence = []
        if sentence:
            yield sentence


def count_triples(texts: Iterable[str], phrases: Iterable[str] = ()) -> Triples:
    """How often three words stand in a row in the texts. A phrase (a name, a long word) counts once, without a beginning."""
    triples: Triples = Counter()
    for text in texts:
        for sentence in sentences(text):
            triples.update(zip((_START, _START, *sentence), (_START, *sentence), sentence, strict=False))
    for phrase in phrases:
        for words in sentences(phrase):
            if len(words) > 1:
                triples.update(list(zip((_UNKNOWN, _UNKNOWN, *words), (_UNKNOWN, *words), words, strict=False))[1:])
    return triples


def make_lexicon(texts: Iterable[str], names: Iterable[str] = ()) -> Lexicon:
    """The syllables of the texts and of the names, and other words that are frequent in the texts."""
    seen: Counter[str] = Counter()
    for text in texts:
        for sentence in sentences(text):
            seen.update(sentence)
    known = {
        word
        for word, count in seen.items()
        if word.isalpha() and (is_syllable(word) or (count >= OTHER_WORDS and len(word) <= LONGEST_OTHER))
    }
    known |= {word for name in names for sentence in sentences(name) for word in sentence if is_syllable(word)}
    return lexicon_of(sorted(known))


def word_pairs(true: str, read: str) -> Iterator[tuple[str, str]]:
    """Words of a true text and of its reading that are one another."""
    trues = [word for word in split_words(true) if word.kind != MARK]
    reads = [word for word in split_words(read) if word.kind != MARK]
    straight = len(trues) == len(reads) and "\n" not in true
    for i, j in zip(range(len(trues)), range(len(reads)), strict=True) if straight else align(trues, reads):
        yield trues[i].printed, reads[j].printed


def learn_channel(pairs: Iterable[tuple[str, str]]) -> Counts:
    """A channel from pairs of words (true, read)."""
    counted: Counter[tuple[str, str]] = Counter(
        (true, read)
        for true, read in pairs
        if true.isalpha() and read and not read.isdigit() and len(true) < _LONGEST_TAUGHT and abs(len(true) - len(read)) < _UNLIKE
    )
    return learn({pair: float(count) for pair, count in counted.items()})


def unaccented_channel() -> Counts:
    """Typing without marks: every letter loses them, nothing else happens."""
    return {(letter, fold(letter).upper() if letter.isupper() else fold(letter)): 1.0 for letter in (*LETTERS, *LETTERS.upper())}


def make_model(lexicon: Lexicon, triples: Mapping[tuple[str, str, str], int], channels: Mapping[str, Counts]) -> Model:
    """The model of these counts; its version is a hash of all of them."""
    import numpy as np

    size = len(lexicon.words)
    numbers = {**lexicon.numbers, "<s>": START, "<n>": NUMBER, "<f>": FACT, "<?>": UNKNOWN}
    counts: Counter[int] = Counter()
    for (a, b, c), count in triples.items():
        key = (numbers.get(a, UNKNOWN) * size + numbers.get(b, UNKNOWN)) * size + numbers.get(c, UNKNOWN)
        counts[key] += count
    keys = np.array(sorted(counts), dtype=np.int64)
    values = np.array([counts[key] for key in keys.tolist()], dtype=np.int64)
    words = lexicon.words[4:]
    return Model(_version(words, keys.tobytes(), values.tobytes(), channels), words, keys, values, channels)


def _version(words: Sequence[str], keys: bytes, counts: bytes, channels: Mapping[str, Counts]) -> str:
    digest = hashlib.sha256("\n".join(words).encode() + keys + counts)
    for name in sorted(channels):
        digest.update(repr(sorted((segment, round(count, 4)) for segment, count in channels[name].items())).encode())
    return digest.hexdigest()[:12]
