"""`kehoach web --processes`: several processes serve one archive as one."""

from __future__ import annotations

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


def _takes(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1):
            return True
    except OSError:
        return False
