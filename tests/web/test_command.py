"""`kehoach web`: it says where it serves, serves there, and stops when it is told to."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import urllib.request
from functools import partial
from pathlib import Path

from archive.web import People, User
from tests.terminal.terminal_runs import kehoach

ROOT = Path(__file__).parents[2]


def test_it_serves_until_it_is_stopped(shown: Path) -> None:
    command = [sys.executable, "cli.py", "web", "--port", "0", "--archive", str(shown)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    # Tests that run in the background of a shell ignore SIGINT, and so would what they start.
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=pipe, stdout=pipe, text=True, preexec_fn=heard) as running:
        try:
            assert running.stderr is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)/", running.stderr.readline())
            assert found
            with urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/statistics", timeout=60) as answer:
                assert "/documents" in answer.read().decode()
                assert "server" not in answer.headers
        finally:
            running.send_signal(signal.SIGINT)
        out, rest = running.communicate(timeout=60)
    assert running.returncode == 130
    assert out == ""
    assert "Traceback" not in rest


def test_a_port_that_is_taken_is_said_so(shown: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = kehoach("web", "--port", taken.getsockname()[1], "--archive", shown)
    assert ended.code == 3
    assert ended.err.startswith("Hệ điều hành báo lỗi")


def test_without_an_archive_it_says_so(tmp_path: Path) -> None:
    assert kehoach("web", "--archive", tmp_path / "none").code == 3


def test_others_have_to_sign_in(shown: Path, tmp_path: Path) -> None:
    """Served for more than this machine, or behind a proxy, it wants accounts first."""
    mine = shutil.copytree(shown, tmp_path / "mine")
    for exposed in (("--host", "0.0.0.0"), ("--name", "office.example"), ("--prefix", "kho")):
        ended = kehoach("web", *exposed, "--port", 0, "--archive", mine)
        assert ended.code == 3
        assert "kehoach web-user" in ended.err


def test_people_are_added_listed_and_taken_away(shown: Path, tmp_path: Path) -> None:
    mine = shutil.copytree(shown, tmp_path / "mine")
    assert kehoach("web-user", "--archive", mine).code == 1
    assert kehoach("web-user", "lan", "--archive", mine, stdin="ngắn\n".encode()).code == 2
    assert kehoach("web-user", "lan", "--role", "king", "--archive", mine, stdin="mật khẩu đủ dài\n".encode()).code == 2
    assert kehoach("web-user", "Lan", "--role", "reader", "--archive", mine, stdin="mật khẩu đủ dài\n".encode()).code == 0
    kept = mine / "web-users.json"
    assert kept.stat().st_mode & 0o077 == 0
    assert "mật khẩu" not in kept.read_text(encoding="utf-8")
    assert "$argon2id$v=19$m=65536,t=3,p=4$" in kept.read_text(encoding="utf-8")
    assert json.loads(kehoach("web-user", "--json", "--archive", mine).out)["users"] == [{"name": "lan", "role": "reader"}]
    token = kehoach("web-user", "lan", "--token", "--archive", mine).out.strip()
    assert token not in kept.read_text(encoding="utf-8")
    people = People(mine)
    assert people.by_token(token) == User("lan", "reader")
    assert kehoach("web-user", "lan", "--role", "editor", "--archive", mine).code == 0
    assert people.by_token(token) == User("lan", "editor")
    assert kehoach("web-user", "lan", "--remove", "--archive", mine).code == 0
    assert people.by_token(token) is None
