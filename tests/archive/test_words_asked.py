"""The words that a question asks for, found without cutting a text, are those that are found where all of its words are cut."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from archive.common import words_asked
from archive.common.words import words_of
from archive.fulltext import occurrences
from archive.fulltext.occurrences import find_spots
from archive.fulltext.query import leaves, read_query
from kehoach_parser import fold
from tests.archive.test_phrases import PHRASE, READ, TYPED

FIXTURES = Path(__file__).parents[2] / "fixtures"
CLEAN = (FIXTURES / "004_d9d819c7857a47e2.txt").read_text(encoding="utf-8")[:9_000]
#: Beside clean text: marks lost in a paragraph, misread letters, letters apart, lost blanks, combining marks, other alphabets, figures.
TEXTS = (
    CLEAN,
    f"{CLEAN[:3_000]}\n\n{fold(CLEAN[3_000:5_000])}\n\n{CLEAN[5_000:7_000]}",
    f"{CLEAN[:2_000]}\n\n{READ}\n\n{TYPED}\n\n{PHRASE}",
    f"K Ế  H O Ạ C H\nS ố : 15/KH-UBND\n{CLEAN[:3_000]} năm 2 0 2 6",
    f"Kế hoạch củaĐảng uỷvề chỉ thịsố46 {CLEAN[:3_000]}",
    unicodedata.normalize("NFD", CLEAN[:3_000]),
    f"kế hoạch 5 µm, ủy ban ß {CLEAN[:2_000]}",
    'Tổ {chức “tổ} chức" kế{hoạch kế {hoạch tổ\n\nchức  tổ-chức km² chức_tổ HOÀ hòa 57-NQ/TW',
)
QUERIES = (
    "kế hoạch",
    "ke hoach",
    '"kế hoạch"',
    '"tổ chức thực hiện"',
    '"to chuc thuc hien"',
    "tổ chức",
    "chỉ thị số 46",
    "đảng ủy",
    "57-NQ/TW",
    "k*",
    "tổ* AND ch*",
    "hoà",
    "km²",
    "ß*",
    "2026",
    '"cổ động trực quan"',
    "cổ động trực quan",
    "y tế OR ở",
)


def agree(text: str, query: str, quality: float) -> bool:
    """Whether both ways find the same; False where all words have to be cut."""
    asked = read_query(query)
    wanted = tuple(leaves(asked.tree))
    every = find_spots(wanted, words_of(text, quality), None, asked.marked)
    asked_for, look = occurrences._wanted(wanted), words_asked.look_at(text, quality)
    assert find_spots(wanted, words_asked.words_asked(text, quality, (), asked_for, look), None, asked.marked) == every
    return words_asked._found(text, asked_for, look) is not None


@pytest.mark.parametrize("quality", [1.0, 0.5])
@pytest.mark.parametrize("text", TEXTS)
def test_the_same_is_found(text: str, quality: float) -> None:
    for query in QUERIES:
        agree(text, query, quality)


def test_a_clean_text_is_not_cut() -> None:
    plain = [query for query in QUERIES if not {"²", "ß"} & set(query)]
    assert [agree(CLEAN, query, 1.0) for query in plain] == [True] * len(plain)


WORDS = ("kế", "hoạch", "ke", "hoach", "tổ", "chức", "ủy", "uỷ", "Đảng", "y", "ở", "số", "46", "m²", "TW", "é", "thịsố", "vụĐảng", "s", "ố")
BETWEEN = (" ", "  ", "\n", "\n\n", "-", "{", "“", "_", ", ", "\u00a0", "\u0301", "", '"', " (")


@given(
    some.lists(some.tuples(some.sampled_from(WORDS), some.sampled_from(BETWEEN)), max_size=40),
    some.lists(some.sampled_from(WORDS[:13]), min_size=1, max_size=4),
    some.booleans(),
)
@settings(max_examples=400, deadline=None)
def test_the_same_is_found_in_any_text(text: list[tuple[str, str]], words: list[str], phrase: bool) -> None:
    query = " ".join(words)
    agree("".join(word + between for word, between in text), f'"{query}"' if phrase else query, 1.0)
