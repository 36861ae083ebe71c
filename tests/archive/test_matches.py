"""What a query finds, in the order in which it is shown: of many only as many are put in order as are asked for."""

from __future__ import annotations

import pytest
from pyroaring import FrozenBitMap

from archive.fulltext.engine import Match, Matches, matches_of

#: As an engine finds them, the greatest score first; what differs behind the fourth place is no difference.
KEYS = [7, 3, 9, 5, 1, 8, 2]
SCORES = [4.00001, 4.0, 3.00004, 3.00002, 2.99999, 1.0, 0.5]
ORDERED = (Match(3, 4.0), Match(7, 4.0), Match(1, 3.0), Match(5, 3.0), Match(9, 3.0), Match(8, 1.0), Match(2, 0.5))


@pytest.mark.parametrize(
    ("offset", "limit"), [(0, 1), (0, 2), (0, 3), (1, 1), (2, 2), (3, 10), (0, 7), (7, 5), (9, 5), (0, 0), (0, None), (4, None)]
)
def test_a_page_is_a_part_of_all_in_order(offset: int, limit: int | None) -> None:
    end = None if limit is None else offset + limit
    assert Matches(KEYS, SCORES, 4).best(offset, limit) == ORDERED[offset:end]


def test_equal_scores_are_told_apart_by_all_their_places_where_no_number_of_them_is_given() -> None:
    found = matches_of(zip(reversed(KEYS), reversed(SCORES), strict=True))
    assert [match.key for match in found.best()] == KEYS
    assert found.best(1, 2) == (Match(3, 4.0), Match(9, 3.00004))
    assert [match.key for match in matches_of([(9, 1.0), (4, 1.0), (6, 2.0)]).best(0, 2)] == [6, 4]


def test_those_that_are_not_there_are_left_out() -> None:
    found = Matches(KEYS, SCORES, 4).among(FrozenBitMap([9, 1, 2, 77]))
    assert (len(found), found.every) == (3, FrozenBitMap([1, 2, 9]))
    assert [match.key for match in found.best(0, 2)] == [1, 9]
    assert matches_of(()).best() == ()
