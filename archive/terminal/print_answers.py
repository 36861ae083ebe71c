"""Answers to questions on the screen: search hits, citations both ways, and the register of duties."""

from __future__ import annotations

from collections.abc import Sequence

import kehoach_parser
from archive import values
from archive.terminal.paper import print_table, print_text
from archive.terminal.passages import print_passage
from archive.terminal.session import Session
from archive.terminal.shown import cited_line, cited_name, document_line, place_line


def print_search(result: values.SearchResult, session: Session) -> None:
    """Each plan with its best passages: place in the outline, how it matched, snippet."""
    words = session.words
    for hit in result.hits:
        print_text(document_line(hit.document, words))
        for found in hit.occurrences:
            print_text(f"{place_line(found.place, words)} ({words.term('how', found.how)})", indent=4, style="cyan")
            print_passage(found.snippet, kehoach_parser.passage_as_read(found.snippet.text), words, 6)
        print()
    if not result.total:
        session.warn(words.say("search.none", query=result.query))
        return
    last = result.offset + len(result.hits)
    session.warn(words.say("search.total", first=result.offset + 1, last=last, total=result.total))
    if last < result.total:
        session.warn(words.say("search.more", offset=last))


def print_cited_by(result: Sequence[values.CitedByPlan], session: Session) -> None:
    """The documents that one plan cites, as a table."""
    words = session.words
    if not result:
        session.warn(words.say("cited-by.none"))
        return
    rows = []
    for one in result:
        relations = sorted({words.term("relation", hit.relation) for hit in one.hits})
        places = list(dict.fromkeys(hit.place.path or words.term("where", hit.place.where) for hit in one.hits))
        where = one.cited.document.id if one.cited.document else words.say("cited-by.ambiguous") if one.ambiguous else None
        title = one.cited.title if one.cited.symbol else None
        rows.append((cited_name(one.cited, words), title, where, len(one.hits), ", ".join(relations), "; ".join(places)))
    headings = [words.say(f"column.{name}") for name in ("cited", "subject", "in_archive", "times", "relation", "places")]
    print_table(headings, rows, right=(3,), spare=(1,))


def print_replaced(result: Sequence[values.Replaced], session: Session) -> None:
    """Each document that is no longer in force, what ended it, and the plans that stand on it."""
    words = session.words
    if not result:
        session.warn(words.say("replaced.none"))
    for one in result:
        print_text(cited_line(one.cited, words), style="bold")
        for hits, term in ((one.by, None), (one.plans, "plans")):
            said: dict[int, list[values.CitationHit]] = {}
            for hit in hits:
                said.setdefault(hit.document.id, []).append(hit)
            if term:
                print_text(words.say("replaced.plans", count=len(said)), indent=3)
            for found in said.values():
                how = ", ".join(sorted({words.term("relation", hit.relation) for hit in found}))
                print_text(f"{document_line(found[0].document, words)} ({how})", indent=6 if term else 3, style="" if term else "yellow")
        print()
