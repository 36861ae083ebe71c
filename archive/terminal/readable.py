"""Passages of a plan for people: damaged words as they are read, where the plan was read with the restorer."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable

from kehoach_parser import Plan, compose, restore

#: The text from an offset to another.
Readable = Callable[[int, int], str]


def readable(plan: Plan, text: str) -> Readable:
    """Reads passages of ``text``, in which the spans of ``plan`` count; as printed where the text is clean, or its marks stand apart."""
    if plan.source.restorer is None or compose(text)[0] != text:
        return lambda start, end: text[start:end]
    from kehoach_parser import shipped_restorer

    words = shipped_restorer().restore(text).words
    starts = [word.start for word in words]

    def read(start: int, end: int) -> str:
        parts = []
        at = start
        for word in words[bisect_left(starts, start) : bisect_left(starts, end)]:
            parts += [text[at : word.start], word.reading]
            at = word.end
        return "".join((*parts, text[at:end]))

    return read


def reading(text: str) -> str | None:
    """A damaged passage as it is read; None where nothing in it is damaged, or too little of it stands here to say so."""
    composed = compose(text)[0]
    parts = []
    at = 0
    for word in restore(composed).words:
        parts += [composed[at : word.start], word.reading]
        at = word.end
    said = "".join((*parts, composed[at:]))
    return said if said != composed else None
