"""The questions that follow the citations: cascade, gaps, lint."""

from __future__ import annotations

from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_list, print_page, print_sheet, tell_next
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import After, All, Csv, Folder, Heads, Json
from archive.terminal.print_follow import print_cascades, print_gaps, print_lint
from archive.terminal.session import opened, session_of
from archive.terminal.typed_names import level_named

Reference = Annotated[str, typer.Argument(help="help.argument.reference", metavar="usage.metavar.reference")]
Stated = Annotated[bool, typer.Option("--stated", help="help.option.stated")]

ROOT_COLUMNS = ("root_type", "root_symbol", "root_date")
STEP_COLUMNS = (
    *ROOT_COLUMNS,
    "depth",
    "level",
    "id",
    "type",
    "symbol",
    "date",
    "organ",
    "title",
    "carries_out",
    "also",
    "relation",
    "stated",
    "days_after_parent",
    "days_after_root",
    "said_in",
    "sentence",
)
GAP_COLUMNS = (
    *ROOT_COLUMNS,
    "status",
    "level",
    "organ",
    "parent_organ",
    "area",
    "documents",
    "last_date",
    "id",
    "symbol",
    "through",
    "mentioned_in",
    "mention",
)
LINT_COLUMNS = ("code", "id", "symbol", "line", "quotation", "other_id", "other_symbol", "other_line", "other_quotation", "facts")


def cascade(
    context: typer.Context,
    reference: Reference,
    stated: Stated = False,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Who carries a document out, as a tree with dates and days of delay."""
    session = session_of(context)
    with opened(session, folder) as handle:
        result = archive.cascade(handle, reference, stated=stated, limit=limit, after=after)
        if as_json:
            beside = {"reference": result.reference, "undecided": result.undecided}
            print_list(session, "cascades", result.cascades, **beside, next=result.next)
        elif as_csv:
            print_sheet(context, STEP_COLUMNS, [_step_row(found, step) for found in result.cascades for step in found.steps])
        else:
            print_cascades(result, session)
            tell_next(session, result.next)
    return of_answer([step for found in result.cascades for step in found.steps] or result.undecided)


def _step_row(found: values.Cascade, step: values.CascadeStep) -> tuple[object, ...]:
    root, node, names = found.root, step.node, {one.node.id: one.node.symbol or one.node.title for one in found.steps}
    names[root.id] = root.symbol or root.title
    return (
        *(root.type, root.symbol, root.date, step.depth, step.level),
        *(node.document_id, node.type, node.symbol, node.date, node.organ, node.title),
        *(names[step.parent], "; ".join(names[other] or other for other in step.also)),
        *(step.relation, step.stated, step.delay, step.total, step.evidence.document.id, step.evidence.sentence.text),
    )


def gaps(
    context: typer.Context,
    reference: Reference,
    level: Annotated[str | None, typer.Option("--level", help="help.option.level", metavar="usage.metavar.level")] = None,
    place: Annotated[str | None, typer.Option("--place", help="help.option.place", metavar="usage.metavar.place")] = None,
    stated: Stated = False,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Which organs of the archive have no plan that carries a document out."""
    session = session_of(context)
    wanted = level_named(level, context) if level else None
    with opened(session, folder) as handle:
        result = archive.gaps(handle, reference, level=wanted, place=place, stated=stated)
        if as_json:
            print_list(session, "gaps", result.gaps, reference=result.reference)
        elif as_csv:
            print_sheet(context, GAP_COLUMNS, [_gap_row(found, organ) for found in result.gaps for organ in found.organs])
        else:
            print_gaps(result, session)
    return of_answer([organ for found in result.gaps for organ in found.organs])


def _gap_row(found: values.Gaps, one: values.Coverage) -> tuple[object, ...]:
    root, by, near = found.root, one.by, one.nearest
    return (
        *(root.type, root.symbol, root.date, one.status, one.level, one.organ, one.parent_organ, one.place, one.documents, one.last),
        *(by.document_id if by else None, by.symbol if by else None, "; ".join(step.symbol or step.id for step in one.through)),
        *(near.document.id if near else None, near.relation if near else None),
    )


def lint(
    context: typer.Context,
    document: Annotated[str | None, typer.Argument(help="help.argument.lint", metavar="usage.metavar.document")] = None,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """What does not agree, with both places."""
    session = session_of(context)
    with opened(session, folder) as handle:
        result = archive.lint(handle, document, limit=limit, after=after)
        if as_json:
            print_page(session, "disagreements", result)
        elif as_csv:
            print_sheet(context, LINT_COLUMNS, [_lint_row(found) for found in result])
        else:
            print_lint(result, session)
            tell_next(session, result.next)
    return of_answer(result)


def _lint_row(found: values.Disagreement) -> tuple[object, ...]:
    places = ((one.document_id, one.symbol, one.line, one.raw) for one in (found.first, found.second))
    facts = "; ".join(f"{name}={value}" for name, value in found.facts.items())
    return (found.code, *(" ".join(cell.split()) if isinstance(cell, str) else cell for place in places for cell in place), facts)
