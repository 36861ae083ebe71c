"""What citations mean, over several papers: one situation is one file in tests/cases/identity.

A case has papers in the order in which they come in, citations marked «1:…» in their text, and what an archivist says of each: "A" cited,
not in the archive (equal letters: one document); "=id" that paper; "? B A" ambiguous, with the candidates, likeliest first; "! A date"
contradicts A, or "! =id date" the paper, in its date; "*" a document that the case gives no letter. ``change`` is what `kehoach add` has to
report after a paper; ``fails`` the reason why the program is not there yet.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from archive import Archive, add_text, resolve_everything
from archive.store.alias_file import ALIAS_FILE
from archive.store.tables import AuthorityRow, CitationRow, ResolutionRow, VersionRow
from archive.values import Change
from kehoach_parser import text_of
from tests.archive.builders import NOW, nothing, parse_once

#: Words are not asked for here, and indexing takes a third of the time.
pytestmark = pytest.mark.usefixtures("without_words")
CASES = sorted((Path(__file__).parents[1] / "cases" / "identity").glob("*.toml"))
_MARK = re.compile(r"«(\d+):(.*?)»", re.S)


@dataclass(frozen=True)
class Paper:
    """A paper as it lies in the archive, and its marked citations: offset and text."""

    id: str
    content: str
    marks: dict[str, tuple[int, str]]


def paper(case: dict[str, str]) -> Paper:
    """A page of a Party or a State organ, as the guidelines lay it out."""
    organs, symbol, place, date, kind, subject = (piece.strip() for piece in case["head"].split("|"))
    parent, _, organ = (piece.strip() for piece in organs.rpartition("/"))
    day, month, year = date.split("/") if date else ("   ", "   ", "2025")
    when = f"{place}, ngày {day.zfill(2)} tháng {month.zfill(2)} năm {year}" if place else ""
    if "/" in symbol and "-" in symbol.partition("/")[0]:
        head = [f"{(parent or organ).upper()}          ĐẢNG CỘNG SẢN VIỆT NAM", *([organ.upper()] if parent else []), "*"]
        head.append(f"Số {symbol}                    {when}")
    else:
        head = [f"{organ.upper()}          CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", " " * 30 + "Độc lập - Tự do - Hạnh phúc"]
        head.append(f"Số: {symbol}                    {when}")
    text = "\n".join([*head, "", kind.upper(), subject, "-----", "", case["body"], "", "I. MỤC ĐÍCH", "1. Thực hiện nghiêm túc.", ""])
    marks: dict[str, tuple[int, str]] = {}
    while match := _MARK.search(text):
        marks[match[1]] = (match.start(), match[2])
        text = text[: match.start()] + match[2] + text[match.end() :]
    return Paper(case["id"], text, marks)


class Situation:
    """A case played through: the papers added one by one."""

    def __init__(self, archive: Archive, case: dict[str, Any], order: list[Paper] | None = None) -> None:
        self.archive = archive
        self.papers = {each.id: each for each in order or map(paper, case["paper"])}
        self.ids: dict[str, int] = {}
        self.changes: dict[str, list[Change]] = {}
        self.said: dict[str, dict[str, str]] = {}
        if "aliases" in case:
            (archive.folder / ALIAS_FILE).write_text(case["aliases"], encoding="utf-8")
            resolve_everything(archive)
        for each in self.papers.values():
            changed: list[Change] = []
            added = add_text(archive, text_of(each.content), now=NOW, parse=parse_once, changed=changed.append, apart=True)
            assert added.document is not None
            self.ids[each.id] = added.document.id
            self.changes[each.id] = changed
            if order is None:
                self.said[each.id] = self.resolved(case["expected"])

    def rows(self) -> dict[str, Any]:
        """The resolution of each marked citation that is in the archive by now."""
        query = (
            select(*ResolutionRow.__table__.columns, CitationRow.raw, CitationRow.start, VersionRow.document_id)
            .join(CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal))
            .join(VersionRow, VersionRow.id == ResolutionRow.version_id)
        )
        with self.archive.engine.connect() as connection:
            rows = connection.execute(query).all()
        found = {}
        for each in self.papers.values():
            for mark, (offset, _) in each.marks.items():
                if each.id in self.ids:
                    at = [row for row in rows if row.document_id == self.ids[each.id] and row.start == offset]
                    assert len(at) == 1, f"citation {mark} of {each.id} was not read: {[row.raw for row in rows]}"
                    found[mark] = at[0]
        return found

    def resolved(self, expected: dict[str, str]) -> dict[str, str]:
        """Every citation in the words of the case; letters are given by the expectations, new ones by number."""
        with self.archive.engine.connect() as connection:
            papers = {row.key: row.document_id for row in connection.execute(select(AuthorityRow.key, AuthorityRow.document_id))}
        names = {document_id: name for name, document_id in self.ids.items()}
        rows = self.rows()
        letters: dict[str, str] = {}
        for mark, row in rows.items():
            wanted = re.fullmatch(r"(?:! )?([A-Z])(?: .*)?", expected[mark])
            if row.record and wanted and wanted[1] not in letters.values():
                letters.setdefault(row.record, wanted[1])

        def name(key: str) -> str:
            if papers.get(key) is not None:
                return f"={names[papers[key]]}"
            return letters.get(key, "*")

        said = {}
        for mark, row in sorted(rows.items()):
            if row.state == "ambiguous":
                said[mark] = " ".join(["?", *(name(one[0]) for one in row.candidates)])
            elif row.state == "conflicting":
                said[mark] = " ".join(["!", name(row.record), *row.conflicts])
            else:
                said[mark] = name(row.record)
                assert (row.state == "resolved") == said[mark].startswith("="), row.state
        return said


def stored(archive: Archive) -> list[tuple[Any, ...]]:
    """The whole overlay, without the ids of papers and plans."""
    with archive.engine.connect() as connection:
        numbers = {row.id: row.sha256 for row in connection.execute(select(VersionRow.id, VersionRow.sha256))}
        resolutions = [
            (numbers[row.version_id], row.ordinal, row.block, row.state, row.record, row.candidates, row.conflicts)
            for row in connection.execute(select(*ResolutionRow.__table__.columns))
        ]
        authorities = [
            tuple(value for name, value in row._mapping.items() if name not in ("document_id", "cited_by"))
            for row in connection.execute(select(*AuthorityRow.__table__.columns))
        ]
    return sorted(resolutions, key=str) + sorted(authorities, key=str)


@pytest.fixture(params=CASES, ids=lambda path: path.stem)
def case(request: pytest.FixtureRequest) -> dict[str, Any]:
    found = tomllib.loads(request.param.read_text(encoding="utf-8"))
    if reason := found.get("fails"):
        request.node.add_marker(pytest.mark.xfail(strict=True, reason=reason))
    return found


def test_what_citations_mean_whatever_came_first(filled: Callable[..., Archive], case: dict[str, Any]) -> None:
    situation = Situation(filled(nothing), case)
    assert situation.said[list(situation.papers)[-1]] == case["expected"], case["situation"]
    for change in case.get("change", []):
        before = situation.said[list(situation.papers)[list(situation.papers).index(change["after"]) - 1]]
        after = situation.said[change["after"]]
        told = situation.changes[change["after"]]
        marks = {one.partition(":")[0] for one in change["says"]}
        assert {one.raw for one in told} == {
            each.marks[mark][1] for each in situation.papers.values() for mark in marks & each.marks.keys()
        }
        assert [f"{mark}: {_short(before[mark])} -> {_short(after[mark])}" for mark in sorted(marks)] == change["says"]
    grown = stored(situation.archive)
    assert resolve_everything(situation.archive) == ()
    assert stored(situation.archive) == grown, "made anew, the overlay is the same"
    papers = [paper(each) for each in case["paper"]]
    # The other way round, and with the first last: of two papers that is all there is.
    for order in {tuple(each.id for each in order): order for order in (papers[::-1], papers[1:] + papers[:1])}.values():
        if order != papers:
            other = Situation(filled(nothing, "-".join(each.id for each in order)), case, order)
            assert stored(other.archive) == grown


def _short(said: str) -> str:
    """Without what contradicts."""
    return " ".join(said.split()[:2]) if said.startswith("!") else said
