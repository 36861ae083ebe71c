"""Corrections of the text itself: words in the place of words, each found by its quotation; and the way back to the text as it was read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from archive.amend.anchors import AROUND, located, quoted, weighed
from archive.amend.plans import AGREES, APPLIED, UNPLACED, words_of
from archive.values.corrections import Anchor, Correction
from archive.values.documents import Span
from kehoach_parser import Page, Text


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
    """A text with other words, with all that was seen on its pages where it is now. A word that was changed keeps its place on the page;
    where several became others, nobody knows which of these stands where, and they have none."""

    def start(offset: int) -> int:
        for edit in edits:
            offset = _moved(offset, edit, edit.start)
        return offset

    def end(offset: int) -> int:
        for edit in edits:
            offset = _moved(offset, edit, edit.start + edit.length)
        return offset

    def span(old: Span) -> Span:
        return start(old[0]), max(start(old[0]), end(old[1]))

    def page(old: Page) -> Page:
        words = tuple(replace(word, span=span(word.span)) for word in old.words if not _is_cut(word.span, edits))
        return replace(old, span=span(old.span), words=words)

    return replace(
        text,
        content=content,
        pages=tuple(map(start, text.pages)),
        layout=tuple(map(page, text.layout)),
        furniture=tuple(map(span, text.furniture)),
        unsure=tuple(map(span, text.unsure)),
        repairs=tuple(replace(repair, span=span(repair.span)) for repair in text.repairs if not _is_cut(repair.span, edits)),
        paragraphs=frozenset(map(start, text.paragraphs)),
        carried=frozenset(map(start, text.carried)),
    )


def _is_cut(span: Span, edits: Sequence[Edit]) -> bool:
    """Whether an edit changes a part of a span and something beside it, too."""
    for edit in edits:
        if edit.start < span[1] and span[0] < edit.end and not (span[0] <= edit.start and edit.end <= span[1]):
            return True
        span = _moved(span[0], edit, edit.start), _moved(span[1], edit, edit.start + edit.length)
    return False


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
    if offset <= edit.start:
        return offset
    return offset + edit.length - (edit.end - edit.start) if offset >= edit.end else inside


def _before(offset: int, edit: Edit, inside: int) -> int:
    if offset <= edit.start:
        return offset
    return offset - edit.length + (edit.end - edit.start) if offset >= edit.start + edit.length else inside


def around(text: str, span: Span) -> str:
    """A place with the words around it, on one line."""
    return " ".join(f"{text[max(0, span[0] - AROUND) : span[0]]}«{text[span[0] : span[1]]}»{text[span[1] : span[1] + AROUND]}".split())
