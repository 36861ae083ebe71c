"""`kehoach web --processes`: several processes serve one archive as one."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import lxml.html
import pytest

from archive.web import People

ROOT = Path(__file__).parents[2]
WORDS = "năm ngày nắng gắt"
#: Each request on a connection of its own, which any of the processes may take: so many that one of them alone is no chance.
_MANY = 20
_ESTABLISHED = "01"  # as the kernel writes it


@pytest.fixture
def served(shown: Path, tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of two processes over an archive with an account, and the process that began them."""
    mine = shutil.copytree(shown, tmp_path / "mine")
    People(mine).put("lan", role="editor", password=WORDS)
    command = [sys.executable, "cli.py", "web", "--port", "0", "--processes", "2", "--archive", str(mine)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            found = re.search(r"http://127\.0\.0\.1:\d+", running.stderr.readline())
            assert found
            yield found[0], running
        finally:
            running.kill()


def signed_in(base: str, password: str) -> httpx2.Response:
    """The answer to somebody who signs in."""
    with httpx2.Client(base_url=base, timeout=60) as browser:
        page = lxml.html.document_fromstring(browser.get("/sign-in").text)
        proof = page.xpath("//input[@name='proof']/@value")[0]
        typed = {"proof": proof, "name": "lan", "password": password, "next": "/statistics"}
        return browser.post("/sign-in", data=typed, headers={"Origin": base})


def test_they_are_one_server(served: tuple[str, subprocess.Popen[str]]) -> None:
    """Whoever signs in at one is known to all, failures are counted together, and none outlives who began them."""
    base, running = served
    answer = signed_in(base, WORDS)
    assert answer.status_code == 303
    known = dict(answer.cookies)
    answers = [httpx2.get(f"{base}/statistics", cookies=known, timeout=60) for _ in range(_MANY)]
    assert {answer.status_code for answer in answers} == {200}
    assert [signed_in(base, "sai hết rồi").status_code for _ in range(8)] == [401] * 5 + [429] * 3
    running.kill()
    deadline = time.monotonic() + 30
    while _takes(int(base.rpartition(":")[2])):
        assert time.monotonic() < deadline, "a process serves on"
        time.sleep(0.1)


@pytest.mark.skipif(not Path("/proc/self/net/tcp").exists(), reason="who holds a connection is read from Linux")
def test_connections_are_shared(served: tuple[str, subprocess.Popen[str]]) -> None:
    """Of all who connect at once no process has far more than another: each computes on a core of its own."""
    base, running = served
    port = int(base.rpartition(":")[2])
    deadline = time.monotonic() + 60
    with contextlib.ExitStack() as first:
        while sum(held > 0 for held in _held(running.pid, port)) < 2:  # until both have begun to take some
            assert time.monotonic() < deadline, "one process takes nothing"
            first.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
            time.sleep(0.1)
    while sum(_held(running.pid, port)):
        assert time.monotonic() < deadline, "a connection is not let go"
        time.sleep(0.1)
    with contextlib.ExitStack() as all_of_them:
        for _ in range(_MANY):
            all_of_them.enter_context(socket.create_connection(("127.0.0.1", port), timeout=10))
        while sum(shares := _held(running.pid, port)) < _MANY:
            assert time.monotonic() < deadline, "a connection is not taken"
            time.sleep(0.1)
    assert min(sorted(shares)[-2:]) >= _MANY // 4


def _held(process: int, port: int) -> list[int]:
    """How many connections to a port each process holds that another began."""
    rows = [line.split() for line in Path("/proc/self/net/tcp").read_text(encoding="utf-8").splitlines()[1:]]
    taken = {f"socket:[{row[9]}]" for row in rows if int(row[1].rpartition(":")[2], 16) == port and row[3] == _ESTABLISHED}
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    return [sum(os.readlink(opened) in taken for opened in _opened(int(child))) for child in children]


def _opened(process: int) -> list[Path]:
    return [opened for opened in Path(f"/proc/{process}/fd").iterdir() if opened.is_symlink()]


def _takes(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
