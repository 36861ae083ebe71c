"""The law of the overlay: it is what the plans and the alias file make it, whatever came first, and made anew it is the same row by row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from archive import Archive, add_text, correct, open_archive, remove, resolve_everything
from archive.keep.correcting import take_back
from archive.store.journal import before_of, entries
from archive.store.tables import AuthorityRow, ClaimRow, ResolutionRow, VersionRow
from bench.generated import Plans
from kehoach_parser import Plan, parse, text_of
from tests.archive.builders import NOW

#: Words are not asked for here, and indexing takes longest.
pytestmark = pytest.mark.usefixtures("without_words")
FIXTURES = Path(__file__).parents[2] / "fixtures"
#: So few documents to cite that most plans cite the same: blocks with many plans, some of which drop the date or print another.
VARIETY, COUNT = 12, 30


@pytest.fixture(scope="module")
def texts() -> dict[str, Plan]:
    """Texts, each parsed once."""
    plans = Plans(VARIETY)
    every = [*(path.read_text(encoding="utf-8") for path in sorted(FIXTURES.glob("*.txt"))), *map(plans.text, range(COUNT))]
    return {text: parse(text_of(text)) for text in every}


def overlay(archive: Archive) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the overlay, in an order of its own; plans and papers are called by their texts."""
    with archive.engine.connect() as connection:
        called = {row.id: row.text_sha256 for row in connection.execute(select(VersionRow.id, VersionRow.text_sha256))}
        paper = {row.document_id: row.text_sha256 for row in connection.execute(select(*VersionRow.__table__.columns))}
        resolutions = [(called[row[0]], *row[1:]) for row in connection.execute(select(*ResolutionRow.__table__.columns))]
        authorities = [dict(row._mapping) for row in connection.execute(select(*AuthorityRow.__table__.columns))]
        rows = [dict(row._mapping) for row in connection.execute(select(*ClaimRow.__table__.columns))]
    told = [
        {**row, "document_id": paper.get(row["document_id"]), "cited_by": sorted(map(called.__getitem__, row["cited_by"]))}.values()
        for row in authorities
    ]
    claims = [tuple({**row, "plans": sorted(called[plan] for plan in row["plans"])}.values()) for row in rows]
    return {
        "resolutions": sorted(resolutions, key=lambda row: row[:2]),
        "authorities": sorted(map(tuple, told), key=lambda row: str(row[0])),
        "claims": sorted(claims, key=lambda row: row[0]),
    }


def one_by_one(folder: Path, texts: Mapping[str, Plan], order: Iterable[str]) -> Archive:
    archive = open_archive(folder, create=True)
    for text in order:
        add_text(archive, text_of(text), now=NOW, parse=lambda read: texts[read.content], apart=True)
    return archive


def test_added_one_by_one_in_any_order_and_made_anew_it_is_the_same(texts: dict[str, Plan], tmp_path: Path) -> None:
    found = []
    for name, order in (("forth", list(texts)), ("back", list(texts)[::-1])):
        with one_by_one(tmp_path / name, texts, order) as archive:
            found.append(overlay(archive))
            assert resolve_everything(archive) == ()
            assert overlay(archive) == found[-1]
    first = found[0]
    assert max(len(row[6]) for row in first["claims"] if row[6]) > 1, "claims of several mentions"  # type: ignore[arg-type]
    assert {row[7] for row in first["resolutions"]} >= {"absent", "ambiguous", "conflicting"}
    assert len(first["claims"]) < len(first["resolutions"]) / 2, "most plans say what others say"
    for table, rows in first.items():
        assert rows == found[1][table], table


def test_what_goes_takes_its_claims_along(texts: dict[str, Plan], tmp_path: Path) -> None:
    """An archive from which plans were removed is as if they had never come."""
    some = list(texts)[:18]
    kept, gone = some[:-6], some[-6:]
    with one_by_one(tmp_path / "never", texts, kept) as archive:
        never = overlay(archive)
    with one_by_one(tmp_path / "gone", texts, [*kept, *gone]) as archive:
        for number in range(len(kept) + 1, len(some) + 1):
            remove(archive, str(number), now=NOW)
        assert overlay(archive) == never


def test_what_people_say_of_one_plan_is_not_said_of_those_that_print_the_same(tmp_path: Path) -> None:
    """Three plans make one claim; one of them is apart while a person says what it means, and comes back when that is undone."""
    body = "Thực hiện Nghị quyết số 18-NQ/TW ngày 16/6/2022 của Bộ Chính trị.\n"
    every = [f"KẾ HOẠCH\nTriển khai công tác của xã Kim Liên lần {number}\n\n{body}" for number in range(3)]
    texts = {text: parse(text_of(text)) for text in every}
    with one_by_one(tmp_path, texts, texts) as archive:
        before = overlay(archive)
        assert [row[6] for row in before["claims"]] == [[["absent", before["authorities"][0][0], []]]]
        correct(archive, "2", "citation:1.document", "18-NQ/TW", now=NOW)
        apart = overlay(archive)
        assert [row[6] for row in apart["claims"] if row[6]] == [row[6] for row in before["claims"]]
        assert sorted(len(row[9]) for row in apart["resolutions"]) == [0, 0, 1], "that a person says so is evidence"
        assert resolve_everything(archive) == ()
        assert overlay(archive) == apart
        entry = entries(archive, limit=1)[0]
        with archive.engine.connect() as connection:
            take_back(archive, entry, before_of(connection, entry.id), NOW)
        assert overlay(archive) == before


def test_what_people_say_of_a_mention_without_a_date_is_said_of_one_plan(tmp_path: Path) -> None:
    """Three plans cite without a date what a fourth dates; of one of them a person says so."""
    body = "Thực hiện Nghị quyết số 18-NQ/TW của Bộ Chính trị.\n"
    dated = "KẾ HOẠCH\nTriển khai công tác của xã Kim Liên\n\nThực hiện Nghị quyết số 18-NQ/TW ngày 16/6/2022 của Bộ Chính trị.\n"
    every = [dated, *(f"KẾ HOẠCH\nTriển khai công tác của xã Kim Liên lần {number}\n\n{body}" for number in range(3))]
    texts = {text: parse(text_of(text)) for text in every}
    with one_by_one(tmp_path, texts, texts) as archive:
        correct(archive, "3", "citation:1.document", "18-NQ/TW@2022", now=NOW)
        after = overlay(archive)
        assert resolve_everything(archive) == ()
        assert overlay(archive) == after
        with archive.engine.connect() as connection:
            (record,) = connection.execute(select(AuthorityRow.plans, AuthorityRow.mentions, AuthorityRow.cited_by)).all()
            meant = connection.scalars(select(ResolutionRow.version_id).where(ResolutionRow.record.is_not(None))).all()
        assert (record.plans, record.mentions, sorted(record.cited_by)) == (len(meant), len(meant), sorted(meant))
        assert 3 in meant
