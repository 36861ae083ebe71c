"""The sessions that the READMEs and docs/session*.md show: real commands over fixtures/, with what they print on a terminal of 100 columns.

usage: session.py            writes them, in English and in Vietnamese

tests/terminal/test_readme.py fails when one of the pages shows anything else.
"""

from __future__ import annotations

import os
import pty
import re
import shlex
import subprocess
import sys
import tempfile
import termios
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
#: What the READMEs show: one question of each kind, with a short answer.
SHORT = (
    "kehoach add fixtures",
    "kehoach cites 18-NQ/TW@2022",
    'kehoach duties "cổ động trực quan" --unit "sở văn hóa"',
    'kehoach search \'"co dong truc quan" AND type:"hướng dẫn"\'',
    "kehoach lint",
)
#: What docs/session*.md show.
LONG = (
    "kehoach add fixtures",
    "kehoach list",
    "kehoach cites 18-NQ/TW",
    'kehoach duties "tuyên truyền cổ động trực quan"',
    "kehoach search '\"co dong truc quan\"'",
    "kehoach unit 'Sở Văn hóa và Thể thao'",
    "kehoach cascade 18-NQ/TW@2017",
    "kehoach gaps 18-NQ/TW@2017",
)
COLUMNS = 100
LANGUAGES = ("en", "vi")
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\r")
_BLOCK = re.compile(r"(<!-- session: begin.*?-->\n).*?(<!-- session: end -->)", re.S)


class Page(NamedTuple):
    """A page that shows a session."""

    path: Path
    language: str
    commands: tuple[str, ...]


PAGES = (
    Page(ROOT / "README.md", "en", SHORT),
    Page(ROOT / "README.vi.md", "vi", SHORT),
    Page(ROOT / "docs" / "session.md", "en", LONG),
    Page(ROOT / "docs" / "session.vi.md", "vi", LONG),
)


#: What a command prints in a language, with an archive in a folder.
Run = Callable[[str, str, str], str]


def sessions(language: str, run: Run) -> dict[Path, str]:
    """The sessions of all pages in a language, each as a code block: every command with its output. A command that stands on two pages
    runs once."""
    pages = [page for page in PAGES if page.language == language]
    with tempfile.TemporaryDirectory() as archive:
        printed = {command: run(command, language, archive) for command in dict.fromkeys(each for page in pages for each in page.commands)}
    return {
        page.path: "```console\n" + "\n\n".join(f"$ {command}\n{printed[command]}" for command in page.commands) + "\n```\n"
        for page in pages
    }


def settings_of(language: str, archive: str) -> dict[str, str]:
    """What a command of a session sees of the environment."""
    return {"KEHOACH_LANG": language, "KEHOACH_ARCHIVE": archive, "NO_COLOR": "1", "TERM": "xterm"}


def arguments_of(command: str) -> list[str]:
    """The arguments of a command as the shell would part them, its name left out."""
    return shlex.split(command)[1:]


def on_terminal(command: str, language: str, archive: str) -> str:
    """What a command prints on a terminal, without colours; the progress bar is told apart by stderr not being one."""
    arguments = [sys.executable, "-m", "cli", *arguments_of(command)]
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}  # the terminal's size is its own
    ours, theirs = pty.openpty()
    termios.tcsetwinsize(theirs, (50, COLUMNS))
    process = subprocess.Popen(
        arguments,
        cwd=ROOT,
        env={**inherited, **settings_of(language, archive)},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.PIPE,
    )
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
    return plain(printed.decode() + told)


def plain(printed: str) -> str:
    """What a terminal shows, without its escapes and the blanks at the ends of lines."""
    lines = _ESCAPES.sub("", printed).splitlines()
    return "\n".join(line.rstrip() for line in lines).strip("\n")


def with_session(page: str, shown: str) -> str:
    """A page with the session put between its marks."""
    found = _BLOCK.search(page)
    if found is None:
        raise ValueError("the marks of the session are missing")
    return page[: found.end(1)] + "\n" + shown + "\n" + page[found.start(2) :]


if __name__ == "__main__":
    for language in LANGUAGES:
        for path, shown in sessions(language, on_terminal).items():
            path.write_text(with_session(path.read_text(encoding="utf-8"), shown), encoding="utf-8")
