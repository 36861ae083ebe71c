"""What may be meant by what is typed so far: units, cited documents, plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import archive
from archive import values
from archive.web.writing import short, visible
from kehoach_parser import fold

#: Suggestions of each kind.
_EACH = 4
#: Mentions that are looked through for the documents that a symbol means: those that are mentioned seldom may be missed.
_MENTIONS = 200
#: Units that are looked through for those that hold the half word: those with most duties come first.
_UNITS = 200
#: Letters that have to be typed before anything is suggested, and letters of a suggestion.
_LEAST, _MOST = 2, 110


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``kind`` is cited | unit | document, ``text`` what is asked for, ``said`` what it is called."""

    kind: str
    text: str
    said: str


def suggestions(handle: archive.Archive, typed: str) -> tuple[Suggestion, ...]:
    """What may be meant by what is typed; nothing where it cannot be understood yet."""
    if len(typed) < _LEAST:
        return ()
    found: list[Suggestion] = []
    for ways in (_cited, _units, _documents):
        try:
            found += ways(handle, typed)
        except archive.errors.ArchiveError:  # half a word, an open quotation mark
            continue
    return tuple(found)


def _cited(handle: archive.Archive, typed: str) -> Iterator[Suggestion]:
    """Documents that it may name: numbers and symbols are names; words are looked for in texts."""
    if not any(sign.isdigit() for sign in typed):
        return
    try:
        found = archive.cites(handle, typed, limit=_MENTIONS)
    except archive.errors.AmbiguousReference as error:
        candidates = error.facts.get("candidates")
        yield from (Suggestion("cited", one, _short(one)) for one in (candidates if isinstance(candidates, tuple) else ())[:_EACH])
        return
    several = [*(group.cited for group in found.groups), *found.suggestions][:_EACH]
    for cited, choice in zip(several, archive.choices_among(several), strict=True):
        if text := choice or cited.symbol or cited.title:
            yield Suggestion("cited", text, _short(" – ".join(filter(None, (text, cited.title)))))


def _units(handle: archive.Archive, typed: str) -> Iterator[Suggestion]:
    """Units are found by whole words: they are asked for by those before the last, which may be half of one."""
    whole, _, half = fold(typed).rpartition(" ")
    found = archive.units(handle, whole, limit=_UNITS)
    holding = (unit.name for unit in found if f" {whole} {half}".replace("  ", " ") in f" {fold(unit.name)}")
    names = islice(dict.fromkeys(name.replace('"', " ") for name in holding), _EACH)
    yield from (Suggestion("unit", f'unit:"{visible(name)}"', _short(name)) for name in names)


def _documents(handle: archive.Archive, typed: str) -> Iterator[Suggestion]:
    query = typed if typed[-1:] in '"*) ' else f"{typed}*"
    for hit in archive.search(handle, query, limit=_EACH).hits:
        document: values.Document = hit.document
        if document.symbol:
            yield Suggestion("document", document.symbol, _short(" – ".join(filter(None, (document.symbol, document.subject)))))


def _short(text: str) -> str:
    return short(visible(text), _MOST)
