"""Emphasis that a converter to Markdown leaves in a text: "**1.** **Sở Y tế**", "*1.1. Chi cục Kiểm lâm*".

It says nothing of what is printed, yet it stands before labels and within names. The text is read without it and everything found led
back, as it is for lost blanks. An asterisk that is a bullet ("* Các sở"), a footnote's ("(*)") or a ruling's ("*" alone under the organ of
a Party paper) is none: only pairs around words are.
"""

from __future__ import annotations

import re

from kehoach_parser.text.lost_blanks import Spaced

#: Two asterisks are emphasis beside a letter or another mark, but for a footnote's; single ones in pairs, tight around their words.
_STRONG = re.compile(r"(?!(?<=\()\*\*\))(?:\*\*(?=\S)|(?<=\S)\*\*)")
_WEAK = re.compile(r"(?<![\w*])\*(?=[^\s*)])(?:[^*\n]|\n(?![ \t]*\n))*(?<=[^\s*(])\*(?![\w*])")


def without_emphasis(content: str) -> Spaced | None:
    """The text without the marks of emphasis; None where it has none."""
    kept = _kept(content)
    return None if kept is None else Spaced("".join(content[at] for at in kept), [*kept, len(content)], (), ())


def emphasis(content: str) -> list[int]:
    """The offsets (code points) of the marks of emphasis in a text, in order."""
    kept = _kept(content)
    return [] if kept is None else sorted(set(range(len(content))) - set(kept))


def _kept(content: str) -> list[int] | None:
    """The offsets of all else; None where there are no marks."""
    if "*" not in content or (_STRONG.search(content) or _WEAK.search(content)) is None:
        return None
    kept: list[int] = list(range(len(content)))
    for marks in (_STRONG, _WEAK):
        text = "".join(content[at] for at in kept)
        # Of a pair the words within stay: the marks are the first and the last of what is found, which are all of "**".
        dropped = {at for match in marks.finditer(text) for at in (match.start(), match.end() - 1)}
        kept = [at for number, at in enumerate(kept) if number not in dropped]
    return kept
