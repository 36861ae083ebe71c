"""Commands that show what an archive holds: list, show, stats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated

import typer

import archive
import kehoach_parser
from archive import values
from archive.terminal.answers import print_list, print_object, print_page, print_sheet, tell_next, words_asked
from archive.terminal.corrected import Said, tell_text
from archive.terminal.exit_codes import ExitCode, of_answer
from archive.terminal.messages import Messages
from archive.terminal.options import After, All, Csv, Document, Folder, From, Heads, Json, To
from archive.terminal.paper import print_table, print_text
from archive.terminal.plan_tree import print_plan
from archive.terminal.session import Session, opened, session_of
from archive.terminal.shown import cited_name, document_line

#: What a list may be sorted by; a minus before it turns it round.
SORTS = ("id", "date", "symbol", "type", "organ", "place", "signer", "subject", "added", "file")
LIST_COLUMNS = ("id", "symbol", "date", "type", "organ", "subject", "file")
DOUBTFUL_COLUMNS = ("id", "symbol", "date", "file", "doubts", "todo")

#: The figures of `stats` that are one number, in the order shown.
FIGURES = (
    "documents",
    "versions",
    "damaged_documents",
    "characters",
    "nodes",
    "citations",
    "cited_documents",
    "ambiguous_citations",
    "dates",
    "assignments",
    "units",
)
FREQUENT = ("types", "organs", "most_cited", "busiest_units")


def list_(
    context: typer.Context,
    doubtful: Annotated[bool, typer.Option("--doubtful", help="help.option.doubtful")] = False,
    type_: Annotated[str | None, typer.Option("--type", help="help.option.list-type", metavar="usage.metavar.type")] = None,
    organ: Annotated[str | None, typer.Option("--organ", help="help.option.list-organ", metavar="usage.metavar.organ")] = None,
    place: Annotated[str | None, typer.Option("--place", help="help.option.list-place", metavar="usage.metavar.place")] = None,
    signer: Annotated[str | None, typer.Option("--signer", help="help.option.signer", metavar="usage.metavar.name")] = None,
    since: From = None,
    until: To = None,
    sort: Annotated[str | None, typer.Option("--sort", help="help.option.sort", metavar="usage.metavar.column")] = None,
    limit: All = None,
    after: After = None,
    folder: Folder = None,
    as_json: Json = False,
    as_csv: Csv = False,
    heads: Heads = "keys",
) -> ExitCode:
    """Documents of the archive: all, or those that meet conditions, in the order asked for; with ``--doubtful`` those that need a look."""
    session = session_of(context)
    words = session.words
    key = (sort or "id").removeprefix("-").lower()
    if key not in SORTS:
        raise typer.BadParameter(words.say("list.no-such-sort", sort=sort, choices=", ".join(SORTS)), ctx=context)
    question = values.ListQuestion(type_, organ, place, signer, since, until, key, (sort or "").startswith("-"))
    # Which of these need a look only reading all of them tells.
    page = question if doubtful else replace(question, limit=limit, after=after)
    narrowed = any((type_, organ, place, signer, since, until))
    with opened(session, folder) as handle:
        documents = archive.find_documents(handle, page)
        if doubtful:
            found = archive.doubtful_documents(handle, [document.id for document in documents] if narrowed else None)
            order = {document.id: number for number, document in enumerate(documents)}
            ranked = sorted(found, key=lambda each: order[each.document.id]) if sort else found
            return _list_doubtful(ranked, limit, context, as_json, as_csv)
    if as_json:
        print_page(session, "documents", documents)
    elif as_csv:
        print_sheet(context, LIST_COLUMNS, [(d.id, d.symbol, d.date, d.type, d.organ, d.subject, d.name) for d in documents])
    elif documents:
        _print_documents(documents, session)
    else:
        session.warn(words.say("list.none" if narrowed else "list.empty"))
    return of_answer(documents)


def _print_documents(documents: values.Page[values.Document], session: Session) -> None:
    words = session.words
    rows = [(d.id, *(_with_mark(d, name, words) for name in LIST_COLUMNS[1:-1]), d.name) for d in documents]
    print_table([words.say(f"column.{name}") for name in LIST_COLUMNS], rows, right=(0,), whole=(0, 1, 2), spare=(6, 3, 4))
    if any(document.corrected for document in documents):
        session.warn(words.say("list.corrected"))
    _tell_rest(len(documents), documents.total or 0, session)
    tell_next(session, documents.next)


def _with_mark(document: values.Document, name: str, words: Messages) -> str | None:
    """A value of a document's head in a list; with a sign behind it where people corrected it, also where they took it away."""
    said = words.day(document.date) if name == "date" else getattr(document, name)
    return f"{said or ''} *".lstrip() if name in document.corrected else said


def _tell_rest(shown: int, found: int, session: Session) -> None:
    """How many there are, where a limit leaves some out."""
    if shown < found:
        session.warn(session.words.say("list.limited", shown=shown, total=found))


def _list_doubtful(found: Sequence[values.Doubtful], limit: int | None, context: typer.Context, as_json: bool, as_csv: bool) -> ExitCode:
    """The documents that need a look: what is doubted of each, and what to do about the worst of it."""
    session, shown = session_of(context), found[:limit]
    words = session.words
    if as_json:
        print_list(session, "documents", shown, len(found))
    elif as_csv:
        asked = words_asked(context)
        rows = []
        for d, doubts in ((each.document, each.doubts) for each in shown):
            said = [asked.term("doubt", code) if asked else code for code in doubts]
            rows.append((d.id, d.symbol, d.date, d.name, "; ".join(said), doubts[0]))
        print_sheet(context, DOUBTFUL_COLUMNS, rows)
    elif found:
        headings = [words.say(f"column.{name}") for name in DOUBTFUL_COLUMNS]
        print_table(headings, [_doubtful_row(each, words) for each in shown], right=(0,), whole=(0, 1, 2), spare=(5, 3))
        _tell_rest(len(shown), len(found), session)
    else:
        session.warn(words.say("list.none-doubtful"))
    return of_answer(found)


def _doubtful_row(each: values.Doubtful, words: Messages) -> tuple[object, ...]:
    d, doubts = each.document, each.doubts
    said = ", ".join(words.term("doubt", code) for code in doubts)
    return d.id, d.symbol, words.day(d.date), d.name, said, words.term("look", doubts[0])


def show(
    context: typer.Context,
    document: Document,
    version: Annotated[int | None, typer.Option("--of", help="help.option.of", metavar="usage.metavar.number", min=1)] = None,
    as_text: Annotated[bool, typer.Option("--text", help="help.option.text")] = False,
    folder: Folder = None,
    as_json: Json = False,
) -> ExitCode:
    """A document as a tree with its citations, duties and history, or its text as it was read."""
    session = session_of(context)
    with opened(session, folder) as handle:
        shown = archive.show(handle, document, version)
        if as_json:
            plan = kehoach_parser.plan_to_dict(shown.plan)
            beside = {"history": shown.history, "corrections": shown.corrections}
            print_object(session, {"document": shown.document, "plan": plan, "text": shown.text, **beside})
        elif as_text:
            print(shown.text, end="" if shown.text.endswith("\n") else "\n")
        else:
            _print_document(shown, session.words)
    return ExitCode.ANSWER


def _print_document(shown: values.Shown, words: Messages) -> None:
    """The document in a line, its plan as a tree, and its versions where there are several."""
    print_text(document_line(shown.document, words))
    print()
    print_plan(shown.plan, shown.text, words, Said(shown.corrections, words))
    tell_text(shown.corrections, words)
    if len(shown.history) > 1:
        print()
        headings = [words.say(f"column.{name}") for name in ("version", "kind", "file", "added_at", "replaced_at")]
        rows = [(_number(v), words.term("kind", v.kind), v.name, _moment(v.added_at), _moment(v.replaced_at)) for v in shown.history]
        print_table(headings, rows, right=(0,))


def _number(version: values.Version) -> str:
    """The number of a version, with a mark where it is the one that answers."""
    return f"{version.number}*" if version.current else str(version.number)


def _moment(moment: object) -> str:
    """A point of time to the minute, in the zone it was noted in."""
    return str(moment)[:16] if moment else ""


def stats(context: typer.Context, folder: Folder = None, as_json: Json = False) -> ExitCode:
    """The archive in figures."""
    session = session_of(context)
    with opened(session, folder) as handle:
        found = archive.statistics(handle)
        if as_json:
            print_object(session, found)
        else:
            _print_statistics(found, session.words)
    return ExitCode.ANSWER


def _print_statistics(found: values.Statistics, words: Messages) -> None:
    """The figures that are one number, then what is most frequent."""
    rows: list[tuple[str, object]] = [(words.say(f"stats.{name}"), getattr(found, name)) for name in FIGURES]
    if found.date_first:
        rows.append((words.say("stats.dates_span"), f"{words.day(found.date_first)} – {words.day(found.date_last)}"))
    print_table([words.say("column.figure"), words.say("column.count")], rows, right=(1,))
    for name in FREQUENT:
        counts = [
            (cited_name(count.cited, words) if isinstance(count, values.CitedCount) else count.name, count.count)
            for count in getattr(found, name)
        ]
        if counts:
            print()
            print_table([words.say(f"stats.{name}"), words.say("column.count")], counts, right=(1,))
