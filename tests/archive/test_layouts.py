"""How the index keeps a plan as it is shown: it is what would be laid out anew, and holds for the text and the plan that it was made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, correct, document_page, reindex
from archive.common.laying_out import layout_of
from archive.errors import IndexBroken
from archive.fulltext.indexing import fulltext
from archive.fulltext.layouts import pack_layout, unpack_layout
from archive.values import Layout
from kehoach_parser import parse, plan_to_json
from tests.archive.builders import NOW, add_three
from tests.archive.test_phrases import DAMAGED, PHRASE, READ
from tests.web.papers import CENTRE, HOSTILE

MARKED = "KẾ HOẠCH\nI. MỤC ĐÍCH\n1. Nêu bật **ba nhóm** nội dung của Nghị quyết số 57-NQ/TW ngày 22/12/2024 (*).\n"


@pytest.mark.parametrize("text", ["", PHRASE, READ, DAMAGED, MARKED, CENTRE, HOSTILE])
def test_a_packed_layout_comes_back(text: str) -> None:
    plan = parse(text)
    stored, layout = plan_to_json(plan).encode(), layout_of(plan, text)
    assert unpack_layout(pack_layout(layout, text, stored), text, stored) == layout


def test_it_holds_for_its_text_and_its_plan_alone() -> None:
    plan = parse(PHRASE)
    stored = plan_to_json(plan).encode()
    packed = pack_layout(layout_of(plan, PHRASE), PHRASE, stored)
    assert unpack_layout(packed, f"{PHRASE} ", stored) is None
    assert unpack_layout(packed, PHRASE, stored + b" ") is None
    assert unpack_layout(b"", PHRASE, stored) is None


@pytest.fixture
def mine(filled: Callable[..., Archive]) -> Archive:
    return filled(add_three)


@pytest.fixture
def laid_out(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that a page lays out itself."""
    texts: list[str] = []

    def noted(plan: object, text: str, *, printed: bool = False) -> Layout:
        texts.append(text)
        return layout_of(plan, text, printed=printed)  # type: ignore[arg-type]

    monkeypatch.setattr("archive.ask.document_page.layout_of", noted)
    return texts


def test_every_plan_is_indexed_with_it_and_shown_without_being_read(mine: Archive, laid_out: list[str]) -> None:
    for change in (lambda: None, lambda: reindex(mine), lambda: correct(mine, "1", "date", "2025-02-03", now=NOW)):
        change()
        assert all(document_page(mine, str(number)).layout.blocks for number in (1, 2, 3))
        assert laid_out == [], "a corrected plan is indexed again"
    printed = document_page(mine, "1", printed=True).printed
    assert printed is not None
    assert len(laid_out) == 1


def test_without_the_index_the_same_is_shown(mine: Archive, laid_out: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    told = [document_page(mine, str(number)) for number in (1, 2, 3)]

    def broken(keys: object) -> dict[int, bytes]:
        raise IndexBroken(path="-", detail="-")

    monkeypatch.setattr(fulltext(mine), "layers", broken)
    assert [document_page(mine, str(number)) for number in (1, 2, 3)] == told
    assert len(laid_out) == 3


def test_a_letter_that_no_database_keeps_is_packed_too() -> None:
    text = "Kế hoạch \ud800"
    plan = parse(text)
    layout = layout_of(plan, text)
    assert unpack_layout(pack_layout(layout, text, b"{}"), text, b"{}") == layout
