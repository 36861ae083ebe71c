"""Completion of commands and options, asked for as the shells' scripts ask."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from terminal_runs import ENVIRON, Result, kehoach

from cli import COMMANDS


def completed(line: str, shell: str = "bash", **environ: str) -> Result:
    """What a shell is told that the last word of a command line may become."""
    words = line.split(" ")
    asked = {"COMP_WORDS": line, "COMP_CWORD": str(len(words) - 1), "_TYPER_COMPLETE_ARGS": line}
    with mock.patch.dict(os.environ, asked):
        return kehoach(_KEHOACH_COMPLETE=f"complete_{shell}", **environ)


def test_commands() -> None:
    assert completed("kehoach ").out.split() == list(COMMANDS)
    assert completed("kehoach c").out.split() == ["correct", "corrections", "cites", "cited-by", "cascade", "check"]


def test_options() -> None:
    assert completed("kehoach duties --o").out.split() == ["--overdue", "--open"]
    assert set(completed("kehoach --").out.split()) >= {"--archive", "--version", "--help", "--install-completion", "--show-completion"}
    assert set(completed("kehoach cites 18-NQ/TW --").out.split()) >= {"--organ", "--json", "--csv"}


def test_other_shells_are_told_what_each_is_for_in_the_users_language() -> None:
    assert '"list":"List the documents of the archive."' in completed("kehoach l", "zsh", KEHOACH_LANG="en").out
    assert '"list":"Liệt kê' in completed("kehoach l", "zsh").out


@pytest.mark.parametrize(("language", "expected"), [("vi", "phím Tab"), ("en", "the Tab key")])
def test_help_tells_of_it(language: str, expected: str) -> None:
    out = " ".join(kehoach("--help", KEHOACH_LANG=language).out.split())
    assert "--install-completion" in out
    assert expected in out


def test_the_script_of_a_shell_is_installed_and_asks_as_these_tests_do(tmp_path: Path) -> None:
    """In a home of its own; the shell is the one that runs the program, which `shellingham` finds."""
    script = f"{sys.executable} -m cli --install-completion; {sys.executable} -m cli --show-completion; true"
    environ = {**ENVIRON, "HOME": str(tmp_path), "KEHOACH_LANG": "en"}
    done = subprocess.run(["bash", "-c", script], capture_output=True, text=True, env=environ, check=False)
    installed, _, shown = done.stdout.partition("\n")
    (file,) = (path for path in tmp_path.rglob("*kehoach*") if path.is_file())
    assert installed == f"Completion for bash is set up in {file}. Open a new terminal to use it."
    for said in (file.read_text(encoding="utf-8"), shown):
        assert "_KEHOACH_COMPLETE=complete_bash" in said
        assert "COMP_WORDS" in said
    assert done.stderr == ""
