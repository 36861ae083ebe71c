"""Finding and resolving citations beside the finding of eyecite, which does so for American law: letters per second and core, in one run.

usage: citations.py [FILE]

FILE is a clean Vietnamese text (fixture 004 by default), repeated to a million letters. eyecite reads an English text with every kind
of citation that it knows, two in a thousand letters, as long. It is no dependency of the project: `pip install eyecite hyperscan` into
the environment that runs this. Without it, or without hyperscan, the line is left out and said so.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.speed import FIXTURES, seconds
from kehoach_parser import parse
from kehoach_parser.citations.find import find_citations
from kehoach_parser.citations.identity import resolve
from kehoach_parser.dates.find import find_dates
from kehoach_parser.text.document import read_document

LENGTH = 1_000_000
#: Full case, short case, supra, id, law, journal and a bare section: the kinds that eyecite knows.
ENGLISH = """\
The court took up the question that the parties had left open below. In deciding whether the statute reached the conduct, it began
with the ordinary meaning of the words, and then turned to the history of the act, which had been amended twice since it was
passed. The rule it drew on is an old one. See Bush v. Gore, 531 U.S. 98, 99-100 (2000). No party disputed that the agency had
followed the procedure that was in force at the time, and nothing in the record suggests that another procedure would have led to
another result. The burden is on the one who asks. Id., at 101. What remains is whether the remedy fits the wrong, and on that the
opinions below divide. One of them would have sent the matter back for further findings; the other thought the record complete. We
agree with the second. Bush, supra, at 103. The text of the law leaves little room: it speaks of every person, without exception,
and of every place under the jurisdiction of the state. 18 U.S.C. § 4241. Scholars have doubted that the drafters meant it so. 12
Harv. L. Rev. 345 (1899). But doubts of that kind do not decide cases, and the doubt here is smaller than it seems, since the
committee answered it in its report and the answer was read on the floor before the vote was taken. The same answer was given by
the court of appeals a year later, in words that have been repeated since. 531 U.S., at 104. The dissent reads them otherwise, but
does not say what else they could mean. It points to a section that was repealed before the events of this case. § 99. It would be
strange if a repealed section governed what the section that took its place does not. We have no occasion to say more about it
here. The judgment is affirmed, and the parties bear their own costs. The clerk will enter the order, and the time for a petition
runs from the day on which it is entered. Roe v. Wade, 410 U.S. 113, 120 (1973). Those who are not parties to this case may rely
on the rule stated above, but not on the findings, which rest on the evidence of this record alone. The stay granted earlier is
lifted as of the date of the order; whatever was done under it stands, and whatever was left undone is left to the court that
first had the case, with leave to take further evidence on it.
"""


def repeated(text: str) -> str:
    """The text over and over, a million letters long."""
    return (text * (LENGTH // len(text) + 1))[:LENGTH]


def ours(text: str) -> int:
    """Reads tokens, dates and citations of a text and says which document each means; the number of citations."""
    document = read_document(text)
    found = find_citations(document, find_dates(document).dates).citations
    return len(resolve(found, "Ban Tuyên giáo Thành ủy", "Hải Phòng", "2025-11-20"))


def theirs(hyperscan: str | None) -> Callable[[str], int]:
    """Finding alone by eyecite (its resolving of one text that repeats itself takes far longer and would be no fair measure);
    ``hyperscan``: the folder for the tokenizer of that name, None for the default one.
    """
    eyecite = importlib.import_module("eyecite")
    tokenizers = importlib.import_module("eyecite.tokenizers")
    if hyperscan is None:
        return lambda text: len(eyecite.get_citations(text))
    importlib.import_module("hyperscan")
    tokenizer = tokenizers.HyperscanTokenizer(cache_dir=hyperscan)
    return lambda text: len(eyecite.get_citations(text, tokenizer=tokenizer))


def main(arguments: list[str]) -> None:
    """Prints the table."""
    path = Path(arguments[0]) if arguments else FIXTURES / "004_d9d819c7857a47e2.txt"
    vietnamese, english = repeated(path.read_text(encoding="utf-8")), repeated(ENGLISH)
    rows: list[tuple[str, str, Callable[[str], int]]] = [("kehoach, citations alone", vietnamese, ours)]
    with tempfile.TemporaryDirectory() as folder:
        for name, hyperscan in (("eyecite, default tokenizer", None), ("eyecite, hyperscan", folder)):
            try:
                rows.append((name, english, theirs(hyperscan)))
            except ImportError as missing:
                print(f"{name}: left out, {missing.name} is not installed")
        for _, text, run in rows:
            run(text[:20_000])  # tables and grammars are loaded
        taken = seconds(*(lambda text=text, run=run: run(text) for _, text, run in rows), times=2)  # type: ignore[misc]
    for (name, _, _), each in zip(rows, taken, strict=True):
        print(f"{name:28} {LENGTH / each:12,.0f} letters/s   {taken[0] / each:5.2f} of kehoach")
    (whole,) = seconds(lambda: parse(vietnamese), times=1)
    print(f"{'kehoach, the whole parse':28} {LENGTH / whole:12,.0f} letters/s   {taken[0] / whole:5.2f} of citations alone")


if __name__ == "__main__":
    main(sys.argv[1:])
