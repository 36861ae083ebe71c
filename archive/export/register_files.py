"""A table as a file: a workbook for Excel and LibreOffice, CSV that Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from archive.export.long_rows import rows_of
from archive.values.sheets import Cell, Sheet

#: Longest text of a cell that Excel holds.
CELL = 32_767
#: What follows text that had to be cut.
CUT = " […]"
#: Rows that a sheet holds.
ROWS = 1_048_576
_BOM = "\ufeff"
#: First letters by which a spreadsheet takes text for a formula (OWASP, "CSV injection").
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_PAPER_A4 = 9
#: The hidden sheet of what a table held when it was written.
KEPT = "kehoach"
#: Inches of the page that stay empty.
_MARGINS = {"left": 0.3, "right": 0.3, "top": 0.4, "bottom": 0.5}
#: So many points is a line high for each point of its letters.
_LINE = 1.2
#: Row of the heads, counted from 0: title and note stand above.
_HEAD = 2


def sheet_xlsx(sheet: Sheet) -> bytes:
    """A workbook with the table: head row frozen and repeated on each page, filters, wrapped cells in rows as high as their text (what is
    higher than a row may be goes on in the next: `long_rows`), A4 across, as wide as the page. Columns with ``choices`` offer these; what
    the sheet is to keep stands on a hidden one.

    Nothing is taken for a formula. Raises ValueError for more than ROWS rows.
    """
    from xlsxwriter import Workbook

    rows = [part for cells in sheet.rows for part in rows_of(cells, sheet)]
    if len(rows) + _HEAD + 1 > ROWS:
        raise ValueError(f"{len(rows)} rows")
    last = _HEAD + max(len(rows), 1)
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": sheet.title, "created": sheet.made})
    page = book.add_worksheet(sheet.name)
    _fill(page, sheet, rows, _formats(book, sheet.size))
    for column, words in sheet.choices.items():
        page.data_validation(_HEAD + 1, column, last, column, {"validate": "list", "source": list(words)})
    _make_ready_to_print(page, sheet, last)
    if sheet.kept_heads:
        _keep(book.add_worksheet(KEPT), sheet)
    book.close()
    return made.getvalue()


def _formats(book: Any, size: int) -> dict[str, Any]:
    font = {"font_name": "Times New Roman", "font_size": size, "valign": "top"}
    plain = {**font, "text_wrap": True, "border": 1}
    made = {
        "title": {**font, "bold": True, "font_size": size + 3, "align": "center"},
        "note": {**font, "italic": True, "align": "center"},
        "head": {**plain, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2F3"},
        "text": plain,
        "day": {**plain, "num_format": "dd/mm/yyyy", "align": "center"},
        "number": {**plain, "align": "center"},
    }
    return {name: book.add_format(each) for name, each in made.items()}


def _fill(page: Any, sheet: Sheet, rows: Sequence[tuple[Sequence[Cell], float]], formats: dict[str, Any]) -> None:
    last = len(sheet.heads) - 1
    page.set_row(0, (sheet.size + 3) * _LINE + 3)
    page.set_row(1, sheet.size * _LINE + 3)
    page.merge_range(0, 0, 0, last, sheet.title, formats["title"])
    page.merge_range(1, 0, 1, last, sheet.note, formats["note"])
    for column, (name, width) in enumerate(zip(sheet.heads, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(_HEAD, column, name, formats["head"])
    page.set_row(_HEAD, next(rows_of(sheet.heads, sheet))[1])
    for row, (cells, height) in enumerate(rows, _HEAD + 1):
        page.set_row(row, height)
        for column, cell in enumerate(cells):
            _write(page, row, column, cell, formats)


def _write(page: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell, date):
        page.write_datetime(row, column, cell, formats["day"])
    elif isinstance(cell, int):
        page.write_number(row, column, cell, formats["number"])
    elif cell:
        page.write_string(row, column, cell, formats["text"])
    else:
        page.write_blank(row, column, None, formats["text"])


def _make_ready_to_print(page: Any, sheet: Sheet, last: int) -> None:
    page.autofilter(_HEAD, 0, last, len(sheet.heads) - 1)
    page.freeze_panes(_HEAD + 1, 0)
    page.repeat_rows(_HEAD)
    page.set_landscape()
    page.center_horizontally()
    page.set_paper(_PAPER_A4)
    page.set_margins(**_MARGINS)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&C{sheet.page}")


def _keep(page: Any, sheet: Sheet) -> None:
    """What the table held when it was written (`register_reading`)."""
    page.hide()
    for row, texts in enumerate((sheet.kept_heads, *sheet.kept)):
        for column, said in enumerate(texts):
            page.write_string(row, column, _short(said))


def _short(text: str) -> str:
    return text if len(text) <= CELL else text[: CELL - len(CUT)] + CUT


def sheet_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell | float | bool]]) -> str:
    """The table as CSV that a double click opens in Excel: UTF-8 with BOM, CRLF, days as ISO, no cell that is taken for a formula."""
    return "".join(sheet_csv_lines(heads, rows))


def sheet_csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Cell | float | bool]]) -> Iterator[str]:
    """The same row by row, as they come: a table of any length needs no more room than a row."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    made.write(_BOM)
    writer.writerow(heads)
    yield made.getvalue()
    for row in rows:
        made.seek(0)
        made.truncate()
        writer.writerow([harmless(cell) for cell in row])
        yield made.getvalue()


def harmless(cell: Cell | float | bool) -> object:
    """A cell as CSV has it: what a spreadsheet would take for a formula behind a quote, what is missing empty."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
