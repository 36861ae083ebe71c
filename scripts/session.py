"""The session that the READMEs show: real commands over fixtures/, with what they really print on a terminal of 80 columns.

usage: session.py            writes it into README.md (English) and README.vi.md (Vietnamese)

tests/terminal/test_readme.py fails when a README shows anything else.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
READMES = {"en": ROOT / "README.md", "vi": ROOT / "README.vi.md"}
COMMANDS = (
    "kehoach add fixtures",
    "kehoach cites 18-NQ/TW",
    'kehoach duties "tuyên truyền cổ động trực quan"',
    "kehoach search '\"co dong truc quan\"'",
)
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
_BLOCK = re.compile(r"(<!-- session: begin.*?-->\n).*?(<!-- session: end -->)", re.S)


def session(language: str) -> str:
    """The commands, each with its output, as a code block."""
    with tempfile.TemporaryDirectory() as archive:
        shown = [f"$ {command}\n{_run(command, language, archive)}" for command in COMMANDS]
    return "```console\n" + "\n\n".join(shown) + "\n```\n"


def _run(command: str, language: str, archive: str) -> str:
    """What a command prints on a terminal, without colours; the progress bar is told apart by stderr not being one."""
    arguments = [sys.executable, "-m", "cli", *shlex.split(command)[1:]]
    environment = {**os.environ, "KEHOACH_LANG": language, "KEHOACH_ARCHIVE": archive, "NO_COLOR": "1", "TERM": "dumb"}
    ours, theirs = pty.openpty()
    process = subprocess.Popen(arguments, cwd=ROOT, env=environment, stdin=subprocess.DEVNULL, stdout=theirs, stderr=subprocess.PIPE)
    os.close(theirs)
    printed = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:  # Linux says so at the end of a terminal that was closed
            break
        if not piece:
            break
        printed += piece
    os.close(ours)
    assert process.stderr is not None
    told = process.stderr.read().decode()
    if process.wait() != 0:
        raise RuntimeError(f"{command}: {told}")
    lines = _ESCAPES.sub("", printed.decode() + told).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def with_session(readme: str, shown: str) -> str:
    """A README with the session put between its marks."""
    found = _BLOCK.search(readme)
    if found is None:
        raise ValueError("the marks of the session are missing")
    return readme[: found.end(1)] + "\n" + shown + "\n" + readme[found.start(2) :]


if __name__ == "__main__":
    for language, path in READMES.items():
        path.write_text(with_session(path.read_text(encoding="utf-8"), session(language)), encoding="utf-8")
