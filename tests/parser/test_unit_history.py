"""What became of a body: the next step, dated; several where it was divided, none where nothing is known."""

from __future__ import annotations

import pytest

from kehoach_parser.knowledge import successions_of


def steps(key: str) -> list[tuple[str | None, str]]:
    return [(step.key, step.since) for step in successions_of(key)]


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("ủy ban nhân dân @ tỉnh thừa thiên huế", [("ủy ban nhân dân @ thành phố huế", "2025-01-01")]),
        ("tỉnh ủy @ tỉnh hải dương", [("thành ủy @ thành phố hải phòng", "2025-07-01")]),
        ("ban tuyên giáo @ tỉnh hải dương", [("ban tuyên giáo và dân vận @ tỉnh hải dương", "2025-02")]),  # the earlier step first
        ("công an @ quận ngô quyền, thành phố hải phòng", [(None, "2025-07-01")]),
        ("đảng ủy @ phường kiến an, thành phố hải phòng", []),  # stands today
        ("đảng ủy @ xã không có, tỉnh hà nam", []),
        ("sở y tế @ thành phố hà nội", []),
        ("sở y tế", []),
        ("", []),
        (" @ , ", []),
    ],
)
def test_the_next_step(key: str, expected: list[tuple[str | None, str]]) -> None:
    assert steps(key) == expected


def test_every_step_names_its_source() -> None:
    (step,) = successions_of("sở giao thông vận tải @ tỉnh lai châu")
    assert (step.key, step.source) == ("sở xây dựng @ tỉnh lai châu", "45/2025/NĐ-CP")
