"""A part of a page as a picture, for a person who is to look whether it was read rightly."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from kehoach_parser.readers.child import ChildFailed, run_module
from kehoach_parser.readers.limits import PAGE_SECONDS
from kehoach_parser.readers.words import Rect

#: Dots per inch: letters of 13 points are read with ease.
_DPI = 150
#: What is drawn by the worker for PDF files, and by the one for images.
_DRAWN = {
    "application/pdf": ("kehoach_parser.readers.pdf_worker", ("with",)),
    **dict.fromkeys(("image/png", "image/jpeg", "image/tiff"), ("kehoach_parser.readers.image_worker", ())),
}


def draw_page(data: bytes, media_type: str, number: int, size: tuple[float, float], box: Rect, out: Path) -> bool:
    """Writes a part of a page (``number`` from 1, ``size`` in points) of a PDF or image file as a PNG; returns whether it could be drawn.
    ``box`` is the part, as shares of the page."""
    if media_type not in _DRAWN:
        return False
    worker, more = _DRAWN[media_type]
    left, top, right, bottom = (round(share * length * _DPI / 72) for share, length in zip(box, 2 * size, strict=True))
    with TemporaryDirectory(prefix="kehoach-") as name:
        file, page = Path(name, "file"), Path(name, "page.png")
        file.write_bytes(data)
        try:
            run_module(worker, ["draw", str(file), str(number - 1), str(_DPI), str(page), *more], PAGE_SECONDS)
            if page.exists():
                cut = ["cut", str(page), str(out), *map(str, (left, top, right, bottom))]
                run_module("kehoach_parser.readers.image_worker", cut, PAGE_SECONDS)
        except ChildFailed:
            return False
    return out.exists()
