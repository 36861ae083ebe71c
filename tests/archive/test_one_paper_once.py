"""One paper once: a scan, a draft, a Word file of one paper are versions of one document, and every question sees one of them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from unicodedata import combining, normalize

import pytest

from archive import (
    Archive,
    add_paths,
    add_text,
    check,
    cites,
    diff,
    duties,
    empty_trash,
    gaps,
    history,
    list_documents,
    read_original,
    remove,
    search,
    show,
    statistics,
)
from archive.common.sameness import Head, heads_agree, likeness, opening_letters
from archive.errors import OneReading
from archive.values import Added
from kehoach_parser import Text, text_of
from tests.archive.builders import NOW, parse_once
from tests.archive.papers import paper

BODY = (
    "Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị, Ủy ban nhân dân phường ban hành Kế hoạch như sau:",
    "I. MỤC ĐÍCH, YÊU CẦU",
    "1. Nâng cao nhận thức của cán bộ, công chức và nhân dân trên địa bàn phường về chuyển đổi số và cải cách hành chính.",
    "II. TỔ CHỨC THỰC HIỆN",
    "1. Phòng Văn hóa - Xã hội chủ trì, phối hợp với Công an phường tuyên truyền tới từng hộ dân trước ngày 15/3/2026.",
    "2. Văn phòng phường theo dõi, đôn đốc, tổng hợp kết quả thực hiện kế hoạch, báo cáo Ủy ban nhân dân phường.",
)
SIGNED = paper("ỦY BAN NHÂN DÂN PHƯỜNG KIẾN AN", "12/KH-UBND", "Kiến An", "3/2/2026", "KẾ HOẠCH", "Chuyển đổi số năm 2026", *BODY)
DRAFT = SIGNED.replace("12/KH-UBND", "     /KH-UBND").replace("ngày 03 tháng 02", "ngày    tháng 02").replace("15/3/2026", "31/3/2026")
#: What an OCR engine without Vietnamese makes of such a page: marks lost, letters with a horn misread.
SCAN = "".join(letter for letter in normalize("NFD", SIGNED.replace("ư", "u'").replace("ơ", "c")) if not combining(letter)).replace(
    "đ", "d"
)


def keep(archive: Archive, name: str, content: str, *, apart: bool = False) -> Added:
    text = text_of(content)
    return add_text(archive, Text(text.content, name, text.sha256), now=NOW, parse=parse_once, apart=apart)


def told(added: Added) -> tuple[object, ...]:
    assert added.document is not None
    return added.status, added.document.id, added.facts.get("answers")


def test_the_same_text_in_another_file_is_a_copy(archive: Archive) -> None:
    keep(archive, "a.docx", SIGNED)
    added = keep(archive, "b.txt", SIGNED.replace("\n\n", "\n \n"))
    assert told(added) == ("copy", 1, 1)
    assert (added.facts["file"], added.facts["number"], added.facts["duties"]) == ("a.docx", 2, 0)
    (document,) = list_documents(archive)
    assert (document.name, document.readings) == ("a.docx", 2)
    assert [(one.number, one.kind, one.current) for one in history(archive, "1")] == [(1, "first", True), (2, "copy", False)]
    assert check(archive) == ()


def test_a_signed_paper_answers_before_its_draft_in_whatever_order_they_come(archive: Archive, tmp_path: Path) -> None:
    assert told(keep(archive, "draft.docx", DRAFT)) == ("added", 1, None)
    added = keep(archive, "signed.docx", SIGNED)
    assert told(added) == ("version", 1, 2)
    assert (added.facts["head"], added.facts["duties"]) == (2, 1), "symbol and day of the paper, day of a task"
    assert told(keep(archive, "draft-again.docx", DRAFT + "\n")) == ("version", 1, 2)
    (document,) = list_documents(archive)
    assert (document.symbol, document.date, document.readings) == ("12/KH-UBND", "2026-02-03", 3)
    assert check(archive) == ()


def test_readings_that_come_in_one_run_leave_nothing_in_the_index(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "a-draft.txt").write_text(DRAFT, encoding="utf-8")
    (tmp_path / "b-signed.txt").write_text(SIGNED, encoding="utf-8")
    added = list(add_paths(archive, [tmp_path], now=NOW, parse=parse_once))
    assert [told(one) for one in added] == [("added", 1, None), ("version", 1, 2)]
    assert [hit.document.id for hit in search(archive, "hộ dân").hits] == [1]
    assert check(archive) == ()


def test_every_question_sees_one_reading(archive: Archive) -> None:
    keep(archive, "signed.docx", SIGNED)
    once = statistics(archive), duties(archive), cites(archive, "57-NQ/TW"), gaps(archive, "57-NQ/TW")
    keep(archive, "draft.docx", DRAFT)
    keep(archive, "copy.docx", SIGNED.replace("\n\n", "\n \n"))

    def without(value: object) -> str:
        return repr(value).replace("readings=3", "readings=1").replace("versions=3", "versions=1")

    now = statistics(archive), duties(archive), cites(archive, "57-NQ/TW"), gaps(archive, "57-NQ/TW")
    assert without(now) == without(once)
    assert search(archive, '"từng hộ dân"').total == 1


def test_a_better_reading_takes_over_what_cites_it(archive: Archive) -> None:
    keep(archive, "draft.docx", DRAFT)
    body = "Thực hiện Kế hoạch số 12/KH-UBND ngày 03/02/2026 của Ủy ban nhân dân phường Kiến An."
    keep(archive, "other.docx", paper("ỦY BAN NHÂN DÂN PHƯỜNG AN BIÊN", "9/KH-UBND", "An Biên", "5/3/2026", "KẾ HOẠCH", "Dân số", body))
    assert [group.cited.document for group in cites(archive, "12/KH-UBND").groups] == [None]
    keep(archive, "signed.docx", SIGNED)
    (group,) = cites(archive, "12/KH-UBND").groups
    assert group.cited.document is not None
    assert (group.cited.document.id, group.cited.document.name) == (1, "signed.docx")
    assert [hit.document.name for hit in search(archive, '"từng hộ dân"').hits] == ["signed.docx"]
    assert [duty.deadline for duty in duties(archive) if duty.deadline] == ["2026-03-15"] * 2
    assert check(archive) == ()


def test_a_damaged_scan_is_a_copy_and_the_word_file_answers(archive: Archive) -> None:
    assert told(keep(archive, "scan.pdf", SCAN)) == ("added", 1, None)
    assert told(keep(archive, "word.docx", SIGNED)) == ("copy", 1, 2)
    assert [document.name for document in list_documents(archive)] == ["word.docx"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("12/KH-UBND", "13/KH-UBND"),  # another number
        ("tháng 02", "tháng 03"),  # another month
        ("KIẾN AN", "AN BIÊN"),  # another ward, after one pattern
        ("KẾ HOẠCH", "TỜ TRÌNH"),
        ("KH-UBND", "KH-BCĐ"),
        ("năm 2026\n\nThực", "năm 2025\n\nThực"),  # last year's, in the same words
    ],
)
def test_papers_after_one_pattern_stay_apart(archive: Archive, old: str, new: str) -> None:
    keep(archive, "a.docx", SIGNED)
    assert old in SIGNED
    assert told(keep(archive, "b.docx", SIGNED.replace(old, new)))[0] == "added"


def test_a_draft_of_last_year_stays_apart(archive: Archive) -> None:
    keep(archive, "a.docx", SIGNED)
    head = DRAFT.replace("ngày    tháng 02 năm 2026", "ngày    tháng    năm")
    assert told(keep(archive, "b.docx", head.replace("Chuyển đổi số năm 2026", "Chuyển đổi số năm 2025")))[0] == "added"
    assert told(keep(archive, "c.docx", head))[:2] == ("version", 1)


def test_apart_means_apart(archive: Archive) -> None:
    keep(archive, "a.docx", SIGNED)
    assert told(keep(archive, "b.docx", SIGNED + "\n", apart=True))[:2] == ("added", 2)


def test_files_of_all_readings_are_kept_and_go_together(archive: Archive, tmp_path: Path) -> None:
    for name, content in (("1-draft", DRAFT), ("2-signed", SIGNED)):
        (tmp_path / f"{name}.txt").write_text(content, encoding="utf-8")
    assert [one.status for one in add_paths(archive, [tmp_path], now=NOW)] == ["added", "version"]
    hashes = [one.sha256 for one in history(archive, "1")]
    assert all(read_original(archive, sha256) is not None for sha256 in hashes)
    assert show(archive, "1", 1).document.symbol == "/KH-UBND"
    remove(archive, "1", now=NOW)
    assert list_documents(archive) == ()
    empty_trash(archive, now=NOW)
    assert [read_original(archive, sha256) for sha256 in hashes] == [None, None]
    assert search(archive, '"từng hộ dân"').total == 0


WHOLE = Head(" ke hoach ", "12", "kh-ubnd", "2026-02-03", "uy ban nhan dan phuong kien an", frozenset({"2026"}), True)


@pytest.mark.parametrize(
    ("other", "agree"),
    [
        ({}, True),
        ({"date": "2026-02"}, None),
        ({"number": None, "date": None}, None),
        ({"organ": "uy ban nhan dan phuong"}, True),
        ({"organ": "uy ban nhan dan phuong an bien"}, False),
        ({"number": "72"}, False),
        ({"number": "72", "clean": False}, None),
        ({"number": "72", "letters": "kh-u8nd", "clean": False}, False),
        ({"date": "2025-02-03", "clean": False}, False),
        ({"years": frozenset({"2025"}), "clean": False}, False),
    ],
)
def test_what_heads_tell(other: dict[str, object], agree: bool | None) -> None:
    assert heads_agree(WHOLE, replace(WHOLE, **other)) is agree  # type: ignore[arg-type]
    assert heads_agree(replace(WHOLE, **other), WHOLE) is agree  # type: ignore[arg-type]


def test_texts_without_a_head_stay_apart() -> None:
    silent = Head(" ke hoach ", None, None, None, None, None, True)
    assert heads_agree(silent, silent) is False
    assert heads_agree(silent, WHOLE) is None


def test_few_letters_are_no_evidence() -> None:
    assert likeness(opening_letters(SIGNED), opening_letters(SCAN)) > 0.9
    assert likeness(opening_letters(SIGNED[:200]), opening_letters(SIGNED[:200])) == 0.0


def test_diff_of_the_versions_of_a_document(archive: Archive) -> None:
    keep(archive, "signed.docx", SIGNED)
    with pytest.raises(OneReading):
        diff(archive, "1")
    keep(archive, "draft.docx", DRAFT)
    found = diff(archive, "1#2", "1#1")
    assert [(one.field, one.before, one.after) for one in found.head] == [
        ("symbol", "/KH-UBND", "12/KH-UBND"),
        ("date", "2026-02", "2026-02-03"),
    ]
    (one,) = found.duties
    assert (one.kinds, one.before and one.before.deadline, one.after and one.after.deadline) == (("day",), "2026-03-31", "2026-03-15")
    assert one.after is not None
    assert (one.after.units, one.after.helpers, one.after.path) == (("Phòng Văn hóa - Xã hội",), ("Công an phường",), "II.1")
    assert (found.outline, found.citations) == ((), ())
    assert [one.kinds for one in diff(archive, "1").duties] == [one.kinds]
