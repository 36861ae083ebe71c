"""How much of a paper is lost on each way in: errors of letters and of fields.

usage: ways_in.py [TEXT.txt ...]      (default: the clean ones of fixtures/)

Each text is written as a Word file, which is the truth, and read from it and from what is made of it: a web page, PDFs of three kinds
(`made_pdfs`), and scans of three qualities (300 dpi; 200 dpi, askew, blurred, with noise; 150 dpi, askew, packed hard as JPEG). Printed for
each way are wrong letters (edit distance by the length of the text), wrong fields of the head, and units of the outline, citations and
duties that are missing or too many, by those of the truth. Needs what `made_pdfs.INSTALL` says, and Tesseract with vie.
"""

from __future__ import annotations

import io
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pypdfium2 as pdfium
from PIL import Image, ImageFilter

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "readers"))

from drawn_pages import differences  # noqa: E402
from made_pdfs import INSTALL, WAYS, facts, paragraphs, ways_of, write_page, write_word  # noqa: E402

from kehoach_parser import Text, parse, read_bytes, read_file  # noqa: E402
from kehoach_parser.text.quality import CLEAN, quality  # noqa: E402

COUNTED = ("nodes", "citations", "duties")
#: Name, dots an inch, most degrees askew, blur in pixels, noise, quality as JPEG (None: without loss).
SCANS = (
    ("scan, 300 dpi", 300, 0.0, 0.0, 0.0, None),
    ("scan, 200 dpi, worn", 200, 0.6, 0.6, 0.06, None),
    ("scan, 150 dpi, JPEG", 150, 0.4, 0.4, 0.0, 35),
)


def scanned(pdf: Path, dpi: int, askew: float, blur: float, noise: float, jpeg: int | None) -> bytes:
    """The pages of a PDF as a scanner would bring them, in one image file."""
    chance = random.Random(f"{pdf.stem} {dpi}")
    pages = []
    document = pdfium.PdfDocument(pdf)
    for page in document:
        image = page.render(scale=dpi / 72, grayscale=True).to_pil()
        image = image.rotate(chance.uniform(-askew, askew), Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(blur))
        if noise:
            image = Image.blend(image, Image.frombytes("L", image.size, chance.randbytes(image.width * image.height)), noise)
        if jpeg is not None:
            packed = io.BytesIO()
            image.save(packed, "JPEG", quality=jpeg)
            image = Image.open(packed)
        pages.append(image.convert("L"))
    document.close()
    out = io.BytesIO()
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:], compression="tiff_deflate", dpi=(dpi, dpi))
    return out.getvalue()


def errors(true: Text, read: Text) -> Counter[str]:
    """What is wrong, and behind "of" how much there is."""
    out: Counter[str] = Counter()
    out["letters"] = sum(cost for cost, _, _ in differences(true.content, read.content))
    out["of letters"] = len(" ".join(true.content.split()))
    here, there = facts(parse(true)), facts(parse(read))
    for name, value in here.items():
        if name not in COUNTED:
            out["fields"] += value != there[name]
            out["of fields"] += value is not None
        else:
            one, other = Counter(value), Counter(there[name])  # type: ignore[call-overload]
            out[name] += sum((one - other).values()) + sum((other - one).values())
            out[f"of {name}"] += sum(one.values())
    return out


def ways(word: Path, folder: Path) -> Iterator[tuple[str, Text]]:
    """Each way in by its name, and what is read on it; a way whose program is missing is left out."""
    yield "Word", read_file(word)
    yield "web page", read_file(word.with_suffix(".html"))
    for way, out in ways_of([word], folder):
        pdf = out / f"{word.stem}.pdf"
        yield f"PDF, {way}", read_file(pdf)
        if way == next(iter(WAYS)):
            for name, *how in SCANS:
                yield name, read_bytes(scanned(pdf, *how), f"{word.stem}.tif")


def main(texts: list[Path]) -> None:
    """Makes, reads, compares; prints a table."""
    told: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory(prefix="ways-in-") as name:
        folder = Path(name)
        for text in texts:
            word = folder / f"{text.stem}.docx"
            lines = paragraphs(text.read_text(encoding="utf-8"))
            write_word(lines, word)
            write_page(lines, word.with_suffix(".html"))
            true = read_file(word)
            for way, read in ways(word, folder):
                told.setdefault(way, Counter()).update(errors(true, read))
    missing = [way for way in WAYS if f"PDF, {way}" not in told]
    print(f"{len(texts)} texts" + (f"; not measured: {', '.join(missing)} ({INSTALL})" if missing else ""))
    for way, wrong in told.items():
        shares = [f"{100 * wrong['letters'] / wrong['of letters']:.3f} %"]
        shares += [f"{wrong[part]} of {wrong[f'of {part}']}" for part in ("fields", *COUNTED)]
        print(f"| {way} | {' | '.join(shares)} |", flush=True)


if __name__ == "__main__":
    given = [Path(path) for path in sys.argv[1:]]
    main(given or [path for path in sorted(ROOT.glob("fixtures/*.txt")) if quality(path.read_text(encoding="utf-8")) >= CLEAN])
