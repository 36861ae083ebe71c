"""Word files made for the tests, with what a plan has: a head in two columns, lists that Word numbers, a table, a footnote."""

from __future__ import annotations

import io
import zipfile

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

HEAD = (
    "ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HÀ NỘI\nSố: 15/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nHà Nội, ngày 03 tháng 02 năm 2026",
)
TABLE = (
    ("TT", "Nội dung công việc", "Cơ quan chủ trì", "Thời hạn"),
    ("1", "Rà soát văn bản", "Sở Tư pháp", "10/2026"),
    ("2", "Tập huấn", "Sở Nội vụ", "12/2026"),
)


def word_file(*, numbered: bool = True) -> bytes:
    """A plan as .docx; ``numbered``: its sections and items are numbered by Word (I., 1., a)) and not typed."""
    document = Document()
    head = document.add_table(1, 2)
    for cell, text in zip(head.rows[0].cells, HEAD, strict=True):
        cell.text = text
    document.add_paragraph("KẾ HOẠCH")
    document.add_paragraph("Tuyên truyền bầu cử")
    if numbered:
        _define(document)
    for level, label, text in (
        (0, "I. ", "MỤC ĐÍCH, YÊU CẦU"),
        (1, "1. ", "Mục đích"),
        (1, "2. ", "Yêu cầu"),
        (2, "a) ", "Đúng luật, đúng kế hoạch;"),
        (2, "b) ", "Kịp thời."),
        (0, "II. ", "TỔ CHỨC THỰC HIỆN"),
        (1, "1. ", "Giao Sở Tư pháp chủ trì, báo cáo trước ngày 30/6/2026."),
    ):
        paragraph = document.add_paragraph(text if numbered else label + text)
        if numbered:
            _number(paragraph, level)
    table = document.add_table(len(TABLE), len(TABLE[0]))
    table.style = "Table Grid"
    for row, texts in zip(table.rows, TABLE, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.add_paragraph("Trên đây là Kế hoạch tuyên truyền bầu cử./.")
    return saved(document)


def saved(document: object) -> bytes:
    """A document as .docx, the same bytes whenever it is made: python-docx writes the time into the file."""
    out, packed = io.BytesIO(), io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _define(document: object) -> None:
    root = document.part.numbering_part.element  # type: ignore[attr-defined]
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level, (form, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"))):
        item = OxmlElement("w:lvl")
        item.set(qn("w:ilvl"), str(level))
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            item.append(child)
        abstract.append(item)
    root.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "90")
    link = OxmlElement("w:abstractNumId")
    link.set(qn("w:val"), "90")
    number.append(link)
    root.append(number)


def _number(paragraph: object, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()  # type: ignore[attr-defined]
    properties.get_or_add_ilvl().val = level
    properties.get_or_add_numId().val = 90


def with_member(data: bytes, name: str, change: object) -> bytes:
    """The same file with one member changed by a function, or added (``change`` are its bytes)."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            held = old.read(member)
            new.writestr(member, change(held) if member == name and callable(change) else held)
        if not callable(change):
            new.writestr(name, change)  # type: ignore[arg-type]
    return out.getvalue()
