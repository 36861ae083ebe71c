"""Tables as a page of HTML that needs nothing beside it: what `kehoach diff` writes for a browser or a letter."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from archive.values.sheets import Section

_STYLE = (
    "body{font:16px/1.5 'Noto Sans',Arial,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;color:#222}"
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #bbb;padding:.3em .6em;text-align:left;vertical-align:top}"
    "th{background:#eee}h1{font-size:1.4em}h2{font-size:1.1em;margin-top:1.6em}"
)


def tables_html(title: str, note: str, sections: Sequence[Section], language: str) -> str:
    """A page with a table for each section; all words are the caller's."""
    body = "\n".join(map(_table, sections))
    head = f"<meta charset='utf-8'><title>{escape(title)}</title><style>{_STYLE}</style>"
    page = f"<h1>{escape(title)}</h1>\n<p>{escape(note)}</p>\n{body}"
    return f"<!DOCTYPE html>\n<html lang='{escape(language)}'><head>{head}</head><body>\n{page}\n</body></html>\n"


def _table(section: Section) -> str:
    heads = "".join(f"<th>{escape(head)}</th>" for head in section.heads)
    rows = "\n".join("<tr>" + "".join(f"<td>{_cell(cell)}</td>" for cell in row) + "</tr>" for row in section.rows)
    return f"<h2>{escape(section.name)}</h2>\n<table><thead><tr>{heads}</tr></thead><tbody>\n{rows}\n</tbody></table>"


def _cell(cell: object) -> str:
    return "" if cell is None else escape(str(cell))
