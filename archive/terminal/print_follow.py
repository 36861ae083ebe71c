"""Answers that follow the citations, on the screen: the tree of a cascade, organs with and without a plan, disagreements."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.paper import print_table, print_text
from archive.terminal.session import Session
from archive.terminal.shown import document_line, document_name, shorten, snippet_text, tell_choices

#: Blanks per step of the tree.
STEP = 3

#: Letters of a sentence shown on either side of what it cites.
NEAR = 120

#: Facts of a disagreement that are dates.
DATES = ("date", "written", "first", "second")


def node_line(node: values.GraphNode, words: Messages) -> str:
    """ "[4] Kế hoạch 173/KH-UBND ngày 28/04/2026 · UBND thành phố Hà Nội · Tổ chức …"; no number for what is not in the archive."""
    number = f"[{node.document_id}] " if node.document_id is not None else ""
    title = node.title if node.title != node.symbol else None
    name = " ".join(part for part in (node.type, node.symbol) if part) or shorten(title)
    if not node.symbol and title:
        name, title = (f"{node.type} {title}" if not title.lower().startswith(node.type.lower()) else title), None
    dated = words.say("tree.dated", date=words.day(node.date)) if node.date else ""
    return number + " · ".join(" ".join(part.split()) for part in (f"{name}{dated}", node.organ, shorten(title)) if part)


def print_cascades(result: values.CascadeResult, session: Session) -> None:
    """Each document that the reference means with its tree, the figures of each level, then what cannot be decided."""
    words = session.words
    if not result.cascades:
        session.warn(words.say("cascade.unknown", reference=result.reference))
    for found in result.cascades:
        print_text(node_line(found.root, words), style="bold")
        if not found.steps:
            print_text(words.say("cascade.none"), indent=STEP)
        for step in found.steps:
            _print_step(step, found, words)
        if found.steps:
            print()
            _print_levels(found, words)
        print()
    if result.undecided:
        session.warn(words.say("cascade.undecided", count=len(result.undecided)))
        for hit in result.undecided:
            session.warn(f"  {document_line(hit.document, words).plain}")
    tell_choices([found.root for found in result.cascades], session)


def _print_step(step: values.CascadeStep, found: values.Cascade, words: Messages) -> None:
    indent = step.depth * STEP
    print_text(f"└ {node_line(step.node, words)}", indent=indent, style="bold" if step.node.in_archive else "")
    said = [words.term("rank", step.level) if step.level else words.say("cascade.no-level"), words.term("stated", step.stated)]
    if step.relation != "implements":
        said.insert(1, words.term("relation", step.relation))
    if step.delay is not None:
        said.append(words.say("cascade.delay", days=step.delay))
    if step.total is not None and step.parent != found.root.id:
        said.append(words.say("cascade.total", days=step.total))
    if step.also:
        names = {one.id: one.symbol or shorten(one.title) for one in (found.root, *(other.node for other in found.steps))}
        said.append(words.say("cascade.also", documents=", ".join(names[other] for other in step.also)))
    if not step.node.in_archive:
        said.append(words.say("cascade.not-here", document=document_name(step.evidence.document)))
    print_text(" · ".join(said), indent=indent + 2, style="cyan")
    print_text(snippet_text(_around(step.evidence.sentence)), indent=indent + 2, style="dim")


def _around(sentence: values.Snippet) -> values.Snippet:
    """The words of a sentence that are nearest to what is highlighted: a preamble that names five documents is a page long."""
    start, end = sentence.highlights[0] if sentence.highlights else (0, 0)
    left = max(sentence.text.rfind(" ", 0, max(0, start - NEAR)) + 1, 0)
    right = sentence.text.find(" ", end + NEAR)
    right = len(sentence.text) if right < 0 else right
    text = f"{'… ' if left else ''}{sentence.text[left:right]}{' …' if right < len(sentence.text) else ''}"
    moved = left - (2 if left else 0)
    return replace(sentence, text=text, highlights=((start - moved, end - moved),) if sentence.highlights else ())


def _print_levels(found: values.Cascade, words: Messages) -> None:
    headings = [words.say(f"column.{name}") for name in ("rank", "count", "first", "last", "least", "median", "most")]
    rows = [
        (
            words.term("rank", level.level) if level.level else words.say("cascade.no-level"),
            level.documents,
            words.day(level.first),
            words.day(level.last),
            level.least,
            level.median,
            level.most,
        )
        for level in found.levels
    ]
    print_table(headings, rows, right=(1, 4, 5, 6))


def print_gaps(result: values.GapsResult, session: Session) -> None:
    """For each document that the reference means: the organs without a plan, then those with one and how."""
    words = session.words
    if not result.gaps:
        session.warn(words.say("cascade.unknown", reference=result.reference))
    for found in result.gaps:
        print_text(node_line(found.root, words), style="bold")
        _print_organs(found, words)
        print()
    tell_choices([found.root for found in result.gaps], session)


def _print_organs(found: values.Gaps, words: Messages) -> None:
    if not found.organs:
        print_text(words.say("gaps.no-organ"), indent=STEP)
        return
    without = [one for one in found.organs if one.status == "none"]
    covered = [one for one in found.organs if one.status != "none"]
    print_text(words.say("gaps.without", count=len(without), all=len(found.organs)), style="yellow")
    if without:
        headings = [words.say(f"column.{name}") for name in ("rank", "organ", "documents", "last", "remark")]
        rows = [(*_organ(one, words), one.documents, words.day(one.last), _remark(one, found, words)) for one in without]
        print_table(headings, rows, right=(2,))
    if covered:
        print()
        print_text(words.say("gaps.covered", count=len(covered)), style="green")
        headings = [words.say(f"column.{name}") for name in ("rank", "organ", "how", "document", "through")]
        print_table(headings, [(*_organ(one, words), words.term("coverage", one.status), *_plan(one, words)) for one in covered])


def _organ(one: values.Coverage, words: Messages) -> tuple[str, str]:
    """Level and name, with the organ above it or the place where that is needed to know it by."""
    name = one.organ
    above = None if one.level == "central" and one.parent_organ is None else one.parent_organ or one.place
    if above and above.casefold() not in name.casefold():
        name = f"{name} ({above})"
    return (words.term("rank", one.level) if one.level else ""), name


def _remark(one: values.Coverage, found: values.Gaps, words: Messages) -> str:
    if one.nearest is not None:
        relation = words.term("relation", one.nearest.relation)
        return words.say("gaps.only", relation=relation, document=document_name(one.nearest.document))
    # An organ whose papers here are all older cannot have carried the document out in one of them.
    if one.last and found.root.date and one.last < found.root.date[: len(one.last)]:
        return words.say("gaps.older")
    return ""


def _plan(one: values.Coverage, words: Messages) -> tuple[str, str]:
    if one.by is None:
        return "", ""
    dated = words.say("tree.dated", date=words.day(one.by.date)) if one.by.date else ""
    through = " → ".join(step.symbol or shorten(step.title) for step in one.through)
    return f"[{one.by.document_id}] {one.by.symbol or shorten(one.by.title, 8)}{dated}", through


def print_lint(result: Sequence[values.Disagreement], session: Session) -> None:
    """Each disagreement in a sentence, with both places and what stands there."""
    words = session.words
    for found in result:
        facts = {name: words.day(value) if name in DATES and isinstance(value, str) else value for name, value in found.facts.items()}
        print_text(words.say(f"lint.{found.code}", **facts), style="bold yellow")
        for place in (found.first, found.second):
            print_text(_place(place, words), indent=STEP, style="cyan")
            print_text(snippet_text(place.excerpt), indent=2 * STEP)
        print()
    session.warn(words.say("lint-done.some", count=len(result)) if result else words.say("lint-done.none"))


def _place(place: values.Quotation, words: Messages) -> str:
    return words.say("lint-done.place", document=f"[{place.document_id}] {place.symbol or ''}".strip(), line=place.line)
