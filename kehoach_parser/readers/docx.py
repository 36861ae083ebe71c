"""Word files (.docx, .docm): paragraphs with the numbers that Word draws before them, tables, footnotes, heads and feet of pages.

Macros are never run and nothing that the file links to is fetched. Text that was struck out as a tracked change is left out, text that
was inserted is taken. Called in a process of its own (`document_worker`).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from docx import Document
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml import etree

from kehoach_parser.errors import BrokenFile
from kehoach_parser.readers.docx_numbering import Numbering, read_numbering
from kehoach_parser.readers.grid import Cell, table_lines
from kehoach_parser.readers.numbers import whole
from kehoach_parser.readers.zips import ZIP_ERRORS, member_bytes, open_office
from kehoach_parser.text.fold import fold

_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_TYPES = "[Content_Types].xml"
_BROKEN = (*ZIP_ERRORS, PackageNotFoundError, LookupError, AttributeError, TypeError, etree.LxmlError)
#: Parts of the text that are drawn otherwise than by their letters.
_SIGNS = {"tab": " ", "noBreakHyphen": "-", "softHyphen": "", "cr": "\n"}
_DELETED = frozenset(
    {
        qn("w:del"),
        qn("w:moveFrom"),
        qn("w:instrText"),
        qn("w:delText"),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    }
)
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_PAGE_NUMBER = re.compile(r"[\s\d\-–—/]*|(?:trang|page)\s*\d*")


def read_docx(data: bytes, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of a Word file and notes ("macros:1", "tracked-changes:3"). Raises BrokenFile, Encrypted, TooLarge."""
    packed = open_office(data, "docx", where)
    notes = []
    types = member_bytes(packed, _TYPES, "docx", where)
    if _MACROS.encode() in types:
        data = _as_plain(packed, types, where)
        notes.append("macros:1")
    try:
        document = Document(io.BytesIO(data))
        reader = _Reader(document)
        content = reader.read()
    except _BROKEN:
        raise BrokenFile(where, kind="docx") from None
    if reader.changes:
        notes.append(f"tracked-changes:{reader.changes}")
    return content, tuple(notes)


def _as_plain(packed: zipfile.ZipFile, types: bytes, where: str) -> bytes:
    """The file said to be one without macros: the library opens no other. The macros stay where they are, nobody looks at them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as copy:
        for member in packed.infolist():
            held = types.replace(_MACROS.encode(), _MAIN.encode()) if member.filename == _TYPES else None
            copy.writestr(member.filename, member_bytes(packed, member.filename, "docx", where) if held is None else held)
    return out.getvalue()


@dataclass(slots=True)
class _Style:
    """What a paragraph style says, its parents included: the list that it belongs to, and whether it is drawn in capitals."""

    number: str | None
    level: int | None
    caps: bool | None


class _Reader:
    """One document being read, from its first paragraph to the last."""

    def __init__(self, document: Any) -> None:
        self.body: etree._Element = document.element.body
        part = document.part
        parts = {relation.reltype.rsplit("/", 1)[-1]: relation.target_part for relation in part.rels.values() if not relation.is_external}
        self.numbering: Numbering = read_numbering(_root(parts.get("numbering")))
        self.styles = _styles(_root(parts.get("styles")))
        self.notes = {
            kind: {item.get(qn("w:id"), ""): item for item in root.iter(qn(f"w:{kind}"))}
            for kind in ("footnote", "endnote")
            if (root := _root(parts.get(f"{kind}s"))) is not None
        }
        self.margins = [
            root
            for relation in part.rels.values()
            if not relation.is_external and relation.reltype.rsplit("/", 1)[-1] in ("header", "footer")
            if (root := _root(relation.target_part)) is not None
        ]
        self.cited: list[tuple[str, etree._Element]] = []
        self.changes = 0

    def read(self) -> str:
        self.changes = len(self.body.findall(f".//{qn('w:p')}/{qn('w:ins')}")) + len(self.body.findall(f".//{qn('w:p')}/{qn('w:del')}"))
        lines = list(self._blocks(self.body))
        for mark, note in self.cited:
            text = " ".join(line for line in self._blocks(note) if line.strip())
            lines.append(f"{mark} {text.strip()}")
        margins = [line for root in self.margins for line in self._blocks(root) if not _PAGE_NUMBER.fullmatch(fold(line))]
        return "\n".join([*lines, *dict.fromkeys(margins)]) + "\n"

    def _blocks(self, parent: etree._Element) -> Iterator[str]:
        for item in parent:
            if item.tag == qn("w:p"):
                yield from self._paragraph(item)
            elif item.tag == qn("w:tbl"):
                yield from self._table(item)
            elif item.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
                yield from self._blocks(item)

    def _paragraph(self, paragraph: etree._Element) -> Iterator[str]:
        properties = paragraph.find(qn("w:pPr"))
        style = self._style(properties)
        text = "".join(self._pieces(paragraph, bool(style and style.caps)))
        number = self._number(properties, style) if text.strip() else ""
        pages = text.split("\f")
        for at, page in enumerate(pages):
            mark = "\f" if at or (properties is not None and _is_on(properties.find(qn("w:pageBreakBefore")))) else ""
            yield from (
                mark * (line == 0) + number * (at == 0 and line == 0) + piece.rstrip() for line, piece in enumerate(page.split("\n"))
            )
        for box in paragraph.iter(qn("w:txbxContent")):
            # A box in a box is read with the paragraph of the box that it stands in.
            own = next(box.iterancestors(qn("w:p")), None) is paragraph
            if own and not any(parent.tag in _DELETED for parent in box.iterancestors()):
                yield from self._blocks(box)

    def _style(self, properties: etree._Element | None) -> _Style | None:
        named = None if properties is None else properties.find(qn("w:pStyle"))
        return self.styles.get(named.get(qn("w:val"), "") if named is not None else "")

    def _number(self, properties: etree._Element | None, style: _Style | None) -> str:
        given = None if properties is None else properties.find(qn("w:numPr"))
        number, level = _number_of(given)
        if number is None and style is not None and style.number is not None:
            named = properties.find(qn("w:pStyle")) if properties is not None else None
            by_style = self.numbering.style_levels.get((style.number, named.get(qn("w:val"), "") if named is not None else ""))
            number = style.number
            level = level if level is not None else by_style if by_style is not None else style.level
        return self.numbering.next(number, level or 0) if number and number != "0" else ""

    def _pieces(self, item: etree._Element, caps: bool) -> Iterator[str]:
        for child in item:
            if child.tag in _DELETED or child.tag == qn("w:txbxContent"):
                continue
            name = etree.QName(child).localname if isinstance(child.tag, str) else ""
            if name == "t":
                yield (child.text or "").upper() if caps else child.text or ""
            elif name == "br":
                yield "\f" if child.get(qn("w:type")) == "page" else "\n"
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name in ("footnoteReference", "endnoteReference"):
                yield self._cite(name.removesuffix("Reference"), child.get(qn("w:id"), ""))
            elif name == "r":
                own = child.find(qn("w:rPr"))
                shown = None if own is None else own.find(qn("w:caps"))
                if own is None or not _is_on(own.find(qn("w:vanish"))):
                    yield from self._run(child, caps if shown is None else _is_on(shown), own)
            elif name not in ("pPr", "rPr"):
                yield from self._pieces(child, caps)

    def _run(self, run: etree._Element, caps: bool, own: etree._Element | None) -> Iterator[str]:
        text = "".join(self._pieces(run, caps))
        place = None if own is None else own.find(qn("w:vertAlign"))
        raised = place is not None and place.get(qn("w:val")) == "superscript"
        yield text.translate(_RAISED) if raised else text

    def _cite(self, kind: str, key: str) -> str:
        note = self.notes.get(kind, {}).get(key)
        if note is None:
            return ""
        mark = str(len(self.cited) + 1).translate(_RAISED)
        self.cited.append((mark, note))
        return mark

    def _table(self, table: etree._Element) -> Iterator[str]:
        rows = [[self._cell(cell) for cell in _cells(row)] for row in table.iter(qn("w:tr")) if _table_of(row) is table]
        text = " ".join("".join(map(str, item.itertext(qn("w:t")))) for item in table.iter(qn("w:p")))
        return table_lines(rows, text, bare=not _has_borders(table))

    def _cell(self, cell: etree._Element) -> Cell:
        """A cell that goes on with the one above it is read there."""
        merged = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
        goes_on = merged is not None and merged.get(qn("w:val")) != "restart"
        return Cell(tuple if goes_on else partial(self._blocks, cell), _spanned(cell))


def _root(part: Any) -> etree._Element | None:
    if part is None:
        return None
    element = getattr(part, "element", None)
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return element if element is not None else etree.fromstring(part.blob, parser)


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    """Every paragraph style by its id, parents followed; the default one also under ""."""
    if root is None:
        return {}
    items = {item.get(qn("w:styleId"), ""): item for item in root.findall(qn("w:style")) if item.get(qn("w:type")) == "paragraph"}
    found: dict[str, _Style] = {}
    for key, item in items.items():
        number, level, caps = None, None, None
        seen: set[str] = set()
        at: etree._Element | None = item
        while at is not None and at.get(qn("w:styleId"), "") not in seen:
            seen.add(at.get(qn("w:styleId"), ""))
            own_number, own_level = _number_of(at.find(f"{qn('w:pPr')}/{qn('w:numPr')}"))
            shown = at.find(f"{qn('w:rPr')}/{qn('w:caps')}")
            number = own_number if number is None else number
            level = own_level if level is None else level
            caps = caps if shown is None or caps is not None else _is_on(shown)
            parent = at.find(qn("w:basedOn"))
            at = None if parent is None else items.get(parent.get(qn("w:val"), ""))
        found[key] = _Style(number, level, caps)
        if item.get(qn("w:default")) in ("1", "true"):
            found[""] = found[key]
    return found


def _number_of(properties: etree._Element | None) -> tuple[str | None, int | None]:
    if properties is None:
        return None, None
    number, level = properties.find(qn("w:numId")), properties.find(qn("w:ilvl"))
    said = -1 if level is None else whole(level.get(qn("w:val")), -1, -1)
    return (None if number is None else number.get(qn("w:val"))), (None if said < 0 else said)


def _is_on(item: etree._Element | None) -> bool:
    return item is not None and item.get(qn("w:val"), "1") not in ("0", "false", "off", "none")


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for item in row:
        if item.tag == qn("w:tc"):
            yield item
        elif item.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:customXml")):
            yield from _cells(item)


def _table_of(row: etree._Element) -> etree._Element | None:
    return next((parent for parent in row.iterancestors() if parent.tag == qn("w:tbl")), None)


def _spanned(cell: etree._Element) -> int:
    said = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return whole(None if said is None else said.get(qn("w:val")), 1, 1, 63)  # Word has no table of more columns


def _has_borders(table: etree._Element) -> bool:
    """Does the table draw lines? By its own borders or those of its cells; a style other than the plain one is taken to have them."""
    own = table.find(f"{qn('w:tblPr')}/{qn('w:tblBorders')}")
    if own is not None:
        return any(side.get(qn("w:val")) not in ("nil", "none") for side in own)
    if any(side.get(qn("w:val")) not in ("nil", "none") for borders in table.iter(qn("w:tcBorders")) for side in borders):
        return True
    style = table.find(f"{qn('w:tblPr')}/{qn('w:tblStyle')}")
    return style is not None and style.get(qn("w:val")) not in ("TableNormal", "NormalTable")
