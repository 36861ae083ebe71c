"""Corrections of the text itself: words in the place of words, each found by its quotation; and the way back to the text as it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.amend.anchors import AROUND, located, quoted, weighed
from archive.amend.plans import AGREES, APPLIED, UNPLACED, words_of
from archive.values.corrections import Anchor, Correction
from archive.values.documents import Span
from kehoach_parser import Text


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points from ``start`` to ``end`` of a text, in whose place ``length`` others came."""

    start: int
    end: int
    length: int


@dataclass(frozen=True, slots=True)
class Reworded:
    """What corrections of words make of a text: the ``texts`` from the one that was read on, the ``edits`` between them, and the states of
    the corrections."""

    texts: tuple[str, ...]
    edits: tuple[Edit, ...]
    states: tuple[str, ...]


def reworded(text: str, corrections: Iterable[Correction]) -> Reworded:
    """A text with corrections of its words, in their order."""
    texts, edits, states = [text], list[Edit](), list[str]()
    for correction in corrections:
        state, edit, words = _reworded(text, correction)
        states.append(state)
        if edit is not None:
            text = text[: edit.start] + words + text[edit.end :]
            edits.append(edit)
            texts.append(text)
    return Reworded(tuple(texts), tuple(edits), tuple(states))


def _reworded(text: str, correction: Correction) -> tuple[str, Edit | None, str]:
    words, anchor = words_of(correction.value) or "", correction.anchor
    if anchor is None:
        return UNPLACED, None, words
    printed = weighed(text, anchor)
    said = weighed(text, replace(anchor, exact=words)) if words else []  # "Sở Y tế" for "Sở": the print stands in what it is corrected to
    if said and (not printed or said[0][0] > printed[0][0]):
        return AGREES, None, words
    if not printed:
        return UNPLACED, None, words
    start, end = printed[0][1]
    if text[start:end] == words:
        return APPLIED, None, words
    return APPLIED, Edit(start, end, len(words)), words


def shifted(text: Text, content: str, edits: Sequence[Edit]) -> Text:
    """A text with other words; its pages begin where they began."""
    pages = text.pages
    for edit in edits:
        pages = tuple(_after(page, edit) for page in pages)
    return Text(content, text.name, text.sha256, text.media_type, pages, text.notes)


def _after(offset: int, edit: Edit) -> int:
    if offset >= edit.end:
        return offset + edit.length - (edit.end - edit.start)
    return min(offset, edit.start)


def as_read(span: Span, edits: Sequence[Edit]) -> Span:
    """A span of the corrected text as one of the text as it was read: what was changed counts as a whole."""
    start, end = span
    for edit in reversed(edits):
        start, end = _before(start, edit, edit.start), _before(end, edit, edit.end)
    return start, end


def requoted(anchor: Anchor, texts: Sequence[str], edits: Sequence[Edit]) -> Anchor:
    """An anchor as it is in a text that was reworded: where its place is in the newest of the texts (the first as read, the last as
    corrected) that has it, led on through the ``edits`` behind it. One that is found nowhere stays as it is."""
    beside = requoted(anchor.beside, texts, edits) if anchor.beside else None
    for number in range(len(texts) - 1, -1, -1):
        if places := located(texts[number], anchor):
            start, end = places[0]
            for edit in edits[number:]:
                start, end = _moved(start, edit, edit.start), _moved(end, edit, edit.start + edit.length)
            return replace(quoted(texts[-1], (start, max(start, end))) if edits[number:] else anchor, beside=beside)
    return replace(anchor, beside=beside)


def _moved(offset: int, edit: Edit, inside: int) -> int:
    """An offset of a text in the text that an edit made of it."""
    return offset if offset <= edit.start else _after(offset, edit) if offset >= edit.end else inside


def _before(offset: int, edit: Edit, inside: int) -> int:
    if offset <= edit.start:
        return offset
    return offset - edit.length + (edit.end - edit.start) if offset >= edit.start + edit.length else inside


def around(text: str, span: Span) -> str:
    """A place with the words around it, on one line."""
    return " ".join(f"{text[max(0, span[0] - AROUND) : span[0]]}«{text[span[0] : span[1]]}»{text[span[1] : span[1] + AROUND]}".split())
