"""How clean a text is, by the marks on its letters.

Tesseract's English model leaves é as the only marked letter; in clean Vietnamese three letters in ten bear a mark, in damaged text none but
é (measured: 0.295 and 0.000). So the share of marked letters other than é says how much of the text is Vietnamese still.
"""

from __future__ import annotations

from kehoach_parser.text.marks import is_marked

#: Share of marked letters at and above which a text shows no sign of damage, and letters below which nothing can be said.
CLEAN_SHARE, FEWEST = 0.2, 60
#: From this quality on a text is taken at its word; below it its marks are too few for its syllables to tell anything.
CLEAN = 0.75


#: What a character is: a letter with a mark that shows a text to be Vietnamese, another letter, a sign that counts as one in words ("²").
MARKED, PLAIN, LIKE_LETTER, NONE = "mls "


class _Kinds(dict[int, str]):
    """What each character is, worked out when first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        kind = MARKED if is_marked(char) else PLAIN if char.isalpha() else LIKE_LETTER if char.isalnum() and not char.isdecimal() else NONE
        self[code] = kind
        return kind


#: What the character of each code point is.
KINDS = _Kinds()


def letter_kinds(content: str) -> str:
    """A text with each character replaced by what it is (MARKED, PLAIN, LIKE_LETTER, NONE)."""
    return content.translate(KINDS)


def quality(content: str) -> float:
    """0 (no Vietnamese mark left) to 1 (no sign of damage), rounded to two places."""
    return quality_by_kinds(letter_kinds(content))


def quality_by_kinds(kinds: str) -> float:
    """The same of a text by its `letter_kinds`."""
    marked = kinds.count(MARKED)
    letters = marked + kinds.count(PLAIN)
    if letters < FEWEST:
        return 1.0
    return round(min(1.0, marked / letters / CLEAN_SHARE), 2)
