"""What a document, the name of a file or an argument holds never tells a terminal what to do, whatever the command."""

from __future__ import annotations

import json
import re
import shutil
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer
from terminal_runs import ROOT, Result, kehoach, on_screen, sheet

import cli
from archive.terminal.runner import LONGEST
from archive.terminal.streams import OBEYED
from cli import COMMANDS, build

#: A title for the window, the screen cleared, colour, a bell, CSI as one sign, and writing turned round, isolated and hidden.
EVIL = "\x1b]0;x\x07\x1b[2J\x1b[31m\x08\x7f\u009b1m\u202ekế\u2066hoạch\u2069\u200f\u061c\u2028\U000e0041"
#: The same without the signs by which a file is taken for no text.
IN_TEXT = re.sub("[\x07\x08\x7f]", "\x1b\\\\", EVIL)
#: What Rich says to a terminal by itself: colours, and nothing more where no bar runs.
COLOURS = re.compile(r"\x1b\[[\d;]*m")
#: Commands that end only when they are stopped: what they answer is not printed.
SERVERS = frozenset({"web"})

PLAN = f"""ỦY BAN NHÂN DÂN
XÃ AN{IN_TEXT} BÌNH

Số: 12/KH-UBND

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

An Bình, ngày 20 tháng 3 năm 2026

KẾ HOẠCH
Tổ chức {IN_TEXT} hội thi năm 2026

Căn cứ Nghị quyết số 45-NQ/TW ngày 10/10/2023 của Ban Chấp hành {IN_TEXT} Trung ương về trí thức{IN_TEXT};

I. MỤC ĐÍCH {IN_TEXT}
1. Tuyên truyền {IN_TEXT} sâu rộng.
II. TỔ CHỨC THỰC HIỆN
1. Giao Phòng{IN_TEXT} Kinh tế chủ trì hội thi {IN_TEXT} trước ngày 15/4/2026.
2. Trạm Y tế{IN_TEXT} xã tổ chức kiểm tra {IN_TEXT}.

Nơi nhận:
- Như trên {IN_TEXT};

CHỦ TỊCH
Nguyễn Văn{IN_TEXT} An
"""


@pytest.fixture(scope="module")
def evil_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("evil") / f"a{EVIL}b.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def evil(evil_file: Path) -> Path:
    """An archive of it and of a plan that reads nearly the same."""
    folder = evil_file.parent / "archive"
    other = evil_file.with_name(f"c{EVIL}d.txt")
    other.write_text(PLAN.replace("15/4/2026", "16/4/2026").replace("Kinh tế", "Văn hóa"), encoding="utf-8")
    assert kehoach("add", evil_file, other, "--apart", "--archive", folder).code == 0
    other.unlink()
    return folder


@pytest.fixture(params=[name for name in COMMANDS if name not in SERVERS])
def command(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each command, by itself: all of them take longer to declare than most take to answer."""
    name: str = request.param
    monkeypatch.setattr(cli, "COMMANDS", {name: COMMANDS[name]})
    return name


@pytest.fixture
def mine(evil: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the archive, and a folder of its own to write to."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(evil, tmp_path / "archive"))


@cache
def parameters(command: str) -> list[Any]:
    return list(typer.main.get_command(build()).commands[command].params)  # type: ignore[attr-defined]


def arguments(command: str, file: object = EVIL, document: str = EVIL, reference: str = EVIL, query: str = EVIL) -> list[object]:
    """What a command must be given, and what it is given where it takes words."""
    given = {"file": file, "files": file, "paths": file, "document": document, "reference": reference, "query": query}
    needed = [one for one in parameters(command) if one.param_type_name == "argument" and (one.required or one.metavar.endswith("query"))]
    return [given.get(str(one.metavar).rpartition(".")[2], EVIL) for one in needed]


def answerable(command: str, file: Path) -> list[object]:
    return arguments(command, file, "1", "45-NQ/TW", "hội thi")


def place(command: str, folder: object) -> list[object]:
    return ["--archive", folder] if any(one.name == "folder" for one in parameters(command)) else []


def flags(command: str, *wanted: str) -> list[list[str]]:
    """Those of the options that the command has."""
    return [[name] for one in parameters(command) for name in one.opts if name in wanted]


def with_values(command: str) -> list[str]:
    """All options that take words, each with hostile ones."""
    taking = [
        one for one in parameters(command) if one.param_type_name == "option" and not one.is_flag and one.name not in ("folder", "limit")
    ]
    return [word for one in taking for word in (max(one.opts, key=len), EVIL)]


def assert_harmless(result: Result) -> None:
    """Nothing that is obeyed, but in tables for programs, which begin as such; no error that nobody foresaw."""
    for printed in (result.out, result.err):
        found = OBEYED.search(printed)
        if found is not None and not printed.startswith("\ufeff"):
            raise AssertionError(repr(printed[max(0, found.start() - 60) : found.end() + 20]))
    assert "Traceback" not in result.err
    assert "kehoach-report" not in result.err


def test_every_command_in_a_pipe(command: str, mine: Path, evil_file: Path) -> None:
    for chosen in ([], *flags(command, "--json", "--csv")):
        result = kehoach(command, *answerable(command, evil_file), *chosen, *place(command, mine))
        assert_harmless(result)
        if chosen == ["--json"]:
            json.loads(result.out)


def test_every_command_on_a_screen(command: str, mine: Path, evil_file: Path) -> None:
    for chosen in ([], *flags(command, "--csv"), ["--help"]):
        result = on_screen(80, command, *answerable(command, evil_file), *chosen, *place(command, mine))
        assert OBEYED.search(COLOURS.sub("", result.out + result.err)) is None


def test_every_command_of_what_is_not_there(command: str, mine: Path) -> None:
    """Names of documents, files and words that mean nothing, options with such values, an option and a word that the command does not
    know, an archive that is none."""
    names = arguments(command)
    for line in (names, [*names, *with_values(command)], [*names, EVIL, EVIL], [*names, f"--{EVIL}"]):
        assert_harmless(kehoach(command, *line, *place(command, mine)))
    assert_harmless(kehoach(command, *names, *place(command, mine / EVIL)))


def test_a_command_that_is_none() -> None:
    for language in ("vi", "en"):
        assert_harmless(kehoach(EVIL, KEHOACH_LANG=language))
        assert_harmless(kehoach("--archive", EVIL, "list", KEHOACH_LANG=language))
        assert_harmless(kehoach("list", KEHOACH_ARCHIVE=f"/nowhere/{EVIL}", KEHOACH_LANG=language))


def test_completion_of_hostile_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for shell in ("bash", "zsh", "fish", "powershell"):
        monkeypatch.setenv("COMP_WORDS", f"kehoach list {EVIL}")
        monkeypatch.setenv("COMP_CWORD", "2")
        monkeypatch.setenv("_TYPER_COMPLETE_ARGS", f"kehoach list {EVIL}")
        assert_harmless(kehoach(_KEHOACH_COMPLETE=f"complete_{shell}"))
    assert_harmless(kehoach(_KEHOACH_COMPLETE=f"complete_{EVIL}"))


def test_data_keep_what_is_printed(evil: Path) -> None:
    """Escaped in JSON, as it is in CSV."""
    said = json.loads(kehoach("show", "1", "--json", "--archive", evil).out)
    assert said["text"].count(IN_TEXT) == PLAN.count(IN_TEXT)
    heads, *rows = sheet(kehoach("duties", "--csv", "--archive", evil).out)
    assert any("\u202e" in cell for row in rows for cell in row), heads
    assert "\u2402" not in kehoach("show", "1", "--text", "--archive", evil).out
    assert len(kehoach("show", "1", "--text", "--archive", evil).out) == len(said["text"]), "places count in the text that is shown"


def test_there_is_one_door() -> None:
    """Nobody else makes a console or reaches past the guard."""
    past = re.compile(r"import Console$|sys\.__std|\bConsole\(|os\.write\(|unguarded", re.M)
    modules = [*ROOT.joinpath("archive", "terminal").glob("*.py"), ROOT / "cli.py"]
    assert [path.name for path in modules if path.name != "streams.py" and past.search(unchecked(path))] == []


def unchecked(path: Path) -> str:
    """A module without what only type checkers import."""
    return re.sub(r"^if TYPE_CHECKING:\n(?:    .*\n|\n)+", "", path.read_text(encoding="utf-8"), flags=re.M)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_command_of_a_hundred_thousand_letters(command: str, mine: Path, language: str) -> None:
    """Told in a line, not repeated; as long as an argument may be it is answered."""
    longest = " ".join(["kế hoạch"] * (LONGEST // 9))
    for word in ("a" * 100_000, "(" * 100_000, "từ 1/KH-UBND " * 8_000):
        names: list[object] = [word for _ in arguments(command)] or ["--limit", word]
        result = kehoach(command, *names, *place(command, mine), KEHOACH_LANG=language)
        assert (result.code, result.out, len(result.err.splitlines())) == (2, "", 1)
        assert len(result.err) < 300
        assert f"{len(word)}" in result.err
    result = kehoach(command, *[longest for _ in arguments(command)], *place(command, mine))
    assert result.code in (0, 1, 2, 3)
    assert_harmless(result)
