"""PDF files made for the tests.

``files/plan.pdf`` is a plan of two pages that LibreOffice wrote: head and end in two columns, a table, the page's number; number and day
left open, as they are before signing. ``files/locked.pdf`` asks for a password.
"""

from __future__ import annotations

import ctypes
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

FILES = Path(__file__).parent / "files"
PLAN = FILES / "plan.pdf"
A4 = (595.0, 842.0)
#: Where number and day are left open in PLAN: page from 0, text, points from the lower left corner.
NUMBER, DAY = (0, "207", 140.0, 725.0), (0, "12", 396.0, 725.0)


def changed(change: Callable[[pdfium.PdfDocument], object], path: Path | None = PLAN) -> bytes:
    """A file (None: an empty one) after a change."""
    document = pdfium.PdfDocument(path) if path else pdfium.PdfDocument.new()
    change(document)
    out = io.BytesIO()
    document.save(out)
    document.close()
    return out.getvalue()


def signed(*marks: tuple[int, str, float, float]) -> bytes:
    """PLAN with marks laid over its pages, as signing programs do it: annotations that are no text of the page."""

    def lay(document: pdfium.PdfDocument) -> None:
        for index, text, x, y in marks:
            page = document[index]
            stamp = raw.FPDFPage_CreateAnnot(page, raw.FPDF_ANNOT_STAMP)
            raw.FPDFAnnot_SetRect(stamp, raw.FS_RECTF(x - 1, y + 13, x + 8 * len(text), y - 4))
            raw.FPDFAnnot_AppendObject(stamp, _text(document, text, x, y))
            raw.FPDFPage_CloseAnnot(stamp)

    return changed(lay)


def scanned(image: Image.Image, layer: str = "") -> bytes:
    """A page that is a picture, with letters that nobody sees over it."""

    def lay(document: pdfium.PdfDocument) -> None:
        page = document.new_page(*A4)
        picture = pdfium.PdfImage.new(document)
        picture.set_bitmap(pdfium.PdfBitmap.from_pil(image.convert("RGB")))
        picture.set_matrix(pdfium.PdfMatrix().scale(*A4))
        page.insert_obj(picture)
        for number, line in enumerate(layer.splitlines()):
            text = _text(document, line, 70, 780 - 16 * number)
            raw.FPDFTextObj_SetTextRenderMode(text, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
            raw.FPDFPage_InsertObject(page, text)
        page.gen_content()

    return changed(lay, None)


def scripted() -> bytes:
    """A file that wants to run a script when it is opened."""
    return _bare(
        b"<</Type/Catalog/Pages 2 0 R/OpenAction 4 0 R/Names<</JavaScript<</Names[(a) 4 0 R]>>>>>>",
        b"BT /F 14 Tf 70 700 Td (Plan of the year) Tj ET ",
        b"<</S/JavaScript/JS(app.launchURL\\('http://127.0.0.1:9/'\\))>>",
    )


def clipped() -> bytes:
    """A page whose last word lies outside the part of the page that may be drawn."""
    draw = b"q 28 28 540 780 re W n BT /F 14 Tf 70 700 Td (Plan of the year) Tj 0 -690 Td (hidden) Tj ET Q "
    return _bare(b"<</Type/Catalog/Pages 2 0 R>>", draw, b"<<>>")


def _bare(catalog: bytes, draw: bytes, other: bytes) -> bytes:
    """A file of one page with one font; ``other`` is its fourth object."""
    return _joined(
        catalog,
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Resources<</Font<</F 6 0 R>>>>>>",
        other,
        b"<</Length %d>>stream\n%b\nendstream" % (len(draw), draw),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
    )


def ruled(*pages: tuple[Sequence[Sequence[str]], bool, bool], columns: Sequence[float] = (70, 110, 300, 450)) -> bytes:
    """A table over several pages, without marks on its letters. A page: its rows, and whether a line closes the first above and the last
    below. Lines of a cell are parted by line ends."""
    kids, parts = [], []
    for rows, above, below in pages:
        kids.append(4 + 2 * len(kids))
        draw = _table(rows, above, below, columns)
        parts += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>>>" % (kids[-1] + 1),
            b"<</Length %d>>stream\n%b\nendstream" % (len(draw), draw),
        ]
    return _joined(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (b" ".join(b"%d 0 R" % kid for kid in kids), len(kids)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>",
        *parts,
    )


def _table(rows: Sequence[Sequence[str]], above: bool, below: bool, columns: Sequence[float]) -> bytes:
    """What draws a table, from 60 points below the upper edge on, 14 points a line."""
    out, heights = [], [782.0]
    for row in rows:
        for left, text in zip(columns, row, strict=False):
            for number, line in enumerate(text.split("\n")):
                out.append(f"BT /F 12 Tf {left + 4} {heights[-1] - 14 - 14 * number} Td ({line}) Tj ET")
        heights.append(heights[-1] - 10 - 14 * max(text.count("\n") + 1 for text in row))
    across = heights[not above : len(heights) - (not below)]
    out += [f"{columns[0]} {height} {columns[-1] - columns[0]} 0.5 re f" for height in across]
    out += [f"{column} {heights[-1]} 0.5 {heights[0] - heights[-1]} re f" for column in columns]
    return " ".join(out).encode()


def _joined(*parts: bytes) -> bytes:
    """A file of these objects, the first its catalogue."""
    out, starts = b"%PDF-1.7\n", []
    for number, part in enumerate(parts, start=1):
        starts.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    count = len(parts) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, table, count, len(out))
    return out


def attach(document: pdfium.PdfDocument) -> None:
    """Attaches a file to a document."""
    document.new_attachment("bang.xlsx").set_data(b"PK")


def _text(document: pdfium.PdfDocument, text: str, x: float, y: float) -> object:
    item = raw.FPDFPageObj_NewTextObj(document, b"Times-Roman", 12.0)
    encoded = (text + "\0").encode("utf-16-le")
    raw.FPDFText_SetText(item, ctypes.cast(ctypes.create_string_buffer(encoded), ctypes.POINTER(ctypes.c_ushort)))
    raw.FPDFPageObj_Transform(item, 1, 0, 0, 1, x, y)
    return item
