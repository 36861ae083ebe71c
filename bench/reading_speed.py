"""What reading costs beside bare tools: PDF text and pdftotext, pages of pictures and tesseract, a damaged plan and a clean one.

usage: reading_speed.py FILE…      PDF files and pictures to read; plans as text (*.txt) to parse and to add, a clean one first

Seconds of processor time, with those of the processes that are started; what is loaded once is not counted. Pages of
a PDF that have a text layer go to pdftotext, others are drawn at 300 dpi and go to tesseract, with the same language.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pypdfium2

sys.path.insert(0, str(Path(__file__).parents[1]))

from archive import add_files, open_archive
from kehoach_parser import parse, read_file, text_of

NOW = datetime(2026, 1, 1, tzinfo=UTC)
DPI = 300


def cost(act: Callable[[], object]) -> float:
    """Processor seconds of something, processes that it started included."""
    before = _used()
    act()
    return _used() - before


def _used() -> float:
    told = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in told)


def tesseract(page: Path) -> None:
    """Bare tesseract over a picture."""
    subprocess.run(
        ["tesseract", page, "-", "-l", "vie", "--dpi", str(DPI)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )


def pages_of(file: Path, folder: Path) -> list[Path]:
    """The pages of a file as pictures."""
    if file.suffix != ".pdf":
        return [file]
    found = []
    with pypdfium2.PdfDocument(file) as document:
        for number, page in enumerate(document):
            found.append(folder / f"{file.stem}-{number}.png")
            page.render(scale=DPI / 72).to_pil().save(found[-1])
    return found


def show_file(file: Path) -> None:
    """A PDF or picture beside the bare tool."""
    read_file(file)
    text = read_file(file)
    own = cost(lambda: read_file(file))
    with tempfile.TemporaryDirectory() as folder:
        if any(page.origin == "ocr" for page in text.layout):
            pages = pages_of(file, Path(folder))
            tool, bare = "tesseract", cost(lambda: [tesseract(page) for page in pages])
        else:
            tool, bare = "pdftotext", cost(lambda: subprocess.run(["pdftotext", "-layout", file, os.devnull], check=True))
    print(
        f"{file.name:40.40} {len(text.layout):4} pages {own:8.2f} s, {tool} {bare:8.2f} s, {own / max(bare, 0.01):5.1f} times", flush=True
    )


def show_plans(files: list[Path]) -> None:
    """Plans beside the first of them, by the letter: parsed, and added to an archive of one plan."""
    first: tuple[float, float] | None = None
    for file in files:
        content = file.read_text(encoding="utf-8")
        parse(text_of(content))
        again = content.replace("\n", "\n ", 1)  # the same to read, another to what is remembered of texts
        parsed = cost(lambda again=again: parse(text_of(again))) / len(content)
        with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder), create=True) as archive:
            list(add_files(archive, [files[0]], now=NOW))
            one = Path(folder) / file.name
            one.write_text(again, encoding="utf-8")
            added = cost(lambda one=one, archive=archive: list(add_files(archive, [one], now=NOW, apart=True))) / len(content)
        first = first or (parsed, added)
        print(
            f"{file.name:40.40} {len(content):7} letters, parsed {1 / parsed:9,.0f} a second ({parsed / first[0]:.1f} times),"
            f" added {1 / added:9,.0f} a second ({added / first[1]:.1f} times)",
            flush=True,
        )


def main(files: list[Path]) -> None:
    """Prints a line each."""
    for file in files:
        if file.suffix != ".txt":
            show_file(file)
    if plans := [file for file in files if file.suffix == ".txt"]:
        show_plans(plans)


if __name__ == "__main__":
    main([Path(file) for file in sys.argv[1:]])
