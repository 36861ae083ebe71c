"""OCR by Tesseract with its Vietnamese model, one page a call: a program of its own, not a library.

``vie`` alone: with ``vie+eng`` the character error was three to five times higher.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from lxml import etree

from kehoach_parser.readers import limits
from kehoach_parser.readers.child import ChildFailed, run, run_module
from kehoach_parser.readers.words import Rect, Word

LANGUAGE = "vie"
_ORIENTATION = "osd"
_ROTATE = re.compile(r"Rotate: (\d+)")
_SECONDS_TO_ASK = 20.0
_IMAGES = "kehoach_parser.readers.image_worker"
#: Share of the page that has to be dark for a second look (a line of text is a thousandth), and what is then taken: words, not specks.
_INK_LEFT, _SURE = 0.0015, 0.6
#: A line that is read less surely than this is read again alone, with so many heights of its letters around it (the surest is taken);
#: so many lines of a page at most.
_SURE_LINE, _AROUND, _MOST_AGAIN = 0.55, (0.65, 0.4, 0.25), 6
_WORD = re.compile(r"[^\W\d_]{2}|^\d{1,3}$")
_VERSION = re.compile(r"tesseract\s+v?(\S+)")
_BOX = re.compile(r"\bbbox (\d+) (\d+) (\d+) (\d+)")
_BASELINE = re.compile(r"\bbaseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"\bx_size (-?[\d.]+)")
_CERTAINTY = re.compile(r"\bx_wconf (\d+)")
_LINES = ("ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat")
_XHTML = "{http://www.w3.org/1999/xhtml}"
#: A line shorter than this, in heights of its letters, does not show how a page is turned.
_LONG_LINE = 8.0
# One thread a process: the pages are what is shared among the cores.
_ENVIRON = {"OMP_THREAD_LIMIT": "1"}


@dataclass(frozen=True, slots=True)
class Tesseract:
    """The engine that is installed; ``name`` has version and language, as results are kept by it."""

    program: str
    name: str

    def read(self, image: Path) -> tuple[Word, ...]:
        """The words of an image, their boxes in pixels. Raises ChildFailed."""
        lines = lines_of(self._run(image, "3"))
        poor = [at for at, line in enumerate(lines) if _certainty(line) < _SURE_LINE][:_MOST_AGAIN]
        words = tuple(word for at, line in enumerate(lines) for word in (self._line_again(image, line) if at in poor else line))
        return (*words, *self._second_look(image, words))

    def turned(self, image: Path) -> int:
        """By how many degrees clockwise (90, 180, 270) a page has to be turned to stand upright; 0 where it does, or nobody can tell.

        By Tesseract's own orientation data, where they are installed. Raises ChildFailed.
        """
        try:
            said = run([self.program, str(image), "stdout", "-l", _ORIENTATION, "--psm", "0"], limits.PAGE_SECONDS, environ=_ENVIRON)
        except ChildFailed as failed:
            if failed.why == "crash":  # no orientation data, or too few letters
                return 0
            raise
        found = _ROTATE.search(said.decode("utf-8", "replace"))
        return int(found.group(1)) if found and int(found.group(1)) in (90, 180, 270) else 0

    def _run(self, image: Path, segmentation: str) -> bytes:
        command = [self.program, str(image), "stdout", "-l", LANGUAGE, "--oem", "1", "--psm", segmentation, "hocr"]
        return run(command, limits.PAGE_SECONDS, environ=_ENVIRON)

    def _line_again(self, image: Path, line: tuple[Word, ...]) -> tuple[Word, ...]:
        """A line that was misread on its page, read alone; as it was where it is no surer then."""
        places = [word.place or word.box for word in line]
        # The base line is known from the page.
        head, foot = median(word.box[1] for word in line), median(word.box[3] for word in line)
        best = line
        for share in _AROUND:
            around = round(share * (foot - head))
            left, top = (max(0, round(min(place[side] for place in places)) - around) for side in (0, 1))
            right, bottom = (round(max(place[side] for place in places)) + around for side in (2, 3))
            read = self._cut(image, (left, top, right, bottom))
            if read and _certainty(read) >= max(_SURE, _certainty(best)):
                placed = ((word, _moved(word.place or word.box, left, top)) for word in read)
                best = tuple(Word(word.text, (place[0], head, place[2], foot), place, word.certainty) for word, place in placed)
        return best

    def _cut(self, image: Path, box: tuple[int, int, int, int]) -> list[Word]:
        """What a part of an image holds, read as one line."""
        cut = image.with_suffix(".line.png")
        try:
            run_module(_IMAGES, ["cut", str(image), str(cut), *map(str, box)], limits.PAGE_SECONDS)
            return [word for found in lines_of(self._run(cut, "7")) for word in found]
        finally:
            cut.unlink(missing_ok=True)

    def _second_look(self, image: Path, words: tuple[Word, ...]) -> tuple[Word, ...]:
        """What the analysis of the page took for a picture: the signer's title under a stamp, a page number alone at the top.

        The words that were read are whitened, and where ink is left, the rest is read as scattered text; only what is read surely is taken.
        """
        masked, boxes = image.with_suffix(".rest.png"), image.with_suffix(".json")
        boxes.write_text(json.dumps([word.place for word in words]), encoding="utf-8")
        try:
            told = json.loads(run_module(_IMAGES, ["mask", str(image), str(masked), str(boxes)], limits.PAGE_SECONDS))
            if told.get("dark", 0.0) < _INK_LEFT:
                return ()
            found = [word for line in lines_of(self._run(masked, "11")) for word in line]
        finally:
            masked.unlink(missing_ok=True)
            boxes.unlink(missing_ok=True)
        return tuple(word for word in found if (word.certainty or 0.0) >= _SURE and _WORD.search(word.text))


def find_tesseract() -> Tesseract | None:
    """Tesseract with its Vietnamese model, or None where either is not installed."""
    program = shutil.which("tesseract")
    if program is None:
        return None
    try:
        said = run([program, "--version"], _SECONDS_TO_ASK).decode("utf-8", "replace")
        languages = run([program, "--list-langs"], _SECONDS_TO_ASK).decode("utf-8", "replace").split()
    except ChildFailed:
        return None
    version = _VERSION.search(said)
    if LANGUAGE not in languages:
        return None
    return Tesseract(program, f"tesseract {version.group(1) if version else '?'} {LANGUAGE}")


def lines_of(hocr: bytes) -> tuple[tuple[Word, ...], ...]:
    """The words of each line of a page in hOCR (the HTML that OCR engines share), on level base lines also where the page lay askew."""
    root = etree.fromstring(hocr, etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=False))
    lines = [line for line in root.iter(f"{_XHTML}span") if line.get("class") in _LINES] if root is not None else []
    slope = _slope(lines)
    return tuple(words for line in lines if (words := tuple(_words(line, slope))))


def _certainty(line: Sequence[Word]) -> float:
    return mean(word.certainty or 0.0 for word in line)


def _moved(box: Rect, across: float, down: float) -> Rect:
    return box[0] + across, box[1] + down, box[2] + across, box[3] + down


def _slope(lines: list[etree._Element]) -> float:
    """How much the base lines of the page fall to the right: the median of its long lines."""
    slopes = []
    for line in lines:
        box, size, baseline = _box(line), _number(_SIZE, line), _BASELINE.search(line.get("title", ""))
        if box and size and baseline and box[2] - box[0] > _LONG_LINE * size:
            slopes.append(float(baseline.group(1)))
    return median(slopes) if slopes else 0.0


def _words(line: etree._Element, slope: float) -> list[Word]:
    box, title = _box(line), line.get("title", "")
    if box is None:
        return []
    baseline = _BASELINE.search(title)
    tilt, offset = (float(baseline.group(1)), float(baseline.group(2))) if baseline else (0.0, 0.0)
    size = _number(_SIZE, line) or box[3] - box[1]
    found = []
    for item in line.iter(f"{_XHTML}span"):
        place = _box(item)
        text = "".join(map(str, item.itertext())).strip()
        if item.get("class") != "ocrx_word" or place is None or not text:
            continue
        middle = (place[0] + place[2]) / 2
        foot = box[3] + offset + tilt * (middle - box[0]) - slope * middle
        certainty = _number(_CERTAINTY, item)
        found.append(Word(text, (place[0], foot - size, place[2], foot), place, None if certainty is None else certainty / 100))
    return found


def _box(item: etree._Element) -> Rect | None:
    found = _BOX.search(item.get("title", ""))
    return None if found is None else (float(found[1]), float(found[2]), float(found[3]), float(found[4]))


def _number(pattern: re.Pattern[str], item: etree._Element) -> float | None:
    found = pattern.search(item.get("title", ""))
    return float(found.group(1)) if found else None
