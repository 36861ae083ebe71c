"""What the restorer's model learns from and what not: a case on either side of each number."""

from __future__ import annotations

import pytest

from kehoach_parser.restoration.language import LanguageModel
from kehoach_parser.restoration.training import count_triples, learn_channel, make_lexicon, make_model


@pytest.mark.parametrize(
    ("word", "times", "known"),
    [
        ("UBND", 8, True),
        ("UBND", 7, False),  # a word of no Vietnamese shape may be a slip
        ("Blockchain", 20, True),
        ("Microsoftword", 20, False),  # words that lost their blank
    ],
)
def test_words_of_other_shape_are_learned_that_stand_there_often(word: str, times: int, known: bool) -> None:
    assert (word.lower() in make_lexicon([f"{word} "] * times).words) is known


@pytest.mark.parametrize(
    ("true", "read", "learned"),
    [
        ("anh", "anhxyzw", True),
        ("anh", "anhxyzwv", False),  # another word stands beside it
        ("nghiêng", "nghiéng", True),
        ("chuyểnđổisố", "chuyéndéisé", False),  # words that lost their blanks
    ],
)
def test_a_channel_learns_from_words_about_as_long_as_they_were(true: str, read: str, learned: bool) -> None:
    assert (learn_channel([(true, read)] * 50) != learn_channel([])) is learned


def test_a_word_that_was_never_seen_is_possible_and_less_likely_than_one_that_was_seen_once() -> None:
    """A third as likely: half as likely would make names of all that is misread, a fifth would hold to the plans that were learned from."""
    lexicon = make_lexicon(["họp bàn về"], ["Quắc"])
    model = make_model(lexicon, count_triples(["họp bàn"]), {})
    one = LanguageModel(model.keys, model.counts, len(lexicon.words)).one
    assert 0.25 < 2.718 ** (one[lexicon.numbers["quắc"]] - one[lexicon.numbers["bàn"]]) < 0.4
