"""`kehoach correct`, `corrections` and `review` on the screen; `show` tells what was corrected."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest import mock

import pytest

from archive import Archive, add_text
from archive.terminal.runner import run
from cli import build
from kehoach_parser import text_of
from tests.archive import texts
from tests.archive.builders import NOW, Filling, parse_simple
from tests.terminal.terminal_runs import Result, Screen, kehoach, streams, table


def add_two(archive: Archive) -> None:
    """The ward's and the commune's plan, read by the parser of these tests."""
    for content in (texts.WARD, texts.COMMUNE):
        add_text(archive, text_of(content), now=NOW, parse=parse_simple)


@pytest.fixture
def folder(shelf: Callable[[Filling], Path], tmp_path: Path) -> Path:
    """An archive of two plans that a test may change."""
    return Path(shutil.copytree(shelf(add_two), tmp_path / "k"))


def correct(folder: Path, *arguments: str) -> Result:
    return kehoach("correct", *arguments, "--archive", folder, KEHOACH_LANG="en")


def shown(folder: Path, document: str) -> list[str]:
    """The lines of `show`, without the guides of its tree."""
    lines = kehoach("show", document, "--archive", folder, KEHOACH_LANG="en").out.splitlines()
    return [line.strip("│├└─ ") for line in lines]


def test_a_corrected_value_is_shown_with_its_print(folder: Path) -> None:
    done = correct(folder, "1", "symbol", "36-KH/ĐU", "--reason", "the signed paper")
    assert done.code == 0
    assert "[1] 36-KH/ĐU · symbol: 36-KH/ĐU (was: 35-KH/ĐU) (corrected; printed: 35-KH/ĐU)" in done.err
    assert "Kế hoạch số 35-KH/ĐU" in done.err, "what the other plan's citation means now"
    assert "Symbol: 36-KH/ĐU (corrected; printed: 35-KH/ĐU)" in shown(folder, "1")
    found = json.loads(kehoach("show", "1", "--json", "--archive", folder).out)
    assert found["plan"]["header"]["symbol"]["value"] == "36-KH/ĐU"
    assert [(each["field"], each["was"], each["reason"]) for each in found["corrections"]] == [("symbol", "35-KH/ĐU", "the signed paper")]


def test_lists_mark_what_was_corrected(folder: Path) -> None:
    """A list has no room for the print: a sign, and where the print stands. CSV is for programs, JSON names the fields."""
    kehoach("correct", "1", "date", "2025-11-21", "--archive", folder)
    listed = kehoach("list", "--archive", folder)
    assert "21/11/2025 *" in listed.out
    assert "35-KH/ĐU *" not in listed.out
    assert "kehoach show" in listed.err
    assert "*" not in kehoach("list", "--csv", "--archive", folder).out
    assert json.loads(kehoach("list", "--json", "--archive", folder).out)["documents"][0]["corrected"] == ["date"]
    assert "đã sửa: Ngày ban hành" in kehoach("search", "tuyên truyền", "--archive", folder).out
    kehoach("undo", "--archive", folder)
    assert "*" not in kehoach("list", "--archive", folder).out


def test_a_duty_that_was_corrected_is_shown_so_with_its_print_wherever_it_is_told(folder: Path) -> None:
    found = json.loads(kehoach("duties", "--plan", "1", "--json", "--archive", folder).out)["duties"][0]
    assert found["corrected"] == {}
    for part, value in (("unit", "Văn phòng"), ("role", "request"), ("deadline", "15/12/2026")):
        assert correct(folder, "1", f"duty:{found['id']}.{part}", value).code == 0
    printed = {"unit": found["unit"], "role": found["role"], "deadline": found["deadline_raw"]}
    again = {one["id"]: one["corrected"] for one in json.loads(kehoach("duties", "--json", "--archive", folder).out)["duties"]}
    assert again.pop(found["id"]) == printed
    assert not any(again.values())
    said = f"unit: corrected; printed: {found['unit']}"
    for command in (("duties", "--plan", "1"), ("duty", found["id"]), ("register", "--plan", "1")):
        out = kehoach(*command, "--archive", folder, KEHOACH_LANG="en").out
        assert (out.count(said), out.count("role: corrected; read: ")) == (1, 1), command
    kehoach("undo", "--archive", folder)
    assert [*json.loads(kehoach("duty", found["id"], "--json", "--archive", folder).out)["duty"]["corrected"]] == ["unit", "role"]


@pytest.mark.parametrize(("language", "said"), [("en", "Undone: change 3 (corrected)."), ("vi", "Đã hoàn tác thay đổi 3 (sửa).")])
def test_a_correction_is_undone(folder: Path, language: str, said: str) -> None:
    correct(folder, "1", "place", "Kiến An cũ")
    undone = kehoach("undo", "--archive", folder, KEHOACH_LANG=language)
    assert (undone.code, undone.err.partition(". ")[0] + ".") == (0, said), "a correction has no name of its own, and no blank for it"
    assert kehoach("corrections", "--archive", folder).code == 1, "nothing is left"


def test_what_is_shown_is_enough_to_name_it(folder: Path) -> None:
    assert "↗ cites Kế hoạch 35-KH/ĐU of 2025-11-20 (implements) [2]" in shown(folder, "2")
    assert "▸ Ủy ban nhân dân phường: assigned [2]" in shown(folder, "1")
    correct(folder, "2", "citation:2.date", "1/11/2025")
    correct(folder, "1", "duty:2.unit", "Văn phòng")
    printed = "Kế hoạch số 35-KH/ĐU, ngày 20/11/2025 của Đảng ủy phường Kiến An"
    assert f"↗ cites Kế hoạch 35-KH/ĐU of 2025-11-01 (implements) [2] (corrected; printed: {printed})" in shown(folder, "2")
    assert "▸ Văn phòng: assigned [2] (corrected; printed: Ủy ban nhân dân phường)" in shown(folder, "1")


def test_a_missing_duty_is_added_by_its_parts(folder: Path) -> None:
    done = correct(folder, "1", "duty", "--unit", "Sở Y tế", "--task", "phòng bệnh", "--deadline", "15/1/2026", "--at", "I")
    assert "duty:3: Sở Y tế, assigned, phòng bệnh, 2026-01-15" in done.err
    assert [row["unit"] for row in table("duties", "--due", "2026-01", "--archive", folder)] == ["Sở Y tế"]


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (("1", "datum", "1/1/2025"), 2, ("no field “datum”", "Perhaps:", "  date")),
        (("1", "date", "32/1/2025"), 2, ("“32/1/2025” is no day", "20/11/2025")),
        (("1", "type", "Kế hoặch"), 0, ("type: Kế hoạch",)),
        (("1", "type", "Ké hoch"), 2, ("is no type", "Perhaps:", "  Kế hoạch")),
        (("1", "duty:1.role", "boss"), 2, ("lead",)),
        (("1", "citation:9", "none"), 2, ("no citation number 9", "there are 2")),
        (("1", "node:V.heading", "x"), 2, ("no node “V”", "  II.1")),
        (("1", "text:trên địa bàn", "ở"), 2, ("2 places", "--at 1: ", "«trên địa bàn»")),
        (("1", "text:con voi", "ở"), 2, ("do not stand",)),
        (("2", "citation:1.document", "18-NQ/TW"), 2, ("18-NQ/TW@2017",)),
        (("2", "citation:1.document", "99-NQ/TW"), 2, ("no document “99-NQ/TW”",)),
        (("1", "duty", "--unit", "Sở Y tế"), 2, ("lacks its “task”",)),
        (("1", "date"), 2, ("say what it is",)),
        (("9", "date", "1/1/2025"), 1, ("no document",)),
    ],
)
def test_what_is_wrong_is_said_with_what_is_right(folder: Path, asked: tuple[str, ...], code: int, said: tuple[str, ...]) -> None:
    done = correct(folder, *asked)
    assert done.code == code
    for words in said:
        assert words in done.err
    if code:
        assert kehoach("corrections", "--archive", folder).code == 1, "nothing was changed"


def test_corrections_are_listed_written_and_read(folder: Path, tmp_path: Path) -> None:
    correct(folder, "1", "date", "21/11/2025")
    correct(folder, "2", "citation:2", "none")
    rows = table("corrections", "--archive", folder)
    assert [(row["id"], row["field"], row["was"], row["value"], row["state"]) for row in rows] == [
        ("1", "date", "2025-11-20", "2025-11-21", "applied"),
        ("2", "citation", "Kế hoạch số 35-KH/ĐU, ngày 20/11/2025 của Đảng ủy phường Kiến An", "không có", "applied"),
    ]
    assert [row["id"] for row in table("corrections", "2", "--archive", folder)] == ["2"]
    file = tmp_path / "c.toml"
    assert "2" in kehoach("corrections", "--export", file, "--archive", folder).err
    read = kehoach("corrections", "--import", file, "--archive", folder, KEHOACH_LANG="en")
    assert (read.code, read.err.strip()) == (0, "Result: there already: 2.")
    file.write_text("[[correction]]\n", encoding="utf-8")
    assert kehoach("corrections", "--import", file, "--archive", folder, KEHOACH_LANG="en").code == 2


PDF = Path(__file__).parents[1] / "readers" / "files" / "plan.pdf"


def review(folder: Path, keys: str, *more: str) -> Result:
    """`kehoach review` by a person who presses these keys; a word in brackets is typed."""
    typed: Iterator[str] = iter(keys.partition("(")[0])
    prompted = keys.partition("(")[2].rstrip(")")
    with streams(b"", Screen) as (out, err), mock.patch.object(sys.stdin, "isatty", return_value=True):
        with mock.patch("typer.getchar", side_effect=typed), mock.patch("typer.prompt", return_value=prompted):
            code = run(build(), ["review", "--archive", str(folder), *more], {"KEHOACH_LANG": "en"})
        sys.stdout.flush()
        return Result(code, out.getvalue().decode(), err.getvalue().decode())


def test_a_review_lists_what_to_settle_where_nobody_sits(folder: Path) -> None:
    listed = kehoach("review", "--archive", folder, KEHOACH_LANG="en")
    assert listed.code == 0
    assert "citation:3.document\tcitation may mean several documents" in listed.out
    assert "18-NQ/TW@2017; 18-NQ/TW@2022" in listed.out or "18-NQ/TW@2022; 18-NQ/TW@2017" in listed.out
    doubts = json.loads(kehoach("review", "--json", "--limit", "1", "--archive", folder).out)
    assert (len(doubts["doubts"]), doubts["total"]) == (1, 1)


@pytest.mark.parametrize(
    ("keys", "field", "value"),
    [("1", "citation.document", None), ("x1", "citation.document", None), ("c(#1)", "citation.document", None), ("n", "citation", "none")],
)
def test_one_key_settles_a_doubt(folder: Path, keys: str, field: str, value: str | None) -> None:
    done = review(folder, keys)
    assert (done.code, "Settled: 1." in done.err) == (0, True)
    assert "Nhắc lại Nghị quyết số 18-NQ/TW" in done.out
    made = json.loads(kehoach("corrections", "--json", "--archive", folder).out)["corrections"]
    assert [each["field"] for each in made] == [field]
    assert (made[0]["value"] is None) is (value == "none")
    assert kehoach("review", "--archive", folder).code == 1, "nothing is left"


@pytest.mark.parametrize("keys", ["s", "q", "c(con voi)"])
def test_what_is_left_or_cannot_be_stays(folder: Path, keys: str) -> None:
    assert "Settled: 0." in review(folder, keys).err
    assert kehoach("corrections", "--archive", folder).code == 1


def test_a_review_draws_what_is_doubted_where_there_are_pages(tmp_path: Path) -> None:
    folder, pictures = tmp_path / "paged", tmp_path / "pictures"
    assert kehoach("add", PDF, "--archive", folder).code == 0
    with mock.patch("typer.launch") as opened:
        done = review(folder, "q", "--pictures", str(pictures), "--open")
    (picture,) = pictures.iterdir()
    assert picture.read_bytes().startswith(b"\x89PNG")
    opened.assert_called_once_with(str(picture))
    assert picture.name in done.out
    with mock.patch("typer.launch") as opened:
        assert "Picture" not in review(folder, "q").out
    opened.assert_not_called()
