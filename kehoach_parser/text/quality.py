"""How clean a text is, by the marks on its letters.

Tesseract's English model leaves é as the only marked letter; in clean Vietnamese three letters in ten bear a mark, in damaged text none but
é (measured: 0.295 and 0.000). So the share of marked letters other than é says how much of the text is Vietnamese still.
"""

from __future__ import annotations

from collections import Counter

from kehoach_parser.text.marks import is_marked

#: Share of marked letters at and above which a text shows no sign of damage, and letters below which nothing can be said.
CLEAN_SHARE, FEWEST = 0.2, 60
#: From this quality on a text is taken at its word; below it its marks are too few for its syllables to tell anything.
CLEAN = 0.75


def quality(content: str) -> float:
    """0 (no Vietnamese mark left) to 1 (no sign of damage), rounded to two places."""
    counts = {char: number for char, number in Counter(content).items() if char.isalpha()}
    letters, marked = sum(counts.values()), sum(number for char, number in counts.items() if is_marked(char))
    if letters < FEWEST:
        return 1.0
    return round(min(1.0, marked / letters / CLEAN_SHARE), 2)
