"""HTML pages: the text that a browser shows, a line for each block, a line with bars for each row of a table.

Nothing is fetched and no script is run; what a style sheet hides is not known here. Called in a process of its own (`document_worker`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree, html

from kehoach_parser.errors import BrokenFile, EmptyFile, NotText, TooLarge
from kehoach_parser.readers import limits
from kehoach_parser.readers.encodings import decode
from kehoach_parser.readers.grid import Cell, table_lines
from kehoach_parser.readers.numbers import whole

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
#: Encodings of pages (https://encoding.spec.whatwg.org); Python knows others, which are no encodings of texts ("undefined", "punycode").
_OF_PAGES = re.compile(r"(?:windows|cp|ibm|iso|latin|koi8|mac|x-mac|gb|big5|shift|sjis|euc|us-ascii|ascii|viscii|tcvn)[\w-]*", re.I)
_UNSEEN = frozenset({"script", "style", "head", "noscript", "noframes", "template", "select", "button", "iframe", "object", "svg"})
_BLOCKS = frozenset(
    {"p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "blockquote", "pre", "section", "article", "header", "footer",
     "main", "nav", "aside", "dl", "dt", "dd", "figure", "figcaption", "address", "form", "fieldset", "hr", "body", "html", "center"}
)  # fmt: skip
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_BLANKS = re.compile(r"[ \t\r\n]+")
_MOST_COLUMNS = 100  # one cell is taken for so many
#: Tables in tables that are read as such; those within are read as lines.
_NESTED = 20
_MARK_OF_A_NOTE = 8  # letters at most


def read_html(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML page and notes. Raises BrokenFile, EmptyFile, NotText (a frameset too), UnknownEncoding, TooLarge."""
    source, notes = _decoded(data, where)
    parser = html.HTMLParser(no_network=True, huge_tree=True)
    try:
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", source), parser=parser)
    except etree.ParserError:  # no element at all
        raise EmptyFile(where) from None
    except (etree.LxmlError, ValueError, AssertionError):
        raise BrokenFile(where, kind="html") from None
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise TooLarge(where, what="depth", limit=str(limits.DEPTH))
    lines = _Lines()
    _walk(root, lines, 0)
    lines.end()
    if not lines.done and root.find(".//frameset") is not None:
        raise NotText(where, kind="frameset")
    return "\n".join(lines.done) + "\n", notes


def _decoded(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """By the encoding that the page names, if its bytes agree; by the evidence otherwise."""
    named = _CHARSET.search(data[:4096])
    encoding = named.group(1).decode("ascii", "replace") if named else ""
    if _OF_PAGES.fullmatch(encoding):
        try:
            return data.decode(encoding), (f"encoding:{encoding.lower()}",)
        except (LookupError, UnicodeError):
            pass
    return decode(data, where)


class _Lines:
    """The lines of a page as they grow; blanks and empty lines are left out as a browser leaves them out."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self._now: list[str] = []
        self._label = ""

    def write(self, text: str) -> None:
        """Letters of the line that is open."""
        if self._label and text.strip():
            self._now.append(self._label)
            self._label = ""
            text = text.lstrip()
        if not self._label:
            self._now.append(text)

    def label(self, text: str) -> None:
        """What stands before the first letter that comes, on whichever line that is."""
        self._label += text

    def end(self) -> None:
        """The line ends, if anything stands on it."""
        line = _BLANKS.sub(" ", "".join(self._now).replace("\u00a0", " ")).strip()
        if line:
            self.done.append(line)
        self._now.clear()

    def end_item(self) -> None:
        """An item of a list ends: its number stands alone if nothing came."""
        if self._label:
            self._now.append(self._label)
            self._label = ""
        self.end()


def _walk(item: etree._Element, lines: _Lines, tables: int, label: str = "- ", raised: bool = False) -> None:
    """Writes an element. ``tables``: in how many tables it stands; ``label``: what is drawn before it if it is an item of a list."""
    if not isinstance(item.tag, str) or item.tag in _UNSEEN:
        return
    if item.tag == "table" and tables < _NESTED:
        lines.end()
        for line in _table(item, tables + 1):
            lines.write(line)
            lines.end()
        return
    block = item.tag in _BLOCKS or (tables >= _NESTED and item.tag == "tr")
    if block or item.tag == "br":
        lines.end()
    if item.tag == "li":
        lines.label(label)
    _inside(item, lines, tables, raised or (item.tag == "sup" and _is_mark(item)))
    if item.tag == "li":
        lines.end_item()
    elif block:
        lines.end()


def _inside(item: etree._Element, lines: _Lines, tables: int, raised: bool = False) -> None:
    labels = _labels(item) if item.tag == "ol" else None
    _write(lines, item.text, raised)
    for child in item:
        _walk(child, lines, tables, next(labels, "- ") if labels is not None and child.tag == "li" else "- ", raised)
        _write(lines, child.tail, raised)


def _write(lines: _Lines, text: str | None, raised: bool) -> None:
    if text:
        lines.write(text.translate(_RAISED) if raised else text)


def _is_mark(item: etree._Element) -> bool:
    """Is it the mark of a footnote?"""
    text = "".join(islice((char for piece in item.itertext() for char in str(piece)), _MARK_OF_A_NOTE + 1)).strip()
    return len(text) <= _MARK_OF_A_NOTE and text.isdigit()


def _labels(ordered: etree._Element) -> Iterator[str]:
    """What a browser draws before each item of a numbered list."""
    at, form = whole(ordered.get("start"), 1), ordered.get("type", "1")
    for item in ordered.iterchildren("li"):
        at = whole(item.get("value"), at)
        letters = {"a": chr(96 + at), "A": chr(64 + at)} if 0 < at < 27 else {}
        yield f"{letters.get(form) or at}. "
        at += 1


def _table(table: etree._Element, tables: int) -> Iterable[str]:
    rows = [
        [_cell(child, tables) for child in row if child.tag in ("td", "th")]
        for row in table.iter("tr")
        if next(row.iterancestors("table"), None) is table
    ]
    return table_lines(rows, " ".join(map(str, table.itertext())))


def _cell(cell: etree._Element, tables: int) -> Cell:
    return Cell(
        lambda: _lines_of(cell, tables),
        across=whole(cell.get("colspan"), 1, 1, _MOST_COLUMNS),
        down=whole(cell.get("rowspan"), 1, 1),
    )


def _lines_of(cell: etree._Element, tables: int) -> list[str]:
    lines = _Lines()
    _inside(cell, lines, tables)
    lines.end()
    return lines.done
