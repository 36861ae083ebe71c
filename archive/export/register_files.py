"""A table as a file: a workbook for Excel and LibreOffice, CSV that Excel opens."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

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
#: Row of the heads, counted from 0: title and note stand above.
_HEAD = 2


def sheet_xlsx(sheet: Sheet) -> bytes:
    """A workbook with the table: head row frozen and repeated on each page, filters, wrapped cells, A4 across, as wide as the page.

    Nothing is taken for a formula; text longer than a cell holds is cut and ends with CUT. Raises ValueError for more than ROWS rows.
    """
    from xlsxwriter import Workbook

    if len(sheet.rows) + _HEAD + 1 > ROWS:
        raise ValueError(f"{len(sheet.rows)} rows")
    made = io.BytesIO()
    book = Workbook(made, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False})
    book.set_properties({"title": sheet.title, "created": sheet.made})
    page = book.add_worksheet(sheet.name)
    font = {"font_name": "Times New Roman", "font_size": 11, "valign": "top"}
    plain = {**font, "text_wrap": True, "border": 1}
    bold, text = book.add_format({**font, "bold": True, "font_size": 14, "align": "center"}), book.add_format(plain)
    head = book.add_format({**plain, "bold": True, "align": "center", "valign": "vcenter", "bg_color": "#D9E2F3"})
    day = book.add_format({**plain, "num_format": "dd/mm/yyyy", "align": "center"})
    number = book.add_format({**plain, "align": "center"})
    last = len(sheet.heads) - 1
    page.merge_range(0, 0, 0, last, sheet.title, bold)
    page.merge_range(1, 0, 1, last, sheet.note, book.add_format({**font, "italic": True, "align": "center"}))
    for column, (name, width) in enumerate(zip(sheet.heads, sheet.widths, strict=True)):
        page.set_column(column, column, width)
        page.write_string(_HEAD, column, name, head)
    for row, cells in enumerate(sheet.rows, _HEAD + 1):
        for column, cell in enumerate(cells):
            if isinstance(cell, date):
                page.write_datetime(row, column, cell, day)
            elif isinstance(cell, int):
                page.write_number(row, column, cell, number)
            else:
                page.write_string(row, column, _short(cell or ""), text)
    page.autofilter(_HEAD, 0, _HEAD + max(len(sheet.rows), 1), last)
    page.freeze_panes(_HEAD + 1, 0)
    page.repeat_rows(_HEAD)
    page.set_landscape()
    page.set_paper(_PAPER_A4)
    page.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.set_footer(f"&C{sheet.page}")
    book.close()
    return made.getvalue()


def _short(text: str) -> str:
    return text if len(text) <= CELL else text[: CELL - len(CUT)] + CUT


def sheet_csv(heads: Sequence[str], rows: Sequence[Sequence[Cell | float | bool]]) -> str:
    """The table as CSV that a double click opens in Excel: UTF-8 with BOM, CRLF, days as ISO, no cell that is taken for a formula."""
    made = io.StringIO(newline="")
    writer = csv.writer(made, lineterminator="\r\n")
    writer.writerow(heads)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return _BOM + made.getvalue()


def harmless(cell: Cell | float | bool) -> object:
    """A cell as CSV has it: what a spreadsheet would take for a formula behind a quote, what is missing empty."""
    if isinstance(cell, str) and cell.startswith(_FORMULA):
        return f"'{cell}"
    return "" if cell is None else cell
