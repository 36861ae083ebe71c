"""The READMEs show what the commands really print."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from session import (  # noqa: E402
    COLUMNS,
    LANGUAGES,
    LONG,
    PAGES,
    Page,
    arguments_of,
    on_terminal,
    plain,
    sessions,
    settings_of,
    with_session,
)
from terminal_runs import on_screen  # noqa: E402

READMES = [page.path for page in PAGES if page.path.name.startswith("README")]


def here(command: str, language: str, archive: str) -> str:
    """What a command prints, in this process: each of its own would load the parser or the index anew."""
    result = on_screen(COLUMNS, *arguments_of(command), **settings_of(language, archive))
    assert result.code == 0, result.err
    return plain(result.out + result.err)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_session_is_real(language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)  # `kehoach add fixtures` is typed there
    for path, printed in sessions(language, here).items():
        shown = path.read_text(encoding="utf-8")
        assert with_session(shown, printed) == shown, "run scripts/session.py"


def test_a_terminal_shows_what_is_seen_here(built: Path) -> None:
    """The widest table of the sessions, from a process of its own on a terminal."""
    assert on_terminal(LONG[3], "vi", str(built)) == here(LONG[3], "vi", str(built)) != ""


@pytest.mark.parametrize(("english", "vietnamese"), [PAGES[:2], PAGES[2:]], ids=["README", "session"])
def test_both_languages_have_the_same_parts(english: Page, vietnamese: Page) -> None:
    parts = [re.findall(r"^(#+) ", page.path.read_text(encoding="utf-8"), re.M) for page in (english, vietnamese)]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_a_readme_is_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 120


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.path.name)
def test_every_link_leads_somewhere(page: Page) -> None:
    links = re.findall(r"\]\(([^):#]+)\)", page.path.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (page.path.parent / link).exists()] == []


@pytest.mark.parametrize("path", READMES, ids=lambda path: path.name)
def test_the_two_commands_are_targets_of_make(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^make (\w+)", path.read_text(encoding="utf-8"), re.M)
    assert named[:2] == ["demo", "test"]
    assert all(re.search(rf"^{name}:", makefile, re.M) for name in named)
