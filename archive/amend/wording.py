"""Corrections of the text itself: words in the place of words, each found by its quotation; and the way back to the text as it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.amend.anchors import AROUND, weighed
from archive.amend.plans import AGREES, APPLIED, UNPLACED, words_of
from archive.values.corrections import Correction
from archive.values.documents import Span
from kehoach_parser import Text


@dataclass(frozen=True, slots=True)
class Edit:
    """Code points from ``start`` to ``end`` of a text, in whose place ``length`` others came."""

    start: int
    end: int
    length: int


def reworded(text: str, corrections: Iterable[Correction]) -> tuple[str, tuple[Edit, ...], tuple[str, ...]]:
    """A text with corrections of its words, in their order; the edits, each in the text that the ones before made; and their states."""
    edits: list[Edit] = []
    states: list[str] = []
    for correction in corrections:
        state, edit, words = _reworded(text, correction)
        states.append(state)
        if edit is not None:
            text = text[: edit.start] + words + text[edit.end :]
            edits.append(edit)
    return text, tuple(edits), tuple(states)


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


def _before(offset: int, edit: Edit, inside: int) -> int:
    if offset <= edit.start:
        return offset
    return offset - edit.length + (edit.end - edit.start) if offset >= edit.start + edit.length else inside


def around(text: str, span: Span) -> str:
    """A place with the words around it, on one line."""
    return " ".join(f"{text[max(0, span[0] - AROUND) : span[0]]}«{text[span[0] : span[1]]}»{text[span[1] : span[1] + AROUND]}".split())
