"""Files damaged by chance end as a text or as an error with a code; bench/fuzz_readers.py tries thousands."""

from __future__ import annotations

import random

import pytest
from damaged import KINDS, damaged, outcome


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_told_and_never_raised(kind: str) -> None:
    ends = [outcome(damaged(kind, random.Random(f"{kind} {seed}")), f"a.{kind}") for seed in range(12)]
    assert [reason for _, reason in ends if reason is not None] == []
    assert "raised" not in {end for end, _ in ends}
