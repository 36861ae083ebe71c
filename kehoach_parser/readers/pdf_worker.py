"""What a PDF says, told in JSON lines by a process of its own (`child.run_module`): PDFium may crash, this process with it.

Commands: ``text FILE`` (a line about the file, then one for each page), ``draw FILE PAGE DPI OUT with|without``
(a page as a PNG, pages from 0, with or without what annotations and widgets lay over it).
JavaScript is never run (the library is built without it), attachments and links are never followed.
"""

from __future__ import annotations

import ctypes
import json
import sys
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import ImageFilter

from kehoach_parser.readers import limits

#: A word as JSON: text, left, top, right, bottom in points from the upper left, height of its letters, and 1 if it was added by a widget.
WordJson = list[Any]

_ENCRYPTED = raw.FPDF_ERR_PASSWORD
_UPRIGHT = 0.35  # radians; letters that stand more slanted are a stamp's or a watermark's, less a sloped font has (12 degrees seen)
_BLANK = 0.15  # of the height; letters further apart than this belong to two words, also where the file has no blank
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
    before = Counter((char, round(box[0]), round(box[1])) for char, box, _ in _chars(page, place))
    images = [_box_of(item, place) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3)]
    rules = [_box_of(item, place) for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)]
    width, height = page.get_size()
    if raw.FPDFPage_GetAnnotCount(page):
        # Number and day of a State paper are signature widgets: only after flattening they are text of the page.
        raw.FPDFPage_Flatten(page, raw.FLAT_NORMALDISPLAY)
        page.close()
        page = document[index]
    words = _words(_chars(page, place), before)
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


def _chars(page: pdfium.PdfPage, place: _Place) -> Iterator[tuple[str, _Rect, bool]]:
    """Each character with its box (ascent and descent of its font included) and whether it is superscript-sized; blanks have a box too."""
    text = page.get_textpage()
    box, tight = raw.FS_RECTF(), [ctypes.c_double() for _ in range(4)]
    for index in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, index)
        if code in (0xD, 0xA):
            continue
        char = " " if code < 32 or chr(code).isspace() else chr(code)
        if 0xD800 <= code < 0xE000:
            char = "\ufffd"
        if char != " " and abs((raw.FPDFText_GetCharAngle(text, index) + 0.5) % 6.2832 - 0.5) > _UPRIGHT:
            continue
        if not raw.FPDFText_GetLooseCharBox(text, index, box):
            continue
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if char != " " and not (top > bottom and right > left) and raw.FPDFText_GetCharBox(text, index, *tight):
            left, right, bottom, top = (value.value for value in tight)
        yield char, _placed(place, left, bottom, right, top), bool(raw.FPDFText_IsGenerated(text, index))
    text.close()


def _words(chars: Iterator[tuple[str, _Rect, bool]], before: Counter[tuple[str, int, int]]) -> list[WordJson]:
    """Characters that follow each other without a blank; ``before``: those that the page had before its widgets were flattened."""
    words: list[WordJson] = []
    word: WordJson | None = None
    for char, (left, top, right, bottom), _ in chars:
        if unicodedata.combining(char) and words:
            # A mark that was set by itself: its box says nothing ("Tổ chư" + acute + "c").
            words[-1][0] += char
            word = words[-1]
            continue
        if char == " ":
            word = None
            continue
        key = (char, round(left), round(top))
        added = 0 if before[key] else 1
        before[key] -= 1
        height = bottom - top
        size = max(height, word[5]) if word else height
        joins = (
            word is not None and word[6] == added and abs(bottom - word[4]) < 0.6 * size and -0.6 * size < left - word[3] < _BLANK * size
        )
        raised = word is not None and joins and height < 0.8 * word[5] and bottom < word[4] - 0.1 * word[5] and char.isdigit()
        if word is not None and joins:
            word[0] += char.translate(_RAISED) if raised else char
            word[1], word[2], word[3], word[4] = min(word[1], left), min(word[2], top), max(word[3], right), max(word[4], bottom)
            word[5] = size
        else:
            word = [char, left, top, right, bottom, height, added]
            words.append(word)
    return [[unicodedata.normalize("NFC", word[0]), *(round(value, 2) for value in word[1:6]), word[6]] for word in words]


#: Marks of footnotes and units stand above the line: "đảng viên¹", "m³".
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _draw(document: pdfium.PdfDocument, index: int, dpi: int, out: str, annotations: bool) -> None:
    page = document[index]
    width, height = page.get_size()
    scale = min(dpi / 72, (limits.DRAWN_PIXELS / max(1.0, width * height)) ** 0.5)
    drawn = page.render(scale=scale, grayscale=True, may_draw_forms=annotations, draw_annots=annotations).to_pil()
    drawn.filter(ImageFilter.GaussianBlur(limits.SMOOTHED)).save(out, dpi=(scale * 72, scale * 72))


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    main(sys.argv[1:])
