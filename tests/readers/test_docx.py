"""Word files: numbers that Word draws, tables, columns, footnotes, and files that are broken or want to do harm."""

from __future__ import annotations

import pytest
from docx import Document
from papers import TABLE, saved, with_member, word_file

from kehoach_parser import parse, read_bytes
from kehoach_parser.errors import BrokenFile, Encrypted, TooLarge

DOCUMENT = "word/document.xml"
TYPES = "[Content_Types].xml"


def body(xml: str) -> bytes:
    """A Word file whose body is this XML."""
    return with_member(
        saved(Document()),
        DOCUMENT,
        lambda old: old[: old.index(b"<w:body>") + len(b"<w:body>")] + xml.encode() + b"</w:body></w:document>",
    )


def test_a_box_in_a_box_is_read_once() -> None:
    box = "<w:r><w:txbxContent><w:p>{}</w:p></w:txbxContent></w:r>"
    word = "<w:r><w:t>{}</w:t></w:r>"
    inner = box.format(word.format("trong"))
    assert read_bytes(body(f"<w:p>{word.format('ngoài')}{box.format(word.format('giữa') + inner)}</w:p>"), "a.docx").content.split() == [
        "ngoài",
        "giữa",
        "trong",
    ]


def test_numbers_out_of_all_bounds_are_none() -> None:
    odd = "<w:p><w:pPr><w:numPr><w:ilvl w:val='²'/><w:numId w:val='1'/></w:numPr></w:pPr><w:r><w:t>Một</w:t></w:r></w:p>"
    cell = f"<w:tc><w:tcPr><w:gridSpan w:val='{'9' * 5000}'/></w:tcPr>{odd}</w:tc>"
    assert "Một" in read_bytes(body(f"{odd}<w:tbl><w:tr>{cell}</w:tr></w:tbl><w:p/>"), "a.docx").content


def test_a_relationship_that_leads_nowhere_is_told() -> None:
    data = with_member(
        word_file(),
        "word/_rels/document.xml.rels",
        lambda old: old.replace(b"</Relationships>", b'<Relationship Id="r9" Type="x"/></Relationships>'),
    )
    with pytest.raises(BrokenFile) as refusal:
        read_bytes(data, "a.docx")
    assert refusal.value.facts["kind"] == "docx"


def test_numbers_that_word_draws_are_in_the_text() -> None:
    drawn, typed = read_bytes(word_file(), "a.docx"), read_bytes(word_file(numbered=False), "a.docx")
    assert drawn.content == typed.content
    assert [node.path for node in parse(drawn).nodes][:7] == ["I", "I.1", "I.2", "I.2.a", "I.2.b", "II", "II.1"]


def test_the_head_is_read_column_by_column_and_the_table_row_by_row() -> None:
    text = read_bytes(word_file(), "kế hoạch.docx")
    lines = text.content.splitlines()
    assert lines[:6] == [
        "ỦY BAN NHÂN DÂN",
        "THÀNH PHỐ HÀ NỘI",
        "Số: 15/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hà Nội, ngày 03 tháng 02 năm 2026",
    ]
    assert [line for line in lines if line.startswith("|")] == ["| " + " | ".join(row) + " |" for row in TABLE]
    header = parse(text).header
    assert header.symbol is not None
    assert header.symbol.value == "15/KH-UBND"
    assert header.date is not None
    assert header.date.value == "2026-02-03"
    assert text.media_type.endswith("wordprocessingml.document")


def test_merged_cells_keep_the_columns_in_place() -> None:
    cell = "<w:tc><w:tcPr>{}</w:tcPr><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    merged, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell.format('<w:gridSpan w:val="2"/>', "A | B") + cell.format(merged, "C"),
        cell.format("", "1") + cell.format("", "2") + cell.format(goes_on, ""),
    )
    table = "<w:tbl><w:tblPr><w:tblStyle w:val='TableGrid'/></w:tblPr>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert read_bytes(body(table + "<w:p/>"), "a.docx").content.splitlines()[:2] == ["| A ¦ B |  | C |", "| 1 | 2 |  |"]


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a b\nc"),
        ("<w:p><w:ins><w:r><w:t>mới</w:t></w:r></w:ins><w:del><w:r><w:delText>cũ</w:delText></w:r></w:del></w:p>", "mới"),
        ("<w:p><w:r><w:rPr><w:caps/></w:rPr><w:t>kế hoạch</w:t></w:r></w:p>", "KẾ HOẠCH"),
        ("<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r><w:r><w:t>hiện</w:t></w:r></w:p>", "hiện"),
        ("<w:p><w:r><w:t>m</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>3</w:t></w:r></w:p>", "m³"),
        ("<w:p><w:hyperlink><w:r><w:t>liên kết</w:t></w:r></w:hyperlink></w:p>", "liên kết"),
        ("<w:p><w:r><w:t>một</w:t><w:br w:type='page'/><w:t>hai</w:t></w:r></w:p>", "một\n\fhai"),
        ("<w:sdt><w:sdtContent><w:p><w:r><w:t>trong khung</w:t></w:r></w:p></w:sdtContent></w:sdt>", "trong khung"),
    ],
)
def test_what_stands_in_runs(xml: str, expected: str) -> None:
    assert read_bytes(body(xml), "a.docx").content == expected + "\n"


def test_changes_that_are_tracked_are_told() -> None:
    text = read_bytes(body("<w:p><w:r><w:t>a</w:t></w:r><w:ins><w:r><w:t>b</w:t></w:r></w:ins></w:p>"), "a.docx")
    assert text.notes == ("tracked-changes:1",)
    assert "tracked-changes" in [warning.code for warning in parse(text).warnings]


def test_macros_are_told_and_not_run() -> None:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    text = read_bytes(with_member(word_file(), TYPES, lambda types: types.replace(main, macros)), "a.docm")
    assert text.content == read_bytes(word_file(), "a.docx").content
    assert text.notes == ("macros:1",)


def test_an_entity_of_the_file_system_is_not_read() -> None:
    evil = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
    data = with_member(body("<w:p><w:r><w:t>a&x;b</w:t></w:r></w:p>"), DOCUMENT, lambda old: evil + old[old.index(b"<w:document") :])
    assert read_bytes(data, "a.docx").content == "a\n" or read_bytes(data, "a.docx").content == "ab\n"


@pytest.mark.parametrize("broken", [lambda data: data[:2000], lambda data: with_member(data, DOCUMENT, lambda old: old[:500])])
def test_a_broken_file_is_told(broken: object) -> None:
    with pytest.raises(BrokenFile) as refusal:
        read_bytes(broken(word_file()), "a.docx")  # type: ignore[operator]
    assert refusal.value.facts["kind"] == "docx"


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(TooLarge) as refusal:
        read_bytes(with_member(word_file(), "word/media/a.bin", bytes(50_000_000)), "a.docx")
    assert refusal.value.facts["what"] == "unpacked"


def test_a_password_is_told() -> None:
    container = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le") + bytes(500)
    with pytest.raises(Encrypted):
        read_bytes(container, "a.docx")
