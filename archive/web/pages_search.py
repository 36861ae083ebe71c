"""The start page: one box to search with, what the results are made of, the results; and the archive in figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
import kehoach_parser
from archive import values
from archive.web.answers import json_text
from archive.web.results import Results
from archive.web.visit import Visit, named

#: What results can be narrowed by: a field of the query language for each kind of facet.
FIELDS = {
    "type": "types",
    "organ": "organs",
    "level": "levels",
    "place": "places",
    "date": "years",
    "cites": "cited",
    "unit": "units",
    "doubt": "doubts",
}
#: Those that the start page shows of all plans.
_START = ("type", "level", "date", "cites")
#: Plans that a file of results holds at most.
MOST_EXPORTED = 1_000
#: Texts below this quality are damaged by OCR: their passages are shown as they are read, too.
_CLEAR = 0.75
#: What the start page shows of an archive.
_NEWEST = values.ListQuestion(sort="added", descending=True, limit=6)
#: Plans on a page of results, each with its passages.
_PLANS = 10
#: Columns of results as a table, named as those of `kehoach search --csv`.
COLUMNS = ("id", "symbol", "date", "organ", "place", "heading", "passage", "how", "score")
_WIDTHS = (6, 20, 12, 32, 14, 36, 90, 14, 8)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for: as typed, and narrowed by facets (field and value)."""

    typed: str
    narrowed: dict[str, str]

    @property
    def query(self) -> str:
        """All of it in the query language."""
        if not self.narrowed:
            return self.typed
        filters = [f'{field}:"{_bare(value)}"' for field, value in self.narrowed.items()]
        return " ".join([f"({self.typed})", *filters] if self.typed else filters)

    def parameters(self, **changed: str | None) -> dict[str, object]:
        """The query of an address that asks for it, with some narrowing changed (None: taken away)."""
        return {"q": self.typed, **self.narrowed, **changed}


def _bare(value: str) -> str:
    return value.replace('"', " ")


def asked_of(visit: Visit) -> Asked:
    """What a request searches for."""
    return Asked(visit.typed("q"), {field: value for field in FIELDS if (value := visit.typed(field))})


def search(visit: Visit) -> Response:
    """Results with facets; without a question what the archive holds."""
    asked, page = asked_of(visit), visit.slice(_PLANS)
    try:
        facets = _facets(archive.facets(visit.archive, asked.query))
        found = archive.search(visit.archive, asked.query, limit=page.size, offset=page.offset) if asked.query else None
    except archive.errors.QueryError as error:
        told = visit.words.speech.error(error)
        return _shown(visit, asked, 400, error=error, told=told, found=None, facets={}, newest=())
    newest = archive.find_documents(visit.archive, _NEWEST) if found is None else ()
    return _shown(visit, asked, error=None, found=found, facets=facets, page=page, newest=newest)


def _shown(visit: Visit, asked: Asked, status: int = 200, /, **context: Any) -> Response:
    results = Results(visit.links, visit.words, visit.rows, as_read, _CLEAR)
    return visit.show("search.html", status, asked=asked, results=results, fields=tuple(FIELDS), start=_START, **context)


def _facets(counted: values.Facets) -> dict[str, Sequence[values.Count | values.CitedCount]]:
    return {field: getattr(counted, name) for field, name in FIELDS.items()}


def as_read(hit: values.Hit, passage: values.Snippet) -> str | None:
    """A passage of a damaged text as it is read; None where it is clean."""
    return kehoach_parser.passage_as_read(passage.text) if hit.document.quality < _CLEAR else None


def export(visit: Visit) -> Response:
    """Results as a file: CSV, XLSX or JSON."""
    asked = asked_of(visit)
    format_ = visit.part("format")
    if format_ not in ("csv", "xlsx", "json"):
        raise HTTPException(404)
    found = archive.search(visit.archive, asked.query, limit=MOST_EXPORTED)
    if format_ == "json":
        body = {"hits": found.hits, "total": found.total, "query": found.query, "offset": found.offset}
        return visit.file(json_text(body), "kehoach.json", "application/json")
    rows = [row for hit in found.hits for row in _rows(hit, visit)]
    heads = tuple(visit.words.say(f"csv.{name}") for name in COLUMNS)
    if format_ == "csv":
        return visit.file(archive.sheet_csv(heads, rows), "kehoach.csv", "text/csv; charset=utf-8")
    t = visit.words.say
    note = t("export.note", query=asked.query, shown=len(found.hits), total=found.total)
    sheet = values.Sheet(t("export.sheet"), t("export.title"), note, heads, _WIDTHS, rows, t("register.page"), visit.now)
    return visit.file(archive.sheet_xlsx(sheet), "kehoach.xlsx", XLSX)


def _rows(hit: values.Hit, visit: Visit) -> Iterator[tuple[values.Cell, ...]]:
    d, term, score = hit.document, visit.words.speech.term, f"{hit.score:.3f}"
    own = (d.id, named(d), visit.words.speech.day(d.date), d.organ)
    if not hit.occurrences:
        yield (*own, None, None, None, None, score)
    for found in hit.occurrences:
        place = found.place
        yield (*own, place.path or term("where", place.where), place.heading, found.snippet.text, term("how", found.how), score)


def statistics(visit: Visit) -> Response:
    """The archive in figures."""
    found, years = archive.statistics(visit.archive), archive.facets(visit.archive, "").years
    t, to = visit.words.say, visit.links.to
    bars = [(t("figures.by-year"), [(one.name, one.count, to("/", date=one.name)) for one in years])]
    for name, field in (("types", "type"), ("organs", "organ"), ("busiest_units", "unit")):
        counts: tuple[values.Count, ...] = getattr(found, name)
        bars.append((t(f"stats.{name}"), [(one.name, one.count, to("/", {field: one.name})) for one in counts]))
    cited = [(visit.words.speech.cited(one.cited), one.count, visit.links.cited(one.cited)) for one in found.most_cited]
    bars.insert(2, (t("stats.most_cited"), cited))
    return visit.show("statistics.html", found=found, bars_of=bars)
