"""What citations mean, on the screen: evidence, contradictions, changes, the alias file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal_runs import Result, kehoach

from archive.store.alias_file import ALIAS_FILE
from tests.archive.test_archive_resolution import BARE, DATED, OLDER, plan


@pytest.fixture
def grown(tmp_path: Path) -> Path:
    """An archive of two plans: one dates the resolution, one does not."""
    for number, body in ((1, BARE), (2, DATED)):
        assert add(tmp_path, number, body).code == 0
    return tmp_path / "archive"


def add(folder: Path, number: int, body: str, **environ: str) -> Result:
    path = folder / f"{number}.txt"
    path.write_text(plan(number, body), encoding="utf-8")
    return kehoach("add", path, "--archive", folder / "archive", **environ)


def test_add_tells_what_earlier_citations_mean_now(grown: Path) -> None:
    told = add(grown.parent, 3, OLDER, KEHOACH_LANG="en").err
    assert "1 citations mean something else now:" in told
    assert "[1] 1-KH/ĐU “Nghị quyết số 21-NQ/TW”: may be: Nghị quyết 21-NQ/TW of 2022-06-16 → may be: " in told
    assert add(grown.parent, 4, DATED).err.count("21-NQ/TW") == 0, "nothing changed, nothing told"


def test_candidates_are_shown_with_their_evidence(grown: Path) -> None:
    out = kehoach("cites", "21-NQ/TW", "--archive", grown).out
    assert "Có thể là" in out
    row = next(line for line in out.splitlines() if "cùng khoá" in line)
    assert "Nghị quyết 21-NQ/TW ngày 16/06/2022 (khoá XIII)" in row
    assert "ban hành trước văn bản này (16/06/2022)" in row
    assert row.rstrip().endswith("1.1")


def test_contradictions_and_disagreement_are_shown(grown: Path) -> None:
    add(grown.parent, 3, DATED)
    add(grown.parent, 4, DATED.replace("16/6/2022", "16/7/2022"))
    out = kehoach("cites", "21-NQ/TW", "--archive", grown, KEHOACH_LANG="en").out
    assert "dates as cited (plans): 2022-06-16 (2); 2022-07-16 (1)" in out
    assert out.count("does not agree with what else is known: date") == 1


@pytest.mark.parametrize(("relation", "found"), [("thực hiện", True), ("implements", True), ("căn cứ", False)])
def test_relation_in_either_language(grown: Path, relation: str, found: bool) -> None:
    assert (DATED[:20] in kehoach("cites", "21-NQ/TW@2022", "--relation", relation, "--archive", grown).out.replace("«", "")) == found


def test_an_unknown_relation_is_a_usage_error(grown: Path) -> None:
    result = kehoach("cites", "21-NQ/TW", "--relation", "yêu", "--archive", grown)
    assert result.code == 2
    assert "căn cứ" in result.err


def test_resolve_reads_the_alias_file(grown: Path) -> None:
    (grown / ALIAS_FILE).write_text('[[document]]\ntype = "Nghị quyết"\nsymbol = "21-NQ/TW"\ndate = 2019\n', encoding="utf-8")
    result = kehoach("resolve", "--archive", grown, "--json", KEHOACH_LANG="en")
    (change,) = json.loads(result.out)["changes"]
    assert {document["date"] for document in change["after"]["documents"]} == {"2022-06-16", "2019"}
    assert "Resolved anew; 1 citations mean something else." in result.err
    assert "may be" not in kehoach("resolve", "--archive", grown, KEHOACH_LANG="en").err


def test_resolve_tells_which_unit_duties_belong_to_now(tmp_path: Path) -> None:
    paper = """ĐẢNG BỘ THÀNH PHỐ HẢI PHÒNG
ĐẢNG ỦY PHƯỜNG KIẾN AN
*
Số 35-KH/ĐU                    Kiến An, ngày 20 tháng 11 năm 2025

KẾ HOẠCH
tuyên truyền

I. TỔ CHỨC THỰC HIỆN
1. Ban XDĐ chủ trì tổ chức hội nghị trước ngày 15/12/2025.
2. Ban Xây dựng Đảng Đảng ủy phường tổng hợp báo cáo.
"""
    (tmp_path / "a.txt").write_text(paper, encoding="utf-8")
    folder = tmp_path / "archive"
    kehoach("add", tmp_path / "a.txt", "--archive", folder)
    name, place = "Ban Xây dựng Đảng Đảng ủy phường", "phường Kiến An, thành phố Hải Phòng"
    (folder / ALIAS_FILE).write_text(f'[[unit]]\nname = "{name}"\nplace = "{place}"\nnames = ["Ban XDĐ"]\n', encoding="utf-8")
    told = kehoach("resolve", "--archive", folder, KEHOACH_LANG="en").err
    assert f"  “Ban XDĐ” (1 duties) → {name} ({place}), which now has 2 duties in all" in told
    (folder / ALIAS_FILE).write_text("", encoding="utf-8")
    result = kehoach("resolve", "--archive", folder, "--json")
    assert f"  “Ban XDĐ” (1 nhiệm vụ) → như trong văn bản: Ban XDĐ ({place})" in result.err
    (change,) = json.loads(result.out)["units"]
    assert (change["printed"], change["count"], change["taught"]) == ("Ban XDĐ", 1, False)
    assert kehoach("check", "--archive", folder).code == 0


def test_an_error_in_the_alias_file_names_line_and_key(grown: Path) -> None:
    (grown / ALIAS_FILE).write_text('[[document]]\ntype = "Nghị quyết"\nsymbols = "21-NQ/TW"\n', encoding="utf-8")
    result = kehoach("resolve", "--archive", grown)
    assert (result.code, result.out) == (3, "")
    assert f"{grown / ALIAS_FILE}, dòng 3: không có khoá “symbols”" in result.err
    assert "Traceback" not in result.err
