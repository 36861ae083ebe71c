"""The commands that follow citations: cascade, gaps, lint, annotations, and the pictures of the graph."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from terminal_runs import kehoach, table

from archive import open_archive
from tests.archive.papers import BASIS, CENTRE, COMMUNE, OLDER, PROVINCE, keep, paper


@pytest.fixture(scope="module")
def five(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of a resolution's way down; only to be read."""
    folder = tmp_path_factory.mktemp("follow") / "archive"
    with open_archive(folder, create=True) as opened:
        for number, content in enumerate((CENTRE, PROVINCE, COMMUNE, BASIS, OLDER), start=1):
            keep(opened, f"{number}.txt", content)
    return folder


def test_cascade_is_a_tree(five: Path) -> None:
    result = kehoach("cascade", "57-NQ/TW", "--archive", five)
    assert result.code == 0, result.err
    lines = result.out.split("\n")
    assert lines[0].startswith("Nghị quyết 57-NQ/TW ngày 22/12/2024 · Bộ Chính trị")
    steps = [line for line in lines if line.lstrip().startswith("└")]
    assert [(len(line) - len(line.lstrip()), line.split("/")[0].split()[-1]) for line in steps] == [
        (3, "71"),
        (3, "10-CTr"),
        (6, "552"),
        (9, "35"),
    ]
    assert "xã · nêu trong phần mở đầu · sau 30 ngày · 180 ngày kể từ văn bản gốc" in result.out
    assert "không có trong kho, biết qua [2] 552/KH-UBND" in result.out
    assert "Thực hiện «Kế hoạch số 552/KH-UBND ngày 21/5/2025» của Ủy ban nhân dân tỉnh Nghệ An" in result.out
    assert max(map(len, lines)) < 400, "of a long preamble the words around the citation"


def test_cascade_in_english(five: Path) -> None:
    result = kehoach("cascade", "57-NQ/TW", "--archive", five, KEHOACH_LANG="en")
    assert "commune · said in the preamble · 30 days after · 180 days after the first document" in result.out


def test_cascade_as_data(five: Path) -> None:
    (found,) = json.loads(kehoach("cascade", "57-NQ/TW@XIII", "--archive", five, "--json").out)["cascades"]
    rows = table("cascade", "57-NQ/TW@XIII", "--archive", five)
    assert [step["node"]["symbol"] for step in found["steps"]] == [row["symbol"] for row in rows]
    assert [row["carries_out"] for row in rows] == ["57-NQ/TW", "57-NQ/TW", "10-CTr/TU", "552/KH-UBND"]
    assert [(row["level"], row["days_after_parent"], row["days_after_root"]) for row in rows][-1] == ("commune", "30", "180")


def test_cascade_of_what_nobody_knows(five: Path) -> None:
    result = kehoach("cascade", "98-NQ/TW", "--archive", five)
    assert (result.code, result.out) == (1, "")
    assert "98-NQ/TW" in result.err
    result = kehoach("cascade", "7/KH-UBND", "--archive", five)
    assert "Trong kho chưa có văn bản nào thực hiện văn bản này." in result.out


def test_two_documents_of_one_symbol_are_told_apart(built: Path) -> None:
    result = kehoach("cascade", "18-NQ/TW", "--archive", built)
    assert "Chọn một văn bản: 18-NQ/TW@2017, 18-NQ/TW@2022" in result.err
    assert "ngày 16/06/2022" not in kehoach("cascade", "18-NQ/TW@2017", "--archive", built).out


def test_gaps_shows_who_lacks_a_plan(five: Path) -> None:
    result = kehoach("gaps", "57-NQ/TW", "--archive", five)
    assert result.code == 0, result.err
    assert "Chưa có kế hoạch thực hiện trong kho: 2/5 cơ quan." in result.out
    lines = {" ".join(line.split()) for line in result.out.split("\n")}
    assert "tỉnh ỦY BAN NHÂN DÂN TỈNH BẮC NINH 1 02/07/2025 chỉ viện dẫn (căn cứ) trong [4] 141/KH-UBND" in lines
    assert "xã ỦY BAN NHÂN DÂN XÃ THANH SƠN 1 05/02/2024 mọi văn bản của cơ quan này trong kho đều có trước" in lines
    commune = "xã ỦY BAN NHÂN DÂN XÃ TÂN MINH qua văn bản khác [3] 35/KH-UBND ngày 20/06/2025 552/KH-UBND → 10-CTr/TU"
    assert commune in lines


@pytest.mark.parametrize("level", ["commune", "xã", "cấp xã", "XA"])
def test_levels_are_typed_as_people_say_them(five: Path, level: str) -> None:
    rows = table("gaps", "57-NQ/TW", "--level", level, "--archive", five)
    assert [(row["status"], row["organ"]) for row in rows] == [
        ("none", "ỦY BAN NHÂN DÂN XÃ THANH SƠN"),
        ("cascade", "ỦY BAN NHÂN DÂN XÃ TÂN MINH"),
    ]


def test_gaps_as_data_and_bad_levels(five: Path) -> None:
    (found,) = json.loads(kehoach("gaps", "57-NQ/TW", "--place", "nghe an", "--archive", five, "--json").out)["gaps"]
    assert [(one["status"], one["by"]["symbol"]) for one in found["organs"]] == [("cascade", "552/KH-UBND")]
    result = kehoach("gaps", "57-NQ/TW", "--level", "làng", "--archive", five)
    assert result.code == 2
    assert "Không có cấp “làng”. Các cấp: central (trung ương); province (tỉnh)" in result.err
    assert "Trong kho không có cơ quan nào phù hợp." in kehoach("gaps", "57-NQ/TW", "--place", "Huế", "--archive", five).out


def test_lint_names_both_places(built: Path) -> None:
    result = kehoach("lint", "--archive", built)
    assert result.code == 0, result.err
    assert "Ký hiệu 07-HD/BTGDVTW không khớp với cơ quan ban hành" in result.out
    assert result.out.count("35-KH/ĐU, dòng 11") == 2
    assert "«07-HD/BTGDVTW»" in result.out
    assert "Tìm thấy 1 chỗ không khớp." in result.err
    (row,) = table("lint", "--archive", built)
    assert (row["code"], row["line"], row["quotation"], row["other_line"]) == ("organ-symbol", "11", "07-HD/BTGDVTW", "11")
    (found,) = json.loads(kehoach("lint", "35-KH/ĐU", "--json", "--archive", built).out)["disagreements"]
    assert found["first"]["raw"] == "07-HD/BTGDVTW"


def test_lint_of_a_document_without_fault(five: Path) -> None:
    result = kehoach("lint", "2", "--archive", five)
    assert (result.code, result.out) == (1, "")
    assert "Không thấy chỗ nào không khớp." in result.err
    assert kehoach("lint", "99", "--archive", five).code == 1


def test_annotations_to_a_file_are_those_of_the_screen(five: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.json"
    assert kehoach("annotations", "2", "-o", target, "--archive", five).code == 0
    assert json.loads(target.read_text(encoding="utf-8")) == json.loads(kehoach("annotations", "2", "--archive", five).out)


@pytest.mark.parametrize(("ending", "begins"), [("png", b"\x89PNG"), ("html", b"<!doctype html>"), ("jsonld", b"{")])
def test_pictures_and_linked_data_go_to_a_file(five: Path, tmp_path: Path, ending: str, begins: bytes) -> None:
    target = tmp_path / f"graph.{ending}"
    result = kehoach("graph", "-o", target, "--archive", five)
    assert result.code == 0, result.err
    assert target.read_bytes().startswith(begins)


def test_a_graph_around_a_name_that_several_documents_bear(built: Path) -> None:
    result = kehoach("graph", "--around", "18-NQ/TW", "--json", "--archive", built)
    body = json.loads(result.out)
    assert len(body["centres"]) == 2
    rows = [line.split() for line in result.err.split("\n") if line.startswith("  18-NQ/TW")]
    assert [row[1] for row in rows] == ["25/10/2017", "16/06/2022"]


def test_documents_that_share_a_symbol_are_shown_as_a_table(tmp_path: Path) -> None:
    with open_archive(tmp_path / "k", create=True) as opened:
        for place in ("NGHỆ AN", "HÀ TĨNH"):
            keep(
                opened,
                f"{place}.txt",
                paper(f"ỦY BAN NHÂN DÂN TỈNH {place}", "9/KH-UBND", place.title(), "1/2/2025", "KẾ HOẠCH", place, "I."),
            )
    result = kehoach("show", "9/KH-UBND", "--archive", tmp_path / "k")
    assert result.code == 2
    first, heading, *rows = result.err.rstrip("\n").split("\n")
    assert "“9/KH-UBND” là của nhiều văn bản" in first
    assert heading.split()[:3] == ["Mã", "Ký", "hiệu"]
    assert [" ".join(row.split()) for row in rows] == [
        "1 9/KH-UBND 01/02/2025 Kế hoạch ỦY BAN NHÂN DÂN TỈNH NGHỆ AN NGHỆ AN NGHỆ AN.txt",
        "2 9/KH-UBND 01/02/2025 Kế hoạch ỦY BAN NHÂN DÂN TỈNH HÀ TĨNH HÀ TĨNH HÀ TĨNH.txt",
    ]
