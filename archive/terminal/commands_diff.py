"""`kehoach diff`: what changed between two versions of a paper or two plans; on the screen, as JSON, as a page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

import archive
from archive import values
from archive.terminal.answers import print_object, print_sheet, words_asked
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.messages import Messages
from archive.terminal.options import Csv, Folder, Heads, Json
from archive.terminal.paper import print_table
from archive.terminal.session import opened, session_of
from archive.terminal.shown import cited_name, document_line

_SIDE = ("units", "helpers", "deadline", "path", "line")
#: What a change is, then the units, helpers, deadline, path and line of a task before and after.
CHANGE_COLUMNS = (
    *("part", "change", "what", "before", "after"),
    *(f"{name}_{side}" for side in ("before", "after") for name in _SIDE),
)

Before = Annotated[str, typer.Argument(help="help.argument.diff", metavar="usage.metavar.document")]
After = Annotated[str | None, typer.Argument(help="help.argument.diff-after", metavar="usage.metavar.document")]


def diff(
    context: typer.Context,
    before: Before,
    after: After = None,
    html: Annotated[str | None, typer.Option("--html", help="help.option.html", metavar="usage.metavar.file")] = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """What changed from one to the other: head, outline, duties, cited documents."""
    session = session_of(context)
    words = session.words
    with opened(session, folder) as handle:
        found = archive.diff(handle, before, after)
    sections = tuple(_sections(found, words))
    names = tuple(_name(document, words) for document in (found.before, found.after))
    title = words.say("diff.title", before=names[0], after=names[1])
    if html:
        note = words.say("diff.total", count=found.total)
        Path(html).write_text(archive.tables_html(title, note, sections, words.language), encoding="utf-8")
    if as_json:
        print_object(session, {**{name: getattr(found, name) for name in found.__dataclass_fields__}, "total": found.total})
    elif as_csv:
        print_sheet(context, CHANGE_COLUMNS, list(_rows(found, words_asked(context))))
    elif not html:
        print(title)
        for section in sections:
            print(f"\n{section.name}")
            print_table(section.heads, section.rows)
    session.warn(words.say("diff.total" if found.total else "diff.none", count=found.total))
    return of_answer(found.total)


def _rows(found: values.Differences, words: Messages | None) -> Iterator[tuple[object, ...]]:
    """A line of CSV for each change; without ``words`` parts, kinds and fields are named as JSON names them."""

    def said(family: str, *names: str) -> str:
        return "; ".join(words.term(family, name) if words else name for name in names)

    none = (None,) * len(_side_cells(None))
    for head in found.head:
        yield said("change", "head"), said("differs", "other"), said("column", head.field), head.before, head.after, *none, *none
    for node in found.outline:
        yield said("change", "outline"), said("differs", node.kind), node.heading, node.before, node.after, *none, *none
    for duty in found.duties:
        task = duty.after or duty.before
        sides = (duty.before.task if duty.before else None, duty.after.task if duty.after else None)
        cells = (*_side_cells(duty.before), *_side_cells(duty.after))
        yield said("change", "duties"), said("differs", *duty.kinds), task.task if task else None, *sides, *cells
    for cited in found.citations:
        named = " ".join(filter(None, (cited.type, cited.symbol or cited.title, cited.date)))
        times = (cited.count, None) if cited.kind == "gone" else (None, cited.count)
        yield said("change", "citations"), said("differs", cited.kind), named, *times, *none, *none


def _side_cells(side: values.DutySide | None) -> tuple[object, ...]:
    """Who leads, who helps, by when, where, of a task as one of the two has it."""
    if side is None:
        return (None,) * 5
    return "; ".join(side.units), "; ".join(side.helpers), side.deadline, side.path, side.line


def _name(document: values.Document, words: Messages) -> str:
    return words.say("diff.version", document=document_line(document, words).plain, version=document.version)


def _sections(found: values.Differences, words: Messages) -> Iterator[values.Section]:
    """A table for each part that changed."""
    parts: dict[str, tuple[tuple[str, ...], list[tuple[object, ...]]]] = {
        "head": (("field", "before", "after"), [(words.say(f"column.{one.field}"), one.before, one.after) for one in found.head]),
        "outline": (
            ("what", "before", "after", "heading"),
            [(words.term("differs", one.kind), one.before, one.after, one.heading) for one in found.outline],
        ),
        "duties": (("what", "task", "before", "after"), [_duty_row(one, words) for one in found.duties]),
        "citations": (("what", "cited", "times"), [_cited_row(one, words) for one in found.citations]),
    }
    for name, (heads, rows) in parts.items():
        if rows:
            yield values.Section(words.say(f"diff.{name}", count=len(rows)), tuple(words.say(f"column.{head}") for head in heads), rows)


def _duty_row(one: values.DutyChange, words: Messages) -> tuple[object, ...]:
    said = one.after or one.before
    kinds = ", ".join(words.term("differs", kind) for kind in one.kinds)
    return kinds, said.task if said else None, _side(one.before, one, words), _side(one.after, one, words)


def _side(side: values.DutySide | None, change: values.DutyChange, words: Messages) -> str:
    """ "Sở Y tế; with: Sở Tài chính; by 15/03/2026; III.2": all of a side; the task itself where its numbers are others."""
    if side is None:
        return ""
    said = ["; ".join(side.units)]
    said += [words.say("diff.helpers", units="; ".join(side.helpers))] if side.helpers else []
    said += [words.say("diff.deadline", day=words.day(side.deadline))] if side.deadline else []
    said += [side.path] if side.path else []
    said += [f"«{side.task}»"] if "numbers" in change.kinds else []
    return "; ".join(part for part in said if part)


def _cited_row(one: values.CitedChange, words: Messages) -> tuple[object, ...]:
    cited = values.CitedDocument("", one.type, one.symbol, one.date, None, one.title, None)
    return words.term("differs", one.kind), cited_name(cited, words), one.count
