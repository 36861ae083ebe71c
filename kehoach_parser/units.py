"""Units (cơ quan, đơn vị) named in a text: the step from the tokenised document to mentions with value and identity.

Heads are set by spaCy's PhraseMatcher, on folded words and on skeletons (damaged text); the unit grammar reads on from there.
"""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

from kehoach_parser.document import Document
from kehoach_parser.fold import fold
from kehoach_parser.unit_grammar import UnitGrammar
from kehoach_parser.unit_heads import heads_of
from kehoach_parser.unit_identity import key_of, scope_of
from kehoach_parser.unit_levels import Mention, Settings
from kehoach_parser.unit_lexicon import Phrase, lexicon, matchers, phrase_of
from kehoach_parser.unit_places import commune_name
from kehoach_parser.unit_words import Words, plain, words_of
from kehoach_parser.values import FoundUnit

_OPEN = ("các", "những", "tất", "toàn", "mỗi", "từng", "mọi", "một")
_COMMUNES = ("phường", "xã", "khu", "trấn")


def find_units(document: Document, organ: str | None = None, place: str | None = None) -> tuple[FoundUnit, ...]:
    """All units named in the text, in order, none over another.

    ``organ`` and ``place`` are the issuing organ and place as read in the header: what "phường" or "Thành phố" means, and how the own
    place is written where the text is damaged.
    """
    known = lexicon()
    words = words_of(document, known.readings)
    scope = scope_of(organ, place)
    own = tuple(phrase_of(" ".join(word.capitalize() for word in name.split())) for _, name in scope.places)
    grammar = UnitGrammar(words, known, heads_of(words, known, matchers(document.doc.vocab)), (*own, *known.provinces), _settings())
    return tuple(
        FoundUnit(
            value=value,
            raw=document.content[start:end],
            span=(start, end),
            certainty=_certainty(words, mention),
            key=key_of(value, mention.collective, scope),
        )
        for mention in grammar.mentions()
        for value in (_value(words, mention),)
        for start, end in (words.span(mention.start, mention.end),)
    )


@lru_cache(maxsize=1)
def _settings() -> Settings:
    root = files("kehoach_parser")
    units: dict[str, Any] = tomllib.loads(root.joinpath("data/units.toml").read_text(encoding="utf-8"))
    duties: dict[str, Any] = tomllib.loads(root.joinpath("data/duties.toml").read_text(encoding="utf-8"))
    known, grammar = lexicon(), units["grammar"]
    open_kinds = _phrases(units["names"]["open_kinds"])
    first = {phrase[0] for phrase in (*open_kinds, *known.leaders)} | set(_OPEN)
    openers = {fold(word) for word in first}
    for word in first:
        openers |= known.readings.get(plain(word), frozenset())
    return Settings(
        bare=frozenset(_phrases(units["names"]["bare"])),
        open_kinds=open_kinds,
        never=_phrases(units["names"]["never"]),
        verbs=frozenset(tuple(fold(word) for word in verb.split()) for verb in duties["verbs"]),
        openers=frozenset(openers),
        quantifiers=_phrases(grammar["quantifiers"]),
        qualifiers=_phrases(grammar["qualifiers"]),
        levels_of=_phrases(grammar["levels_of"]),
        links=_phrases(grammar["links"]),
        given=_phrases(grammar["given"]),
        given_words=frozenset(plain(word) for word in grammar["given_words"]),
        general=frozenset(_phrases(grammar["general"])),
    )


def _phrases(texts: list[str]) -> tuple[Phrase, ...]:
    return tuple(sorted((phrase_of(text) for text in texts), key=lambda phrase: (-len(phrase), phrase)))


def _value(words: Words, mention: Mention) -> str:
    """The name in true Vietnamese: printed words in clean text, the words of the gazetteer in damaged text."""
    out: list[str] = []
    for i in range(mention.start, mention.end):
        if i > mention.start and words.ends[i - 1] < words.starts[i]:
            out.append(" ")
        out.append(words.text(i) if words.is_clean(i) or not words.text(i)[0].isalnum() else _true_word(words, mention, i))
    return "".join(out)


def _true_word(words: Words, mention: Mention, i: int) -> str:
    printed, true = words.text(i), mention.true.get(i)
    if true is None:
        return _place_word(words, mention, i) or printed
    if true[0].islower() and printed[0].isupper() and (i == mention.start or not words.text(i - 1)[0].isupper() or not mention.collective):
        return true.capitalize()
    return true


def _place_word(words: Words, mention: Mention, i: int) -> str | None:
    """A word of a commune's name, when the name with its level stands for one commune."""
    first = i
    while first - 1 > mention.start and first - 1 not in mention.true and words.text(first - 1)[0].isupper():
        first -= 1
    end = i + 1
    while end < mention.end and end not in mention.true and words.text(end)[0].isupper():
        end += 1
    level = plain(mention.true.get(first - 1, ""))
    if level not in _COMMUNES:
        return None
    kind = {"khu": "đặc khu", "trấn": "thị trấn"}.get(level, level)
    name = commune_name(kind, " ".join(words.text(j) for j in range(first, end)))
    return name.split()[i - first] if name is not None and len(name.split()) == end - first else None


def _certainty(words: Words, mention: Mention) -> float:
    """1 where every word stands as printed, lower by the share of words that were read otherwise than printed."""
    size = mention.end - mention.start
    read = [i for i in range(mention.start, mention.end) if not words.is_clean(i)]
    if not read:
        return 1.0
    sure = sum(1 for i in read if i in mention.true and fold(mention.true[i]) == words.folded(i))
    return round(0.6 + 0.3 * (sure + size - len(read)) / size, 2)
