"""The overlay through the life of an archive: removing, replacing, an archive of an earlier version, a crash; the alias file."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import delete, select, update

from archive import Archive, add_files, add_text, cites, find_document, open_archive, remove, replace, resolve_everything
from archive.errors import AliasError
from archive.resolve.aliases import read_aliases
from archive.store.alias_file import ALIAS_FILE
from archive.store.tables import AuthorityRow, ResolutionRow, VersionRow
from archive.values import Change
from kehoach_parser import parse, text_of
from tests.archive.builders import NOW

HEAD = """ĐẢNG BỘ TỈNH NGHỆ AN          ĐẢNG CỘNG SẢN VIỆT NAM
ĐẢNG ỦY XÃ KIM LIÊN
*
Số {number}-KH/ĐU          Kim Liên, ngày {day:02} tháng 12 năm 2025

KẾ HOẠCH
công tác năm 2026
-----

{body}

I. MỤC ĐÍCH
1. Thực hiện nghiêm túc.
"""
DATED = "Thực hiện Nghị quyết số 21-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương."
OLDER = "Thực hiện Nghị quyết số 21-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương."
BARE = "Quán triệt Nghị quyết số 21-NQ/TW tới các chi bộ."


def plan(number: int, body: str) -> str:
    return HEAD.format(number=number, day=number, body=body)


def add(archive: Archive, number: int, body: str) -> list[Change]:
    changes: list[Change] = []
    add_text(archive, text_of(plan(number, body)), now=NOW, changed=changes.append)
    return changes


def dates(archive: Archive, reference: str = "21-NQ/TW") -> tuple[list[str | None], list[list[str | None]]]:
    """The dates of the documents found, and those of the candidates of each ambiguous mention."""
    result = cites(archive, reference)
    return [group.cited.date for group in result.groups], [[cited.date for cited in one.candidates] for one in result.ambiguous]


def test_evidence_that_goes_takes_its_candidate_along(archive: Archive) -> None:
    add(archive, 1, BARE)
    add(archive, 2, DATED)
    (change,) = add(archive, 3, OLDER)
    assert [cited.date for cited in change.before.documents] == ["2022-06-16"]
    assert [cited.date for cited in change.after.documents] == ["2022-06-16", "2017-10-25"]
    told: list[Change] = []
    remove(archive, "2-KH/ĐU", now=NOW, changed=told.append)
    assert dates(archive) == (["2017-10-25"], [["2017-10-25"]])
    assert [[cited.date for cited in one.after.documents] for one in told] == [["2017-10-25"]]
    assert resolve_everything(archive) == ()


def test_a_replaced_version_says_nothing_any_more(archive: Archive, tmp_path: Path) -> None:
    add(archive, 1, BARE)
    add(archive, 2, OLDER)
    (tmp_path / "corrected.txt").write_text(plan(2, DATED), encoding="utf-8")
    replace(archive, "2-KH/ĐU", tmp_path / "corrected.txt", now=NOW)
    assert dates(archive) == (["2022-06-16"], [["2022-06-16"]])
    assert resolve_everything(archive) == ()


def test_the_plan_itself_never_changes(archive: Archive) -> None:
    from archive import show

    add(archive, 1, BARE)
    before = show(archive, "1-KH/ĐU").plan
    add(archive, 2, DATED)
    add(archive, 3, OLDER)
    assert show(archive, "1-KH/ĐU").plan == before == parse(text_of(plan(1, BARE)))


def test_what_was_not_resolved_is_resolved_when_the_archive_is_opened(tmp_path: Path) -> None:
    with open_archive(tmp_path, create=True) as archive:
        add(archive, 1, BARE)
        add(archive, 2, DATED)
        with archive.engine.begin() as connection:  # as an archive of the first version, or one whose machine died between two steps
            connection.execute(delete(ResolutionRow))
            connection.execute(delete(AuthorityRow))
            connection.execute(update(VersionRow).values(resolved=False))
    with open_archive(tmp_path) as archive:
        assert dates(archive) == (["2022-06-16"], [["2022-06-16"]])


def test_adding_that_stops_on_the_way_is_resolved(archive: Archive, tmp_path: Path) -> None:
    for number, body in ((1, BARE), (2, DATED), (3, OLDER)):
        (tmp_path / f"{number}.txt").write_text(plan(number, body), encoding="utf-8")
    steps = add_files(archive, sorted(tmp_path.glob("*.txt")), now=NOW)
    next(steps)
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    assert dates(archive) == (["2022-06-16"], [["2022-06-16"]])


def test_a_candidate_says_why(archive: Archive) -> None:
    add(archive, 1, BARE)
    add(archive, 2, DATED)
    (one,) = cites(archive, "21-NQ/TW").ambiguous
    assert [{piece.kind: piece.said for piece in evidence} for evidence in one.evidence] == [
        {"time": "2022-06-16", "term": "XIII", "plans": "1"}
    ]


def test_the_record_counts_what_plans_say(archive: Archive) -> None:
    add(archive, 1, DATED)
    add(archive, 2, DATED)
    add(archive, 3, DATED.replace("16/6/2022", "16/7/2022"))
    (group,) = cites(archive, "21-NQ/TW").groups
    assert group.authority is not None
    assert [(count.name, count.count) for count in group.authority.dates] == [("2022-06-16", 2), ("2022-07-16", 1)]
    assert (group.authority.plans, group.authority.mentions, group.authority.conflicting) == (3, 3, 1)
    assert group.authority.disagreements == ("dates",)
    assert [(hit.state, hit.conflicts) for hit in group.hits] == [("absent", ()), ("absent", ()), ("conflicting", ("date",))]


LOCAL = "Căn cứ Kế hoạch số 12/KH-UBND ngày 05/3/2025 của UBND tỉnh {place}."


@pytest.mark.parametrize(
    ("narrowed", "issuers"),
    [
        ({}, ["UBND tỉnh Lâm Đồng", "UBND tỉnh Nghệ An"]),
        ({"place": "nghe an"}, ["UBND tỉnh Nghệ An"]),
        ({"organ": "ubnd tinh lam dong"}, ["UBND tỉnh Lâm Đồng"]),
        ({"organ": "Tỉnh ủy"}, []),
        ({"relation": "basis"}, ["UBND tỉnh Lâm Đồng", "UBND tỉnh Nghệ An"]),
        ({"relation": "amends"}, []),
    ],
)
def test_narrowing_by_the_cited_document(archive: Archive, narrowed: dict[str, str], issuers: list[str]) -> None:
    add(archive, 1, LOCAL.format(place="Nghệ An"))
    add(archive, 2, LOCAL.format(place="Lâm Đồng"))
    assert sorted(group.cited.issuer or "" for group in cites(archive, "12/KH-UBND", **narrowed).groups) == issuers


ALIAS = '[[document]]\ntype = "Nghị quyết"\nsymbol = "21-NQ/TW"\ndate = 2022-06-16\nmisprints = ["21-NQ/TW@2017"]\n'


def test_the_alias_file_takes_effect_with_resolve_and_stays_until_then(archive: Archive) -> None:
    add(archive, 1, DATED)
    add(archive, 2, OLDER)
    assert dates(archive) == (["2017-10-25", "2022-06-16"], [])
    (archive.folder / ALIAS_FILE).write_text(ALIAS, encoding="utf-8")
    assert len(dates(archive)[0]) == 2
    (change,) = resolve_everything(archive)
    assert (change.raw, change.after.documents[0].date) == ("Nghị quyết số 21-NQ/TW ngày 25/10/2017", "2022-06-16")
    add(archive, 3, OLDER)
    assert [(group.cited.date, len(group.hits)) for group in cites(archive, "21-NQ/TW").groups] == [("2022-06-16", 3)]
    (archive.folder / ALIAS_FILE).unlink()
    assert len(resolve_everything(archive)) == 2
    assert len(dates(archive)[0]) == 2


def test_an_error_in_the_alias_file_changes_nothing(archive: Archive) -> None:
    add(archive, 1, DATED)
    (archive.folder / ALIAS_FILE).write_text("[[document]]\ntype = 3\n", encoding="utf-8")
    with archive.engine.connect() as connection:
        before = connection.execute(select(*ResolutionRow.__table__.columns)).all()
    with pytest.raises(AliasError):
        resolve_everything(archive)
    with archive.engine.connect() as connection:
        assert connection.execute(select(*ResolutionRow.__table__.columns)).all() == before
    assert add(archive, 2, DATED) == []


@pytest.mark.parametrize(
    ("text", "code", "line", "key"),
    [
        ("[[document]\n", "alias-syntax", 1, None),
        ('[[document]]\ntype = "Luật"\nsymbol = \n', "alias-syntax", 3, None),
        ('names = ["x"]\n', "alias-key", 1, "names"),
        ('document = "x"\n', "alias-tables", 1, "document"),
        ('[[document]]\ntype = "Luật"\ntitle = "A"\n\n[[document]]\ntitel = "B"\n', "alias-key", 6, "titel"),
        ('[[document]]\nsymbol = "18-NQ/TW"\n', "alias-missing", 1, "type"),
        ('# x\n[[document]]\ntype = "Luật"\n', "alias-missing", 2, "symbol"),
        ('[[document]]\ntype = ["Luật"]\n', "alias-text", 2, "type"),
        ('[[document]]\ntype = "Luật"\ntitle = "A"\nnames = "Luật A"\n', "alias-list", 4, "names"),
        ('[[document]]\ntype = "Luật"\ntitle = "A"\ndate = "25/10/2017"\n', "alias-date", 4, "date"),
        ('[[document]]\ntype = "Luật"\nsymbol = "Luật Việc làm"\n', "alias-symbol", 3, "symbol"),
        ('[[document]]\ntype = "Luật"\ntitle = "A"\nmisprints = ["A"]\n', "alias-symbol", 4, "misprints"),
        (
            '[[document]]\ntype = "Luật"\ntitle = "A"\nnames = ["X"]\n[[document]]\ntype = "Luật"\ntitle = "B"\nnames = ["x"]\n',
            "alias-twice",
            8,
            "names",
        ),
    ],
)
def test_errors_in_the_alias_file_say_where(text: str, code: str, line: int, key: str | None) -> None:
    with pytest.raises(AliasError) as error:
        read_aliases(text, "aliases.toml")
    assert (error.value.code, error.value.facts["line"], error.value.facts.get("key")) == (code, line, key)


def test_the_alias_file_must_be_utf8(archive: Archive) -> None:
    (archive.folder / ALIAS_FILE).write_bytes("# đ\n".encode() + b"\xff\n")
    with pytest.raises(AliasError) as error:
        resolve_everything(archive)
    assert (error.value.code, error.value.facts["line"]) == ("alias-encoding", 2)


def test_a_large_change_goes_in_chunks(archive: Archive) -> None:
    with mock.patch("archive.store.database.MANY", 2):
        for number in range(1, 8):
            add(archive, number, f"{DATED} Căn cứ Quyết định số {number}/QĐ-TTg ngày 0{number}/3/2024 của Thủ tướng Chính phủ.")
        add(archive, 9, BARE)
        assert dates(archive) == (["2022-06-16"], [["2022-06-16"]])
        assert resolve_everything(archive) == ()
    assert find_document(archive, "7-KH/ĐU").citations == 2
