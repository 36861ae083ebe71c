"""Reads the units of a text: shared by the step that finds them and by the step that asks who issues the text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kehoach_parser.model import Span
from kehoach_parser.text.areas import area_words
from kehoach_parser.text.document import Document, read_document
from kehoach_parser.text.fold import fold
from kehoach_parser.text.marks import exact_form
from kehoach_parser.units.communes import commune_name
from kehoach_parser.units.context import Context
from kehoach_parser.units.gazetteer import lexicon, phrase_of
from kehoach_parser.units.grammar import UnitGrammar
from kehoach_parser.units.grammar_words import grammar_words
from kehoach_parser.units.heads import heads_of
from kehoach_parser.units.identity import Scope, scope_of
from kehoach_parser.units.mention import Mention
from kehoach_parser.units.phrase_list import PhraseList
from kehoach_parser.units.words import Phrase, TextWords, words_of

#: The last word of a commune's kind, with the kind: "khu" → "đặc khu".
_COMMUNES = {kind.split()[-1]: kind for kind in area_words("commune")}


class NamedUnit(NamedTuple):
    """A unit's name in a text. ``value`` is what stands in the plan, ``true`` the name that its identity is made of.

    ``led`` has both for the body that a post leads.
    """

    value: str
    true: str
    span: Span
    certainty: float
    collective: bool
    led: tuple[str, str] | None = None


def read_words(document: Document, unsure: Sequence[Span] = ()) -> TextWords:
    """The words of a text as units and duties are read from them; those that lie in ``unsure`` are read as damaged ones."""
    return words_of(document, lexicon().readings, unsure)


def read_units(document: Document, places: tuple[Phrase, ...] = (), words: TextWords | None = None) -> tuple[NamedUnit, ...]:
    """All units named in the text, in order, none over another.

    ``places`` are names beside those of the provinces; ``words`` are those of the document, where the caller has them already.
    """
    known = lexicon()
    words = words or read_words(document)
    context = Context(words, heads_of(words, known), known, _places(places), grammar_words())
    return tuple(_named_unit(words, mention) for mention in UnitGrammar(context).mentions())


@lru_cache(maxsize=64)
def _places(more: tuple[Phrase, ...]) -> PhraseList:
    """The names of provinces and ``more``: issuers are few, and the list is long."""
    return PhraseList((*lexicon().provinces, *more), lexicon().readings)


def _named_unit(words: TextWords, mention: Mention) -> NamedUnit:
    first, span = mention.start + mention.named, words.span(mention.start, mention.end)
    if mention.kind:
        value = f"{mention.kind} {_printed(words, first, mention.end)}"
        led = None if mention.led is None else " ".join(value.split()[mention.led :])
        return NamedUnit(value, value, span, 1.0, False, None if led is None else (led, led))
    if all(_as_printed(words, mention, i, True) for i in range(mention.start, mention.end)):
        # The name as the page has it; its identity makes no difference of capitals.
        value = _printed(words, mention.start, mention.end)
        true = _printed(words, first, mention.end) if mention.named else value
        led = None if mention.led is None else _printed(words, mention.led, mention.end)
        return NamedUnit(value, true, span, 1.0, mention.collective, None if led is None else (led, led))
    return NamedUnit(
        _joined(words, mention, mention.start, keep_clean=True),
        _joined(words, mention, first, keep_clean=False),
        span,
        _certainty(words, mention),
        mention.collective,
        _led(words, mention),
    )


def _printed(words: TextWords, first: int, end: int) -> str:
    return " ".join(words.content[words.starts[first] : words.ends[end - 1]].split())


def scope_in(document: Document, organ: str | None, place: str | None, parent: str | None = None) -> Scope:
    """The scope of the issuing organ below its parent, their names restored where the head of the page is damaged."""
    return scope_of(_restored(document, organ), place, _restored(document, parent))


def _restored(document: Document, organ: str | None) -> str | None:
    return None if organ is None else _as_called(document, _as_meant(organ))


@lru_cache(maxsize=1024)
def _as_meant(organ: str) -> str:
    """The name of an organ with its units as the gazetteer has them: issuers are few."""
    restored = organ
    for unit in reversed(read_units(read_document(organ))):
        restored = restored[: unit.span[0]] + unit.true + restored[unit.span[1] :]
    return restored


def _as_called(document: Document, organ: str) -> str:
    """An organ as the text most often calls it: "Tổng cục Thuế" below the damaged head "TONG CỤC THUÊ"."""
    if not any(map(str.isalnum, organ)):
        return organ
    word, *more = map(re.escape, fold(organ).split())  # the first word stands first, so that the text is searched for it alone
    letters = r"\s+".join((rf"{word}(?<!\w{word})", *more))
    printed = [" ".join(document.content[slice(*match.span())].split()) for match in re.finditer(rf"{letters}(?!\w)", document.folded)]
    times = Counter(map(str.casefold, printed))
    name = max(printed, key=lambda each: times[each.casefold()], default=organ)
    return name if times[name.casefold()] > max(1, times[organ.casefold()]) else organ


def places_of_scope(scope: Scope) -> tuple[Phrase, ...]:
    """The places of a scope as phrases for `read_units`."""
    return tuple(phrase_of(" ".join(word.capitalize() for word in name.split())) for _, name in scope.places)


def _led(words: TextWords, mention: Mention) -> tuple[str, str] | None:
    if mention.led is None:
        return None
    return _joined(words, mention, mention.led, keep_clean=True), _joined(words, mention, mention.led, keep_clean=False)


def _joined(words: TextWords, mention: Mention, first: int, keep_clean: bool) -> str:
    """The name from word ``first`` on in true Vietnamese: the words of the gazetteer; with ``keep_clean`` printed words in clean text."""
    out: list[str] = []
    for i in range(first, mention.end):
        if i > first and words.ends[i - 1] < words.starts[i]:
            out.append(" ")
        out.append(words.text(i) if _as_printed(words, mention, i, keep_clean) else _true_word(words, mention, i))
    return "".join(out)


def _as_printed(words: TextWords, mention: Mention, i: int, keep_clean: bool) -> bool:
    """Whether a word stands in the name as the page has it: marks of punctuation, and clean words that say what they mean."""
    printed, true = words.texts[i], mention.true.get(i)
    if true is None:
        return words.clean[i] or _is_mark(printed)
    if _is_mark(printed):
        return not true[0].isalpha()
    return words.clean[i] and keep_clean and (printed == true or exact_form(printed) == exact_form(true))


def _is_mark(printed: str) -> bool:
    return len(printed) == 1 and not printed.isalnum()


def _true_word(words: TextWords, mention: Mention, i: int) -> str:
    printed, true = words.text(i), mention.true.get(i)
    if true is None:
        return _place_word(words, mention, i) or printed
    if words.is_clean(i) and printed.isupper() and len(printed) > 1:
        return true.upper()
    if true[0].islower() and printed[0].isupper() and (i == mention.start or not words.text(i - 1)[0].isupper() or not mention.collective):
        return true.capitalize()
    return true


def _place_word(words: TextWords, mention: Mention, i: int) -> str | None:
    """A word of a commune's name, when the name with its level stands for one commune."""
    first = i
    while first - 1 > mention.start and first - 1 not in mention.true and words.text(first - 1)[0].isupper():
        first -= 1
    end = i + 1
    while end < mention.end and end not in mention.true and words.text(end)[0].isupper():
        end += 1
    level = exact_form(mention.true.get(first - 1, ""))
    if level not in _COMMUNES:
        return None
    kind = _COMMUNES[level]
    name = commune_name(kind, " ".join(words.text(j) for j in range(first, end)))
    return name.split()[i - first] if name is not None and len(name.split()) == end - first else None


def _certainty(words: TextWords, mention: Mention) -> float:
    """1 where every word stands as printed, lower by the share of words that were read otherwise than printed."""
    size = mention.end - mention.start
    read = [i for i in range(mention.start, mention.end) if not words.is_clean(i)]
    if not read:
        return 1.0
    sure = sum(1 for i in read if i in mention.true and fold(mention.true[i]) == words.folded(i))
    return round(0.6 + 0.3 * (sure + size - len(read)) / size, 2)
