"""HTML pages: the text that a browser shows, a line for each block, a line with bars for each row of a table.

Nothing is fetched and no script is run; what a style sheet hides is not known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from kehoach_parser.errors import BrokenFile
from kehoach_parser.readers.encodings import decode
from kehoach_parser.readers.grid import Cell, table_lines

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_UNSEEN = frozenset({"script", "style", "head", "noscript", "template", "select", "button", "iframe", "object", "svg"})
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "pre", "section", "article", "header", "footer",
     "main", "nav", "aside", "dl", "dt", "dd", "figure", "figcaption", "address", "form", "fieldset", "hr", "body", "html", "center"}
)  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLANKS = re.compile(r"[ \t\r\n]+")
_DEEPEST = 200  # elements within elements; a page has a few dozen
_MOST_COLUMNS, _MOST_ROWS = 100, 65534  # that a browser takes one cell for


def read_html(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML page and notes. Raises BrokenFile, EmptyFile, NotText, UnknownEncoding."""
    source, notes = _decoded(data, where)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source), parser=html.HTMLParser(no_network=True))
    except (etree.LxmlError, ValueError):
        raise BrokenFile(where, kind="html") from None
    lines = [_BLANKS.sub(" ", line.replace("\u00a0", " ")).strip() for line in "".join(_text(root, 0)).split("\v")]
    return "\n".join(line for line in lines if line) + "\n", notes


def _decoded(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """By the encoding that the page names, if its bytes agree; by the evidence otherwise."""
    named = _CHARSET.search(data[:4096])
    if named and named.group(1).lower() not in (b"utf-8", b"utf8"):
        encoding = named.group(1).decode("ascii")
        try:
            return data.decode(encoding), (f"encoding:{encoding.lower()}",)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, where)


def _text(item: etree._Element, depth: int) -> Iterator[str]:
    """The letters of an element; a vertical tab stands where a line ends."""
    if not isinstance(item.tag, str) or item.tag in _UNSEEN or depth > _DEEPEST:
        return
    if item.tag == "br":
        yield "\v"
        return
    if item.tag == "table":
        yield "\v" + "\v".join(_table(item, depth)) + "\v"
        return
    block = item.tag in _BLOCKS
    if block:
        yield "\v"
    inner = "".join(_inner(item, depth))
    if item.tag == "li":
        inner = _number(item) + inner.lstrip("\v \t\r\n")
    yield inner.translate(_RAISED) if item.tag == "sup" and inner.strip().isdigit() else inner
    if block:
        yield "\v"


def _inner(item: etree._Element, depth: int) -> Iterator[str]:
    yield item.text or ""
    for child in item:
        yield from _text(child, depth + 1)
        yield child.tail or ""


def _number(item: etree._Element) -> str:
    """What a browser draws before an item of a list."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol":
        return "- "
    start = parent.get("start", "1")
    at = sum(1 for before in item.itersiblings("li", preceding=True)) + (int(start) if start.isdigit() else 1)
    letters = {"a": chr(96 + at) if 0 < at < 27 else "", "A": chr(64 + at) if 0 < at < 27 else ""}
    return f"{letters.get(parent.get('type', '1')) or at}. "


def _table(table: etree._Element, depth: int) -> Iterator[str]:
    rows = [
        [_cell(child, depth) for child in row if child.tag in ("td", "th")]
        for row in table.iter("tr")
        if next(row.iterancestors("table"), None) is table
    ]
    return table_lines(rows, " ".join(map(str, table.itertext())))


def _cell(cell: etree._Element, depth: int) -> Cell:
    return Cell(
        lambda: (" ".join(line.split()) for line in "".join(_inner(cell, depth + 1)).split("\v")),
        across=_count(cell.get("colspan", "1"), _MOST_COLUMNS),
        down=_count(cell.get("rowspan", "1"), _MOST_ROWS),
    )


def _count(said: str, most: int) -> int:
    return max(1, min(most, int(said))) if said.isdecimal() else 1
