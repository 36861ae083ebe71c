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
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import ImageFilter

from kehoach_parser.readers import limits
from kehoach_parser.readers.pdf_words import Letter, key_of, words_of

_ENCRYPTED = raw.FPDF_ERR_PASSWORD
_UPRIGHT = 0.35  # radians; letters that stand more slanted are a stamp's or a watermark's, less a sloped font has (12 degrees seen)
_HYPHEN = 2  # what PDFium gives for a hyphen at the end of a line ("46/2002/QĐ-⏎UBND")
_THIN = 2.5  # points; a line of a table is no thicker
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
    before = Counter(map(key_of, _letters(page, place)))
    images = [_box_of(item, place) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    rules = [_box_of(item, place) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)]
    width, height = page.get_size()
    if raw.FPDFPage_GetAnnotCount(page):
        # Number and day of a State paper are signature widgets: only after flattening they are text of the page.
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
        "boxes": sum(1 for box in rules if box[2] - box[0] > _RULE and box[3] - box[1] > _RULE / 2),
    }


_Place = Callable[[float, float], tuple[float, float]]
_Rect = tuple[float, float, float, float]


def _to_page(page: pdfium.PdfPage) -> _Place:
    """From the coordinates of the file to points from the upper left corner of the page as it is shown, rotation and crop box included."""
    width, height = page.get_size()
    scale = 1000
    corner = [_device(page, x, y, width, height, scale) for x, y in ((0.0, 0.0), (1000.0, 0.0), (0.0, 1000.0))]
    (x0, y0), (x1, y1), (x2, y2) = corner

    def place(x: float, y: float) -> tuple[float, float]:
        return x0 + (x1 - x0) * x / 1000 + (x2 - x0) * y / 1000, y0 + (y1 - y0) * x / 1000 + (y2 - y0) * y / 1000

    return place


def _device(page: pdfium.PdfPage, x: float, y: float, width: float, height: float, scale: int) -> tuple[float, float]:
    at_x, at_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, round(width * scale), round(height * scale), 0, x, y, at_x, at_y)
    return at_x.value / scale, at_y.value / scale


def _placed(place: _Place, left: float, bottom: float, right: float, top: float) -> _Rect:
    (x0, y0), (x1, y1) = place(left, bottom), place(right, top)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _box_of(item: pdfium.PdfObject, place: _Place) -> _Rect:
    return _placed(place, *item.get_bounds())


def _area(box: _Rect, width: float, height: float) -> float:
    across = max(0.0, min(box[2], width) - max(box[0], 0.0))
    return across * max(0.0, min(box[3], height) - max(box[1], 0.0)) / (width * height or 1.0)


def _letters(page: pdfium.PdfPage, place: _Place) -> Iterator[Letter]:
    """Each character, its box as high as its font; blanks have a box too."""
    text = page.get_textpage()
    clips = _Clips(page)
    box, tight = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0xD, 0xA):
            continue
        char = "-" if code == _HYPHEN else " " if code < 32 or chr(code).isspace() else chr(code)
        if 0xD800 <= code < 0xE000:
            char = "\ufffd"
        if char != " " and abs((raw.FPDFText_GetCharAngle(text, index) + 0.5) % 6.2832 - 0.5) > _UPRIGHT:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if char != " " and not (top > bottom and right > left) and raw.FPDFText_GetCharBox(text, index, *tight):
            left, right, bottom, top = (value.value for value in tight)
        if char != " " and clips.hide(raw.FPDFText_GetTextObject(text, index), (left + right) / 2, (bottom + top) / 2):
            continue
        placed = _placed(place, left, bottom, right, top)
        start, base = place(x.value, y.value) if raw.FPDFText_GetCharOrigin(text, index, x, y) else (placed[0], placed[3])
        yield Letter(char, placed, base, start, bool(raw.FPDFText_IsGenerated(text, index)))
    text.close()


class _Clips:
    """What is cut off from sight: Chromium writes letters of the first line of a page at the foot of the page before, too, outside the part
    that it lets be drawn. Objects within forms (widgets) are taken as seen."""

    def __init__(self, page: pdfium.PdfPage) -> None:
        count = raw.FPDFPage_CountObjects(page)
        self._outer = {ctypes.addressof(raw.FPDFPage_GetObject(page, index).contents) for index in range(count)}
        self._boxes: dict[int, _Rect | None] = {}

    def hide(self, item: Any, x: float, y: float) -> bool:
        """Whether a point of an object lies outside what may be drawn of it, in coordinates of the file."""
        if not item:
            return False
        key = ctypes.addressof(item.contents)
        if key not in self._boxes:
            self._boxes[key] = _clip_of(item) if key in self._outer else None
        box = self._boxes[key]
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
    page = document[index]
    width, height = page.get_size()
    scale = min(dpi / 72, (limits.DRAWN_PIXELS / max(1.0, width * height)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True, may_draw_forms=annotations, draw_annots=annotations).to_pil()
    drawn.filter(ImageFilter.GaussianBlur(limits.SMOOTHED)).save(out, dpi=(scale * 72, scale * 72))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1:])
