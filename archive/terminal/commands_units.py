"""`kehoach units` and `kehoach unit`: which units there are, and all about one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from archive.terminal.answers import print_json, print_sheet
from archive.terminal.lineage import tell_hints
from archive.terminal.options import All, Csv, Folder, Json, Level
from archive.terminal.ranks import rank_named
from archive.terminal.roles import ROLES
from archive.terminal.session import opened, session_of

if TYPE_CHECKING:
    from archive import UnitSummary

UNIT_COLUMNS = ("unit", "aliases", "level", "area", "duties", *ROLES, "documents", "key")

UnitPlace = Annotated[str | None, typer.Option("--place", help="help.option.unit-place", metavar="usage.metavar.place")]


def units(
    context: typer.Context,
    query: Annotated[str, typer.Argument(help="help.argument.unit-words", metavar="usage.metavar.unit")] = "",
    place: UnitPlace = None,
    level: Level = None,
    limit: All = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
) -> None:
    """The units that plans give duties, with the names they go by."""
    from archive import hints_of, unit_hints
    from archive import units as ask
    from archive.terminal.print_units import print_units

    session = session_of(context)
    wanted = rank_named(level, context) if level else None
    with opened(session, folder) as archive:
        result = ask(archive, query, place=place, level=wanted, limit=limit)
        hints = hints_of(result) if result or not query.strip() else unit_hints(archive, query, place=place)
    if as_json:
        print_json(result)
    elif as_csv:
        print_sheet(session, UNIT_COLUMNS, [_row(one) for one in result])
    else:
        print_units(result, query, session)
    tell_hints(hints, session)


def _row(one: UnitSummary) -> tuple[object, ...]:
    by_role = (one.roles.get(role, 0) for role in ROLES)
    return (one.name, "; ".join(one.aliases), one.level, one.place, one.duties, *by_role, one.documents, one.key)


def unit(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="help.argument.unit", metavar="usage.metavar.unit")],
    place: UnitPlace = None,
    folder: Folder = None,
    as_json: Json = False,
) -> None:
    """One unit on one page: its duties, who it works with, who reports to it."""
    from archive import UnknownUnit, unit_hints, unit_page
    from archive.terminal.print_units import print_unit

    session = session_of(context)
    with opened(session, folder) as archive:
        try:
            page = unit_page(archive, name, place=place)
        except UnknownUnit:
            tell_hints(unit_hints(archive, name, place=place), session)
            raise
    if as_json:
        print_json(page)
    else:
        print_unit(page, session)
