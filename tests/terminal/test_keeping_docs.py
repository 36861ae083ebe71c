"""What docs/keeping-an-archive tells people to type is there, and the same in both languages."""

from __future__ import annotations

import re

import pytest
import typer
from terminal_runs import ROOT

from cli import COMMANDS, build

DOCS = {"en": ROOT / "docs" / "keeping-an-archive.md", "vi": ROOT / "docs" / "keeping-an-archive.vi.md"}
SPANS = re.compile(r"`([^`]+)`|^(kehoach .+)$", re.MULTILINE)


def typed(language: str) -> list[tuple[str, ...]]:
    """Command and options of each line that is to be typed, in the order of the page; of an option alone those."""
    text = DOCS[language].read_text(encoding="utf-8").replace("```", "")
    found = []
    for span in ("".join(pair) for pair in SPANS.findall(text)):
        for line in span.split("&&"):
            words = line.split()
            command = words[1:2] if words[:1] == ["kehoach"] and not words[1].startswith("-") else []
            options = [word for word in words if re.fullmatch(r"--[a-z-]+", word)]
            if command or options:
                found.append((*command, *options))
    return found


@pytest.mark.parametrize("language", DOCS)
def test_what_is_to_be_typed_is_there(language: str) -> None:
    commands = typer.main.get_command(build()).commands  # type: ignore[attr-defined]
    options = {name: {option for one in command.params for option in one.opts} for name, command in commands.items()}
    anywhere = {"--archive", "--help"}.union(*options.values())
    lines = typed(language)
    assert len(lines) > 50
    for first, *more in lines:
        known = anywhere if first.startswith("--") else options[first] | {"--help", "--archive"}
        assert {word for word in (first, *more) if word.startswith("--")} <= known, (first, more)
    assert {first for first, *_ in lines} & {*COMMANDS} >= {
        "add",
        "remove",
        "correct",
        "undo",
        "backup",
        "restore-backup",
        "move",
        "reparse",
    }


def test_both_languages_say_the_same_commands_in_the_same_order() -> None:
    assert typed("en") == typed("vi")
    english, vietnamese = (
        [line[0] for line in path.read_text("utf-8").splitlines() if line.startswith(("#", "|"))] for path in DOCS.values()
    )
    assert english == vietnamese, "the same heads, and tables with the same rows"
