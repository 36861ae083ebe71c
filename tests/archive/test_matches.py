"""What a query finds, in the order in which it is shown: of many only as many are put in order as are asked for."""

from __future__ import annotations

import pytest

from archive.fulltext.engine import Match, Weighed

FOUND = [(9, 3.0), (7, 4.0), (5, 3.0), (3, 4.5), (8, 1.0), (1, 3.0)]
ORDERED = (Match(3, 4.5), Match(7, 4.0), Match(1, 3.0), Match(5, 3.0), Match(9, 3.0), Match(8, 1.0))


@pytest.mark.parametrize("most", [0, 1, 2, 3, 4, 6, 9])
def test_the_best_are_the_first_of_all_in_order(most: int) -> None:
    assert Weighed(FOUND).best(most) == (len(FOUND), ORDERED[:most])


def test_nothing_found() -> None:
    assert Weighed(()).best(3) == (0, ())
    assert Weighed(()).keys() == []
