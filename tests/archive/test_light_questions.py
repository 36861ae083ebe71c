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
#: Questions, with what of these each loads.
QUESTIONS = {
    "archive.list_documents(a)": "",
    "(archive.cites(a, '18-NQ/TW'), archive.cited_by(a, '1'), archive.statistics(a))": "",
    "archive.cited_by(a, '2')[0].hits[0].sentence_read.index('tổ chức')": "",  # as it was read when the plan was added
    "archive.lint(a)": "lark",  # takes symbols apart
    "(archive.show(a, '1'), archive.history(a, '1'), archive.units(a, 'ban'), archive.tasks_of(archive.duties(a)))": "",
    "archive.duties(a, archive.values.DutyQuestion(unit='ban', role='assigned'))": "",
    "archive.graph(a)": "",
    "archive.cascade(a, '18-NQ/TW')": "lark networkx",  # levels by the letters of symbols
}
#: Those that load none of it are asked one after the other: what one should load after all is told of those that follow, too. The others
#: each in a process of its own, children of the one that has asked the first.
CODE = """
import os, sys
from pathlib import Path
import archive
def ask(question):
    with archive.open_archive(Path({folder!r}), mend=("rows", "resolution")) as a:
        eval(question)
    print(*(name for name in {heavy!r} if name in sys.modules), flush=True)
for question in {light!r}:
    ask(question)
for question in {others!r}:
    if os.fork() == 0:
        ask(question)
        os._exit(0)
    os.wait()
"""
LIGHT = [question for question, needed in QUESTIONS.items() if not needed]
OTHERS = [question for question, needed in QUESTIONS.items() if needed]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("light") / "archive"
    with open_archive(folder, create=True) as archive:
        add(archive, WARD, "ward.txt")
        add(archive, BENT, "bent.txt")
    return folder


@pytest.fixture(scope="module")
def loads(folder: Path) -> dict[str, str]:
    """What each question has loaded."""
    code = CODE.format(light=LIGHT, others=OTHERS, folder=str(folder), heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return dict(zip((*LIGHT, *OTHERS), done.stdout.splitlines(), strict=True))


@pytest.mark.parametrize("question", QUESTIONS)
def test_a_question_loads_what_it_needs(loads: dict[str, str], question: str) -> None:
    assert loads[question] == QUESTIONS[question]
