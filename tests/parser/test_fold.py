"""Letters as regular expressions see them."""

from __future__ import annotations

import re

from kehoach_parser.text.fold import CAPITALS


def test_the_class_of_capitals_holds_no_small_letter() -> None:
    capital = re.compile(f"[{CAPITALS}]+")
    assert capital.fullmatch("ĂÂĐÊÔƠƯÀẢÃÁẠẰẲẴẮẶỪỬỮỨỰỲỶỸÝỴ")
    assert not capital.search("ăâđêôơưàảãáạằẳẵắặừửữứựỳỷỹýỵ")
