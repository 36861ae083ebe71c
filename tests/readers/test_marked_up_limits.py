"""Numbers of web pages and Word files: how wide a cell, how deep a table, how far a list counts; in this process."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from kehoach_parser.readers.docx_numbering import read_numbering
from kehoach_parser.readers.grid import Cell, table_lines
from kehoach_parser.readers.html import read_html


def lines(body: str) -> list[str]:
    return read_html(f"<html><body>{body}</body></html>".encode(), "a.html")[0].splitlines()


@pytest.mark.parametrize(("said", "cells"), [(80, 80), (150, 100), (10**8, 100)])
def test_a_cell_fills_a_hundred_columns_at_most(said: int, cells: int) -> None:
    """A head over the days of a quarter does; one that says a hundred million would fill the memory."""
    (line, _) = lines(f"<table><tr><td colspan='{said}'>Quý I<tr><td>1<td>2</table>")
    assert line.count("|") == cells + 1


def test_a_table_in_fifteen_others_is_a_table() -> None:
    """So deep pages were nested when tables placed what stands in them."""
    nested = "<table><tr><td>" * 15 + "<table><tr><td>1<td>Sở Y tế<td>Tháng 5<td>Họp</table>" + "</table>" * 15
    assert lines(nested) == ["| 1 | Sở Y tế | Tháng 5 | Họp |"]


@pytest.mark.parametrize(("start", "label"), [(14, "n"), (26, "z"), (27, "27")])
def test_letters_of_a_list_end_with_z(start: int, label: str) -> None:
    assert lines(f"<ol type='a' start='{start}'><li>Thu thập</ol>") == [f"{label}. Thu thập"]


@pytest.mark.parametrize(("mark", "raised"), [("12", True), ("20251121", True), ("202511210", False), ("2025-11-21", False)])
def test_a_mark_of_a_note_is_figures_alone(mark: str, raised: bool) -> None:
    (line,) = lines(f"<p>văn bản<sup>{mark}</sup></p>")
    assert (mark in line) is not raised


def test_the_head_of_a_paper_has_three_columns_at_most() -> None:
    """The two sides and the room between them; what has four is a table in which somebody is told to whom it goes."""
    head = ["ĐẢNG BỘ TỈNH", "", "ĐẢNG CỘNG SẢN VIỆT NAM"]
    rows = [[Cell(lambda text=text: [text]) for text in head]] * 2  # type: ignore[misc]
    assert [line for line in table_lines(rows, " ".join(head)) if line] == [head[0]] * 2 + [head[2]] * 2
    rows = [[*row, Cell(lambda: ["Nơi nhận: Sở Y tế"])] for row in rows]
    assert [line.count("|") for line in table_lines(rows, "Nơi nhận: Sở Y tế")] == [5, 5]


def numbering(start: int) -> str:
    levels = "".join(
        f"<w:lvl w:ilvl='{at}'><w:start w:val='{start}'/><w:numFmt w:val='decimal'/><w:lvlText w:val='%{at + 1}.'/></w:lvl>"
        for at in range(12)
    )
    return (
        f"<w:numbering {nsdecls('w')}><w:abstractNum w:abstractNumId='1'>{levels}</w:abstractNum>"
        "<w:num w:numId='1'><w:abstractNumId w:val='1'/></w:num></w:numbering>"
    )


@pytest.mark.parametrize(("level", "number"), [(0, "1. "), (8, "1. "), (9, "")])
def test_word_numbers_nine_levels(level: int, number: str) -> None:
    assert read_numbering(parse_xml(numbering(1))).next("1", level) == number


@pytest.mark.parametrize(("start", "number"), [(20_000, "20000. "), (10**8, "32767. ")])
def test_word_counts_to_32767(start: int, number: str) -> None:
    """A register may go on from another; a hundred million in Roman numerals would be a hundred thousand letters."""
    assert read_numbering(parse_xml(numbering(start))).next("1", 0) == number
