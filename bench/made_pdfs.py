"""Do PDFs of one paper say what its Word file says, whichever program made them?

usage: made_pdfs.py TEXT.txt [...]

Each text is written as a Word file (head in two columns, tables as tables, Times New Roman) and as a web page, and made a PDF three times:
by LibreOffice with a font for every letter, by LibreOffice where the font of the paper is missing and the one in its place has no
Vietnamese letters (a second font lends them), and by Chromium in the same want. Printed are, for each way, the papers whose plan equals
that of the Word file (header, signature, recipients, paths of the nodes, citations, units with their roles), what differs in the others,
and words that are lost.

KEEP=FOLDER keeps what was made there; a PDF that it has already is read and not made again. Needs what INSTALL says; a way whose program is
missing is not measured, and that is printed.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from docx import Document
from docx.shared import Pt

from kehoach_parser import Plan, parse, read_file
from kehoach_parser.model import Field
from kehoach_parser.text.fold import fold
from kehoach_parser.text.lines import in_capitals, split_lines
from kehoach_parser.text.text import Text

INSTALL = "apt-get install libreoffice-writer-nogui chromium fonts-liberation fonts-urw-base35 fonts-dejavu-core"
#: The ways, and whether the font of the paper is missing.
WAYS = {"LibreOffice, fonts": False, "LibreOffice, second font": True, "Chromium, second font": True}
FONT = "Times New Roman"
MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam")
NUMBER = re.compile(r"so\b[\s:.]|/")  # "Số: 173", "/KH-UBND"
PAGE_NUMBER = re.compile(r"\d{1,3}")
DAY = re.compile(r".*\bngay\b.*\bthang\b.*\bnam\b")
#: Nimbus Roman stands in for Times New Roman and has no Vietnamese letters beyond those of Western Europe; DejaVu has them.
POOR = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts/opentype/urw-base35</dir><dir>/usr/share/fonts/truetype/dejavu</dir><cachedir>{folder}/fonts</cachedir>
<alias binding="same"><family>Times New Roman</family><prefer><family>Nimbus Roman</family></prefer></alias></fontconfig>"""


def head(lines: list[str]) -> tuple[list[str], list[str], list[str]]:
    """The left and the right column of the head, and the lines below it; no columns where the text does not begin with an organ and the
    State's or the Party's line."""
    motto = next((at for at, line in enumerate(lines[:12]) if MOTTO.search(fold(line))), None)
    day = next((at for at, line in enumerate(lines[:16]) if DAY.match(fold(line))), None)
    if motto is None or day is None or not 0 < motto < day:
        return [], [], lines
    number = [line for line in lines[motto:day] if NUMBER.match(fold(line))]
    left = [*lines[:motto], *(["".join(number)] if number else [])]
    return left, [line for line in lines[motto : day + 1] if line not in number], lines[day + 1 :]


def paragraphs(content: str) -> list[str]:
    """The paragraphs of a text that may be wrapped as its pages were; page numbers are left out."""
    out: list[str] = []
    for line in split_lines(content, fold(content)):
        if PAGE_NUMBER.fullmatch(line.text):
            continue
        if out and not line.opens and line.text[0] not in "|-" and out[-1][0] != "|" and in_capitals(out[-1]) == in_capitals(line.text):
            out[-1] += f" {line.text}"
        else:
            out.append(line.text)
    return out


def blocks(lines: list[str]) -> Iterator[list[list[str]] | str]:
    """Paragraphs, and tables as rows of cells."""
    rows: list[list[str]] = []
    for line in lines:
        if line.startswith("|"):
            rows.append([cell.strip() for cell in line.strip().strip("|").split("|")])
            continue
        if rows:
            yield rows
            rows = []
        yield line
    if rows:
        yield rows


def write_word(lines: list[str], path: Path) -> None:
    """The text as a Word file."""
    document = Document()
    document.styles["Normal"].font.name, document.styles["Normal"].font.size = FONT, Pt(13)
    left, right, rest = head(lines)
    if left:
        cells = document.add_table(1, 2).rows[0].cells
        cells[0].text, cells[1].text = "\n".join(left), "\n".join(right)
    for block in blocks(rest):
        if isinstance(block, str):
            document.add_paragraph(block)
            continue
        table = document.add_table(len(block), max(map(len, block)), "Table Grid")
        for row, texts in zip(table.rows, block, strict=True):
            for cell, text in zip(row.cells, texts, strict=False):
                cell.text = text
    document.save(str(path))


def write_page(lines: list[str], path: Path) -> None:
    """The text as a web page."""
    left, right, rest = head(lines)
    columns = "".join(f"<td>{'<br>'.join(map(html.escape, column))}</td>" for column in (left, right))
    out = [f"<table style='width:100%'><tr>{columns}</tr></table>"] if left else []
    for block in blocks(rest):
        if isinstance(block, str):
            out.append(f"<p>{html.escape(block)}</p>")
        else:
            rows = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in block)
            out.append(f"<table border=1 style='border-collapse:collapse'>{rows}</table>")
    style = f"body{{font:13pt '{FONT}'}} td{{vertical-align:top}}"
    path.write_text(f"<html><head><meta charset=utf-8><style>{style}</style></head><body>{''.join(out)}</body></html>", encoding="utf-8")


def _signed(plan: Plan) -> list[Field | None]:
    signature = plan.signature
    return [] if signature is None else [signature.authority, signature.title, signature.name]


def facts(plan: Plan) -> dict[str, object]:
    """What has to be equal."""
    header = {name: getattr(plan.header, name) for name in ("parent_organ", "organ", "symbol", "place", "date", "type", "subject")}
    return {
        **{name: field and " ".join(field.value.split()) for name, field in header.items()},
        "signature": [field and " ".join(field.value.split()) for field in _signed(plan)],
        "recipients": Counter(" ".join(one.value.split()) for one in plan.recipients),
        "nodes": Counter(node.path for node in plan.nodes),
        "citations": Counter((found.type, found.symbol, found.date) for found in plan.citations),
        "duties": Counter((duty.unit.key, duty.role) for duty in plan.assignments),
    }


def difference(true: object, read: object) -> str:
    """The two of a fact that differs, shortly."""
    if isinstance(true, Counter) and isinstance(read, Counter):
        return f"{sum(true.values())}: -{[*(true - read)][:4]} +{[*(read - true)][:4]}"
    return f"{true!r} read {read!r}"


def make(way: str, words: Sequence[Path], out: Path, environ: Mapping[str, str]) -> None:
    """PDFs of Word files, or of the web pages beside them, by a program."""
    out.mkdir(parents=True, exist_ok=True)
    if not words:
        return
    if way.startswith("LibreOffice"):
        office = ["soffice", f"-env:UserInstallation={(out.parent / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
        subprocess.run([*office, "--outdir", str(out), *map(str, words)], check=True, capture_output=True, env=environ)
        return
    for word in words:
        printing = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        made = f"--print-to-pdf={out / word.stem}.pdf"
        subprocess.run([*printing, made, word.with_suffix(".html").as_uri()], check=True, capture_output=True, env=environ)


def ways_of(words: Sequence[Path], folder: Path) -> Iterator[tuple[str, Path]]:
    """Each way whose program is here, and the folder with the PDFs that it made of the files; those that are there already are kept."""
    (folder / "poor.conf").write_text(POOR.format(folder=folder))
    poor = {**os.environ, "FONTCONFIG_FILE": str(folder / "poor.conf")}
    for way, is_poor in WAYS.items():
        program = "soffice" if way.startswith("LibreOffice") else "chromium"
        if shutil.which(program) is None:
            print(f"{way}: not measured, {program} is not installed ({INSTALL})")
            continue
        out = folder / way.replace(", ", "-").replace(" ", "-")
        make(way, [word for word in words if not (out / f"{word.stem}.pdf").exists()], out, poor if is_poor else os.environ)
        yield way, out


def compare(way: str, pdfs: Sequence[Path], texts_of: Mapping[str, Text]) -> None:
    """Reads the PDFs of one way and prints what differs from the Word files."""
    equal, missing = 0, Counter[str]()
    for pdf in pdfs:
        true_text, text = texts_of[pdf.stem], read_file(pdf)
        true, read = facts(parse(true_text)), facts(parse(text))
        differs = {key: difference(value, read[key]) for key, value in true.items() if value != read[key]}
        equal += not differs
        missing += Counter(true_text.content.split()) - Counter(text.content.split())
        origins = sorted({page.origin for page in text.layout})
        for key, said in differs.items():
            print(f"   {pdf.stem[:40]} ({len(text.pages)} pages, {origins}) {key}: {said}")
    every = sum(len(text.content.split()) for text in texts_of.values())
    print(
        f"{way}: {equal} of {len(pdfs)} plans equal; of {every} words {sum(missing.values())} missing: {missing.most_common(12)}",
        flush=True,
    )


def main(texts: list[str]) -> None:
    """Makes, reads and compares."""
    with tempfile.TemporaryDirectory(prefix="made-pdfs-") as name:
        folder = Path(os.environ.get("KEEP") or name).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        words = []
        for text in texts:
            lines = paragraphs(Path(text).read_text(encoding="utf-8"))
            words.append(folder / f"{Path(text).stem}.docx")
            write_word(lines, words[-1])
            write_page(lines, words[-1].with_suffix(".html"))
        texts_of = {word.stem: read_file(word) for word in words}
        for way, out in ways_of(words, folder):
            compare(way, [out / f"{word.stem}.pdf" for word in words], texts_of)


if __name__ == "__main__":
    main(sys.argv[1:])
