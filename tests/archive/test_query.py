"""The query language: what a query means, and what is said where it means nothing. Grammar: grammar/query.lark."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from archive import Archive, cited_by, cites, duties, search, show, unit_page
from archive.common import patience
from archive.errors import NothingThere, QueryError, QuestionTooLong, QuestionTooSlow
from archive.fulltext.query import (
    DEEPEST,
    FIELDS,
    LETTERS,
    PREFIXES,
    WORDS,
    AllWords,
    And,
    Filter,
    Not,
    Or,
    Phrase,
    Prefix,
    Symbol,
    Tree,
    read_query,
)
from archive.store.database import impatient, translated
from archive.values import DutyQuestion
from tests.archive.builders import add
from tests.archive.texts import WARD

A, B, C = (AllWords((word,)) for word in "abc")


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("a b", AllWords(("a", "b"))),
        ("a AND b c", And((A, AllWords(("b", "c"))))),
        ("a NOT b c", And((A, Not(B), C))),
        ("a OR b c OR NOT a", Or((A, AllWords(("b", "c")), Not(A)))),
        ("(a b) c", And((And((AllWords(("a", "b")),)), C))),
        ("((a OR b))", Or((A, B))),
        ("NOT NOT a", A),
        ("NOT (NOT a)", A),
        ("a or ORGAN", AllWords(("a", "or", "ORGAN"))),
        ("a OR(b)", Or((A, And((B,))))),
        ('"a b"“c”', And((Phrase(("a", "b")), Phrase(("c",))))),
        ("làm-việc", Phrase(("làm", "việc"))),
        ("Văn hóa - Xã hội", AllWords(("Văn", "hóa", "Xã", "hội"))),
        ("Lao động — Thương binh", AllWords(("Lao", "động", "Thương", "binh"))),
        ("truy*", Prefix("truy")),
        ("làm-việc*", Phrase(("làm", "việc"))),
        ("35-KH/ĐU", Symbol("35-KH/ĐU", ("35", "KH", "ĐU"))),
        ("20/11/2025", Phrase(("20", "11", "2025"))),
        ("12:30", Phrase(("12", "30"))),
        ('UNIT:"Sở Y tế"a', And((Filter("unit", "Sở Y tế", 5), A))),
        ("cites:18-NQ/TW@2017", Filter("cites", "18-NQ/TW@2017", 6)),
        ("a date:..2025", And((A, Filter("date", "..2025", 7)))),
    ],
)
def test_what_a_query_means(query: str, tree: Tree) -> None:
    assert read_query(query).tree == tree


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_is_in_the_grammar(field: str) -> None:
    assert read_query(f"{field}:x").tree == Filter(field, "x", len(field) + 1)


@pytest.mark.parametrize(
    ("query", "code", "position"),
    [
        ("a (b (c", "query-unbalanced-parenthesis", 5),
        ("(a OR)", "query-operator", 3),
        ("a ()", "query-empty-parenthesis", 2),
        ("a NOT AND b", "query-operator", 2),
        ("OR unit: x:", "query-operator", 0),
        ('date: x "', "query-value", 5),
        ('unit:" "', "query-value", 5),
        ('xa:b "', "query-field", 0),
        ('a "...', "query-unbalanced-quote", 2),
        ('a "..."', "query-no-words", 2),
        ("(" * (DEEPEST + 1), "query-too-deep", DEEPEST),
        ("a" * (LETTERS + 1), "query-too-long", LETTERS),
        ("đất " * (WORDS + 1), "query-too-many-words", 0),
        ('a "' + "b " * WORDS + '"', "query-too-many-words", 0),
        ("NOT (unit:a OR " + "b OR " * (WORDS - 1) + "c)", "query-too-many-words", 0),
        ("ab* " * (PREFIXES + 1), "query-too-many-prefixes", 2),
    ],
)
def test_the_first_mistake_is_told(query: str, code: str, position: int) -> None:
    with pytest.raises(QueryError) as caught:
        read_query(query)
    assert (caught.value.code, caught.value.facts["position"]) == (code, position)


SOUP = st.sampled_from([*'()"“” a:*_.\n', "AND ", " OR ", "NOT", "đất", "18-NQ/TW", "date:", "Unit:", "x:", "..2025", "\u0301", "\ud800"])


@given(st.lists(SOUP, max_size=25).map("".join) | st.text(max_size=40))
@example("NOT " * 2000 + "a")
@example("a OR " * 500 + "(" * DEEPEST + "a" + ")" * DEEPEST)
@settings(max_examples=300, deadline=None)
def test_every_string_is_a_query_or_says_where_it_is_none(text: str) -> None:
    try:
        said, position = read_query(text).text, 0
    except QueryError as error:
        said, position = str(error.facts["query"]), int(str(error.facts["position"]))
    assert said == text
    assert 0 <= position <= len(text)


def test_the_deepest_query_is_answered(archive: Archive) -> None:
    add(archive, WARD, "ward.txt")
    assert DEEPEST % 2 == 0, "so many NOTs leave what they began with"
    found = [
        search(archive, "".join(f"đất{number} OR NOT (" for number in range(DEEPEST)) + word + ")" * DEEPEST) for word in ("tuyên", "đai")
    ]
    assert [result.total for result in found] == [1, 0]


def test_only_a_query_needs_lark() -> None:
    code = "import sys, archive.fulltext.ask as ask; print('lark' in sys.modules); ask.read_query('a'); print('lark' in sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert said.split() == ["False", "True"]


def test_the_longest_query_is_answered(archive: Archive) -> None:
    add(archive, WARD, "ward.txt")
    everyday = "tuyên "
    for query in (everyday * WORDS, f'"{everyday * WORDS}"', "OR ".join([everyday] * WORDS), " ".join(["t*"] * PREFIXES), "a" * LETTERS):
        search(archive, query)


def test_the_search_for_an_answer_is_given_up(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the index, between the texts that it finds, and in the database."""
    add(archive, WARD, "ward.txt")
    monkeypatch.setattr(patience, "SECONDS", -1)
    for question in ("tuyên", "đất*", "NOT xyz", '"đất đai"', "unit:xã", "date:2025"):
        with pytest.raises(QuestionTooSlow):
            search(archive, question)
    with pytest.raises(QuestionTooSlow):
        duties(archive, DutyQuestion(query="tuyên truyền"))
    assert duties(archive) != (), "all duties may take their time"
    over = patience.Patience(0.0)
    endless = text("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")
    with pytest.raises(QuestionTooSlow), translated(archive.database), archive.engine.connect() as connection, impatient(connection, over):
        connection.execute(endless)
    monkeypatch.undo()
    assert search(archive, "tuyên").total == 1, "the connection is as it was"


@pytest.mark.parametrize("ask", [show, cites, cited_by, unit_page])
def test_a_name_longer_than_any_is_no_fault(archive: Archive, ask: Callable[[Archive, str], object]) -> None:
    add(archive, WARD, "ward.txt")
    for name in ("a" * 100_000, "1" * 100_000, "kế hoạch " * 11_000, "1/KH-UBND " * 10_000):
        with suppress(QuestionTooLong, NothingThere):
            ask(archive, name)
