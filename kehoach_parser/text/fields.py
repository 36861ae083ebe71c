"""A place in the text as a field: what is printed, and its reading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kehoach_parser.model import Field, Span

#: A line end within a symbol or a pair of years: "57- ⏎ NQ/TW", "57 ⏎ -NQ/TW".
_BENT_SYMBOL = re.compile(r"(?<=\d[-–/])\n(?=\w)|(?<=\d)\n(?=[-–/]\w)")
_MARKDOWN = re.compile(r"\*\*|__|(?<!\w)\*(?=\S)|(?<=\S)\*(?!\w)|(?<=[^\W\d_])\*(?=[^\W\d_])")


def field_reader(content: str, certainty: float) -> Callable[[Sequence[Span]], Field]:
    """A function that makes a field of the pieces it is printed in; ``certainty`` is what a plain reading of this text is worth."""

    def field(pieces: Sequence[Span]) -> Field:
        hull = (pieces[0][0], pieces[-1][1]) if len(pieces) == 1 else (min(s for s, _ in pieces), max(e for _, e in pieces))
        raw = content[slice(*hull)]
        printed = raw if len(pieces) == 1 else "\n".join(content[start:end] for start, end in pieces)
        bare = _MARKDOWN.sub("", printed) if "*" in printed or "__" in printed else printed
        joined = _BENT_SYMBOL.sub("", bare) if "\n" in bare else bare
        value = " ".join(joined.split())
        return Field(value, raw, hull, certainty, tuple(pieces) if len(pieces) > 1 else ())

    return field
