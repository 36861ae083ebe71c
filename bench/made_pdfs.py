"""Do PDFs of one paper say what its Word file says, whichever program made them?

usage: made_pdfs.py TEXT.txt [...]

Each text is written as a Word file (head in two columns, tables as tables, Times New Roman) and as a web page, and made a PDF three times:
by LibreOffice with a font for every letter, by LibreOffice where the font of the paper is missing and the one in its place has no
Vietnamese letters (a second font lends them), and by Chromium in the same want. Printed are, for each way, the papers whose plan equals
that of the Word file (header, paths of the nodes, citations, units with their roles), what differs in the others, and words that are lost.

Needs: apt-get install libreoffice-writer-nogui chromium fonts-liberation fonts-urw-base35 fonts-dejavu-core
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.shared import Pt

from kehoach_parser import Plan, parse, read_file
from kehoach_parser.text.fold import fold

FONT = "Times New Roman"
MOTTO = re.compile(r"cong hoa xa hoi chu nghia|dang cong san viet nam")
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
    return lines[:motto], lines[motto : day + 1], lines[day + 1 :]


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


def facts(plan: Plan) -> dict[str, object]:
    """What has to be equal."""
    header = {name: getattr(plan.header, name) for name in ("parent_organ", "organ", "symbol", "place", "date", "type", "subject")}
    return {
        **{name: field and " ".join(field.value.split()) for name, field in header.items()},
        "nodes": Counter(node.path for node in plan.nodes),
        "citations": Counter((found.type, found.symbol, found.date) for found in plan.citations),
        "duties": Counter((duty.unit.key, duty.role) for duty in plan.assignments),
    }


def difference(true: object, read: object) -> str:
    """The two of a fact that differs, shortly."""
    if isinstance(true, Counter) and isinstance(read, Counter):
        return f"{sum(true.values())}: -{[*(true - read)][:4]} +{[*(read - true)][:4]}"
    return f"{true!r} read {read!r}"


def main(texts: list[str]) -> None:
    """Makes, reads and compares."""
    with tempfile.TemporaryDirectory(prefix="made-pdfs-") as name:
        folder = Path(name)
        (folder / "poor.conf").write_text(POOR.format(folder=folder))
        poor = {**os.environ, "FONTCONFIG_FILE": str(folder / "poor.conf")}
        for text in texts:
            lines = [line.strip() for line in Path(text).read_text(encoding="utf-8").splitlines() if line.strip()]
            write_word(lines, folder / f"{Path(text).stem}.docx")
            write_page(lines, folder / f"{Path(text).stem}.html")
        words = sorted(folder.glob("*.docx"))
        texts_of = {word.stem: read_file(word) for word in words}
        true = {name: facts(parse(text)) for name, text in texts_of.items()}
        for way, environ in (("LibreOffice, fonts", dict(os.environ)), ("LibreOffice, second font", poor), ("Chromium, second font", poor)):
            out = folder / way.replace(", ", "-").replace(" ", "-")
            out.mkdir()
            if way.startswith("Libre"):
                office = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
                subprocess.run([*office, "--outdir", str(out), *map(str, words)], check=True, capture_output=True, env=environ)
            else:
                for word in words:
                    printing = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
                    made = f"--print-to-pdf={out / word.stem}.pdf"
                    subprocess.run([*printing, made, word.with_suffix(".html").as_uri()], check=True, capture_output=True, env=environ)
            equal, missing = 0, Counter[str]()
            for pdf in sorted(out.glob("*.pdf")):
                text = read_file(pdf)
                read = facts(parse(text))
                differs = {key: difference(value, read[key]) for key, value in true[pdf.stem].items() if value != read[key]}
                equal += not differs
                missing += Counter(texts_of[pdf.stem].content.split()) - Counter(text.content.split())
                origins = sorted({page.origin for page in text.layout})
                for key, said in differs.items():
                    print(f"   {pdf.stem[:40]} ({len(text.pages)} pages, {origins}) {key}: {said}")
            every = sum(len(text.content.split()) for text in texts_of.values())
            print(
                f"{way}: {equal} of {len(words)} plans equal; of {every} words {sum(missing.values())} missing: {missing.most_common(12)}"
            )
            if keep := os.environ.get("KEEP"):
                subprocess.run(["cp", "-r", str(out), keep], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
