"""What the program decided wrongly is put right by hand, stays so, and can be taken back."""

from __future__ import annotations

import pytest

from archive import (
    Archive,
    check,
    cites,
    decisions,
    duties,
    empty_trash,
    find_document,
    history,
    join,
    list_documents,
    reindex,
    remove,
    resolve_everything,
    search,
    split,
)
from archive.errors import OneReading, SameDocument, UnknownVersion
from tests.archive.builders import NOW
from tests.archive.papers import paper
from tests.archive.test_one_paper_once import DRAFT, SIGNED, keep
from tests.terminal.terminal_runs import kehoach, sheet


def listed(archive: Archive) -> list[tuple[int, str | None, int]]:
    return [(document.id, document.name, document.readings) for document in list_documents(archive)]


def everything(archive: Archive) -> tuple[object, ...]:
    """All that can be seen of an archive with its questions."""
    kinds = [
        (one.document_id, one.number, one.kind, one.current) for each in list_documents(archive) for one in history(archive, str(each.id))
    ]
    said = [(duty.unit, duty.deadline, duty.document.id) for duty in duties(archive)]
    hits = [hit.document.id for hit in search(archive, '"từng hộ dân"').hits]
    groups = [(group.cited.symbol, [hit.document.id for hit in group.hits]) for group in cites(archive, "57-NQ/TW").groups]
    return listed(archive), kinds, said, hits, groups


@pytest.fixture
def two(archive: Archive) -> Archive:
    """The draft as document 1 and the signed paper as document 2, kept apart."""
    keep(archive, "draft.docx", DRAFT)
    keep(archive, "signed.docx", SIGNED, apart=True)
    assert listed(archive) == [(1, "draft.docx", 1), (2, "signed.docx", 1)]
    return archive


def test_joined_documents_are_one_and_the_better_reading_answers(two: Archive) -> None:
    document, _ = join(two, "1", "2", now=NOW)
    assert (document.id, document.name, document.readings) == (1, "signed.docx", 2)
    assert [(one.number, one.kind, one.current) for one in history(two, "1")] == [(1, "first", False), (2, "joined", True)]
    assert {duty.deadline for duty in duties(two) if duty.deadline} == {"2026-03-15"}
    assert [hit.document.id for hit in search(two, '"từng hộ dân"').hits] == [1]
    assert find_document(two, "2").id == 1, "a number that people have written down"
    assert check(two) == ()


@pytest.mark.parametrize(("kept", "other"), [("1", "2"), ("2", "1")])
def test_split_takes_a_join_back(two: Archive, kept: str, other: str) -> None:
    before = everything(two)
    join(two, kept, other, now=NOW)
    joined = everything(two)
    assert joined != before
    assert len(decisions(two)) == 1
    document, _ = split(two, f"{kept}#2", now=NOW)
    assert document.id == int(other)
    assert everything(two)[1:] == before[1:]
    assert sorted(listed(two)) == before[0]
    assert decisions(two) == ()
    assert check(two) == ()


def test_a_version_is_split_off_and_join_takes_it_back(archive: Archive) -> None:
    keep(archive, "draft.docx", DRAFT)
    keep(archive, "signed.docx", SIGNED)
    before = everything(archive)
    document, _ = split(archive, "1#2", now=NOW)
    assert listed(archive) == [(1, "draft.docx", 1), (2, "signed.docx", 1)]
    assert (document.id, [one.kind for one in history(archive, "2")]) == (2, ["first"])
    assert [(said.verdict, said.one and said.one.name, said.other and said.other.name) for said in decisions(archive)] == [
        ("different", "signed.docx", "draft.docx")
    ]
    assert check(archive) == ()
    join(archive, "1", "2", now=NOW)
    assert everything(archive) == before
    assert decisions(archive) == ()


def test_the_first_version_can_be_split_off(archive: Archive) -> None:
    keep(archive, "draft.docx", DRAFT)
    keep(archive, "signed.docx", SIGNED)
    assert split(archive, "1#1", now=NOW)[0].name == "draft.docx"
    assert listed(archive) == [(1, "signed.docx", 1), (2, "draft.docx", 1)]
    assert [one.kind for one in history(archive, "1")] == ["first"]
    assert check(archive) == ()


def test_what_was_said_holds_whatever_is_made_anew(two: Archive) -> None:
    join(two, "1", "2", now=NOW)
    joined = everything(two)
    reindex(two)
    resolve_everything(two)
    assert everything(two) == joined
    assert len(decisions(two)) == 1


def test_it_holds_for_a_file_that_comes_in_again(archive: Archive) -> None:
    other = paper("ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN", "9/KH-UBND", "An Biên", "5/3/2026", "KẾ HOẠCH", "Dân số", "I. MỤC ĐÍCH", "Một việc.")
    keep(archive, "signed.docx", SIGNED)
    keep(archive, "draft.docx", DRAFT)
    split(archive, "1#2", now=NOW)
    remove(archive, "2", now=NOW)
    empty_trash(archive, now=NOW)
    assert keep(archive, "draft.docx", DRAFT).status == "added", "as the draft of another paper"
    keep(archive, "other.docx", other)
    join(archive, "1", "4", now=NOW)
    split(archive, "1#2", now=NOW)
    assert keep(archive, "other-again.docx", other + "\n").status != "added"
    join(archive, "1", "4", now=NOW)
    assert [document.id for document in list_documents(archive)] == [1, 3]


def test_what_cannot_be_joined_or_split(two: Archive) -> None:
    with pytest.raises(SameDocument):
        join(two, "1", "1", now=NOW)
    with pytest.raises(OneReading):
        split(two, "1", now=NOW)
    join(two, "1", "2", now=NOW)
    with pytest.raises(UnknownVersion):
        split(two, "1#7", now=NOW)
    with pytest.raises(SameDocument):
        join(two, "1", "2", now=NOW)


def test_the_commands(two: Archive) -> None:
    there = ("--archive", two.folder)
    assert kehoach("decisions", *there).code == 1
    told = kehoach("join", "1", "2", *there, KEHOACH_LANG="en")
    assert (told.code, told.out) == (0, "")
    assert "One document now: [1] Kế hoạch 12/KH-UBND" in told.err
    assert "kehoach split 1#2" in told.err
    assert "joined by hand" in kehoach("show", "1", *there, KEHOACH_LANG="en").out
    shown = kehoach("decisions", *there, KEHOACH_LANG="en").out.splitlines()[1]
    assert shown.split("\t")[:4] == ["one paper", "1#2 signed.docx", "1#1 draft.docx", "2"]
    assert sheet(kehoach("decisions", "--csv", *there).out)[1][:4] == ["same", "1", "2", "signed.docx"]
    told = kehoach("split", "1", *there, KEHOACH_LANG="en")
    assert "A document of its own now: [2]" in told.err
    assert kehoach("join", "1", "1", *there).code == 2
