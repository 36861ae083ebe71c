"""How well pages are read: texts drawn as a scanner would bring them and read back, or files compared with their true text.

usage: pages.py TEXT.txt [...]            each text is drawn on pages (askew, blurred, with noise), read by OCR and compared with itself
       pages.py FILE=TRUTH.txt [...]      a PDF, an image or a Word file is read and compared with a text; an empty TRUTH only shows it

Printed are the characters of the truth, the character error (edit distance by the truth's length, runs of blanks and line ends counted as
one blank; words are aligned first, so that it is an upper bound), the header, whether the outline is that of the true text, and the words
that differ.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from difflib import SequenceMatcher
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "readers"))

from drawn_pages import differences, draw, outline  # noqa: E402

from kehoach_parser import Text, parse, read_file, text_of  # noqa: E402

SHOWN = 400


def show(name: str, read: Text, truth: str, seconds: float) -> tuple[int, int]:
    """Prints what there is to say about a file; errors and characters."""
    plan = parse(read)
    print(f"== {name}: {len(read.pages)} pages, {seconds:.0f} s; origins {sorted({page.origin for page in read.layout})}")
    header = plan.header
    for field in ("organ", "parent_organ", "symbol", "place", "date", "type", "subject"):
        found = getattr(header, field, None)
        if found is not None:
            print(f"   {field}: {found.value!r} ({found.certainty}) {[other.value for other in found.alternatives]}")
    print("   warnings:", ", ".join(f"{warning.code} «{read.content[slice(*warning.span)][:40]}»" for warning in plan.warnings[:30]))
    if not truth:
        return 0, 0
    found = list(differences(truth, read.content))
    errors, letters = sum(cost for cost, _, _ in found), len(" ".join(truth.split()))
    true, here = outline(parse(text_of(truth))), outline(plan)
    print(f"   {letters} characters, error {100 * errors / letters:.3f} %, outline {'the same' if true == here else 'differs'}")
    for tag, i, j, k, m in SequenceMatcher(None, true, here, autojunk=False).get_opcodes():
        if tag != "equal":
            print(f"   outline: {true[i:j]} -> {here[k:m]}")
    print("   " + "; ".join(f"{cost}: {' '.join(a)} -> {' '.join(b)}" for cost, a, b in found)[: SHOWN * 8])
    return errors, letters


def main(arguments: Sequence[str]) -> None:
    """Draws or reads, and prints."""
    errors = letters = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, argument in enumerate(arguments):
            file, drawn, truth_file = argument.partition("=")
            truth = Path(truth_file if drawn else file)
            true = truth.read_text(encoding="utf-8") if str(truth) != "." else ""
            start = time.monotonic()
            read = read_file(Path(file) if drawn else draw(true, Path(folder), number))
            found = show(Path(file).name, read, true, time.monotonic() - start)
            errors, letters = errors + found[0], letters + found[1]
    if letters:
        print(f"all: {letters} characters, error {100 * errors / letters:.3f} %")


if __name__ == "__main__":
    main(sys.argv[1:])
