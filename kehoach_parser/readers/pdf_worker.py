"""What a PDF says, told in JSON lines by a process of its own (`child.run_module`): PDFium may crash, this process with it.

Commands: ``text FILE`` (a line about the file, then one for each page), ``draw FILE PAGE DPI OUT with|without``
(a page as a PNG, pages from 0, with or without what annotations and widgets lay over it).
JavaScript is never run (the library is built without it), attachments and links are never followed.
"""

from __future__ import annotations

import ctypes
import json
import sys
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import inf
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kehoach_parser.readers import limits
from kehoach_parser.readers.pdf_words import Letter, key_of, words_of

_ENCRYPTED = raw.FPDF_ERR_PASSWORD
_UPRIGHT = 0.35  # radians; letters that stand more slanted are a stamp's or a watermark's, less a sloped font has (12 degrees seen)
_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line ("46/2002/QĐ-⏎UBND")
_THIN = 2.5  # points; a line of a table is no thicker
_GROUND = -1  # the kind of areas that are filled without a border
_RECTANGLE = 5  # a rectangle is drawn by no more segments
_DEPTH = 3  # forms within forms are looked into so deep
_RULE = 20.0  # points; a line of a table is no shorter


def main(arguments: list[str]) -> None:
    """Runs a command and prints its answer; a file that cannot be opened gives {"error": "encrypted" | "broken"}."""
    command, path = arguments[0], arguments[1]
    try:
        document = pdfium.PdfDocument(path)
    except pdfium.PdfiumError as error:
        encrypted = getattr(error, "err_code", None) == _ENCRYPTED
        print(json.dumps({"error": "encrypted" if encrypted else "broken"}))
        return
    document.init_forms()
    if command == "text":
        _tell(document)
    else:
        _draw(document, int(arguments[2]), int(arguments[3]), arguments[4], arguments[5] == "with")


def _tell(document: pdfium.PdfDocument) -> None:
    about = {
        "pages": len(document),
        "attachments": raw.FPDFDoc_GetAttachmentCount(document),
        "scripts": raw.FPDFDoc_GetJavaScriptActionCount(document),
    }
    print(json.dumps(about))
    for index in range(min(len(document), limits.PAGES)):
        try:
            page = _page(document, index)
        except (pdfium.PdfiumError, ValueError):
            page = {"error": "broken"}
        print(json.dumps(page, ensure_ascii=False))


def _page(document: pdfium.PdfDocument, index: int) -> dict[str, Any]:
    page = document[index]
    place = _to_page(page)
    before = None
    drawn = list(_drawn(page, place))
    images = [box for kind, box in drawn if kind == raw.FPDF_PAGEOBJ_IMAGE]
    rules = [box for kind, box in drawn if kind in (raw.FPDF_PAGEOBJ_PATH, _GROUND)]
    borders = [box for kind, box in drawn if kind == raw.FPDF_PAGEOBJ_PATH]
    width, height = page.get_size()
    if raw.FPDFPage_GetAnnotCount(page):
        # Number and day of a State paper are signature widgets: only after flattening they are text of the page.
        before = Counter(map(key_of, _letters(page, place)))
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    words = words_of(_letters(page, place), before)
    page.close()
    return {
        "width": width,
        "height": height,
        "words": words,
        "image": min(1.0, sum(_area(box, width, height) for box in images)),
        "ink": bool(words or images or rules),
        "across": sum(1 for box in rules if box[3] - box[1] < _THIN and box[2] - box[0] > _RULE),
        "down": sum(1 for box in rules if box[2] - box[0] < _THIN and box[3] - box[1] > _RULE / 2),
        "boxes": sum(1 for box in borders if box[2] - box[0] > _RULE and box[3] - box[1] > _RULE / 2),
    }


_Rect = tuple[float, float, float, float]


class _Place(NamedTuple):
    """From the coordinates of the file to points from the upper left corner of the page as it is shown: where the file's corner lies, and
    how far a thousand across, and a thousand up, lead from there."""

    x: float
    y: float
    across_x: float
    across_y: float
    up_x: float
    up_y: float

    def rect(self, left: float, bottom: float, right: float, top: float) -> _Rect:
        """A box of the file on the page."""
        x, y, across_x, across_y, up_x, up_y = self
        x0, y0 = x + across_x * left / 1000 + up_x * bottom / 1000, y + across_y * left / 1000 + up_y * bottom / 1000
        x1, y1 = x + across_x * right / 1000 + up_x * top / 1000, y + across_y * right / 1000 + up_y * top / 1000
        return (x0 if x0 < x1 else x1), (y0 if y0 < y1 else y1), (x1 if x0 < x1 else x0), (y1 if y0 < y1 else y0)

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the file on the page."""
        return self.x + self.across_x * x / 1000 + self.up_x * y / 1000, self.y + self.across_y * x / 1000 + self.up_y * y / 1000


def _to_page(page: pdfium.PdfPage) -> _Place:
    """Where things stand on the page as it is shown, rotation and crop box included."""
    width, height = page.get_size()
    scale = 1000
    corner = [_device(page, x, y, width, height, scale) for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0))]
    (x0, y0), (x1, y1), (x2, y2) = corner
    return _Place(x0, y0, x1 - x0, y1 - y0, x2 - x0, y2 - y0)


def _device(page: pdfium.PdfPage, x: float, y: float, width: float, height: float, scale: int) -> tuple[float, float]:
    at_x, at_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * scale), round(height * scale), 0, x, y, at_x, at_y)
    return at_x.value / scale, at_y.value / scale


def _drawn(page: pdfium.PdfPage, place: _Place) -> Iterator[tuple[int, _Rect]]:
    """The kind and the box of what is no text; a page of text has ten times as many pieces of that."""
    count = raw.FPDFPage_CountObjects(page)
    waiting = [(raw.FPDFPage_GetObject(page, index), 1) for index in reversed(range(count))]
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    while waiting:
        item, depth = waiting.pop()
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < _DEPTH:
            inner = reversed(range(raw.FPDFFormObj_CountObjects(item)))
            waiting += [(raw.FPDFFormObj_GetObject(item, index), depth + 1) for index in inner]
        elif kind != raw.FPDF_PAGEOBJ_TEXT and raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            box = place.rect(left.value, bottom.value, right.value, top.value)
            yield _GROUND if kind == raw.FPDF_PAGEOBJ_PATH and _is_ground(item) else kind, box


def _is_ground(path: Any) -> bool:
    """Whether a path is one area filled without a border: the ground of a line of text, no cell (`table_worker`)."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    return raw.FPDFPath_CountSegments(path) <= _RECTANGLE and bool(raw.FPDFPath_GetDrawMode(path, fill, stroke)) and not stroke.value


def _area(box: _Rect, width: float, height: float) -> float:
    across = max(0.0, min(box[2], width) - max(box[0], 0.0))
    return across * max(0.0, min(box[3], height) - max(box[1], 0.0)) / (width * height or 1.0)


def _letters(page: pdfium.PdfPage, place: _Place) -> Iterator[Letter]:
    """Each character, its box as high as its font; blanks have a box too."""
    page_text = page.get_textpage()
    text = page_text.raw  # what the functions take: found anew for each letter it costs as much as the answer
    clips = _Clips(page)
    box, tight = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_double(), ctypes.c_double()
    to_box, to_x, to_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    for index in range(page_text.count_chars()):
        char = _char(raw.FPDFText_GetUnicode(text, index))
        if char is None:
            continue
        blank = char == " "
        if not blank and abs((raw.FPDFText_GetCharAngle(text, index) + 0.5) % 6.2832 - 0.5) > _UPRIGHT:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, to_box):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if not blank and not (top > bottom and right > left) and raw.FPDFText_GetCharBox(text, index, *tight):
            left, right, bottom, top = (value.value for value in tight)
        if not blank and clips.hide(text, index, (left + right) / 2, (bottom + top) / 2):
            continue
        placed = place.rect(left, bottom, right, top)
        start, base = place.point(x.value, y.value) if raw.FPDFText_GetCharOrigin(text, index, to_x, to_y) else (placed[0], placed[3])
        yield Letter(char, placed, base, start, blank and bool(raw.FPDFText_IsGenerated(text, index)))
    page_text.close()


@lru_cache(maxsize=4096)
def _char(code: int) -> str | None:
    """A character as it is read; None for the end of a line."""
    if code in (0xD, 0xA):
        return None
    if 0xD800 <= code < 0xE000:
        return "\ufffd"
    return "-" if code == _HYPHEN else " " if code < 32 or chr(code).isspace() else chr(code)


class _Clips:
    """What is cut off from sight: Chromium writes letters of the first line of a page at the foot of the page before, too, outside the part
    that it lets be drawn. Objects within forms (widgets) are taken as seen."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        count = raw.FPDFPage_CountObjects(page)
        items = (raw.FPDFPage_GetObject(page, index) for index in range(count))
        outer = {ctypes.addressof(item.contents): item for item in items if raw.FPDFPageObj_GetType(item) == raw.FPDF_PAGEOBJ_TEXT}
        self._boxes = {key: box for key, item in outer.items() if (box := _clip_of(item)) is not None}
        boxes = self._boxes.values()
        #: What no clip hides: most programs clip to the page, or to a paragraph.
        self._seen = (
            max((box[0] for box in boxes), default=-inf),
            max((box[1] for box in boxes), default=-inf),
            min((box[2] for box in boxes), default=inf),
            min((box[3] for box in boxes), default=inf),
        )

    def hide(self, text: Any, index: int, x: float, y: float) -> bool:
        """Whether the middle of a letter lies outside what may be drawn of its object, in coordinates of the file."""
        seen = self._seen
        if seen[0] <= x <= seen[2] and seen[1] <= y <= seen[3]:
            return False
        item = raw.FPDFText_GetTextObject(text, index)
        box = self._boxes.get(ctypes.addressof(item.contents)) if item else None
        return box is not None and not (box[0] <= x <= box[2] and box[1] <= y <= box[3])


def _clip_of(item: Any) -> _Rect | None:
    """What may be drawn of an object: its clip path's hull; None where it has none."""
    clip = raw.FPDFPageObj_GetClipPath(item)
    x, y = ctypes.c_float(), ctypes.c_float()
    xs, ys = [], []
    for path in range(max(0, raw.FPDFClipPath_CountPaths(clip))):
        for segment in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
            raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, segment), x, y)
            xs.append(x.value)
            ys.append(y.value)
    return (min(xs), min(ys), max(xs), max(ys)) if xs else None


def _draw(document: pdfium.PdfDocument, index: int, dpi: int, out: str, annotations: bool) -> None:
    from PIL import ImageFilter  # takes as long to load as a page of text to read

    page = document[index]
    width, height = page.get_size()
    scale = min(dpi / 72, (limits.DRAWN_PIXELS / max(1.0, width * height)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True, may_draw_forms=annotations, draw_annots=annotations).to_pil()
    drawn.filter(ImageFilter.GaussianBlur(limits.SMOOTHED)).save(out, dpi=(scale * 72, scale * 72))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1:])
