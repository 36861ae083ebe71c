"""`kehoach web`: it says where it serves, serves there, and stops when it is told to."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

from tests.terminal.terminal_runs import kehoach

ROOT = Path(__file__).parents[2]


def test_it_serves_until_it_is_stopped(shown: Path) -> None:
    command = [sys.executable, "cli.py", "web", "--port", "0", "--prefix", "kho", "--archive", str(shown)]
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=ROOT, env=environ, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stderr is not None
            found = re.search(r"http://127\.0\.0\.1:(\d+)/kho/", running.stderr.readline())
            assert found
            # The proxy takes the prefix off.
            with urllib.request.urlopen(f"http://127.0.0.1:{found[1]}/statistics", timeout=60) as answer:
                assert "/kho/documents" in answer.read().decode()
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
