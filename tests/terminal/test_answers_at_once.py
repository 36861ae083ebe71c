"""A question of the database imports what it needs and nothing more: neither what parses texts, nor what another question draws with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from terminal_runs import ROOT, kehoach

#: What takes from a tenth of a second to several to import; the restorer reads its model with numpy.
HEAVY = frozenset(
    {"spacy", "underthesea", "numpy", "lark", "alembic", "whoosh", "networkx", "docx", "lxml", "pypdfium2", "pdfplumber", "PIL"}
    | {"drawsvg", "resvg_py", "icalendar", "xlsxwriter", "kehoach_parser.pipeline"}
)
#: Questions, with what of these each needs.
QUESTIONS: dict[tuple[str, ...], set[str]] = {
    ("list",): set(),
    ("show", "1"): set(),
    ("cites", "45-NQ/TW"): set(),
    ("cited-by", "1"): set(),
    ("replaced",): set(),
    ("duties",): set(),
    ("duties", "--unit", "so van hoa"): set(),
    ("duties", "tổ chức hội thi"): {"underthesea", "numpy"},  # takes the words apart into compounds, and loads NumPy itself
    ("units",): set(),
    ("unit", "so van hoa"): set(),
    ("stats",): set(),
    ("lint",): {"lark"},  # the grammar takes symbols apart
    ("search", "to chuc hoi thi"): {"whoosh", "lark"},  # the language of a query is a grammar
    ("cascade", "45-NQ/TW"): {"networkx"},
    ("graph",): {"networkx", "numpy"},  # of which GraphML asks whether numbers are its own
    ("pending",): set(),
}
PLAN = """ỦY BAN NHÂN DÂN
TỈNH NAM ĐỊNH
Số: {number}/KH-UBND                                   Nam Định, ngày 20 tháng 11 năm 2024

KẾ HOẠCH
Tổ chức hội thi tuyên truyền lần thứ {number}

Thực hiện Nghị quyết số 45-NQ/TW ngày 24/11/2023 của Ban Chấp hành Trung ương, Ủy ban nhân dân tỉnh xây dựng kế hoạch như sau:

I. TỔ CHỨC THỰC HIỆN
1. Sở Văn hóa và Thể thao chủ trì tổ chức hội thi trước ngày 15/12/2024.
"""
#: Those that need nothing follow one another, so that what one imports is there after it; each other is asked in a child of that process.
ASK = """
import os, sys, cli
def ask(question):
    sys.argv = ["kehoach", *question]
    try:
        cli.main()
    except SystemExit as leaving:
        print("ended:", leaving.code, *(name for name in {heavy!r} if name in sys.modules), file=sys.stderr, flush=True)
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
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of two plans without damage; only to be read."""
    folder = tmp_path_factory.mktemp("small")
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(PLAN.format(number=number), encoding="utf-8")
    assert kehoach("add", folder / "1.txt", folder / "2.txt", "--archive", folder / "k").code == 0
    return folder / "k"


@pytest.fixture(scope="module")
def ends(small: Path) -> dict[tuple[str, ...], list[str]]:
    """How each question ended, and what it imported."""
    light, others = ([(*question, "--archive", str(small)) for question in questions] for questions in (LIGHT, OTHERS))
    code = ASK.format(light=light, others=others, heavy=sorted(HEAVY))
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "KEHOACH_LANG": "en"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environ, check=True)
    told = [line.split()[1:] for line in done.stderr.splitlines() if line.startswith("ended: ")]
    return dict(zip((*LIGHT, *OTHERS), told, strict=True))


@pytest.mark.parametrize("question", QUESTIONS, ids=" ".join)
def test_a_question_imports_what_it_needs(ends: dict[tuple[str, ...], list[str]], question: tuple[str, ...]) -> None:
    end, *imported = ends[question]
    assert int(end) == int(question in {("lint",), ("pending",), ("replaced",)})
    assert set(imported) <= QUESTIONS[question]
