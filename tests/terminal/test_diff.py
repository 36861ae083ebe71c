"""`kehoach add` of a paper that is there already, and `kehoach diff`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.archive.test_one_paper_once import DRAFT, SIGNED
from tests.terminal.terminal_runs import kehoach, sheet


@pytest.fixture
def office(tmp_path: Path) -> Path:
    for name, content in (("signed", SIGNED), ("draft", DRAFT)):
        (tmp_path / f"{name}.txt").write_text(content, encoding="utf-8")
    assert kehoach("add", tmp_path / "signed.txt", "--archive", tmp_path / "k").code == 0
    return tmp_path


def test_add_says_what_a_file_is(office: Path) -> None:
    added = kehoach("add", office / "draft.txt", "--archive", office / "k", KEHOACH_LANG="en")
    assert added.code == 0
    assert "This is [1] Kế hoạch 12/KH-UBND of 2026-02-03" in added.out
    assert "already there (signed.txt): kept as another version, 2; what changed: Head (2), Duties (1) (see kehoach diff 1)." in added.out
    assert "The one that was there still answers" in added.out
    assert "kept as version: 1" in added.err
    assert "the best of 2 readings" in kehoach("show", "1", "--archive", office / "k", KEHOACH_LANG="en").out
    again = kehoach("add", office / "draft.txt", "--archive", office / "k", KEHOACH_LANG="en")
    assert "already there: 1" in again.err


def test_add_apart(office: Path) -> None:
    kehoach("add", "--apart", office / "draft.txt", "--archive", office / "k")
    assert json.loads(kehoach("list", "--json", "--archive", office / "k").out)["total"] == 2


def test_diff_on_the_screen_as_json_and_as_a_page(office: Path) -> None:
    folder = office / "k"
    assert kehoach("diff", "1", "--archive", folder).code == 1
    kehoach("add", office / "draft.txt", "--archive", folder)
    shown = kehoach("diff", "1#2", "1#1", "--archive", folder, KEHOACH_LANG="en")
    assert shown.code == 0
    assert "Head (2)" in shown.out
    assert "other day" in shown.out
    assert "by 2026-03-31" in shown.out
    found = json.loads(kehoach("diff", "1", "--json", "--archive", folder).out)
    assert (found["total"], found["duties"][0]["kinds"], found["duties"][0]["after"]["deadline"]) == (3, ["day"], "2026-03-31")
    heads, *rows = sheet(kehoach("diff", "1", "--csv", "--archive", folder).out)
    assert len(rows) == 3
    (row,) = [dict(zip(heads, row, strict=True)) for row in rows if row[0] == "duties"]
    assert (row["change"], row["units_after"], row["deadline_before"], row["deadline_after"]) == (
        "day",
        "Phòng Văn hóa - Xã hội",
        "2026-03-15",
        "2026-03-31",
    )
    assert next(row[:5] for row in rows if row[0] == "head") == ["head", "other", "symbol", "12/KH-UBND", "/KH-UBND"]
    assert sheet(kehoach("diff", "1", "--csv", "--heads", "vi", "--archive", folder).out)[1][:3] == ["phần đầu", "khác", "Ký hiệu"]
    page = office / "d.html"
    written = kehoach("diff", "1", "--html", page, "--archive", folder)
    assert (written.code, written.out) == (0, "")
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!DOCTYPE html>")
    assert "đổi thời hạn" in html
    assert "<script" not in html
    assert kehoach("diff", "1#1", "1#1", "--archive", folder).code == 1
