"""When a word of a page that OCR read in Vietnamese is changed: a case on either side of each number, with a model of a few words."""

from __future__ import annotations

import math

import pytest

from kehoach_parser.restoration.decoding import certainty_of
from kehoach_parser.restoration.language import LanguageModel
from kehoach_parser.restoration.mending import Read, changes
from kehoach_parser.restoration.printed_words import MARK, split_words
from kehoach_parser.restoration.training import count_triples, make_lexicon, make_model


def mended(text: str, printed: str, reading: str, known: str, *, margin: float = 9.0, seen: float = 1.0) -> bool:
    """Whether ``printed`` is changed in a text whose best other reading is so far behind, by a model that has read ``known``."""
    lexicon = make_lexicon([known])
    model = make_model(lexicon, count_triples([known]), {})
    reads = [
        Read(word, reading if word.printed == printed else word.printed, certainty_of(margin), seen)
        for word in split_words(text)
        if word.kind != MARK
    ]
    return any(changes(text, reads, lexicon, LanguageModel(model.keys, model.counts, len(lexicon.words))))


@pytest.mark.parametrize(
    ("words", "changed"), [("zz họp zz zz của tô bản zz zz họp zz", True), ("zz họp zz zz zz tô bản zz zz họp zz", False)]
)
def test_half_of_the_four_words_on_each_side_are_vietnamese(words: str, changed: bool) -> None:
    """Within three there are too few, and within five, too."""
    assert mended(words, "tô", "tổ", "của tổ bản, họp") is changed


@pytest.mark.parametrize(("margin", "changed"), [(4.0, False), (6.0, True)])
def test_a_word_is_changed_where_any_other_reading_is_a_hundred_times_less_likely(margin: float, changed: bool) -> None:
    """Fifty times (e⁴) is not enough: there are several hundred words on a page."""
    assert mended("công tác lưu trừ", "trừ", "trữ", "công tác lưu trữ", margin=margin) is changed


#: "lưu" and "lựu" are both words, both before "trữ".
BOTH = "công tác lưu trữ, cây lựu trữ"


@pytest.mark.parametrize(
    ("seen", "margin", "changed"),
    [
        (1.0, 6.0, False),  # a word that was read surely, and stands so elsewhere
        (1.0, 9.0, True),
        (0.6, 6.0, True),  # OCR was not sure of it
    ],
)
def test_what_was_read_surely_needs_a_larger_margin(seen: float, margin: float, changed: bool) -> None:
    assert mended("công tác lựu trữ", "lựu", "lưu", BOTH, margin=margin, seen=seen) is changed


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("trên đường Lê Lơi hôm nay", True),  # two words are a street
        ("gặp Lê Văn Lơi hôm nay", False),  # three are a person
        ("gặp Lê Văn Minh Lơi hôm nay", False),
        ("gặp Lê Văn Minh Hoàn Lơi hôm nay", True),  # so far behind a family name nobody's name goes on
    ],
)
def test_the_name_of_a_person_is_three_words_behind_a_family_name(text: str, changed: bool) -> None:
    known = text.replace("Lơi", "Lợi")
    assert mended(text, "Lơi", "Lợi", known, margin=math.inf) is changed
