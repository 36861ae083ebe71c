"""How long the database takes to answer `kehoach cites` over a million citations, and by which indices.

usage: cites.py [CITATIONS]          1,000,000 by default

A temporary archive is filled with rows straight away: 25 citations a plan; what is cited follows Zipf's law, so that one resolution is
cited by tens of thousands of plans and most documents by a few. The queries are those of `archive.ask.citations`.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from itertools import accumulate
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert

from archive import Archive, cites, open_archive
from archive.common.keys import symbol_key
from archive.resolve.mentions import find_mentions, matching
from archive.store.database import writing
from archive.store.tables import AuthorityRow, Base, CitationRow, DocumentRow, NodeRow, ResolutionRow, VersionRow

PER_PLAN = 25
#: Documents that are cited, for each citation.
VARIETY = 8
CHUNK = 20_000
#: Ranks whose queries are timed: the document of this rank is cited by about so many plans.
HITS = (3, 30, 300)
SENTENCE = "Thực hiện Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương về một số vấn đề tiếp tục đổi mới bộ máy."


def symbol(number: int) -> str:
    """The symbol of a document: a thousand numbers each of Party and State organs, in many places and years."""
    return f"{number % 1000 + 1}-NQ/TW" if number % 7 == 0 else f"{number % 4000 + 1}/KH-UBND"


def key(number: int) -> str:
    """The key of a record."""
    return f"{symbol(number)}|{number}"


def rows(citations: int, cited: list[int]) -> Iterator[tuple[type[Base], dict[str, object]]]:
    """The rows of the archive, table by table within each plan."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    for plan in range(1, citations // PER_PLAN + 1):
        day = f"20{15 + plan % 11}-{plan % 12 + 1:02}-{plan % 28 + 1:02}"
        yield DocumentRow, {"id": plan}
        yield VersionRow, {
            "id": plan, "document_id": plan, "number": 1, "current": True, "indexed": True, "resolved": True, "added_at": now,
            "sha256": f"{plan:064}", "text_sha256": f"{plan:064}", "media_type": "text/plain", "parser_version": "1", "type": "Kế hoạch",
            "symbol": f"{plan % 400}-KH/ĐU", "symbol_key": f"{plan % 400}-kh/du", "date": day, "organ": f"Đảng ủy xã {plan % 3321}",
            "quality": 1.0, "length": 20_000, "node_count": 1, "citation_count": PER_PLAN, "assignment_count": 0,
        }  # fmt: skip
        yield NodeRow, {
            "version_id": plan, "ordinal": 0, "start": 0, "end": 20_000, "node": 0, "part": 1, "kind": "section", "label": "I",
            "path": "I", "heading": "MỤC ĐÍCH, YÊU CẦU", "heading_folded": " muc dich yeu cau ", "trail": [],
        }  # fmt: skip
        for ordinal in range(PER_PLAN):
            number = cited[(plan - 1) * PER_PLAN + ordinal]
            state = "ambiguous" if ordinal == 0 else "absent"
            yield CitationRow, {
                "version_id": plan, "ordinal": ordinal, "start": ordinal * 200, "end": ordinal * 200 + 30, "raw": symbol(number),
                "type": "Nghị quyết", "symbol": symbol(number), "symbol_key": symbol_key(symbol(number)), "name_key": " nghi quyet ",
                "date": day, "node": 0, "location": "body", "relation": "implements", "document_key": key(number), "candidates": [],
                "certainty": 0.9, "sentence": SENTENCE, "sentence_start": 10, "sentence_end": 40,
            }  # fmt: skip
            yield ResolutionRow, {
                "version_id": plan, "ordinal": ordinal, "block": f"nghi quyet|{symbol(number).split('-')[0]}", "also": None,
                "symbol_key": symbol_key(symbol(number)), "state": state, "record": None if state == "ambiguous" else key(number),
                "candidates": [[key(number), 1.0, [["time", 0.5, "2017-10-25"]]]] if state == "ambiguous" else [], "conflicts": [],
            }  # fmt: skip


def fill(archive: Archive, citations: int, cited: list[int]) -> None:
    """Writes everything; the records last."""
    with writing(archive.engine).begin() as connection:
        waiting: dict[type[Base], list[dict[str, object]]] = {}
        for table, row in rows(citations, cited):
            waiting.setdefault(table, []).append(row)
            if len(waiting.get(CitationRow, ())) >= CHUNK:
                for kind in (DocumentRow, VersionRow, NodeRow, CitationRow, ResolutionRow):
                    connection.execute(insert(kind), waiting.pop(kind, []) or [])
        for kind in (DocumentRow, VersionRow, NodeRow, CitationRow, ResolutionRow):
            if waiting.get(kind):
                connection.execute(insert(kind), waiting[kind])
        records = [
            {
                "key": key(number), "block": f"nghi quyet|{symbol(number).split('-')[0]}", "type": "Nghị quyết", "symbol": symbol(number),
                "symbol_key": symbol_key(symbol(number)), "date": "2017-10-25", "term": None, "issuer": None, "place": "", "title": None,
                "name_key": "", "document_id": None, "plans": times, "mentions": times, "conflicting": 0,
                "readings": {"types": [], "symbols": [], "dates": [], "issuers": [], "titles": [], "names": []},
            }
            for number, times in Counter(cited).items()
        ]  # fmt: skip
        for start in range(0, len(records), CHUNK):
            connection.execute(insert(AuthorityRow), records[start : start + CHUNK])
        connection.exec_driver_sql("ANALYZE")


def best(run: Callable[[], object], times: int = 7) -> float:
    """The fastest of several runs, in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append((time.perf_counter() - start) * 1000)
    return min(taken)


def main(arguments: list[str]) -> None:
    """Prints the times and the query plans."""
    citations = int(arguments[0]) if arguments else 1_000_000
    documents = citations // VARIETY
    chance = random.Random(1)
    weights = list(accumulate(1 / rank for rank in range(1, documents + 1)))
    cited = chance.choices(range(documents), cum_weights=weights, k=citations)
    with tempfile.TemporaryDirectory() as folder, open_archive(Path(folder), create=True) as archive:
        start = time.perf_counter()
        fill(archive, citations, cited)
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        taken = time.perf_counter() - start
        print(f"{citations:,} citations of {documents:,} documents in {citations // PER_PLAN:,} plans: {size:,.0f} MB, {taken:.0f} s")
        measure(archive, cited)


def statements(archive: Archive, name: str) -> list[tuple[str, Any]]:
    """The statements that a question sends, with their values."""
    sent: list[tuple[str, Any]] = []

    def keep(connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        sent.append((statement, parameters))

    event.listen(archive.engine, "before_cursor_execute", keep)
    with archive.engine.connect() as connection:
        find_mentions(connection, matching(connection, name))
    event.remove(archive.engine, "before_cursor_execute", keep)
    return [(sql, values) for sql, values in sent if sql.startswith("SELECT")]


def rows_of(connection: Any, sql: str, values: Any) -> list[Any]:
    """All rows of a statement, straight from the database."""
    return list(connection.cursor().execute(sql, values))


def measure(archive: Archive, cited: list[int]) -> None:
    """The queries of `cites` for documents that few, some, many and most plans cite."""
    by_symbol = Counter(symbol_key(symbol(number)) for number in cited)
    ranked = sorted(by_symbol.items(), key=lambda entry: entry[1])
    wanted = [next(name for name, times in ranked if times >= hits) for hits in HITS if ranked[-1][1] >= hits] + [ranked[-1][0]]
    print(f"{'symbol':>14} {'mentions':>9} {'database ms':>12} {'cites() ms':>11}")
    for name in wanted:
        asked = statements(archive, name)
        raw = archive.engine.raw_connection()
        each = [best(partial(rows_of, raw, sql, values)) for sql, values in asked]
        whole = best(partial(cites, archive, name), 3)
        print(f"{name:>14} {by_symbol[name]:>9,} {sum(each):>12.2f} {whole:>11.1f}")
        if name == wanted[-1]:
            for sql, values in asked:
                print(f"\n{' '.join(sql.split())[:100]} …")
                for row in rows_of(raw, f"EXPLAIN QUERY PLAN {sql}", values):
                    print(f"    {row[3]}")
        raw.close()


if __name__ == "__main__":
    main(sys.argv[1:])
