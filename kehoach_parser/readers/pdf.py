"""PDF files: page by page the text layer where it is good text, and OCR of the drawn page where it is not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kehoach_parser.errors import BrokenFile, EmptyFile, Encrypted, OcrMissing, TookTooLong, TooLarge
from kehoach_parser.readers import limits
from kehoach_parser.readers.child import ChildFailed, run_module
from kehoach_parser.readers.compose import ReadPage
from kehoach_parser.readers.ocr import Picture, find_engine, read_pictures
from kehoach_parser.readers.options import ReadOptions
from kehoach_parser.readers.page_tables import NO_TABLES, DrawnTable, PageTables, linked
from kehoach_parser.readers.text_layer import is_good, is_split
from kehoach_parser.readers.words import Word

_WORKER, _TABLES = "kehoach_parser.readers.pdf_worker", "kehoach_parser.readers.table_worker"
#: Thin lines (or boxes, which some programs draw for cells) that a page with a table has at least.
_RULES_ACROSS, _RULES_DOWN, _BOXES = 3, 2, 4
_SECONDS_A_TABLE = 5.0


def read_pdf(path: Path, sha256: str, where: str, options: ReadOptions) -> tuple[tuple[ReadPage, ...], tuple[str, ...]]:
    """The pages of a PDF and notes about the file ("attachments:2", "scripts:1").

    Raises Encrypted, BrokenFile, EmptyFile (no pages), TooLarge, TookTooLong, OcrMissing.
    """
    about, told = _told(path, where)
    notes = tuple(f"{name}:{about[name]}" for name in ("attachments", "scripts") if about[name] > 0)
    tables = _tables(path, [index for index, page in enumerate(told) if _has_rules(page)])
    pages: dict[int, ReadPage] = {}
    pictures: dict[int, Picture] = {}
    split: list[str] = []
    for index, page in enumerate(told):
        number = index + 1
        if "error" in page:
            pages[number] = ReadPage(0.0, 0.0, (), "unread", notes=(f"unread-page:{number}:crash",))
            continue
        size = page["width"], page["height"]
        layer = " ".join(word[0] for word in page["words"])
        if is_good(layer, page["image"]):
            words = tuple(Word(word[0], tuple(word[1:5])) for word in page["words"])
            pages[number] = ReadPage(*size, words, "text-layer" if page["ink"] else "blank", tables=tables.get(index, NO_TABLES))
        elif page["ink"]:
            if is_split(layer):
                split.append(f"split-page:{number}")
            pictures[number] = _picture(path, index, size, stamped=any(word[6] for word in page["words"]))
    if pictures:
        engine = find_engine()
        if engine is None:
            raise OcrMissing(where, pages=str(len(pictures)))
        for number, read in read_pictures(pictures, engine, sha256, options).items():
            pages[number] = _with_stamps(read, told[number - 1])
    return tuple(pages[number] for number in sorted(pages)), (*notes, *split)


def _told(path: Path, where: str) -> tuple[dict[str, int], list[dict[str, Any]]]:
    # The number of pages is not known yet; what a page may take is checked by the operating system for all of them.
    seconds = limits.PDF_SECONDS + limits.PDF_SECONDS_A_PAGE * limits.PAGES
    try:
        lines = run_module(_WORKER, ["text", str(path)], seconds).splitlines()
    except ChildFailed as failed:
        if failed.why == "crash":
            raise BrokenFile(where, kind="pdf") from None
        raise TookTooLong(where, kind="pdf") from None
    about = json.loads(lines[0])
    if error := about.get("error"):
        raise Encrypted(where, kind="pdf") if error == "encrypted" else BrokenFile(where, kind="pdf")
    if about["pages"] > limits.PAGES:
        raise TooLarge(where, what="pages", limit=str(limits.PAGES))
    if not about["pages"]:
        raise EmptyFile(where)
    return about, [json.loads(line) for line in lines[1:]]


def _has_rules(page: dict[str, Any]) -> bool:
    # A page within a row of a table has no more than the lines between the columns.
    return bool(page.get("words")) and (
        (page["across"] >= _RULES_ACROSS and page["down"] >= _RULES_DOWN)
        or page["boxes"] >= _BOXES
        or page["across"] >= 3 * _RULES_ACROSS
        or page["down"] > _RULES_DOWN
    )


def _tables(path: Path, indexes: Sequence[int]) -> dict[int, PageTables]:
    """The tables on these pages (from 0); a page whose tables are not found is read as lines."""
    if not indexes:
        return {}
    try:
        told = run_module(
            _TABLES, [str(path), ",".join(map(str, indexes))], limits.PDF_SECONDS + _SECONDS_A_TABLE * len(indexes)
        ).splitlines()
    except ChildFailed:
        return {}
    return linked({page["page"]: [_table(table) for table in page["tables"]] for page in map(json.loads, told)})


def _table(told: dict[str, Any]) -> DrawnTable:
    return DrawnTable(tuple(tuple(cell and tuple(cell) for cell in row) for row in told["rows"]), told["above"], told["below"])


def _picture(path: Path, index: int, size: tuple[float, float], stamped: bool) -> Picture:
    def draw(dpi: int, out: Path) -> None:
        annotations = "without" if stamped else "with"
        run_module(_WORKER, ["draw", str(path), str(index), str(dpi), str(out), annotations], limits.PAGE_SECONDS)
        if not out.exists():
            raise ChildFailed("crash")

    return Picture(*size, draw)


def _with_stamps(page: ReadPage, told: dict[str, Any]) -> ReadPage:
    """A page of OCR with the text of the widgets that lie over it: they are not drawn for OCR, their letters are known."""
    stamps = tuple(Word(word[0], tuple(word[1:5])) for word in told["words"] if word[6])
    return ReadPage(page.width, page.height, (*stamps, *page.words), page.origin, page.engine, notes=page.notes)
