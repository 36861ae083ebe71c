"""The options that several commands share, declared once. Help texts are keys of the catalogue (see `usage.localised`)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folder = Annotated[Path | None, typer.Option("--archive", help="help.option.archive", metavar="usage.metavar.folder")]
Json = Annotated[bool, typer.Option("--json", help="help.option.json")]
Csv = Annotated[bool, typer.Option("--csv", help="help.option.csv")]
Limit = Annotated[int, typer.Option("--limit", "-n", help="help.option.limit", metavar="usage.metavar.number", min=1)]
Document = Annotated[str, typer.Argument(help="help.argument.document", metavar="usage.metavar.document")]
