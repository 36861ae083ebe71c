"""An archive that cannot be written (a share, a DVD, a snapshot) answers every question as one that can, and refuses every change in one
sentence; nothing is written either way."""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest
from terminal_runs import FIXTURES, kehoach

import archive
from cli import COMMANDS

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0, reason="who may not write is played by a process of root that gives up its rights"
)
#: Whose the archive is.
_NOBODY = 65534

DUTY = "Ban Xây dựng Đảng"
#: What each command that asks is asked.
QUESTIONS: dict[str, tuple[tuple[object, ...], ...]] = {
    "parse": ((FIXTURES / "000_cb78fba80d8cb57f.txt", "--json"),),
    "trash": ((),),
    "log": ((), ("1",)),
    "pending": ((),),
    "list": ((), ("--doubtful",)),
    "show": (("1",), ("1", "--json"), ("1", "--text"), ("35-KH/ĐU",)),
    "diff": (("1", "2"),),
    "decisions": ((),),
    "corrections": ((),),
    "review": ((),),
    "stats": ((),),
    "search": (("tuyên truyền",), ("cites:18-NQ/TW",), ("khong co gi ca zz",)),
    "cites": (("18-NQ/TW",),),
    "cited-by": (("1",),),
    "replaced": ((),),
    "duties": ((), ("--unit", DUTY), ("--state", "done")),
    "register": ((), ("--json",)),
    "duty": (("--lost",),),
    "units": (("phường",),),
    "unit": (("Đảng ủy Công an phường",),),
    "graph": (("--format", "json"),),
    "annotations": (("1",),),
    "cascade": (("18-NQ/TW@2017",),),
    "gaps": (("18-NQ/TW@2017",),),
    "lint": ((),),
    "check": ((),),
    "restore": ((FIXTURES / "003_5284247cabad83da.txt",),),
    "reparse": (("--all", "--dry-run", "--json"),),
}
#: How each command that changes something is asked to.
CHANGES: dict[str, tuple[object, ...]] = {
    "add": (FIXTURES,),
    "remove": ("1",),
    "undo": (),
    "join": ("1", "2"),
    "split": ("1#2",),
    "correct": ("1", "date", "22/11/2025"),
    "resolve": (),
    "reindex": (),
}
#: Not asked here: what serves until it is stopped, what makes another archive or a model of text.
OTHERS = {"web", "web-user", "backup", "restore-backup", "move", "train-restorer"}


def test_every_command_is_asked() -> None:
    assert {*QUESTIONS, *CHANGES, *OTHERS} == {*COMMANDS}


@pytest.fixture(scope="module")
def office() -> Iterator[Path]:
    """An archive in which people have done something, where an ordinary user may read."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        folder = Path(name) / "open"
        assert kehoach("add", FIXTURES, "--archive", folder).code == 0
        copy = Path(name) / "copy.txt"
        copy.write_text((FIXTURES / "000_cb78fba80d8cb57f.txt").read_text("utf-8") + "\n.", "utf-8")
        assert kehoach("add", copy, "--archive", folder).code == 0
        assert kehoach("correct", "1", "date", "21/11/2025", "--archive", folder).code == 0
        duty = json.loads(kehoach("duties", "--json", "--archive", folder).out)["duties"][0]["id"]
        assert kehoach("duty", duty, "--done", "2026-01-02", "--archive", folder).code == 0
        assert kehoach("remove", "3", "--archive", folder).code == 0
        yield folder


def asked(folder: Path, of: dict[str, tuple[tuple[object, ...], ...]]) -> dict[str, tuple[int, str, str]]:
    """What each command answers, by itself."""
    found = {}
    for command, lines in of.items():
        for line in lines:
            where = () if command in ("parse", "restore") else ("--archive", folder)
            result = astuple(kehoach(command, *line, *where, KEHOACH_LANG="en"))
            found[" ".join(map(str, (command, *line)))] = (result[0], *(part.replace(str(folder), "") for part in result[1:]))
    return found


class _Capabilities(ctypes.Structure):
    """What `capset` of Linux takes: for the lower and the upper half, which capabilities are in force, permitted, inherited."""

    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int), ("sets", ctypes.c_uint32 * 6))


def ordinary() -> None:
    """From here on the permissions of files hold for this process, too, though it is root's: it owns the program, not the archive."""
    libc = ctypes.CDLL(None, use_errno=True)
    asked_for = _Capabilities(0x20080522, 0, (0,) * 6)
    header, sets = ctypes.byref(asked_for), ctypes.byref(asked_for, _Capabilities.sets.offset)
    if libc.capset(header, sets):
        raise OSError(ctypes.get_errno(), "capset")


def as_another(folder: Path, of: dict[str, tuple[tuple[object, ...], ...]]) -> dict[str, tuple[int, str, str]]:
    """The same asked by somebody who may write nothing there."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            ordinary()
            said = json.dumps(asked(folder, of))
        except BaseException as error:
            said = json.dumps({"error": (-1, "", repr(error))})
        with os.fdopen(writing, "w") as pipe:
            pipe.write(said)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        found = json.load(pipe)
    os.waitpid(child, 0)
    return {name: tuple(result) for name, result in found.items()}


@pytest.fixture(params=[pytest.param(name, marks=pytest.mark.slow) for name in ("closed", "log left behind")])
def share(request: pytest.FixtureRequest, office: Path) -> Iterator[Path]:
    """The archive as it lies on a share: whole, or copied while somebody had it open, so that what was said last is in SQLite's log."""
    folder = office.with_name("share")
    if request.param == "closed":
        shutil.copytree(office, folder)
        assert not list(folder.glob("*-wal")), "no log: it is opened as what nobody changes"
    else:
        writable = shutil.copytree(office, office.with_name("writable"))
        with archive.open_archive(writable) as handle, handle.engine.connect():
            assert kehoach("correct", "2", "place", "Hải Phòng", "--archive", writable).code == 0
            shutil.copytree(writable, folder)
        assert list(folder.glob("*-wal"))
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
        os.chown(path, _NOBODY, _NOBODY)
    yield folder
    shutil.rmtree(folder)
    shutil.rmtree(office.with_name("writable"), ignore_errors=True)


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_question_is_answered_as_where_it_can_be_written(share: Path) -> None:
    writable = shutil.copytree(share, share.with_name("same"))
    for path in (writable, *writable.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    expected = asked(writable, QUESTIONS)
    shutil.rmtree(writable)
    assert {name: result[0] for name, result in expected.items() if result[0] not in (0, 1)} == {}
    before = files(share)
    assert as_another(share, QUESTIONS) == expected
    assert files(share) == before


def test_every_change_is_refused_in_a_sentence(share: Path) -> None:
    before = files(share)
    refused = as_another(share, {command: (line,) for command, line in CHANGES.items()})
    assert {name: result[:2] for name, result in refused.items()} == dict.fromkeys(refused, (3, ""))
    for name, (_, _, said) in refused.items():
        assert len(said.splitlines()) == 1, name
        assert "can be read but not written" in said, name
    assert files(share) == before
