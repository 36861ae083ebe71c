"""The exit codes of docs/commands.md: 0 an answer, 1 nothing found, 2 wrong use, 3 could not; every command gives each that it can give."""

from __future__ import annotations

import json
from pathlib import Path
from unittest import mock

import pytest
from terminal_runs import FIXTURES, kehoach

import archive
from archive.terminal.exit_codes import ExitCode, of_error
from cli import COMMANDS
from kehoach_parser import ReadError

FIXTURE = FIXTURES / "004_d9d819c7857a47e2.txt"
PLAIN = "Một đoạn văn không giao việc cho ai, không viện dẫn văn bản nào.\n"

#: Runs over an archive of the fixtures that end with an answer.
ANSWERED: tuple[tuple[object, ...], ...] = (
    ("parse", FIXTURE),
    ("add", FIXTURE),
    ("list",),
    ("show", "1"),
    ("stats",),
    ("search", "tuyên truyền"),
    ("cites", "18-NQ/TW"),
    ("cited-by", "3"),
    ("duties", "tuyên truyền"),
    ("register",),
    ("units",),
    ("unit", "Đảng ủy Công an phường"),
    ("duty", "bzx9b71ng0"),
    ("graph",),
    ("annotations", "1"),
    ("cascade", "18-NQ/TW@2017"),
    ("gaps", "18-NQ/TW@2017"),
    ("diff", "1", "2"),
    ("join", "1", "2"),
    ("correct", "1", "date", "21/11/2025"),
    ("review",),
    ("lint",),
    ("resolve",),
    ("reindex",),
    ("check",),
    ("restore", FIXTURE),
)
#: Runs over an archive of one document that says nothing, or over an empty one.
NOTHING: tuple[tuple[object, ...], ...] = (
    ("search", "voi"),
    ("search", "văn", "--offset", "9"),
    ("cites", "98-NQ/TW"),
    ("cited-by", "1"),
    ("cited-by", "9"),
    ("replaced",),
    ("duties",),
    ("register",),
    ("units",),
    ("unit", "Sở Y tế"),
    ("duty", "d7f3a9c2e1"),
    ("duty", "--lost"),
    ("cascade", "98-NQ/TW"),
    ("gaps", "98-NQ/TW"),
    ("diff", "1"),
    ("split", "1"),
    ("join", "1", "9"),
    ("decisions",),
    ("corrections",),
    ("correct", "9", "date", "21/11/2025"),
    ("lint",),
    ("lint", "9"),
    ("show", "9"),
    ("show", "1", "--of", "7"),
    ("annotations", "9"),
    ("remove", "9"),
    ("pending",),
    ("pending", "--retry"),
    ("pending", "--forget", "a.png"),
    ("graph", "--around", "9"),
)
#: What each command needs to be called at all.
NEEDS: dict[str, tuple[object, ...]] = {
    "add": (FIXTURE,),
    "remove": ("1",),
    "show": ("1",),
    "correct": ("1", "date", "21/11/2025"),
    "search": ("a",),
    "cites": ("1-KH/TU",),
    "cited-by": ("1",),
    "unit": ("a",),
    "duty": ("d7f3a9c2e1",),
    "annotations": ("1",),
    "cascade": ("1-KH/TU",),
    "gaps": ("1-KH/TU",),
    "diff": ("1", "2"),
    "join": ("1", "2"),
    "split": ("1",),
    "backup": ("backup.zip",),
}
WRONG: tuple[tuple[object, ...], ...] = (
    *((name, "--no-such-option") for name in COMMANDS),
    ("no-such-command",),
    ("search", '"a'),
    ("duties", "--role", "voi"),
    ("duties", "--due", "voi"),
    ("duties", "--state", "voi"),
    ("duty",),
    ("duty", "bzx9b71ng0", "--state", "late"),
    ("duty", "bzx9b71ng0", "--done", "voi"),
    ("duty", "bzx9b71ng0", "--state", "moved"),
    ("register", "--read", FIXTURE),
    ("units", "--level", "voi"),
    ("join", "1", "1"),
    ("cites", "18-NQ/TW", "--relation", "voi"),
    ("register", "-o", "a.pdf"),
    ("graph", "--format", "voi"),
    ("add", "--replace", "1", FIXTURE, FIXTURE),
)


@pytest.fixture(scope="module")
def silent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of one document that cites nothing and gives nobody a task; only to be read."""
    folder = tmp_path_factory.mktemp("silent")
    (folder / "a.txt").write_text(PLAIN, encoding="utf-8")
    assert kehoach("add", folder / "a.txt", "--archive", folder / "archive").code == 0
    return folder / "archive"


def on(folder: Path, command: tuple[object, ...]) -> tuple[object, ...]:
    return command if command[0] == "parse" else (*command, "--archive", folder)


@pytest.mark.parametrize("command", ANSWERED, ids=lambda command: command[0])
def test_an_answer_is_0(own: Path, command: tuple[object, ...]) -> None:
    result = kehoach(*on(own, command))
    assert result.code == 0, result.err


@pytest.mark.parametrize("command", NOTHING, ids=lambda command: " ".join(map(str, command)))
def test_nothing_found_is_1(silent: Path, command: tuple[object, ...]) -> None:
    result = kehoach(*on(silent, command))
    assert result.code == 1, result.err
    assert result.err, "a person is told so"


@pytest.mark.parametrize("command", [("list",), ("graph",), ("search", "a")], ids=lambda command: command[0])
def test_an_empty_archive_has_nothing(tmp_path: Path, command: tuple[object, ...]) -> None:
    archive.open_archive(tmp_path, create=True).close()
    assert kehoach(*on(tmp_path, command)).code == 1
    assert kehoach("stats", "--archive", tmp_path).code == 0, "that there are 0 documents is an answer"
    assert kehoach("check", "--archive", tmp_path).code == 0, "and sound"


def test_an_empty_folder_has_nothing_to_add(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    assert kehoach("add", tmp_path / "in", "--archive", tmp_path / "k").code == 1


@pytest.mark.parametrize(("query", "empty"), [("search", {"hits": [], "total": 0}), ("cites", {"groups": [], "total": 0, "ambiguous": []})])
def test_nothing_is_printed_as_json_too(silent: Path, query: str, empty: dict[str, object]) -> None:
    result = kehoach(query, "98-NQ/TW", "--json", "--archive", silent)
    assert result.code == 1
    assert empty.items() <= json.loads(result.out).items()
    assert json.loads(kehoach("duties", "--json", "--archive", silent).out) == {"duties": [], "total": 0, "next": None, "at_most": 0}


@pytest.mark.parametrize("command", WRONG, ids=lambda command: " ".join(str(part) for part in command[:3]))
def test_wrong_use_is_2(built: Path, command: tuple[object, ...]) -> None:
    result = kehoach(*command) if command[1:] == ("--no-such-option",) else kehoach(*on(built, command))
    assert (result.code, result.out) == (2, ""), result.err


def test_a_name_that_several_bear_is_2(own: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        path = tmp_path / name / "like.txt"
        path.parent.mkdir()
        path.write_text(f"KẾ HOẠCH\n{name}\n", encoding="utf-8")
        assert kehoach("add", path, "--archive", own).code == 0
    assert kehoach("show", "like.txt", "--archive", own).code == 2


@pytest.mark.parametrize("name", sorted(COMMANDS.keys() - {"parse", "restore", "restore-backup", "move", "add"}))
def test_no_archive_is_3(tmp_path: Path, name: str) -> None:
    result = kehoach(name, *NEEDS.get(name, ()), "--archive", tmp_path / "k")
    assert (result.code, result.out) == (3, "")
    assert str(tmp_path / "k") in result.err


def test_what_is_not_there_cannot_be_moved_and_nothing_is_moved_onto_something(built: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "a.txt").touch()
    wrong = ((tmp_path / "k", tmp_path / "new"), (built, tmp_path / "full"), (built, "postgresql://user@server"))
    for source, target in wrong:
        result = kehoach("move", source, target)
        assert (result.code, result.out) == (3, "")
        assert str(tmp_path / "k" if source != built else target) in result.err
    assert not (tmp_path / "new").exists()


def test_a_file_of_three_that_is_not_read_is_3(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name, content in (("a", PLAIN), ("b", ""), ("c", f"{PLAIN}Thêm.\n")):
        (tmp_path / "in" / f"{name}.txt").write_text(content, encoding="utf-8")
    result = kehoach("add", tmp_path / "in", "--archive", tmp_path / "k", "--json")
    assert result.code == 3
    assert [added["status"] for added in json.loads(result.out)["files"]] == ["added", "failed", "added"]
    for command in ("parse", "restore"):
        assert kehoach(command, tmp_path / "in" / "b.txt").code == 3


def test_damage_that_check_finds_is_3(own: Path) -> None:
    (own / "index").rename(own / "gone")
    result = kehoach("check", "--json", "--archive", own)
    assert result.code == 3
    assert "error" in {found["level"] for found in json.loads(result.out)["findings"]}


def test_a_fault_of_the_program_is_3(built: Path) -> None:
    with mock.patch("archive.find_documents", side_effect=ZeroDivisionError("không lường trước"), create=True):
        assert kehoach("list", "--archive", built, KEHOACH_DEBUG="1").code == 3


def errors(kind: type[Exception]) -> list[type[Exception]]:
    return [kind, *(inner for child in kind.__subclasses__() for inner in errors(child))]


def test_every_error_of_the_archive_and_the_parser_has_a_code() -> None:
    """Nothing is there: 1; not clear what is asked: 2; all else could not be done."""
    nothing, unclear = errors(archive.errors.NothingThere), errors(archive.errors.NotUnderstood)
    unknown = {"UnknownDocument", "UnknownVersion", "UnknownUnit", "UnknownDuty", "UnknownPending", "UnknownEntry"}
    assert {kind.__name__ for kind in nothing[1:]} == {*unknown, "OneReading", "InTrash", "NotInTrash", "NothingToUndo"}
    assert {kind.__name__ for kind in unclear[1:]} >= {"QueryError", "BadDate", "UnknownFormat", "AmbiguousDocument", "AmbiguousUnit"}
    for kind in (*errors(archive.errors.ArchiveError), *errors(ReadError), OSError, MemoryError):
        error = kind.__new__(kind)
        assert of_error(error) == (ExitCode.NOTHING if kind in nothing else ExitCode.WRONG_USE if kind in unclear else ExitCode.COULD_NOT)


def test_help_and_version_are_0() -> None:
    assert [kehoach(*asked).code for asked in ((), ("--help",), ("--version",), ("add", "--help"))] == [0, 0, 0, 0]
