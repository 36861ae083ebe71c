"""Work in a process of its own: what it says comes back, and what it does wrong stays there."""

from __future__ import annotations

import sys

import pytest

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
