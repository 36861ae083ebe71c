"""The noise dial: clean plans damaged at levels 0 to 5, and how well their structure is still read.

usage: noise.py FOLDER [-o PICTURE.svg]

FOLDER holds ``domain/confusions-characters.tsv`` (columns true, read, n, p: what OCR with a foreign language model makes of a letter) and,
somewhere below it, texts of the annotations in tests/annotations/corpus; the fixture 004 is taken in any case. At level L each letter is
read wrong with L fifths of its probability, L lines in a thousand are lost, twice as many are glued to the next, and page numbers stand
between.
Prints F1 of the tree (line, kind, label, parent) by level, mean of three runs with fixed seeds.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from pathlib import Path

import drawsvg

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from scoring import ANNOTATIONS, FIXTURES, Lines  # noqa: E402

from kehoach_parser import fold, parse, read_file  # noqa: E402

LEVELS = range(6)
RUNS = 3
PAGE = 45  # lines
Confusions = dict[str, list[tuple[str, float]]]


def confusions(path: Path) -> Confusions:
    """For each letter what it is read as, with probabilities."""
    table: Confusions = defaultdict(list)
    for row in path.read_text(encoding="utf-8").splitlines()[1:]:
        true, read, _, share = row.split("\t")
        table[true].append((read, float(share)))
    return table


def damage(text: str, level: int, table: Confusions, chance: random.Random) -> tuple[str, dict[int, int]]:
    """The damaged text, and for each line of the text (from 1) its line there; lines that were lost are missing."""
    out: list[str] = []
    lines: dict[int, int] = {}
    glue = False
    for number, line in enumerate(text.split("\n"), start=1):
        if level and line.strip() and chance.random() < level / 1000:
            continue
        bent = "".join(_read(char, level, table, chance) for char in line)
        if glue and out and out[-1].strip() and bent.strip():
            out[-1] += " " + bent
        else:
            out.append(bent)
            lines[number] = len(out)
        glue = bool(level) and chance.random() < level / 500
        if level and number % PAGE == 0:
            out += ["", str(number // PAGE + 1), ""]
    return "\n".join(out), lines


def _read(char: str, level: int, table: Confusions, chance: random.Random) -> str:
    for read, share in table.get(char.lower(), ()) if level else ():
        if chance.random() < share * level / 5:
            return read.upper() if char.isupper() else read
    return char


def tree(outline: list[list[object]]) -> list[tuple[int, str, str, int | None]]:
    """Line, kind, label and line of the parent of each node of an annotation."""
    above: list[int] = []
    found = []
    for line, depth, kind, label, *_ in outline:
        assert isinstance(line, int)
        assert isinstance(depth, int)
        above = above[:depth]
        found.append((line, str(kind), fold(str(label)), above[-1] if above else None))
        above.append(line)
    return found


def f1(text: str, outline: list[list[object]], level: int, table: Confusions, seed: int) -> float:
    """F1 of the tree of a text damaged at a level; nodes whose line was lost are asked of nobody."""
    damaged, lines = damage(text, level, table, random.Random(seed))
    wanted = Counter(
        (lines[line], kind, label, None if parent is None else lines.get(parent, 0))
        for line, kind, label, parent in tree(outline)
        if line in lines
    )
    plan, at = parse(damaged), Lines(damaged)
    place = {node.id: at.of(node.span) for node in plan.nodes}
    found = Counter(
        (place[node.id], node.kind, fold(node.label), None if node.parent is None else place[node.parent]) for node in plan.nodes
    )
    right = (wanted & found).total()
    return 2 * right / (wanted.total() + found.total())


def picture(figures: dict[str, list[float]], path: Path) -> None:
    """F1 against the level, a line for each text."""
    drawing = drawsvg.Drawing(640, 400, font_family="DejaVu Sans, sans-serif")
    drawing.append(drawsvg.Rectangle(0, 0, 640, 400, fill="white"))
    left, top, width, height = 60, 20, 380, 330

    def point(level: float, value: float) -> tuple[float, float]:
        return left + width * level / 5, top + height * (1 - (value - 0.5) / 0.5)

    for tenth in range(5, 11):
        y = point(0, tenth / 10)[1]
        drawing.append(drawsvg.Line(left, y, left + width, y, stroke="#ddd"))
        drawing.append(drawsvg.Text(f"{tenth / 10:.1f}", 12, left - 8, y, text_anchor="end", dominant_baseline="middle"))
    for level in LEVELS:
        drawing.append(drawsvg.Text(str(level), 12, point(level, 0.5)[0], top + height + 18, text_anchor="middle"))
    drawing.append(drawsvg.Text("level of damage", 12, left + width / 2, top + height + 38, text_anchor="middle"))
    colours = ["#1f6f8b", "#b5542a", "#4d7c0f", "#7c3aed", "#b91c1c", "#0f766e", "#a16207", "#334155"]
    for colour, values in zip(colours, figures.values(), strict=False):
        points = [coordinate for level, value in zip(LEVELS, values, strict=True) for coordinate in point(level, max(value, 0.5))]
        drawing.append(drawsvg.Lines(*points, fill="none", stroke=colour, stroke_width=2))
    for row, (colour, name) in enumerate(zip(colours, figures, strict=False)):
        drawing.append(drawsvg.Line(460, 40 + 22 * row, 480, 40 + 22 * row, stroke=colour, stroke_width=2))
        drawing.append(drawsvg.Text(name, 12, 488, 40 + 22 * row, dominant_baseline="middle"))
    drawing.save_svg(str(path))


def main() -> None:
    """Prints the table and draws the picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("-o", "--output", type=Path)
    arguments = parser.parse_args()
    table = confusions(arguments.folder / "domain" / "confusions-characters.tsv")
    texts = {path.name: path for path in (*sorted(arguments.folder.rglob("*.txt")), *FIXTURES.glob("*.txt"))}
    figures: dict[str, list[float]] = {}
    for annotation in (ANNOTATIONS / "004.json", *sorted((ANNOTATIONS / "corpus").rglob("*.json"))):
        wanted = json.loads(annotation.read_text(encoding="utf-8"))
        if wanted["text"] not in texts or wanted["text"].endswith((".eng.txt", ".vie.txt")):
            continue
        text = read_file(texts[wanted["text"]]).content
        figures[annotation.stem] = [sum(f1(text, wanted["outline"], level, table, seed) for seed in range(RUNS)) / RUNS for level in LEVELS]
        print(f"{annotation.stem:16}" + "".join(f"{value:8.3f}" for value in figures[annotation.stem]), flush=True)
    figures["mean"] = [sum(values[level] for values in figures.values()) / len(figures) for level in LEVELS]
    print(f"{'mean':16}" + "".join(f"{value:8.3f}" for value in figures["mean"]))
    if arguments.output:
        picture(figures, arguments.output)


if __name__ == "__main__":
    main()
