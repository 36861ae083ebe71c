"""Nothing is lost by a mistake: what is removed comes back, what was done is undone, and the journal tells of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from archive import (
    Archive,
    add_paths,
    add_text,
    check,
    cites,
    correct,
    duties,
    empty_trash,
    entries,
    find_document,
    history,
    join,
    list_documents,
    list_trash,
    remove,
    replace,
    resolve_everything,
    restore_document,
    search,
    split,
    statistics,
    undo,
)
from archive.errors import AlreadyUndone, CannotUndo, ChangedSince, InTrash, NothingToUndo, NotInTrash, UnknownDocument, UnknownEntry
from archive.keep.trash import _put_away
from archive.keep.undo import HANDLERS
from kehoach_parser import Text, text_of
from tests.archive.builders import NOW, add, add_three, parse_simple, write
from tests.archive.texts import COMMUNE, WARD


@pytest.fixture
def three(filled: Callable[..., Archive]) -> Archive:
    return filled(add_three)


def answers(archive: Archive) -> tuple[Any, ...]:
    """What questions see: documents, citations, duties, hits, figures; but for how many versions there are, which only grows."""
    hits = [(hit.document.id, hit.how) for hit in search(archive, "kế hoạch").hits]
    cited = [[each.document.id for each in group.hits] for group in cites(archive, "18-NQ/TW").groups]
    return list_documents(archive), cited, duties(archive), hits, with_fields(statistics(archive), versions=0)


def actions(archive: Archive) -> list[tuple[str, int | None]]:
    """The journal, the oldest entry first: what was done, and which entry undid it."""
    return [(entry.action, entry.undone_by) for entry in reversed(entries(archive))]


def test_what_is_removed_is_out_of_every_question_and_comes_back_as_it_was(three: Archive) -> None:
    before = answers(three)
    gone = remove(three, "1", now=NOW)
    assert [document.id for document in list_documents(three)] == [2, 3]
    assert 1 not in {hit.document.id for hit in search(three, "kế hoạch").hits}
    assert statistics(three).versions == 2
    assert [(each.document.id, each.trashed_at) for each in list_trash(three)] == [(1, NOW)]
    assert check(three) == ()
    with pytest.raises(InTrash):
        find_document(three, "1")
    assert restore_document(three, gone.symbol or "", now=NOW)[0] == gone
    assert answers(three) == before
    assert list_trash(three) == ()
    assert check(three) == ()


def test_every_step_back_gives_the_state_before(three: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", signed=WARD + "Giao Công an phường: tuần tra.\n")
    states = [answers(three)]
    replace(three, "1", folder / "signed.txt", now=NOW, parse=parse_simple)
    states.append(answers(three))
    join(three, "2", "3", now=NOW)
    states.append(answers(three))
    remove(three, "2", now=NOW)
    for state in reversed(states):
        undo(three, now=NOW)
        assert answers(three) == state
        assert check(three) == ()
    assert [version.current for version in history(three, "1")] == [True, False], "the new one stays in the history"


def test_what_was_undone_is_done_again(three: Archive) -> None:
    before = answers(three)
    remove(three, "1", now=NOW)
    without = answers(three)
    removed = entries(three)[0].id
    undone, _ = undo(three, now=NOW)
    assert (undone.id, undone.undone_by) == (removed, removed + 1)
    assert answers(three) == before
    with pytest.raises(AlreadyUndone):
        undo(three, removed, now=NOW)
    undo(three, removed + 1, now=NOW)
    assert answers(three) == without
    assert actions(three)[-3:] == [("remove", None), ("restore", removed + 2), ("remove", None)]


def test_a_split_is_undone(three: Archive) -> None:
    join(three, "2", "3", now=NOW)
    joined = answers(three)
    split(three, "2#2", now=NOW)
    undo(three, now=NOW)
    assert answers(three) == joined


def test_a_reading_that_came_beside_another_is_undone_alone(archive: Archive) -> None:
    add(archive, WARD, "scan.txt")
    before = answers(archive)
    again = Text(WARD.replace("\n", "\n\n", 1), "word.txt", "0" * 64)
    assert add_text(archive, again, now=NOW, parse=parse_simple).status in ("copy", "version")
    both = answers(archive)
    undo(archive, now=NOW)
    assert [version.name for version in history(archive, "1")] == ["scan.txt"]
    assert answers(archive) == before
    assert [each.document.name for each in list_trash(archive)] == ["word.txt"]
    undo(archive, entries(archive)[0].id, now=NOW)
    assert answers(archive) == both
    assert len(history(archive, "1")) == 2
    assert check(archive) == ()


def test_a_later_change_is_undone_first(three: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", signed=WARD + "Giao Công an phường: tuần tra.\n")
    replace(three, "1", folder / "signed.txt", now=NOW, parse=parse_simple)
    added, replaced = entries(three, document_id=1)[::-1]
    with pytest.raises(ChangedSince) as caught:
        undo(three, added.id, now=NOW)
    assert caught.value.facts == {"entry": added.id, "later": replaced.id}
    undo(three, replaced.id, now=NOW)
    undo(three, added.id, now=NOW)
    assert [each.document.id for each in list_trash(three)] == [1]


def test_what_was_deleted_for_good_does_not_stand_before_what_can_be_undone(three: Archive) -> None:
    before = answers(three)
    correct(three, "1", "place", "Hải Phòng", now=NOW)
    remove(three, "2", now=NOW)
    empty_trash(three, now=NOW)
    assert undo(three, now=NOW)[0].action == "correct"
    assert [one.id for one in list_documents(three)] == [1, 3]
    assert list_documents(three)[0] == before[0][0]


def test_undone_and_done_again_many_times_the_last_change_is_the_last(three: Archive) -> None:
    remove(three, "1", now=NOW)
    removed = entries(three)[0].id
    for _ in range(2):  # undone, and done again
        undo(three, entries(three)[0].id, now=NOW)
        undo(three, entries(three)[0].id, now=NOW)
    assert undo(three, now=NOW)[0].id == removed
    undo(three, entries(three)[0].id, now=NOW)
    undo(three, entries(three)[0].id, now=NOW)
    assert [entry.undone_by is None for entry in entries(three) if entry.id == removed] == [False]
    assert undo(three, now=NOW)[0].id < removed, "what was undone in the end is no change to take back"


def test_what_cannot_be_undone_is_told(archive: Archive) -> None:
    with pytest.raises(NothingToUndo):
        undo(archive, now=NOW)
    with pytest.raises(UnknownEntry):
        undo(archive, 7, now=NOW)
    add(archive, WARD)
    remove(archive, "1", now=NOW)
    empty_trash(archive, now=NOW)
    with pytest.raises(CannotUndo):
        undo(archive, entries(archive)[0].id, now=NOW)
    with pytest.raises(CannotUndo):
        undo(archive, entries(archive)[1].id, now=NOW)
    with pytest.raises(NothingToUndo):
        undo(archive, now=NOW)
    with pytest.raises(NotInTrash):
        restore_document(archive, "1", now=NOW)


def test_the_same_file_comes_out_of_the_trash(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", ward=WARD)
    other = write(tmp_path / "other", ward="\ufeff" + WARD)
    list(add_paths(archive, [folder], now=NOW, parse=parse_simple))
    for again in (folder, other):  # by its bytes, and by its text
        remove(archive, "1", now=NOW)
        (added,) = add_paths(archive, [again], now=NOW, parse=parse_simple)
        assert (added.status, added.document and added.document.id) == ("restored", 1)
    assert check(archive) == ()


def test_the_trash_is_emptied_by_age(three: Archive) -> None:
    remove(three, "1", now=NOW - timedelta(days=40))
    remove(three, "2", now=NOW)
    assert [each.document.id for each in empty_trash(three, now=NOW, before=NOW - timedelta(days=30))] == [1]
    assert [each.document.id for each in list_trash(three)] == [2]
    assert actions(three)[-1] == ("empty", None)


def test_two_removals_at_once(three: Archive) -> None:
    document = find_document(three, "1")
    remove(three, "1", now=NOW)
    with pytest.raises(UnknownDocument):  # as who had found it before the other was through
        _put_away(three, document.id, NOW)


def test_the_alias_file_is_taken_back(three: Archive) -> None:
    path = three.folder / "aliases.toml"
    path.write_text('[[unit]]\nname = "Công an phường Kiến An"\nnames = ["Công an"]\n', encoding="utf-8")
    resolve_everything(three, now=NOW)
    assert entries(three)[0].action == "aliases"
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(Exception, match="file-changed"):
        undo(three, now=NOW)
    resolve_everything(three, now=NOW)
    undo(three, now=NOW)
    undo(three, now=NOW)
    assert not path.exists()


def test_the_journal_says_who_and_of_what(archive: Archive) -> None:
    anna = archive.acting_as("Anna")
    text = with_fields(text_of(COMMUNE), name="commune.txt")
    add_text(anna, text, now=NOW, parse=parse_simple)
    (entry,) = entries(archive)
    assert (entry.who, entry.action, entry.document_id, entry.facts["file"]) == ("Anna", "add", 1, "commune.txt")


def test_a_handler_that_notes_nothing_is_noted(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    add(archive, WARD)
    monkeypatch.setitem(HANDLERS, "add", lambda archive, entry, before, now: ())
    undone, _ = undo(archive, now=NOW)
    assert actions(archive) == [("add", undone.undone_by), ("undo", None)]
    with pytest.raises(NothingToUndo):
        undo(archive, now=NOW)
