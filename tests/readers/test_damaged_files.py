"""Files damaged by chance end as a text or as an error with a code; bench/fuzz_readers.py tries thousands, with OCR."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from damaged import KINDS, OF_OFFICE, damaged, outcome

from kehoach_parser.readers import images, office, pdf
from kehoach_parser.readers.words import Word

#: Hundreds of damaged files go through the limited processes.
pytestmark = pytest.mark.slow


class Glance:
    """Reads one word of a page, at once: what OCR makes of a page of damaged letters takes half a minute and is another matter."""

    name = "mắt 1 vie"
    pages = 0

    def turned(self, image: Path) -> int:
        return 0

    def read(self, image: Path) -> tuple[Word, ...]:
        self.pages += image.stat().st_size > 0
        return (Word("hoạch", (300.0, 300.0, 600.0, 350.0), None, 0.9),)


#: Of these some are drawn: the picture itself, or pages whose letters nobody can read.
DRAWN = {"pdf", "png", "jpg", "tif"}


@pytest.mark.parametrize("kind", KINDS)
def test_damage_is_told_and_never_raised(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Glance()
    for reader in (pdf, images):
        monkeypatch.setattr(reader, "find_engine", lambda: engine)
    ends = [outcome(damaged(kind, random.Random(f"{kind} {seed}")), f"a.{kind}") for seed in range(12)]
    assert [reason for _, reason in ends if reason is not None] == []
    assert "raised" not in {end for end, _ in ends}
    assert bool(engine.pages) == (kind in DRAWN)


@pytest.mark.skipif(office.find_office() is None, reason="apt-get install libreoffice-writer-nogui")
@pytest.mark.parametrize("kind", OF_OFFICE)
def test_damage_is_told_through_libreoffice(kind: str) -> None:
    ends = [outcome(damaged(kind, random.Random(f"{kind} {seed}")), f"a.{kind}") for seed in range(3)]
    assert [reason for _, reason in ends if reason is not None] == []
    assert "raised" not in {end for end, _ in ends}


def test_a_case_is_the_same_file_always() -> None:
    assert all(damaged(kind, random.Random(kind)) == damaged(kind, random.Random(kind)) for kind in (*KINDS, *OF_OFFICE))
