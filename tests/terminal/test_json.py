"""Every `--json` has the shape of docs/json.md: which keys, and of which values the lists are."""

from __future__ import annotations

import json
import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from archive import values
from cli import COMMANDS
from kehoach_parser import RestoredWord
from tests.terminal.terminal_runs import FIXTURES, ROOT, kehoach

DOC = (ROOT / "docs" / "json.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")] for line in DOC.partition("## Errors")[0].splitlines() if line.startswith("| `")
]
LISTS = {name: row for row in ROWS if len(row) == 4 for name in re.findall(r"`([^`]+)`", row[0])}
THINGS = {row[0].strip("`"): row[1] for row in ROWS if len(row) == 2}
DAMAGED = FIXTURES / "003_5284247cabad83da.txt"

#: What each command is asked over an archive of the fixtures, so that its lists hold something where they can.
ASKED: dict[str, tuple[object, ...]] = {
    "add": (FIXTURES, "--apart"),
    "remove": ("1",),
    "join": ("1", "2"),
    "split": ("1#2",),
    "list": ("--limit", "2"),
    "search": ("tuyên truyền",),
    "cites": ("18-NQ/TW",),
    "cited-by": ("3",),
    "cascade": ("18-NQ/TW@2017",),
    "gaps": ("18-NQ/TW@2017",),
    "restore": (DAMAGED,),
    "show": ("1",),
    "correct": ("1", "date", "21/11/2025"),
    "diff": ("1", "2"),
    "unit": ("Đảng ủy Công an phường",),
    "duty": ("bzx9b71ng0",),
    "reparse": ("--all", "--dry-run"),
}
#: Lists that are empty there: no file waits, nothing is replaced, an archive that is sound.
EMPTY = {"pending", "pending --retry", "replaced", "duty --lost", "check", "resolve"}
#: The commands whose answer is no JSON of ours.
NONE = {"annotations", "web"}


def fill_in(folder: Path, file: Path) -> None:
    """A register in which one task is done."""
    assert kehoach("register", "-o", file, "--archive", folder).code == 0
    book = openpyxl.load_workbook(file)
    page = book.active
    assert isinstance(page, Worksheet)
    column = next(cell.column for row in page.iter_rows() for cell in row if cell.value == "Tình trạng")
    first = next(row for row in range(1, page.max_row + 1) if page.cell(row, column).value == "chưa làm")
    page.cell(first, column).value = "đã xong"
    book.save(file)


def answer(command: str, folder: Path) -> dict[str, Any]:
    if command in ("split", "decisions"):
        assert kehoach("join", "1", "2", "--archive", folder).code == 0
    if command.startswith("corrections"):
        assert kehoach("correct", "1", "date", "21/11/2025", "--archive", folder).code == 0
    if command == "corrections --import":
        assert kehoach("corrections", "--export", folder / "c.toml", "--archive", folder).code == 0
    if command == "trash":
        assert kehoach("remove", "1", "--archive", folder).code == 0
    beside = folder.parent / "backup.zip"
    if command == "register --read":
        fill_in(folder, folder.parent / "so.xlsx")
    files = {
        "register --read": (folder.parent / "so.xlsx",),
        "corrections --import": (folder / "c.toml",),
        "backup": (beside,),
        "restore-backup": (beside, folder.parent / "again"),
        "move": (folder, folder.parent / "moved"),
    }
    asked = {**ASKED, **files}
    if command == "restore-backup":
        assert kehoach("backup", beside, "--archive", folder).code == 0
    where = () if command in ("restore-backup", "move") else ("--archive", folder)
    ran = kehoach(*command.split(), *asked.get(command, ()), "--json", *where)
    found: dict[str, Any] = json.loads(ran.out)
    return found


def test_every_command_with_json_is_in_the_tables() -> None:
    with_json = {name for name, function in COMMANDS.items() if "as_json" in function.__annotations__}
    assert with_json == {name.split()[0] for name in (*LISTS, *THINGS)}
    assert COMMANDS.keys() - with_json == NONE


@pytest.mark.parametrize("command", LISTS)
def test_what_can_be_many_is_a_list_with_its_total(own: Path, command: str) -> None:
    _, noun, kind, beside = LISTS[command]
    keys = re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", beside))
    found = answer(command, own)
    assert found.keys() == {noun.strip("`"), "total", *keys}
    many = found[noun.strip("`")]
    assert found["total"] >= len(many)
    assert bool(many) is (command not in EMPTY)
    value = RestoredWord if kind == "`RestoredWord`" else getattr(values, kind.strip("`"))
    assert {frozenset(each) for each in many} <= {frozenset(each.name for each in fields(value))}


@pytest.mark.parametrize("command", [name for name in THINGS if name not in ("parse", "train-restorer")])
def test_questions_about_one_thing(own: Path, command: str) -> None:
    assert answer(command, own).keys() == set(re.findall(r"`([a-z_]+)`", re.sub(r"\([^)]*\)", "", THINGS[command])))


def test_total_counts_what_a_limit_leaves_out(built: Path) -> None:
    for command in ("list", "duties", "units", "search"):
        asked = ("truyền",) if command == "search" else ()
        found = json.loads(kehoach(command, *asked, "--limit", "1", "--json", "--archive", built).out)
        assert len(found[LISTS[command][1].strip("`")]) == 1
        assert found["total"] > 1


@pytest.mark.parametrize("command", ["list", "cites 18-NQ/TW", "cited-by 1", "duties", "units", "lint", "graph --around 1"])
def test_a_page_is_asked_for_behind_another(built: Path, command: str) -> None:
    asked = (*command.split(), "--limit", "1", "--archive", built)
    first = json.loads(kehoach(*asked, "--json").out)
    said = kehoach(*asked, KEHOACH_LANG="en").err
    assert (f"--after {first['next']}" in said) is (first["next"] is not None)
    if first["next"] is not None:
        second = json.loads(kehoach(*asked, "--after", first["next"], "--json").out)
        noun = LISTS[command.split()[0]][1].strip("`")
        assert (len(first[noun]), len(second[noun])) == (1, 1)
        assert first[noun] != second[noun]


@pytest.mark.parametrize(
    ("command", "code", "error", "fact"),
    [
        (("show", "99"), 1, "unknown-document", ("ref", "99")),
        (("search", '"a'), 2, "query-unbalanced-quote", ("position", 0)),
        (("duties", "--role", "voi"), 2, "usage", None),
        (("list", "--after", "x"), 2, "bad-cursor", ("after", "x")),
        (("list", "--no-such-option"), 2, "usage", None),
        (("show",), 2, "usage", None),
        (("list", "--archive", "/gone"), 3, "no-archive", ("path", "/gone")),
        (("graph", "-o", "/gone/g.svg"), 3, "system-not-found", ("name", "/gone/g.svg")),
        (("parse", "/gone.txt"), 3, "missing-file", ("name", "/gone.txt")),
    ],
)
def test_errors_are_json_too(built: Path, command: tuple[str, ...], code: int, error: str, fact: tuple[str, object] | None) -> None:
    asked = command if "--archive" in command or command[0] == "parse" else (*command, "--archive", str(built))
    runs = [kehoach(*asked, "--json", KEHOACH_LANG=language) for language in ("vi", "en")]
    plain = kehoach(*asked, KEHOACH_LANG="en")
    assert {ran.code for ran in (*runs, plain)} == {code}
    assert runs[1].err == plain.err, "a person is told the same"
    vietnamese, english = (json.loads(ran.out)["error"] for ran in runs)
    assert vietnamese["code"] == english["code"] == error
    assert vietnamese["facts"] == english["facts"]
    assert fact is None or english["facts"][fact[0]] == fact[1]
    assert english["message"] != vietnamese["message"]
    assert english["message"] in plain.err
    assert english["advice"]
    assert english["advice"] in plain.err


def test_the_documents_that_a_name_may_mean(own: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "like.txt").write_text(f"KẾ HOẠCH\n{name}\n", encoding="utf-8")
        kehoach("add", tmp_path / name / "like.txt", "--archive", own)
    error = json.loads(kehoach("show", "like.txt", "--json", "--archive", own).out)["error"]
    assert (error["code"], [each["name"] for each in error["documents"]]) == ("ambiguous-document", ["like.txt"] * 2)


def test_what_was_added_before_an_error_stands_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object, **__: object) -> None:
        raise OSError(28, "full", "/k/index")

    monkeypatch.setattr("archive.keep.ingest.index_versions", stop)
    (tmp_path / "a.txt").write_text("KẾ HOẠCH\nmột\n", encoding="utf-8")
    ran = kehoach("add", tmp_path / "a.txt", "--json", "--archive", tmp_path / "k")
    found = json.loads(ran.out)
    assert (ran.code, [each["status"] for each in found["files"]], found["error"]["code"]) == (3, ["added"], "system-disk-full")


def test_a_fault_of_the_program_is_json_too(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.find_documents", lambda *_: 1 // 0, raising=False)
    error = json.loads(kehoach("list", "--json", "--archive", built, KEHOACH_DEBUG="1").out)["error"]
    assert error["code"] == "fault"
    assert "ZeroDivisionError" in error["message"]


def test_nothing_to_add_is_an_empty_list(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    ran = kehoach("add", tmp_path / "in", "--json", "--archive", tmp_path / "k")
    assert (ran.code, json.loads(ran.out)) == (1, {"files": [], "total": 0, "changes": [], "error": None})
