"""Emphasis that a converter to Markdown leaves in a text: "**1.** **Sở Y tế**", "*1.1. Chi cục Kiểm lâm*".

It says nothing of what is printed, yet it stands before labels and within names. The text is read without it and everything found led back,
as it is for lost blanks. An asterisk that is a bullet ("* Các sở"), a footnote's ("(*)") or a ruling's ("*" alone under the organ of a Party
paper) is none: only pairs around words are.
"""

from __future__ import annotations

import re

from kehoach_parser.text.lost_blanks import Spaced

#: Two asterisks are emphasis wherever they stand beside a letter or another mark; one in pairs within a paragraph, tight around its words.
_STRONG = re.compile(r"\*\*(?=\S)|(?<=\S)\*\*")
_WEAK = re.compile(r"(?<![\w*(])\*(?=[^\s*)])((?:[^*\n]|\n(?![ \t]*\n))*[^\s*(])\*(?![\w*)])")


def without_emphasis(content: str) -> Spaced | None:
    """The text without the marks of emphasis; None where it has none."""
    if "**" not in content and _WEAK.search(content) is None:
        return None
    marks = {at for match in _STRONG.finditer(content) for at in range(*match.span())}
    bare = "".join(" " if at in marks else sign for at, sign in enumerate(content))
    marks |= {at for match in _WEAK.finditer(bare) for at in (match.start(), match.end() - 1)}
    if not marks:
        return None
    origin = [at for at in range(len(content)) if at not in marks]
    return Spaced("".join(content[at] for at in origin), [*origin, len(content)], (), ())
