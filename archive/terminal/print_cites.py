"""The answer of `kehoach cites`: each document with what its plans say of it, what contradicts, what cannot be decided and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.paper import print_table, print_text
from archive.terminal.passages import print_passage
from archive.terminal.session import Session
from archive.terminal.shown import cited_line, cited_name, document_line, document_name, place_line, shorten, tell_choices

#: Readings shown of each kind in which plans disagree, and words of a title among them.
READINGS, TITLE_WORDS = 4, 16


def print_cites(result: values.CitesResult, session: Session) -> None:
    """Each document that the symbol means, apart, with the plans that cite it; then what cannot be decided, then how to choose."""
    words = session.words
    if not result.groups and not result.ambiguous:
        _tell_nothing(result, session)
        return
    if len(result.groups) > 1:
        session.warn(words.say("cites.several", reference=result.reference, count=len(result.groups)))
    for index, group in enumerate(result.groups, start=1):
        print_text(f"{index}. {cited_line(group.cited, words)}", style="bold")
        if group.cited.document:
            print_text(words.say("cites.in-archive", document=document_name(group.cited.document)), indent=3, style="green")
        if group.authority is not None:
            _print_disagreements(group.authority, words)
        _print_hits(group.hits, words)
    if result.ambiguous:
        print_text(words.say("cites.ambiguous"), style="bold yellow")
        for alike in _alike(result.ambiguous):
            _print_hits([found.hit for found in alike], words, close=False)
            _print_candidates(alike[0], words)
        print()
    tell_choices([group.cited for group in result.groups], session)


def _tell_nothing(result: values.CitesResult, session: Session) -> None:
    """That no document cites it, and what may have been meant."""
    words = session.words
    session.warn(words.say("cites.none", reference=result.reference))
    if result.suggestions:
        session.warn("\n".join((words.say("run.candidates"), *(f"  {cited_name(cited, words)}" for cited in result.suggestions))))


def _alike(ambiguous: Sequence[values.AmbiguousCitation]) -> list[list[values.AmbiguousCitation]]:
    """Mentions that may mean the same documents for the same reasons, together."""
    groups: dict[object, list[values.AmbiguousCitation]] = defaultdict(list)
    for found in ambiguous:
        groups[tuple(cited.key for cited in found.candidates), found.evidence].append(found)
    return list(groups.values())


def _print_disagreements(authority: values.Authority, words: Messages) -> None:
    """The kinds of readings in which the citing plans disagree, with the number of plans for each."""
    kinds = (("dates", authority.dates), ("symbols", authority.symbols), ("types", authority.types), ("titles", authority.titles))
    for kind, counts in (*kinds, ("issuers", authority.issuers)):
        if len(counts) < 2:
            continue
        said = []
        for count in counts[:READINGS]:
            name = words.day(count.name) if kind == "dates" else shorten(count.name, TITLE_WORDS)
            said.append(f"{name} ({count.count})")
        more = " …" if len(counts) > READINGS else ""
        print_text(f"{words.term('disagree', kind)} {'; '.join(said)}{more}", indent=3, style="dim")


def _print_candidates(found: values.AmbiguousCitation, words: Messages) -> None:
    """A table of what a mention may mean: the document, and what speaks for it."""
    if not found.candidates:
        print_text(words.say("cites.no-candidate"), indent=6, style="yellow")
        return
    rows = []
    for cited, evidence in zip(found.candidates, found.evidence, strict=True):
        name = cited_name(cited, words) + (words.say("cites.term", term=cited.term) if cited.term else "")
        weight = sum(piece.weight for piece in evidence)
        rows.append((name, shorten(cited.title, TITLE_WORDS), "; ".join(_said(piece, words) for piece in evidence), f"{weight:.1f}"))
    headings = [words.say(f"column.{name}") for name in ("maybe", "subject", "evidence", "weight")]
    print_table(headings, rows, right=(3,), spare=(1, 2))


def _said(evidence: values.Evidence, words: Messages) -> str:
    """ "title words 7/9", "earlier than the plan (25/10/2017)"."""
    said = words.day(evidence.said) if evidence.kind in ("date", "time") else evidence.said
    return words.say(f"evidence.{evidence.kind}", said=said)


def _print_hits(hits: Sequence[values.CitationHit], words: Messages, *, close: bool = True) -> None:
    """The plans that cite, each named once, with the places and sentences under it."""
    by_plan: dict[int, list[values.CitationHit]] = defaultdict(list)
    for hit in hits:
        by_plan[hit.document.id].append(hit)
    for found in by_plan.values():
        print_text(document_line(found[0].document, words), indent=3)
        said = ""
        for hit in found:
            place = f"{place_line(hit.place, words)} ({words.term('relation', hit.relation)})"
            if place != said:
                print_text(place, indent=6, style="cyan")
            said = place
            print_passage(hit.sentence, hit.sentence_read, words, 8)
            if hit.conflicts:
                kinds = ", ".join(words.term("conflict", kind) for kind in hit.conflicts)
                print_text(words.say("cites.conflict", kinds=kinds), indent=8, style="red")
    if close:
        print()
