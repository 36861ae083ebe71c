"""What the index keeps of a text for its passages: it is what it would be anew, and holds for the text and the plan that it was made of."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from archive import Archive, correct, reindex, search
from archive.fulltext import ask
from archive.fulltext.indexing import fulltext
from archive.fulltext.restored_layer import restored_words, unpack_layer
from archive.fulltext.sight import pack_sight, sight_of, unpack_sight
from archive.store.versions import stored_contents
from kehoach_parser import parse, plan_to_json
from tests.archive.builders import NOW, add, add_three
from tests.archive.test_phrases import DAMAGED, PHRASE, READ, TYPED

FADED = f"{PHRASE}\n\n{'To chuc tuyen truyen sau rong trong nhan dan ve chuyen doi so. ' * 6}\n"


@pytest.mark.parametrize("text", ["", PHRASE, READ, TYPED, DAMAGED, FADED, "Kế hoạch\n\nI. MỤC ĐÍCH\n1. Yêu cầu\n- Việc của xã.\n"])
def test_a_packed_sight_comes_back(text: str) -> None:
    plan = parse(text)
    stored, sight = plan_to_json(plan).encode(), sight_of(plan, text, restored_words(text))
    back = unpack_sight(pack_sight(sight, text, stored), text, stored)
    assert back is not None
    assert (back.look, back.outline.starts, tuple(back.outline.places)) == (sight.look, sight.outline.starts, tuple(sight.outline.places))


def test_it_holds_for_its_text_and_its_plan_alone() -> None:
    plan = parse(PHRASE)
    stored = plan_to_json(plan).encode()
    packed = pack_sight(sight_of(plan, PHRASE, ()), PHRASE, stored)
    assert unpack_sight(packed, f"{PHRASE} ", stored) is None
    assert unpack_sight(packed, PHRASE, stored + b" ") is None
    assert unpack_sight(b"", PHRASE, stored) is None


@pytest.fixture
def mine(filled: Callable[..., Archive]) -> Archive:
    return filled(add_three)


@pytest.fixture
def made_anew(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts whose sight is not taken from the index."""
    texts: list[str] = []
    make = ask.sight_of
    monkeypatch.setattr(ask, "sight_of", lambda plan, text, restored: texts.append(text) or make(plan, text, restored))
    return texts


def test_every_text_is_indexed_with_it_and_asked_without_its_plan(mine: Archive, made_anew: list[str]) -> None:
    for change in (lambda: None, lambda: reindex(mine), lambda: correct(mine, "1", "date", "2025-02-03", now=NOW)):
        change()
        assert search(mine, "thực hiện").hits
        with mine.engine.connect() as connection:
            keys = sorted(fulltext(mine).keys())
            contents = stored_contents(connection, keys)
        kept = {key: unpack_sight(unpack_layer(layer)[1], *contents[key]) for key, layer in fulltext(mine).layers(keys).items()}
        assert len(kept) == 3
        assert None not in kept.values(), "a corrected plan is indexed again"
        assert made_anew == []


def test_without_it_the_same_passages_are_found(mine: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    add(mine, DAMAGED)
    queries = ("thực hiện", '"kế hoạch"', "tuyên*", "18-NQ/TW")
    told = [search(mine, query).hits for query in queries]
    assert any(told)
    monkeypatch.setattr(ask, "unpack_sight", lambda *given: None)
    mine.close_part("kept")
    assert [search(mine, query).hits for query in queries] == told
