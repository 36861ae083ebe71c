"""How clean a text is, by the marks on its letters.

Tesseract's English model leaves é as the only marked letter; in clean Vietnamese three letters in ten bear a mark, in damaged text none but
é (measured: 0.295 and 0.000). So the share of marked letters other than é says how much of the text is Vietnamese still.
"""

from __future__ import annotations

from functools import lru_cache

from kehoach_parser.fold import fold

#: Share of marked letters at and above which a text shows no sign of damage, and letters below which nothing can be said.
CLEAN_SHARE, FEWEST = 0.2, 60


def quality(content: str) -> float:
    """0 (no Vietnamese mark left) to 1 (no sign of damage), rounded to two places."""
    letters = marked = 0
    for char in content:
        if char.isalpha():
            letters += 1
            marked += _marked(char)
    if letters < FEWEST:
        return 1.0
    return round(min(1.0, marked / letters / CLEAN_SHARE), 2)


@lru_cache(maxsize=4096)
def _marked(char: str) -> bool:
    return char not in "éÉ" and fold(char) != char.lower()
