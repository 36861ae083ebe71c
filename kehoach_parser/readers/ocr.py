"""Pages that are pictures, read by OCR: a process for each core, every page kept as soon as it is read, none allowed to stop the others."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kehoach_parser.readers import limits
from kehoach_parser.readers.child import ChildFailed, run_module
from kehoach_parser.readers.compose import ReadPage
from kehoach_parser.readers.options import ReadOptions
from kehoach_parser.readers.tesseract import find_tesseract
from kehoach_parser.readers.trueocr_engine import find_trueocr
from kehoach_parser.readers.words import Rect, Word
from kehoach_parser.text.syllables import evidence


class Engine(Protocol):
    """An OCR engine. ``name`` says engine, version and language."""

    @property
    def name(self) -> str: ...

    def read(self, image: Path) -> tuple[Word, ...]:
        """The words of an image, their boxes in pixels. Raises ChildFailed."""

    def turned(self, image: Path) -> int:
        """By how many degrees clockwise a page has to be turned; 0 where it stands upright. Raises ChildFailed."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A page to be read: its size in points, and what draws it as a PNG of a resolution into a file (raises ChildFailed)."""

    width: float
    height: float
    draw: Callable[[int, Path], None]


_IMAGES = "kehoach_parser.readers.image_worker"
#: A word that OCR is sure of, and the share of them, and of possible syllables among the marked words, on a page that bears a language.
_SURE_WORD, _SURE_SHARE, _SOUND = 0.6, 0.5, 0.4
#: With fewer words than this a page says something only if they are read surely: ink is always read as something.
_FEW, _SURE_OF_FEW = 3, 0.8
_HALF = 180
#: Version of what is kept of a page; raised when `_kept` changes.
_FORM = 2


def find_engine() -> Engine | None:
    """The best engine that is installed, or None: Tesseract with ``vie``, else TrueOCR (three to eight times the errors)."""
    return find_tesseract() or find_trueocr()


def read_pictures(pictures: Mapping[int, Picture], engine: Engine, sha256: str, options: ReadOptions) -> dict[int, ReadPage]:
    """Each page by its number. A page on which the engine fails or that takes too long is "unread" and noted ("unread-page:7:time")."""
    found: dict[int, ReadPage] = {}
    waiting: dict[int, Picture] = {}
    for number, picture in pictures.items():
        kept = options.pages.load(_key(sha256, number, engine)) if options.pages else None
        if kept is None:
            waiting[number] = picture
        else:
            found[number] = _restored(kept, engine)
    if options.step:
        options.step(len(found), len(pictures))
    with (
        tempfile.TemporaryDirectory(prefix="kehoach-") as folder,
        nullcontext(options.pool) if options.pool else ThreadPoolExecutor(options.workers or os.cpu_count() or 1) as pool,
    ):
        jobs: dict[Future[ReadPage], int] = {
            pool.submit(_read, picture, engine, number, Path(folder)): number for number, picture in waiting.items()
        }
        try:
            while jobs:
                done, _ = wait(jobs, return_when=FIRST_COMPLETED)
                for job in done:
                    number = jobs.pop(job)
                    page = found[number] = job.result()
                    if options.pages and page.origin == "ocr":
                        options.pages.save(_key(sha256, number, engine), _kept(page))
                    if options.step:
                        options.step(len(found), len(pictures))
        except BaseException:  # Ctrl-C too: pages that have not begun are not begun
            wait([job for job in jobs if not job.cancel()])
            raise
    return found


def _read(picture: Picture, engine: Engine, number: int, folder: Path) -> ReadPage:
    image = folder / f"{number}.png"
    try:
        picture.draw(limits.DPI, image)
        words, width, height = engine.read(image), picture.width, picture.height
        if (not is_language(words) or _on_side(words)) and (degrees := engine.turned(image)):
            _turn(image, degrees)
            words = engine.read(image)
            width, height = (height, width) if degrees != _HALF else (width, height)
        size = _size(image)
    except ChildFailed as failed:
        return ReadPage(picture.width, picture.height, (), "unread", engine.name, notes=(f"unread-page:{number}:{failed.why}",))
    finally:
        image.unlink(missing_ok=True)
    if words and not is_language(words):
        return ReadPage(width, height, (), "unread", engine.name, notes=(f"unread-page:{number}:language",))
    across, down = width / size[0], height / size[1]
    return ReadPage(width, height, tuple(_scaled(word, across, down) for word in words), "ocr", engine.name)


def is_language(words: Sequence[Word]) -> bool:
    """Is there anything on a page that a person could read? A few sure words are enough; of many, most have to be syllables, or of the
    letters and figures of other languages and tables."""
    read = [word for word in words if sum(map(str.isalnum, word.text)) > 1]
    least = _SURE_WORD if len(read) >= _FEW else _SURE_OF_FEW
    sure = [word for word in read if (word.certainty or 0.0) >= least]
    if not read:
        return False
    found = evidence(" ".join(word.text for word in read))
    sound = not found.marked or found.share >= _SOUND
    return len(sure) >= _SURE_SHARE * len(read) and sound


def _on_side(words: Sequence[Word]) -> bool:
    """Do the words stand higher than they are long? Tesseract reads some pages on their side, and their lines are columns then."""
    long = [box for word in words if len(word.text) > 3 and (box := word.place or word.box)]
    return 2 * sum(box[3] - box[1] > box[2] - box[0] for box in long) > len(long)


def _turn(image: Path, degrees: int) -> None:
    turned = image.with_suffix(".turned.png")
    run_module(_IMAGES, ["turn", str(image), str(turned), str(degrees)], limits.PAGE_SECONDS)
    if not turned.exists():
        raise ChildFailed("crash")
    turned.replace(image)


def _size(image: Path) -> tuple[int, int]:
    """Width and height in pixels, as the head of every PNG says."""
    with image.open("rb") as file:
        head = file.read(24)
    return int.from_bytes(head[16:20], "big") or 1, int.from_bytes(head[20:24], "big") or 1


def _scaled(word: Word, across: float, down: float) -> Word:
    return Word(word.text, _rect(word.box, across, down), word.place and _rect(word.place, across, down), word.certainty)


def _rect(box: Rect, across: float, down: float) -> Rect:
    return round(box[0] * across, 2), round(box[1] * down, 2), round(box[2] * across, 2), round(box[3] * down, 2)


def _key(sha256: str, number: int, engine: Engine) -> str:
    return f"{sha256}/{number}/{engine.name}/{limits.DPI}/{_FORM}"


def _kept(page: ReadPage) -> str:
    words = [[word.text, word.box, word.place, word.certainty] for word in page.words]
    return json.dumps([[page.width, page.height], words], ensure_ascii=False, separators=(",", ":"))


def _restored(kept: str, engine: Engine) -> ReadPage:
    size, read = json.loads(kept)
    words = tuple(Word(text, tuple(box), None if place is None else tuple(place), certainty) for text, box, place, certainty in read)
    return ReadPage(size[0], size[1], words, "ocr", engine.name)
