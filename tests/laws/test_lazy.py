"""What a public name costs: asking for one imports no library that only reading a file or parsing a text needs."""

from __future__ import annotations

import subprocess
import sys

import kehoach_parser

#: Each takes a tenth of a second to three seconds.
SLOW = {"numpy", "spacy", "thinc", "underthesea", "sklearn", "lark", "docx", "lxml", "pypdfium2", "pdfplumber", "PIL", "trueocr"}
#: Public names that do the slow work: they may import the grammars with them, and nothing more.
MAY_IMPORT = {"parse": {"lark"}}

_SCRIPT = """
import sys
import kehoach_parser
slow = set(sys.argv[1].split())
assert not slow & set(sys.modules), ("kehoach_parser", slow & set(sys.modules))
for name in sys.argv[2:]:
    getattr(kehoach_parser, name)
    assert not slow & set(sys.modules), (name, slow & set(sys.modules))
"""


def run(script: str, slow: set[str], *arguments: str) -> None:
    """Runs a script in a process of its own; fails with its message."""
    ended = subprocess.run([sys.executable, "-c", script, " ".join(sorted(slow)), *arguments], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr


def test_a_public_name_imports_no_slow_library() -> None:
    run(_SCRIPT, SLOW, *(name for name in kehoach_parser.__all__ if name not in MAY_IMPORT))


def test_parse_loads_its_libraries_with_the_first_text() -> None:
    for name, allowed in MAY_IMPORT.items():
        run(_SCRIPT, SLOW - allowed, name)


def test_what_questions_ask_of_the_parser_imports_no_slow_library() -> None:
    """Calls what an archive calls to answer, not only the names: a lexicon or a stamp may load on first use."""
    asked = """
from kehoach_parser import compose, fold, model_stamp, plan_from_json, skeleton, text_of
from kehoach_parser.knowledge import (
    areas_of, body_after, first_day_of, key_of_unit, letters_of_type, organs, origins_of, place_named, place_of_organ,
    successions_of, term_on, unit_abbreviations,
)
compose("Sở Y tế"), fold("Sở Y tế"), skeleton("phwong"), text_of("Sở Y tế"), model_stamp(), term_on("2025-11-20"), first_day_of("XIII")
own = areas_of("Ủy ban nhân dân tỉnh Bến Tre", None, None)
place = place_of_organ("Ủy ban nhân dân tỉnh Bến Tre", None, None)
key = key_of_unit("Sở Tài nguyên và Môi trường", place)
assert key and successions_of(key), key
origins_of(key), body_after("Sở Tài nguyên và Môi trường"), organs(), letters_of_type(), unit_abbreviations()
assert place_named("Ủy ban nhân dân tỉnh Bến Tre", own)
"""
    run(asked + "\nimport sys\nassert not set(sys.argv[1].split()) & set(sys.modules), set(sys.argv[1].split()) & set(sys.modules)", SLOW)


def test_a_symbol_is_taken_apart_by_its_grammar_and_nothing_else() -> None:
    """Only resolving and `lint` ask for the parts of a symbol."""
    asked = """
from kehoach_parser.knowledge import parts_of, place_meant, series_of
assert parts_of("35/KH-UBND") and place_meant(series_of("35/KH-UBND"), None, ()) == ()
"""
    slow = SLOW - {"lark"}
    run(asked + "\nimport sys\nassert not set(sys.argv[1].split()) & set(sys.modules), set(sys.argv[1].split()) & set(sys.modules)", slow)
