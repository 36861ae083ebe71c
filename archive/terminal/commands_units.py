"""`kehoach units` and `kehoach unit`: which units there are, and all about one."""

from __future__ import annotations

from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_object, print_page, print_sheet, tell_next
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.options import After, All, Csv, Folder, Heads, Json, Level
from archive.terminal.print_duties import tell_without_tasks
from archive.terminal.print_lineage import tell_hints
from archive.terminal.print_units import print_unit, print_units
from archive.terminal.session import opened, session_of
from archive.terminal.typed_names import ROLES, level_named

UNIT_COLUMNS = ("unit", "aliases", "level", "area", "duties", *ROLES, "documents", "key")

UnitPlace = Annotated[str | None, typer.Option("--place", help="help.option.unit-place", metavar="usage.metavar.place")]


def units(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="help.argument.unit-words", metavar="usage.metavar.unit")] = "",
    place: UnitPlace = None,
    level: Level = None,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """The units that plans give duties, with the names they go by."""
    session = session_of(context)
    wanted = level_named(level, context) if level else None
    with opened(session, folder) as handle:
        result = archive.units(handle, query, place=place, level=wanted, limit=limit, after=after)
        gone = [values.UnitHint(one.name, one.place, one.became) for one in result if one.became]
        if as_json:
            print_page(session, "units", result)
        elif as_csv:
            print_sheet(context, UNIT_COLUMNS, [_row(one) for one in result])
        else:
            print_units(result, query, session)
            tell_next(session, result.next)
        tell_without_tasks(handle, session)
        tell_hints(gone if result or not query.strip() else archive.unit_hints(handle, query, place=place), session)
    return of_answer(result)


def _row(one: values.UnitSummary) -> tuple[object, ...]:
    by_role = (one.roles.get(role, 0) for role in ROLES)
    return (one.name, "; ".join(one.aliases), one.level, one.place, one.duties, *by_role, one.documents, one.key)


def unit(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="help.argument.unit", metavar="usage.metavar.unit")],
    place: UnitPlace = None,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """One unit on one page: its duties, who it works with, who reports to it."""
    session = session_of(context)
    with opened(session, folder) as handle:
        try:
            page = archive.unit_page(handle, name, place=place, limit=limit, after=after)
        except archive.errors.UnknownUnit:
            tell_hints(archive.unit_hints(handle, name, place=place), session)
            raise
        if as_json:
            print_object(session, page)
        else:
            print_unit(page, session)
            tell_next(session, page.next)
        tell_without_tasks(handle, session)
    return ExitCode.ANSWER
