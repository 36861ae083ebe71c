"""`kehoach restore` and `kehoach train-restorer`."""

from __future__ import annotations

import json
from pathlib import Path

from terminal_runs import FIXTURES, kehoach

DAMAGED, CLEAN = FIXTURES / "000_cb78fba80d8cb57f.txt", FIXTURES / "004_d9d819c7857a47e2.txt"


def test_a_clean_text_passes_byte_for_byte(tmp_path: Path) -> None:
    ran = kehoach("restore", CLEAN, "--archive", tmp_path)
    assert (ran.code, ran.out.encode()) == (0, CLEAN.read_bytes())
    assert "giữ nguyên" in ran.err


def test_restored_text_marks_what_is_doubtful(tmp_path: Path) -> None:
    ran = kehoach("restore", DAMAGED, "--archive", tmp_path)
    plain = kehoach("restore", DAMAGED, "--no-marks", "--archive", tmp_path)
    assert "Tuyên truyền kết quả Hội nghị lần thứ 14\n" in ran.out
    assert "[?]" in ran.out
    assert ran.out.replace("[?]", "") == plain.out
    assert plain.out.count("\n") == DAMAGED.read_text(encoding="utf-8").count("\n")
    assert "chữ còn ngờ" in ran.err


def test_side_by_side_shows_every_line_twice(tmp_path: Path) -> None:
    ran = kehoach("restore", DAMAGED, "--side-by-side", "--archive", tmp_path)
    rows = [line.split(" │", 1) for line in ran.out.splitlines()]
    assert [left.rstrip() for left, _ in rows] == [line.rstrip() for line in DAMAGED.read_text(encoding="utf-8").splitlines()]
    assert "KE HOACH" in rows[6][0]
    assert rows[6][1].strip() == "KẾ HOẠCH"


def test_json_has_words_with_places(tmp_path: Path) -> None:
    body = json.loads(kehoach("restore", DAMAGED, "--json", "--archive", tmp_path).out)
    text = DAMAGED.read_text(encoding="utf-8")
    assert body.keys() == {"model", "text", "words", "total"}
    assert all(text[word["start"] : word["end"]] == word["printed"] for word in body["words"])


def test_a_scanned_page_is_mended_and_every_change_told(tmp_path: Path) -> None:
    page = "KẾ HOẠCH\nvề tô chức thực hiện nhiệm vụ phát triên kinh tế - xã hội của tỉnh năm 2025\n"
    ran = kehoach("restore", "-", "--scanned", "--archive", tmp_path, stdin=page.encode(), KEHOACH_LANG="en")
    assert ran.out == page.replace("tô chức", "tổ chức").replace("triên", "triển")
    assert "line 2: tô → tổ" in ran.err
    assert "line 2: triên → triển" in ran.err


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    ran = kehoach("restore", tmp_path / "no.txt", KEHOACH_LANG="en")
    assert ran.code == 3
    assert "no.txt" in ran.err


def test_a_damaged_model_of_the_archive_is_told(tmp_path: Path) -> None:
    (tmp_path / "restorer.npz").write_bytes(b"no model")
    ran = kehoach("restore", DAMAGED, "--archive", tmp_path, KEHOACH_LANG="en")
    assert ran.code == 3
    assert str(tmp_path / "restorer.npz") in ran.err
    assert "train-restorer" in ran.err


def test_an_archive_with_too_few_clean_documents_trains_nothing(tmp_path: Path) -> None:
    assert kehoach("add", CLEAN, "--archive", tmp_path / "a").code == 0
    ran = kehoach("train-restorer", "--archive", tmp_path / "a", KEHOACH_LANG="en")
    assert ran.code == 3
    assert "too few clean documents" in ran.err
    assert not (tmp_path / "a" / "restorer.npz").exists()


def test_an_archive_trains_its_own_restorer(tmp_path: Path) -> None:
    """Names that no other text holds are read better by a restorer that knows the archive."""
    for number in range(8):
        lines = [
            f"Giao Trung tâm Phùng Nghiễn Lộc chủ trì, phối hợp với Ban Lục Khuê Uyển thực hiện đợt {number} lần {k}." for k in range(60)
        ]
        (tmp_path / f"{number}.txt").write_text("KẾ HOẠCH\n" + "\n".join(lines), encoding="utf-8")
    archive = tmp_path / "a"
    assert kehoach("add", *sorted(tmp_path.glob("*.txt")), "--archive", archive).code == 0
    ran = kehoach("train-restorer", "--archive", archive, "--json")
    trained = json.loads(ran.out)
    assert trained["kept"]
    assert trained["after"] < trained["before"]
    damaged = "Giao Trung tam Phung Nghién L6c chu tri, phéi hop véi Ban Luc Khué Uyén thuc hién dot 12.".encode()
    restored = json.loads(kehoach("restore", "-", "--json", "--archive", archive, stdin=damaged).out)
    assert restored["model"] == trained["model"]
    assert "Phùng Nghiễn Lộc" in restored["text"]
