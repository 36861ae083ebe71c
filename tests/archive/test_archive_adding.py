"""Adding, removing, replacing: idempotent, one transaction each, sound after every interruption."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from archive import (
    Archive,
    add_files,
    add_paths,
    add_text,
    check,
    empty_trash,
    find_files,
    history,
    list_documents,
    remove,
    replace,
    search,
    show,
    statistics,
)
from archive.errors import AlreadyThere, NotStorable, UnknownDocument, UnknownVersion
from archive.fulltext.indexing import fulltext
from archive.keep.opening import open_archive
from kehoach_parser import Plan, Text, text_of
from tests.archive.builders import NOW, add, parse_simple, write
from tests.archive.texts import COMMUNE, DAMAGED, WARD


def found(archive: Archive, query: str) -> list[int]:
    return [hit.document.id for hit in search(archive, query).hits]


def test_round_trip(archive: Archive) -> None:
    for content in (WARD, COMMUNE, DAMAGED):
        document_id = add(archive, content)
        shown = show(archive, str(document_id))
        assert shown.text == content
        assert shown.plan == parse_simple(content)


def test_a_folder_among_files_is_no_file(archive: Archive, tmp_path: Path) -> None:
    """`add_paths` walks folders, `add_files` takes files: it says what it was given instead."""
    (added,) = add_files(archive, [tmp_path], now=NOW)
    assert (added.status, added.code, added.facts["kind"]) == ("failed", "not-a-file", "folder")


def test_document_tells_header_and_origin(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", ward=WARD)
    (added,) = add_paths(archive, [folder], now=NOW, parse=parse_simple)
    document = added.document
    assert document is not None
    assert (document.symbol, document.type, document.date, document.place) == ("35-KH/ĐU", "Kế hoạch", "2025-11-20", "Kiến An")
    assert (document.name, document.path, document.added_at) == ("ward.txt", str(folder / "ward.txt"), NOW)
    plan = parse_simple(WARD)
    assert (document.nodes, document.citations, document.assignments) == (len(plan.nodes), len(plan.citations), len(plan.assignments))


def test_adding_twice_changes_nothing(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", ward=WARD, commune=COMMUNE)
    first = list(add_paths(archive, [folder], now=NOW, parse=parse_simple))
    before = statistics(archive)
    second = list(add_paths(archive, [folder], now=NOW, parse=parse_simple))
    assert [added.status for added in first] == ["added", "added"]
    assert [added.status for added in second] == ["present", "present"]
    assert [added.document for added in second] == [added.document for added in first]
    assert statistics(archive) == before
    assert fulltext(archive).count() == 2


def test_same_text_in_other_bytes_is_there_already(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", ward=WARD)
    (folder / "with-bom.txt").write_bytes(b"\xef\xbb\xbf" + WARD.encode())
    statuses = [added.status for added in add_paths(archive, [folder], now=NOW, parse=parse_simple)]
    assert statuses == ["added", "present"]


def test_a_failing_file_stops_nothing(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a=WARD, c=COMMUNE)
    (folder / "b.txt").write_bytes(b"")
    missing = tmp_path / "nowhere.txt"
    outcome = {Path(added.path or "").name: added for added in add_paths(archive, [folder, missing], now=NOW, parse=parse_simple)}
    assert {name: added.status for name, added in outcome.items()} == {
        "a.txt": "added",
        "b.txt": "failed",
        "c.txt": "added",
        "nowhere.txt": "failed",
    }
    assert outcome["b.txt"].code == "empty-file"
    assert outcome["b.txt"].facts["name"] == str(folder / "b.txt")
    assert len(list_documents(archive)) == 2


def test_files_of_a_folder_are_sorted_and_hidden_ones_skipped(tmp_path: Path) -> None:
    folder = write(tmp_path / "in", b=WARD, a=WARD, **{".hidden": WARD})
    write(folder / "sub", c=WARD)
    write(folder / ".git", d=WARD)
    (folder / "README.md").write_text("About these plans")
    (folder / "sound.mp3").write_bytes(b"ID3")
    assert [str(path.relative_to(folder)) for path in find_files([folder, folder / "a.txt"])[0]] == ["a.txt", "b.txt", "sub/c.txt"]


def test_text_that_no_database_keeps(archive: Archive) -> None:
    with pytest.raises(NotStorable):
        add_text(archive, text_of("Kế hoạch \ud800"), now=NOW, parse=parse_simple)
    assert list_documents(archive) == ()


def test_remove(archive: Archive) -> None:
    ward, commune = add(archive, WARD), add(archive, COMMUNE)
    removed = remove(archive, "35-KH/ĐU", now=NOW)
    assert removed.id == ward
    assert [document.id for document in list_documents(archive)] == [commune]
    assert found(archive, "cổ động") == []
    with pytest.raises(UnknownDocument):
        show(archive, str(ward))
    assert check(archive) == ()
    assert add(archive, WARD) == ward, "it comes back"
    remove(archive, "35-KH/ĐU", now=NOW)
    empty_trash(archive, now=NOW)
    assert add(archive, WARD) not in (ward, commune), "an id is never given twice"


def test_replace_keeps_history(archive: Archive, tmp_path: Path) -> None:
    ward = add(archive, WARD)
    signed = WARD.replace("cổ động", "lưu động")
    folder = write(tmp_path / "in", signed=signed)
    outcome = replace(archive, str(ward), folder / "signed.txt", now=NOW, parse=parse_simple)
    assert (outcome.status, outcome.document and outcome.document.id, outcome.document and outcome.document.version) == (
        "replaced",
        ward,
        2,
    )
    assert found(archive, '"lưu động trực quan"') == [ward]
    assert found(archive, '"cổ động trực quan"') == []
    assert [(version.number, version.current, version.replaced_at) for version in history(archive, str(ward))] == [
        (1, False, NOW),
        (2, True, None),
    ]
    old = show(archive, str(ward), version=1)
    assert (old.text, old.plan) == (WARD, parse_simple(WARD))
    assert show(archive, str(ward)).text == signed
    with pytest.raises(UnknownVersion):
        show(archive, str(ward), version=3)
    assert statistics(archive).documents == 1
    assert [finding.code for finding in check(archive)] == []


def test_a_replaced_version_is_not_added_again(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", draft=WARD, signed=WARD + "Đã ký.\n", other=COMMUNE)
    list(add_files(archive, [folder / "draft.txt", folder / "other.txt"], now=NOW, parse=parse_simple))
    replace(archive, "draft.txt", folder / "signed.txt", now=NOW, parse=parse_simple)
    again = {added.path: added.status for added in add_paths(archive, [folder], now=NOW, parse=parse_simple)}
    assert set(again.values()) == {"present"}
    with pytest.raises(AlreadyThere) as caught:
        replace(archive, "signed.txt", folder / "other.txt", now=NOW, parse=parse_simple)
    assert caught.value.facts["version"] == 1
    assert check(archive) == ()


class Interrupt(BaseException):
    """Stands for Ctrl-C."""


def test_interrupted_add_leaves_a_sound_archive(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a=WARD, b=COMMUNE, c=DAMAGED)

    def parse_until_c(text: Text) -> Plan:
        if text.name == "c.txt":
            raise Interrupt
        return parse_simple(text)

    done: list[str | None] = []
    with pytest.raises(Interrupt):
        done.extend(added.path for added in add_paths(archive, [folder], now=NOW, parse=parse_until_c))
    with open_archive(archive.folder) as again:
        assert [document.name for document in list_documents(again)] == ["a.txt", "b.txt"]
        assert check(again) == ()
        assert [added.status for added in add_paths(again, [folder], now=NOW, parse=parse_simple)] == ["present", "present", "added"]
        assert len(found(again, "kế hoạch OR chi dao")) == 3


def test_generator_closed_early_indexes_what_was_added(archive: Archive, tmp_path: Path) -> None:
    folder = write(tmp_path / "in", a=WARD, b=COMMUNE)
    adding = add_paths(archive, [folder], now=NOW, parse=parse_simple)
    assert isinstance(adding, Iterator)
    next(adding)
    adding.close()  # type: ignore[attr-defined]
    assert check(archive) == ()
    assert len(list_documents(archive)) == 1


def test_crash_between_database_and_index_is_healed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    ward = add(archive, WARD)
    monkeypatch.setattr(fulltext(archive), "add", _crash)
    with pytest.raises(Interrupt):
        add(archive, COMMUNE)
    monkeypatch.undo()
    codes = [(finding.code, finding.document_id) for finding in check(archive)]
    assert codes == [("not-indexed", ward + 1)]
    with open_archive(archive.folder) as again:
        assert found(again, "đất đai") == [ward + 1], "opening mends before a question"
        assert check(again) == ()


def test_crash_between_removal_and_index_is_healed(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    add(archive, WARD)
    monkeypatch.setattr(fulltext(archive), "remove", _crash)
    with pytest.raises(Interrupt):
        remove(archive, "1", now=NOW)
    monkeypatch.undo()
    assert [finding.code for finding in check(archive)] == ["index-extra"]
    with open_archive(archive.folder) as again:
        assert search(again, "cổ động").total == 0
        assert check(again) == ()


def _crash(*_: object) -> None:
    raise Interrupt


def test_files_passed_over_are_told(tmp_path: Path) -> None:
    for name in ("plan.txt", "sheet.xlsx", "README.md", ".hidden.xlsx"):
        (tmp_path / name).write_text("x")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "object").write_text("x")
    assert [path.name for path in find_files([tmp_path])[1]] == ["sheet.xlsx"]


@pytest.fixture
def linked(tmp_path: Path) -> Path:
    """A folder with links: out of it to a file and a folder, which leads back; to one of its own files; to itself; to nothing."""
    folder, outside = write(tmp_path / "in", a=WARD), write(tmp_path / "out", secret=WARD)
    (folder / "file.txt").symlink_to(outside / "secret.txt")
    (folder / "folder").symlink_to(outside)
    (folder / "own.txt").symlink_to("a.txt")
    (folder / "self").symlink_to(folder)
    (folder / "circle.txt").symlink_to("circle.txt")
    (outside / "back").symlink_to(folder)
    (outside / "up").symlink_to(outside)
    return folder


def test_links_are_not_followed_out_of_a_folder(linked: Path) -> None:
    found = find_files([linked])
    assert [path.name for path in found.files] == ["a.txt", "circle.txt", "own.txt"]
    assert [path.name for path in found.links] == ["file.txt", "folder"]


def test_links_are_followed_where_asked_for_and_in_no_circle(linked: Path) -> None:
    found = find_files([linked], follow_links=True)
    assert [str(path.relative_to(linked)) for path in found.files] == ["a.txt", "circle.txt", "file.txt", "own.txt", "folder/secret.txt"]
    assert found.links == ()


def test_what_is_named_is_meant_though_it_is_a_link(linked: Path) -> None:
    assert [path.name for path in find_files([linked / "file.txt", linked / "folder"]).files] == ["file.txt", "secret.txt"]
    assert find_files([linked, linked.parent / "out"]).links == (), "no link leads out of all that was named"


def test_a_link_in_a_circle_is_a_file_that_cannot_be_read(archive: Archive, linked: Path) -> None:
    (added,) = (one for one in add_paths(archive, [linked], now=NOW, parse=parse_simple) if one.status == "failed")
    assert (added.path or "").endswith("circle.txt")
