"""The tables of some pages of a PDF, told by a process of its own: arguments FILE and the pages (from 0, "3,4,7").

Prints one JSON line for each page that has tables, each table with its ``rows``: cells as boxes in points from the upper left corner, null
where a cell of another row or column reaches in. ``above`` and ``below`` say that its first or last row is open: browsers draw no line
where the end of the page cuts a row, and the lines between the columns run out there. Only the lines of the tables are taken from
pdfplumber, the letters from PDFium: it is 60 times faster and orders them better. Areas filled without a border are no cells: some programs
fill the ground of each line of text.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import pdfplumber
from pdfminer.pdfinterp import PDFResourceManager
from pdfplumber.table import merge_edges
from pdfplumber.utils.exceptions import PdfminerException

#: What a page raises that PDFium can read and pdfplumber cannot.
_BROKEN = (PdfminerException, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
#: Points; a filled area that is thicker is no line.
_THICK = 3.0
#: Points within which lines meet, as pdfplumber has it.
_NEAR = 3.0
#: Lines between columns that have to run out together, and how long they and the lines across have to be, in points.
_LEAST_COLUMNS, _LEAST_LENGTH = 3, 10.0


class _NoFonts(PDFResourceManager):
    """No font is loaded, and so no letter is placed: that took most of the time, and only lines are wanted."""

    def get_font(self, objid: object, spec: Mapping[str, object]) -> Any:
        """What stands for a font that is unknown: its letters are left out."""


def main(path: str, pages: str) -> None:
    """Prints what was found; a page that fails is left out and read as lines."""
    with pdfplumber.open(path, pages=[int(index) + 1 for index in pages.split(",")]) as document:
        document.rsrcmgr = _NoFonts()
        for page in document.pages:
            try:
                tables = _tables(page.filter(_is_drawn))
            except _BROKEN:
                continue
            if tables:
                print(json.dumps({"page": page.page_number - 1, "tables": tables}))
            page.close()


def _tables(page: Any) -> list[dict[str, Any]]:
    straight = [edge for edge in page.edges if edge["orientation"]]  # borders of cells that stand apart are curves with slanted ends
    edges = merge_edges(straight, _NEAR, _NEAR, _NEAR, _NEAR)
    above, below = _open_ends(edges, "top"), _open_ends(edges, "bottom")
    found = page.find_tables({"explicit_horizontal_lines": [*above, *below]})
    return [
        {
            "rows": [[cell and [round(value, 2) for value in cell] for cell in row.cells] for row in table.rows],
            "above": _is_at(table.bbox[1], above),
            "below": _is_at(table.bbox[3], below),
        }
        for table in found
        if max(len(row.cells) for row in table.rows) > 1
    ]


def _open_ends(edges: Sequence[dict[str, Any]], side: str) -> list[dict[str, Any]]:
    """The lines across that are missing where the lines between columns end together at the ``side`` top or bottom."""
    long = [edge for edge in edges if max(edge["x1"] - edge["x0"], edge["bottom"] - edge["top"]) >= _LEAST_LENGTH]
    down = sorted((edge for edge in long if edge["orientation"] == "v"), key=lambda edge: float(edge[side]))
    across = [edge for edge in long if edge["orientation"] == "h"]
    missing = []
    while down:
        at = down[0][side]
        together = [edge for edge in down if edge[side] - at <= _NEAR]
        down = down[len(together) :]
        left, right = min(edge["x0"] for edge in together), max(edge["x0"] for edge in together)
        closed = any(abs(edge["top"] - at) <= _NEAR and edge["x0"] < right and edge["x1"] > left for edge in across)
        if len(together) >= _LEAST_COLUMNS and not closed:
            place = {"x0": left, "x1": right, "top": at, "bottom": at, "width": right - left}
            missing.append({"object_type": "line_edge", "orientation": "h", **place})
    return missing


def _is_at(height: float, lines: Sequence[dict[str, Any]]) -> bool:
    return any(abs(line["top"] - height) <= _NEAR for line in lines)


def _is_drawn(item: dict[str, Any]) -> bool:
    return item["object_type"] != "rect" or bool(item["stroke"]) or min(item["width"], item["height"]) < _THICK


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
