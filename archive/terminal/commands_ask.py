"""The questions about passages and citations: search, cites, cited-by, replaced."""

from __future__ import annotations

from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_page, print_sheet, tell_next
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import After, All, Csv, Document, Folder, Heads, Json, Limit, Relation
from archive.terminal.print_answers import print_cited_by, print_replaced, print_search
from archive.terminal.print_cites import print_cites
from archive.terminal.session import QUESTION, opened, session_of
from archive.terminal.typed_names import relation_named

SEARCH_COLUMNS = ("id", "symbol", "date", "organ", "place", "heading", "passage", "how", "score")
CITED_COLUMNS = ("cited_type", "cited_symbol", "cited_date", "cited_issuer", "cited_title", "ambiguous")
BY_COLUMNS = ("by_id", "by_symbol", "by_date", "by_relation")
HIT_COLUMNS = ("id", "symbol", "date", "place", "heading", "relation", "printed", "sentence", "certainty", "state", "conflicts")


def search(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="help.argument.query", metavar="usage.metavar.query")],
    limit: Limit = 20,
    offset: Annotated[int, typer.Option("--offset", help="help.option.offset", metavar="usage.metavar.number", min=0)] = 0,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Find passages: words, "phrases", AND OR NOT, prefix*, fields."""
    session = session_of(context)
    with opened(session, folder, mend=(*QUESTION, "index")) as handle:
        result = archive.search(handle, query, limit=limit, offset=offset)
        if as_json:
            print_list(session, "hits", result.hits, result.total, query=result.query, offset=result.offset)
        elif as_csv:
            print_sheet(context, SEARCH_COLUMNS, [row for hit in result.hits for row in _search_rows(hit)])
        else:
            print_search(result, session)
    return of_answer(result.hits)


def _search_rows(hit: values.Hit) -> list[tuple[object, ...]]:
    d = hit.document
    named = (d.id, d.symbol, d.date, d.organ)
    if not hit.occurrences:
        return [(*named, None, None, None, None, hit.score)]
    return [(*named, *_place(found.place), found.snippet.text, found.how, hit.score) for found in hit.occurrences]


def _place(place: values.Place) -> tuple[str, str | None]:
    return place.path or place.where, place.heading


def cites(
    context: typer.Context,
    reference: Annotated[str, typer.Argument(help="help.argument.reference", metavar="usage.metavar.reference")],
    organ: Annotated[str | None, typer.Option("--organ", help="help.option.cited-organ", metavar="usage.metavar.organ")] = None,
    place: Annotated[str | None, typer.Option("--place", help="help.option.cited-place", metavar="usage.metavar.place")] = None,
    relation: Relation = None,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Which plans cite a document; the documents of one symbol are kept apart."""
    session = session_of(context)
    wanted = relation_named(relation, context) if relation else None
    with opened(session, folder) as handle:
        result = archive.cites(handle, reference, organ=organ, place=place, relation=wanted, limit=limit, after=after)
        if as_json:
            undecided, alike = result.ambiguous, result.suggestions
            beside = {"reference": result.reference, "ambiguous": undecided, "suggestions": alike}
            print_list(session, "groups", result.groups, result.documents, **beside, mentions=result.mentions, next=result.next)
        elif as_csv:
            rows = [_hit_row(group.cited, False, hit) for group in result.groups for hit in group.hits]
            rows += [_hit_row(None, True, found.hit) for found in result.ambiguous]
            print_sheet(context, (*CITED_COLUMNS, *HIT_COLUMNS), rows)
        else:
            print_cites(result, session)
            tell_next(session, result.next)
    return of_answer(result.groups or result.ambiguous)


def _hit_row(cited: values.CitedDocument | None, ambiguous: bool, hit: values.CitationHit) -> tuple[object, ...]:
    d = hit.document
    known = (cited.type, cited.symbol, cited.date, cited.issuer, cited.title) if cited else (None, hit.symbol, None, None, None)
    said = " ".join(hit.raw.split())
    found = (*_place(hit.place), hit.relation, said, hit.sentence.text, hit.certainty, hit.state, " ".join(hit.conflicts))
    return (*known, int(ambiguous), d.id, d.symbol, d.date, *found)


def cited_by(
    context: typer.Context,
    document: Document,
    relation: Relation = None,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """What a document of the archive cites."""
    session = session_of(context)
    wanted = relation_named(relation, context) if relation else None
    with opened(session, folder) as handle:
        result = archive.cited_by(handle, document, relation=wanted, limit=limit, after=after)
        if as_json:
            print_page(session, "cited", result)
        elif as_csv:
            rows = [_hit_row(one.cited, one.ambiguous, hit) for one in result for hit in one.hits]
            print_sheet(context, (*CITED_COLUMNS, *HIT_COLUMNS), rows)
        else:
            print_cited_by(result, session)
            tell_next(session, result.next)
    return of_answer(result)


def replaced(context: typer.Context, folder: Folder = None, as_json: Json = False, as_csv: Csv = False, heads: Heads = "keys") -> ExitCode:
    """Which plans stand on a document that another one of the archive replaced or repealed."""
    session = session_of(context)
    with opened(session, folder) as handle:
        result = archive.replaced(handle)
        if as_json:
            print_list(session, "replaced", result)
        elif as_csv:
            rows = [(*_by(one.by[0]), *_hit_row(one.cited, False, hit)) for one in result for hit in one.plans]
            print_sheet(context, (*BY_COLUMNS, *CITED_COLUMNS, *HIT_COLUMNS), rows)
        else:
            print_replaced(result, session)
    return of_answer(result)


def _by(hit: values.CitationHit) -> tuple[object, ...]:
    """The paper that ends a document."""
    return hit.document.id, hit.document.symbol, hit.document.date, hit.relation
