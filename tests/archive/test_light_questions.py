"""What a question of the database loads: nothing of the parser's libraries, no ORM, no library of another question."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from archive import open_archive
from tests.archive.builders import add
from tests.archive.texts import BENT, WARD

HEAVY = (
    "numpy",
    "spacy",
    "underthesea",
    "lark",
    "whoosh",
    "networkx",
    "alembic",
    "mako",
    "dateutil",
    "sqlalchemy.orm",
    "drawsvg",
    "xlsxwriter",
)
CODE = """
import sys
from pathlib import Path
import archive
with archive.open_archive(Path(sys.argv[1]), mend=("rows", "resolution")) as a:
    eval(sys.argv[2])
print(*(name for name in sys.argv[3:] if name in sys.modules))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("light") / "archive"
    with open_archive(folder, create=True) as archive:
        add(archive, WARD, "ward.txt")
        add(archive, BENT, "bent.txt")
    return folder


@pytest.mark.parametrize(
    ("question", "loaded"),
    [
        ("archive.list_documents(a)", ""),
        ("(archive.cites(a, '18-NQ/TW'), archive.cited_by(a, '1'), archive.statistics(a))", ""),
        ("archive.cited_by(a, '2')[0].hits[0].sentence_read.index('tổ chức')", ""),  # as it was read when the plan was added
        ("archive.lint(a)", "lark"),  # takes symbols apart
        ("(archive.show(a, '1'), archive.history(a, '1'), archive.units(a, 'ban'), archive.tasks_of(archive.duties(a)))", ""),
        ("archive.duties(a, archive.values.DutyQuestion(unit='ban', role='assigned'))", ""),
        ("archive.graph(a)", ""),
        ("archive.cascade(a, '18-NQ/TW')", "lark networkx"),  # levels by the letters of symbols
    ],
)
def test_a_question_loads_what_it_needs(folder: Path, question: str, loaded: str) -> None:
    command = [sys.executable, "-c", CODE, str(folder), question, *HEAVY]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip() == loaded
