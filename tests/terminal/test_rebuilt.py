"""An archive whose database is lost is made again of its kept files, the exported corrections and the register that was written."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.terminal.terminal_runs import kehoach, table

DUTY_COLUMNS = ("id", "unit", "role", "task", "deadline", "state")
STANDING = ("state", "day", "note", "result", "person")


def done(*arguments: object) -> None:
    assert kehoach(*arguments).code == 0, arguments


def duties_of(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(kehoach("duties", "--json", "--archive", folder).out)["duties"]
    return found


def answers(folder: Path) -> dict[str, object]:
    """What an archive answers, but for numbers, days of adding and places of files."""
    documents = [(row["symbol"], row["date"], row["organ"], row["subject"]) for row in table("list", "--archive", folder)]
    duties = [[duty[name] for name in DUTY_COLUMNS] for duty in duties_of(folder)]
    said_of_duties = {duty["id"]: [duty["standing"][name] for name in STANDING] for duty in duties_of(folder) if duty["standing"]}
    cited = [tuple(row.values())[1:] for row in table("cites", "18-NQ/TW", "--archive", folder)]
    said = [(row["field"], row["printed"], row["value"], row["state"], row["who"]) for row in table("corrections", "--archive", folder)]
    return {
        "documents": sorted(documents, key=str),
        "duties": sorted(duties, key=str),
        "cited": len(cited),
        "said": sorted(said),
    } | said_of_duties


def test_what_is_kept_beside_the_database_makes_it_again(own: Path, tmp_path: Path) -> None:
    done("correct", "1", "subject", "Việc đã sửa", "--archive", own)
    done("correct", "2", "duty:1.deadline", "2026-03-15", "--archive", own)
    done("correct", "2", "citation:1", "none", "--archive", own)
    duty = duties_of(own)[0]["id"]
    done("duty", duty, "--done", "2026-03-20", "--note", "đủ", "--archive", own)
    done("corrections", "--export", tmp_path / "c.toml", "--archive", own)
    done("register", "-o", tmp_path / "r.xlsx", "--archive", own)
    before = answers(own)
    names = [row["file"] for row in table("list", "--archive", own)]
    for path in own.iterdir():  # what a damaged disk may leave
        if path.name != "files":
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    again = tmp_path / "again"
    done("add", own / "files", "--archive", again)
    done("corrections", "--import", tmp_path / "c.toml", "--archive", again)
    done("register", "--read", tmp_path / "r.xlsx", "--all", "--yes", "--archive", again)
    assert answers(again) == before
    assert sorted(row["file"] for row in table("list", "--archive", again)) == sorted(names)
    done("check", "--archive", again)
