"""How a value stands in a page: escaped, on a line where it is to be short, without signs that only change how others are shown."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

#: Control characters (but for tab and line ends), and the signs that turn the direction of what follows: in a title they could make one
#: document look like another.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]")


def visible(value: Any) -> Any:
    """A value as it is written into a page."""
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():  # Python takes none of these for printable
        return value
    return _UNSEEN.sub("", value)


#: What has to be said otherwise in HTML.
_MARKED_UP = re.compile("[&<>\"']")


def html(value: Any) -> str:
    """A value as it stands in the HTML of a page. Most are words that need nothing: to make Markup of each takes longer than that look."""
    if type(value) is str:
        seen = value if value.isprintable() else _UNSEEN.sub("", value)
        return seen if _MARKED_UP.search(seen) is None else escape(seen)
    return value if type(value) is Markup else escape(visible(value))


def short(text: str | None, most: int = 160) -> str:
    """The first letters of a text on one line, cut between words where there are any."""
    line = " ".join((text or "").split())
    if len(line) <= most:
        return line
    cut = line[:most]
    return f"{cut.rpartition(' ')[0] if ' ' in cut[most // 2 :] else cut} …"
