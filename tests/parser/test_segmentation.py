"""Sentences are spans of the text, whatever stands in it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kehoach_parser import sentences


def test_sentences() -> None:
    text = "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024.\nSở Nội vụ phối hợp với TP. Hồ Chí Minh. Báo cáo trước ngày 30/6."
    found = [text[start:end] for start, end in sentences(text)]
    assert found[0] == "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024."
    assert found[-1] == "Báo cáo trước ngày 30/6."
    assert len(found) == 3


@given(st.text(max_size=200))
def test_spans_are_in_order_and_apart(text: str) -> None:
    spans = sentences(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
