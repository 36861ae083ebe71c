"""Work in a process of its own: what it says comes back, and what it does wrong stays there."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from papers import word_file
from pdf_files import PLAN
from PIL import Image

from kehoach_parser.readers import child
from kehoach_parser.readers.child import ChildFailed, run, run_module


def python(code: str, seconds: float = 30.0, memory: int = 2**30) -> bytes:
    return run([sys.executable, "-c", code], seconds, memory=memory)


def test_what_it_prints_comes_back() -> None:
    assert python("print('ế'.encode('utf-8'))").strip() == b"b'\\xe1\\xba\\xbf'"


@pytest.mark.parametrize(
    ("code", "why"),
    [
        ("while True: pass", "time"),
        ("import time; time.sleep(60)", "time"),
        ("bytearray(2**31)", "memory"),
        ("import os; os.abort()", "crash"),
        ("import ctypes; ctypes.string_at(0)", "crash"),
        ("raise SystemExit('hỏng')", "crash"),
    ],
)
def test_what_it_does_wrong_is_told(code: str, why: str) -> None:
    with pytest.raises(ChildFailed) as failure:
        python(code, 1.0 if why == "time" else 30.0)
    assert failure.value.why == why


def test_a_module_of_this_program_that_is_not_there() -> None:
    with pytest.raises(ChildFailed) as failure:
        run_module("kehoach_parser.readers.no_such_worker", [], 30.0)
    assert "no_such_worker" in failure.value.said


@pytest.mark.parametrize(
    ("worker", "file", "arguments"),
    [
        ("pdf", "plan.pdf", ["text", "{}"]),
        ("table", "plan.pdf", ["{}", "0,1"]),
        ("document", "a.docx", ["{}", "docx"]),
        ("image", "a.png", ["text", "{}"]),
    ],
)
def test_readers_begin_by_themselves(worker: str, file: str, arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They say what their copies say, with which all other tests work."""
    path = tmp_path / file
    path.write_bytes(word_file() if file == "a.docx" else PLAN.read_bytes())
    if file == "a.png":
        Image.new("L", (100, 200), 255).save(path)
    command = f"kehoach_parser.readers.{worker}_worker", [each.format(path) for each in arguments], 30.0
    copied = run_module(*command)
    monkeypatch.setattr(child, "subprocess", subprocess)
    assert run_module(*command) == copied != b""
