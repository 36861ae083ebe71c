"""Passages of a plan for people: damaged words as they are read, where the plan was read with the restorer."""

from __future__ import annotations

from collections.abc import Callable

import kehoach_parser

#: The text from an offset to another.
Readable = Callable[[int, int], str]


def readable(plan: kehoach_parser.Plan, text: str) -> Readable:
    """Reads passages of ``text``, in which the spans of ``plan`` count; as printed where the text is clean, or its marks stand apart."""
    if plan.source.restorer is None or kehoach_parser.compose(text)[0] != text:
        return lambda start, end: text[start:end]
    words = kehoach_parser.restore(text).words
    return lambda start, end: kehoach_parser.as_read(text, words, start, end)
