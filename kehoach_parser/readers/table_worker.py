"""The tables of some pages of a PDF, told by a process of its own: arguments FILE and the pages (from 0, "3,4,7").

Prints one JSON line for each page that has tables: its cells row by row, as boxes in points from the upper left corner, null where
a cell of another row or column reaches in. Only the lines of the tables are taken from pdfplumber, the letters from PDFium: it is 60 times
faster and orders them better. Areas filled without a border are no cells: some programs fill the ground of each line of text.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import pdfplumber

#: Points; a filled area that is thicker is no line.
_THICK = 3.0


def main(path: str, pages: str) -> None:
    """Prints what was found; a page that fails is left out and read as lines."""
    indexes = [int(index) for index in pages.split(",")]
    with pdfplumber.open(path, pages=[index + 1 for index in indexes]) as document:
        for index, page in zip(indexes, document.pages, strict=True):
            rows = [
                [cell and [round(value, 2) for value in cell] for cell in row.cells]
                for table in page.filter(_is_drawn).find_tables()
                if len(table.rows) > 1 and max(len(row.cells) for row in table.rows) > 1
                for row in table.rows
            ]
            if rows:
                print(json.dumps({"page": index, "rows": rows}))
            page.close()


def _is_drawn(item: dict[str, Any]) -> bool:
    return item["object_type"] != "rect" or bool(item["stroke"]) or min(item["width"], item["height"]) < _THICK


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
