"""How fast units and duties are read, beside spaCy's own tokenizer over the same texts, and what each step of a whole parse takes.

usage: duties_parser.py [PATH]

PATH: a folder of texts (*.txt), or a JSON Lines file with the key "text"; without it the clean fixture is read. Processor time, the fastest
of several goes of each step by turns, so that what else the machine does falls on all of them. Times depend on the machine; the ratios to
the tokenizer are what counts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import spacy

from bench.speed import FIXTURES, seconds
from kehoach_parser import parse
from kehoach_parser.citations.find import find_citations
from kehoach_parser.dates.find import find_dates
from kehoach_parser.duties import find_duties
from kehoach_parser.structure.steps import read_structure
from kehoach_parser.tables import find_tables
from kehoach_parser.text.document import read_document
from kehoach_parser.text.fields import field_reader
from kehoach_parser.units import find_units, read_words, scope_in


def texts_of(path: Path) -> list[str]:
    """The texts of a folder or a JSON Lines file."""
    if path.is_dir():
        return [file.read_text(encoding="utf-8") for file in sorted(path.rglob("*.txt"))]
    if path.suffix == ".txt":
        return [path.read_text(encoding="utf-8")]
    with path.open(encoding="utf-8") as rows:
        return [str(json.loads(row)["text"]) for row in rows]


def main(arguments: list[str]) -> None:
    """Prints a line for each step: letters per second, and how many times the tokenizer's own time it takes."""
    texts = texts_of(Path(arguments[0]) if arguments else FIXTURES / "004_d9d819c7857a47e2.txt")
    size = sum(map(len, texts))
    tokenizer = spacy.blank("xx").tokenizer
    documents = [read_document(text) for text in texts]
    dates = [find_dates(document) for document in documents]
    structures = [
        read_structure(document.content, document.folded, found.dates, field_reader(document.content, 1.0))
        for document, found in zip(documents, dates, strict=True)
    ]
    tables = [
        find_tables(document.content, structure, field_reader(document.content, 1.0)).tables
        for document, structure in zip(documents, structures, strict=True)
    ]
    words = [read_words(document) for document in documents]
    scopes = [scope_in(document, "Ủy ban nhân dân tỉnh Lai Châu", "Lai Châu") for document in documents]
    units = [find_units(*each) for each in zip(documents, words, scopes, strict=True)]
    steps = {
        "spaCy tokenizer alone": lambda: [tokenizer(text) for text in texts],
        "words": lambda: [read_words(document) for document in documents],
        "units": lambda: [find_units(*each) for each in zip(documents, words, scopes, strict=True)],
        "duties": lambda: [
            find_duties(*each)
            for each in zip(documents, words, scopes, structures, tables, units, (found.dates for found in dates), strict=True)
        ],
        "dates": lambda: [find_dates(document) for document in documents],
        "citations": lambda: [find_citations(document, found.dates) for document, found in zip(documents, dates, strict=True)],
        "whole parse": lambda: [parse(text) for text in texts],
    }
    taken = dict(zip(steps, seconds(*steps.values(), times=max(3, min(15, 3_000_000 // size))), strict=True))
    taken["words, units and duties"] = taken["words"] + taken["units"] + taken["duties"]
    print(f"{len(texts)} texts, {size:,} letters")
    alone = taken["spaCy tokenizer alone"]
    for name, time in taken.items():
        print(f"{name:24} {size / time / 1e6:7.2f} million letters/s {time / alone:7.2f} of the tokenizer")


if __name__ == "__main__":
    main(sys.argv[1:])
