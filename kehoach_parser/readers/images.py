"""Image files (PNG, JPEG, TIFF with one page or many): every frame is a page that OCR reads."""

from __future__ import annotations

import json
from pathlib import Path

from kehoach_parser.errors import BrokenFile, OcrMissing, TookTooLong, TooLarge
from kehoach_parser.readers import limits
from kehoach_parser.readers.child import ChildFailed, run_module
from kehoach_parser.readers.compose import ReadPage
from kehoach_parser.readers.ocr import Picture, find_engine, read_pictures
from kehoach_parser.readers.options import ReadOptions

_WORKER = "kehoach_parser.readers.image_worker"
_SECONDS = 60.0


def read_image(path: Path, sha256: str, where: str, options: ReadOptions) -> tuple[ReadPage, ...]:
    """The pages of an image file. Raises BrokenFile, TooLarge, TookTooLong, OcrMissing."""
    try:
        told = json.loads(run_module(_WORKER, ["text", str(path)], _SECONDS))
    except ChildFailed as failed:
        if failed.why == "crash":
            raise BrokenFile(where, kind="image") from None
        raise TookTooLong(where, kind="image") from None
    if (error := told.get("error")) == "broken":
        raise BrokenFile(where, kind="image")
    if error:
        raise TooLarge(where, what=error, limit=str(limits.PAGES if error == "pages" else limits.PIXELS))
    frames = told["frames"]
    engine = find_engine()
    if engine is None:
        raise OcrMissing(where, pages=str(len(frames)))

    def picture(index: int) -> Picture:
        def draw(dpi: int, out: Path) -> None:
            run_module(_WORKER, ["draw", str(path), str(index), str(dpi), str(out)], _SECONDS)
            if not out.exists():
                raise ChildFailed("crash")

        width, height = frames[index]
        return Picture(width, height, draw)

    pages = read_pictures({index + 1: picture(index) for index in range(len(frames))}, engine, sha256, options)
    return tuple(pages[number] for number in sorted(pages))
