"""On a real terminal (a pseudo one): the bar goes to stderr only, and what is printed fits the width."""

from __future__ import annotations

import json
import os
import re
import struct
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest
from terminal_runs import on_screen

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
termios = pytest.importorskip("termios")

ROOT = Path(__file__).parents[2]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(stream: str, width: int, *arguments: object) -> tuple[int, str, str]:
    """Run the program with ``stream`` ("stdout" or "stderr") on a terminal of this width.

    Returns the exit code, what the terminal saw, and what the other stream, a file, got.
    """
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, width, 0, 0))
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "TERM": "xterm-256color"}
    seen = b""
    with tempfile.TemporaryFile() as other:
        streams = {"stdout": other, "stderr": other, stream: theirs}
        command = [sys.executable, "-m", "cli", *map(str, arguments)]
        with subprocess.Popen(command, env=environ, stdin=subprocess.DEVNULL, **streams) as running:
            os.close(theirs)
            with suppress(OSError):  # how Linux says that the other end is closed
                while piece := os.read(ours, 65536):
                    seen += piece
        os.close(ours)
        other.seek(0)
        return running.returncode, seen.decode(), other.read().decode()


def test_the_bar_is_on_stderr_and_the_data_on_stdout(tmp_path: Path) -> None:
    paths = [tmp_path / f"{number}.txt" for number in range(3)]
    for path in paths:
        path.write_text("KẾ HOẠCH\nTổ chức hội thi\n\nI. MỤC ĐÍCH\n1. Giao Sở Y tế tổ chức hội thi.\n", encoding="utf-8")
    code, screen, data = on_terminal("stderr", 100, "parse", *paths, "--json")
    assert code == 0
    assert [json.loads(line)["source"]["name"] for line in data.splitlines()] == [path.name for path in paths]
    assert "Đọc văn bản" in screen
    assert f"{len(paths)}/{len(paths)}" in screen
    assert "văn bản/giây" in screen or "giây/văn bản" in screen


@pytest.mark.parametrize(
    "arguments", [("list",), ("show", "1"), ("search", "tuyên truyền"), ("cites", "18-NQ/TW"), ("cited-by", "3"), ("duties",), ("stats",)]
)
@pytest.mark.parametrize("width", [60, 100])
def test_nothing_is_wider_than_the_screen(built: Path, arguments: tuple[str, ...], width: int) -> None:
    result = on_screen(width, *arguments, "--archive", built)
    assert result.code == 0
    lines = ESCAPES.sub("", result.out).splitlines()
    assert 0 < max(map(len, lines)) <= width


def test_a_terminal_is_asked_how_wide_it_is(built: Path) -> None:
    code, screen, _ = on_terminal("stdout", 70, "list", "--archive", built)
    assert code == 0
    assert ESCAPES.sub("", screen).replace("\r", "") == ESCAPES.sub("", on_screen(70, "list", "--archive", built).out)
