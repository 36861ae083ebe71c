"""The options that several commands share, declared once. Help texts are keys of the catalogue (see `usage.localised`)."""

from __future__ import annotations

from typing import Annotated

import typer

from archive.terminal.answers import heads_named

Folder = Annotated[str | None, typer.Option("--archive", help="help.option.archive", metavar="usage.metavar.folder")]
Json = Annotated[bool, typer.Option("--json", help="help.option.json")]
Csv = Annotated[bool, typer.Option("--csv", help="help.option.csv")]
Heads = Annotated[str, typer.Option("--heads", help="help.option.heads", metavar="usage.metavar.heads", callback=heads_named)]
Yes = Annotated[bool, typer.Option("--yes", help="help.option.yes")]
Limit = Annotated[int, typer.Option("--limit", "-n", help="help.option.limit", metavar="usage.metavar.number", min=1)]
After = Annotated[str | None, typer.Option("--after", help="help.option.after", metavar="usage.metavar.cursor")]
Document = Annotated[str, typer.Argument(help="help.argument.document", metavar="usage.metavar.document")]

DutyWords = Annotated[str, typer.Argument(help="help.argument.duty", metavar="usage.metavar.query")]
Unit = Annotated[str | None, typer.Option("--unit", help="help.option.unit", metavar="usage.metavar.unit")]
Below = Annotated[bool, typer.Option("--below", help="help.option.below")]
Plan = Annotated[str | None, typer.Option("--plan", help="help.option.plan", metavar="usage.metavar.document")]
Role = Annotated[str | None, typer.Option("--role", help="help.option.role", metavar="usage.metavar.role")]
ReportsTo = Annotated[str | None, typer.Option("--reports-to", help="help.option.reports-to", metavar="usage.metavar.unit")]
Person = Annotated[str | None, typer.Option("--person", help="help.option.person", metavar="usage.metavar.name")]
Place = Annotated[str | None, typer.Option("--place", help="help.option.duty-place", metavar="usage.metavar.place")]
Level = Annotated[str | None, typer.Option("--level", help="help.option.duty-level", metavar="usage.metavar.level")]
Relation = Annotated[str | None, typer.Option("--relation", help="help.option.relation", metavar="usage.metavar.relation")]
From = Annotated[str | None, typer.Option("--from", help="help.option.from", metavar="usage.metavar.date")]
To = Annotated[str | None, typer.Option("--to", help="help.option.to", metavar="usage.metavar.date")]
Due = Annotated[str | None, typer.Option("--due", help="help.option.due", metavar="usage.metavar.time")]
Overdue = Annotated[str | None, typer.Option("--overdue", help="help.option.overdue", metavar="usage.metavar.date")]
State = Annotated[str | None, typer.Option("--state", help="help.option.state", metavar="usage.metavar.state")]
Open = Annotated[bool, typer.Option("--open", help="help.option.open")]
All = Annotated[int | None, typer.Option("--limit", "-n", help="help.option.limit-duties", metavar="usage.metavar.number", min=1)]
