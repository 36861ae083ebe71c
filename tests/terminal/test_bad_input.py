"""What people get wrong, and what goes wrong around them: the message, the exit code, and nothing lost."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from terminal_runs import FIXTURES, ROOT, kehoach, needs_ordinary_user, ordinary


def count(archive: Path) -> int:
    return int(json.loads(kehoach("list", "--json", "--archive", archive).out)["total"])


@pytest.mark.parametrize(
    ("arguments", "vietnamese", "english"),
    [
        (("parse",), "Thiếu tham số TỆP.", "Argument FILE is missing."),
        (("parse", "--x"), "Không có tuỳ chọn “--x”.", "There is no option “--x”."),
        (("pendin",), "Không có lệnh “pendin”. Có phải ý bạn là 'pending'?", "There is no command “pendin”. Did you mean 'pending'?"),
        (("list", "a"), "Thừa tham số: a.", "Too many arguments: a."),
        (("search", "a", "--limit", "x"), "Giá trị của --limit phải là số nguyên.", "The value of --limit must be a whole number."),
        (("search", "a", "--limit", "0"), "Giá trị của --limit phải từ 1 trở lên.", "The value of --limit must be 1 or more."),
        (("search", "a", "--limit"), "Tuỳ chọn “--limit” cần có giá trị đi kèm.", "Option “--limit” needs a value."),
        (("list", "--json=1"), "Tuỳ chọn “--json” không nhận giá trị.", "Option “--json” takes no value."),
        (("graph", "--format", "pdf"), "Không có định dạng “pdf”.", "There is no format “pdf”."),
    ],
)
def test_usage(arguments: tuple[str, ...], vietnamese: str, english: str) -> None:
    for language, expected in (("vi", vietnamese), ("en", english)):
        result = kehoach(*arguments, KEHOACH_LANG=language)
        assert (result.code, result.out) == (2, "")
        assert result.err.startswith(expected)
        assert "--help" in result.err
        assert len(result.err.splitlines()) == 1


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "trống"),
        (b" \n\t\n", "trống"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "là PDF"),
        (bytes(range(256)) * 20, "nhị phân"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "hình ảnh"),
    ],
)
def test_files_that_hold_no_text(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    result = kehoach("parse", path)
    assert (result.code, result.out) == (3, "")
    assert str(path) in result.err
    assert expected in result.err
    assert len(result.err.splitlines()) == 1


def test_missing_file_and_folder(tmp_path: Path) -> None:
    assert "Không có tệp" in kehoach("parse", tmp_path / "x.txt").err
    assert "là thư mục" in kehoach("parse", tmp_path).err


def test_no_archive_there(tmp_path: Path) -> None:
    result = kehoach("list", "--archive", tmp_path / "k")
    assert result.code == 3
    assert f"Không có kho văn bản tại {tmp_path / 'k'}" in result.err
    assert not (tmp_path / "k").exists()


def test_unknown_document(own: Path) -> None:
    for command in ("show", "remove", "cited-by"):
        result = kehoach(command, "999", "--archive", own)
        assert (result.code, result.out) == (1, "")
        assert "không có văn bản “999”" in result.err
    assert count(own) == 3


def test_unknown_version(built: Path) -> None:
    result = kehoach("show", "1", "--of", "7", "--archive", built)
    assert result.code == 1
    assert "không có phiên bản 7" in result.err


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ('tuyên "truyền', "Dấu ngoặc kép này không có dấu đóng"),
        ("(tuyên truyền", "Dấu ngoặc đơn này không có dấu còn lại"),
        ("", "trống"),
        ("mau:xanh", "Không có trường “mau”"),
        ("date:hôm-qua", "không phải là ngày tháng"),
        ("tuyên AND", "AND"),
    ],
)
def test_queries_that_cannot_be_understood(built: Path, query: str, expected: str) -> None:
    result = kehoach("search", query, "--archive", built)
    assert (result.code, result.out) == (2, "")
    assert expected in result.err


def test_replacing_with_a_bad_file_changes_nothing(own: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    before = kehoach("show", "1", "--json", "--archive", own).out
    result = kehoach("add", "--replace", "1", tmp_path / "empty.txt", "--archive", own)
    assert result.code == 3
    assert "trống" in result.err + result.out
    assert kehoach("show", "1", "--json", "--archive", own).out == before


def test_a_full_disk_while_writing_a_file(built: Path, tmp_path: Path) -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(tmp_path / "g.svg"))
    with mock.patch.object(Path, "write_text", side_effect=full):
        result = kehoach("graph", "-o", tmp_path / "g.svg", "--archive", built)
    assert result.code == 3
    assert result.err.startswith("Ổ đĩa đã đầy, không ghi được")


def test_a_fault_of_the_program_is_one_sentence_with_a_report(built: Path) -> None:
    with mock.patch("archive.find_documents", side_effect=ZeroDivisionError("không lường trước"), create=True):
        result = kehoach("list", "--archive", built)
        debug = kehoach("list", "--archive", built, KEHOACH_DEBUG="1")
    assert (result.code, result.out) == (3, "")
    assert len(result.err.splitlines()) == 1
    assert "ZeroDivisionError" in result.err
    report = Path(result.err.split("ghi tại ")[1].split(";")[0])
    assert "Traceback" in report.read_text(encoding="utf-8")
    report.unlink()
    assert "Traceback" in debug.err


def test_ctrl_c_is_one_line_and_leaves_a_sound_archive(own: Path, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(3):
        (tmp_path / "in" / f"{number}.txt").write_text(
            f"KẾ HOẠCH\nTuyên truyền lần thứ {number}\n\nI. MỤC ĐÍCH\n1. Việc {number}\n", encoding="utf-8"
        )
    import kehoach_parser

    really, seen = kehoach_parser.parse, list[int]()

    def interrupted(text: kehoach_parser.Text) -> kehoach_parser.Plan:
        seen.append(1)
        if len(seen) == 2:
            raise KeyboardInterrupt
        return really(text)

    with mock.patch("kehoach_parser.pipeline.parse", interrupted), mock.patch.object(kehoach_parser, "parse", interrupted, create=True):
        result = kehoach("add", tmp_path / "in", "--archive", own)
    assert result.code == 130
    assert [line for line in result.err.splitlines() if "Ctrl-C" in line] == [result.err.splitlines()[0]]
    assert count(own) == 4
    assert kehoach("check", "--archive", own).code == 0
    assert kehoach("add", tmp_path / "in", "--archive", own).code == 0
    assert count(own) == 6


def test_a_reader_that_goes_away_is_no_error(built: Path) -> None:
    command = f"{sys.executable} -m cli show 3 --json --archive {built} | head -c 10"
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["bash", "-c", f"set -o pipefail; {command}"], capture_output=True, env=environ, check=False)
    assert (done.stderr, done.returncode) == (b"", 0)


def test_stdout_is_utf_8_in_every_locale(built: Path) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run([sys.executable, "-m", "cli", "list", "--archive", str(built)], capture_output=True, env=environ, check=False)
    assert done.returncode == 0
    assert "Trích yếu" in done.stdout.decode("utf-8")


@needs_ordinary_user
def test_a_folder_without_permission_as_an_ordinary_user(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    (closed / "a.txt").write_text("KẾ HOẠCH", encoding="utf-8")
    closed.chmod(0)
    try:
        read = ordinary("parse", closed / "a.txt")
        write = ordinary("add", FIXTURES, "--archive", closed / "k")
        folder = ordinary("add", closed, "--archive", tmp_path / "k")
    finally:
        closed.chmod(0o700)
    assert (read.returncode, read.stdout) == (3, b"")
    assert "Không có quyền đọc tệp" in read.stderr.decode()
    assert (write.returncode, write.stdout) == (3, b"")
    assert "Không có quyền truy cập" in write.stderr.decode()
    assert not (closed / "k").exists()
    assert folder.returncode == 3
    assert str(closed) in folder.stdout.decode()
    assert "quyền" in folder.stdout.decode()
    assert b"Traceback" not in read.stderr + write.stderr + folder.stderr
