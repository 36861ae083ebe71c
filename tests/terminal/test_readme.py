"""The READMEs show what the commands really print."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from session import READMES, session, with_session  # noqa: E402


@pytest.mark.parametrize("language", READMES)
def test_the_session_is_real(language: str) -> None:
    readme = READMES[language].read_text(encoding="utf-8")
    assert with_session(readme, session(language)) == readme, "run scripts/session.py"


def test_both_readmes_have_the_same_parts() -> None:
    parts = [re.findall(r"^(#+) ", path.read_text(encoding="utf-8"), re.M) for path in READMES.values()]
    assert parts[0] == parts[1]


@pytest.mark.parametrize("path", READMES.values(), ids=lambda path: path.name)
def test_the_two_commands_are_targets_of_make(path: Path) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    named = re.findall(r"^make (\w+)", path.read_text(encoding="utf-8"), re.M)
    assert named[:2] == ["demo", "test"]
    assert all(re.search(rf"^{name}:", makefile, re.M) for name in named)
