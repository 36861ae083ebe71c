"""How many words of a page are misread by OCR, and how many are left after the words that are certain were put right.

usage: misread.py FILE.pdf PAGES [--model MODEL.npz] [--dpi DPI]

FILE.pdf has a text layer, which is the truth; PAGES are numbers from 1 ("1,2"). Each page is drawn, read as a picture, and its words (what
stands between blanks) are aligned with the truth. Printed for each page: words, wrong ones before and after, ones that were right before;
then every change, with its true word.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path

import pypdfium2 as pdfium

from kehoach_parser import load_restorer, read_file
from kehoach_parser.readers.compose import ReadPage, compose
from kehoach_parser.readers.images import read_image
from kehoach_parser.readers.misread import mend
from kehoach_parser.readers.ocr_repairs import repair
from kehoach_parser.readers.options import ReadOptions
from kehoach_parser.restoration.model import SHIPPED


def main() -> None:
    """Reads, compares and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("pages")
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--dpi", type=int, default=300)
    arguments = parser.parse_args()
    reader = load_restorer(arguments.model)
    text = read_file(arguments.file)
    for number in map(int, arguments.pages.split(",")):
        truth = text.content[slice(*text.layout[number - 1].span)].split()
        read = repair(_read(arguments.file, number, arguments.dpi))
        before, after = (compose(pages).content.split() for pages in (read, mend(read, reader)))
        wrong, left = set(_wrong(truth, before)), set(_wrong(truth, after))
        print(f"page {number}: {len(truth)} words, wrong {len(wrong)} -> {len(left)}, of these right before {len(left - wrong)}")
        true = dict(_pairs(truth, before))
        for place, (was, now) in enumerate(zip(before, after, strict=True)):
            if was != now:
                meant = true.get(place)
                print(f"   {was} -> {now}" + ("" if meant == now else f"   (true: {meant})"))


def _read(file: Path, number: int, dpi: int) -> tuple[ReadPage, ...]:
    with tempfile.TemporaryDirectory() as folder, pdfium.PdfDocument(file) as document:
        document.init_forms()
        image = Path(folder) / "page.png"
        document[number - 1].render(scale=dpi / 72, grayscale=True).to_pil().save(image, dpi=(dpi, dpi))
        return read_image(image, "", str(file), ReadOptions())


def _pairs(truth: Sequence[str], read: Sequence[str]) -> Iterator[tuple[int, str]]:
    """(place in what was read, true word) of the words that have a partner."""
    for _, i, j, k, m in SequenceMatcher(None, truth, read, autojunk=False).get_opcodes():
        if j - i == m - k:
            yield from ((k + step, truth[i + step]) for step in range(j - i))


def _wrong(truth: Sequence[str], read: Sequence[str]) -> Iterator[int]:
    """The places of true words that were not read so."""
    for tag, i, j, _, _ in SequenceMatcher(None, truth, read, autojunk=False).get_opcodes():
        if tag != "equal":
            yield from range(i, j)


if __name__ == "__main__":
    main()
