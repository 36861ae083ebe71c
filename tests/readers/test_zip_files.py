"""Zip files: what is in them comes out one by one, and nothing that would fill the disk or leave the folder."""

from __future__ import annotations

import io
import zipfile

import pytest
from papers import word_file

from kehoach_parser import ReadError, unpack
from kehoach_parser.errors import BrokenFile, Encrypted, TooLarge
from kehoach_parser.readers import limits


def packed(**members: bytes) -> bytes:
    return packed_as({name.replace("__", "/"): data for name, data in members.items()})


def packed_as(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def taken(data: bytes) -> list[tuple[str, bytes | ReadError]]:
    members = unpack(data, "gói.zip")
    assert members is not None
    return list(members)


def test_members_in_their_order() -> None:
    data = packed_as({"b/kế hoạch.txt": b"1", "a.txt": b"2", "b/": b"", "__MACOSX/._a.txt": b"3", ".DS_Store": b"4", "c/.ẩn/x.txt": b"5"})
    assert taken(data) == [("b/kế hoạch.txt", b"1"), ("a.txt", b"2")]


def test_a_word_file_is_no_zip_file() -> None:
    assert unpack(word_file(), "a.docx") is None
    assert unpack(b"%PDF-1.7", "a.pdf") is None


def test_names_lead_nowhere() -> None:
    assert taken(packed_as({"../../etc/passwd": b"x", "./a.txt": b"y"})) == [("../../etc/passwd", b"x"), ("./a.txt", b"y")]


def test_names_in_utf8_that_do_not_say_so() -> None:
    data = packed_as({"xa.txt": b"1"})
    assert taken(data.replace(b"xa.txt", "ế.tx".encode()[:6].ljust(6, b"t")))[0][0] == "ế.tx".ljust(4, "t")


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    bad, good = taken(packed(bom=bytes(limits.SMALL * 50), good=b"1"))
    assert isinstance(bad[1], TooLarge)
    assert bad[1].facts["what"] == "unpacked"
    assert good == ("good", b"1")


def test_a_member_that_is_larger_than_it_says_is_broken() -> None:
    data = packed(a=b"x" * 1000)
    size = (1000).to_bytes(4, "little")
    ((_, found),) = taken(data.replace(size, (10).to_bytes(4, "little")))
    assert isinstance(found, BrokenFile)


def test_too_many_members(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MEMBERS", 2)
    with pytest.raises(TooLarge) as refusal:
        taken(packed(a=b"1", b=b"2", c=b"3"))
    assert refusal.value.facts == {"what": "members", "limit": "2"}


def test_a_password_is_told() -> None:
    data = bytearray(packed(a=b"1", b=b"2"))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    (_, locked), (_, open_one) = taken(bytes(data))
    assert isinstance(locked, Encrypted)
    assert (locked.facts["kind"], locked.name) == ("zip", "gói.zip/a")
    assert open_one == b"2"


@pytest.mark.parametrize("folder", ["word/", "xl/", "ppt/"])
def test_a_folder_called_as_one_of_word_is_a_folder(folder: str) -> None:
    name = f"{folder}kế hoạch.txt"
    assert taken(packed_as({name: b"1", "docs/word/document.xml": b"2"})) == [(name, b"1"), ("docs/word/document.xml", b"2")]


def test_a_word_file_stored_as_it_is_makes_no_word_file_of_the_bundle() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        file.writestr("kế hoạch.docx", word_file())
        file.writestr("a.txt", b"1")
    assert taken(out.getvalue()) == [("kế hoạch.docx", word_file()), ("a.txt", b"1")]


def test_an_unpacked_word_file_in_a_folder_is_no_word_file() -> None:
    assert [name for name, _ in taken(packed_as({"x/[Content_Types].xml": b"1", "x/word/document.xml": b"2"}))] == [
        "x/[Content_Types].xml",
        "x/word/document.xml",
    ]


def test_two_members_of_one_name_are_two_files() -> None:
    data = packed_as({"a.txt": b"1", "b.txt": b"2"}).replace(b"b.txt", b"a.txt")
    assert taken(data) == [("a.txt", b"1"), ("a.txt#2", b"2")]


def test_a_member_without_a_name_is_called_by_its_number() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("a.txt", b"1")
        nameless = zipfile.ZipInfo("x")
        nameless.filename = ""
        file.writestr(nameless, b"2")
    assert taken(out.getvalue()) == [("a.txt", b"1"), ("#2", b"2")]


def test_one_wrong_checksum_keeps_no_other_back() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as file:
        for name in ("a.txt", "b.txt", "c.txt"):
            file.writestr(name, f"nội dung {name}")
    (first, second, third) = taken(out.getvalue().replace(b"dung b", b"sai  b"))
    assert isinstance(second[1], BrokenFile)
    assert second[1].name == "gói.zip/b.txt"
    assert [first[1], third[1]] == ["nội dung a.txt".encode(), "nội dung c.txt".encode()]


@pytest.mark.parametrize("data", [b"PK\x03\x04" + bytes(50), packed(a=b"x" * 5000)[:60]], ids=["head", "cut"])
def test_a_broken_file_is_told(data: bytes) -> None:
    with pytest.raises(BrokenFile):
        taken(data)
