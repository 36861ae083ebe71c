"""How documents, places and passages are named on the screen: the pieces that the answers of all questions are made of."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import archive
from archive import values
from archive.terminal.messages import Messages
from archive.terminal.session import Session
from kehoach_parser import fold

if TYPE_CHECKING:
    from rich.text import Text


#: How many words of a subject are shown where it only names the document, and of a heading where it only names the place.
SHORT = 24
SHORT_PLACE = 14


def first_words(text: str | None, limit: int = SHORT) -> str:
    """The first ``limit`` words on one line."""
    parts = (text or "").split()
    return " ".join(parts) if len(parts) <= limit else " ".join(parts[:limit]) + " …"


def shorten(text: str | None, limit: int = SHORT) -> str:
    """The first ``limit`` words on a terminal; in a pipe, where another program reads on, all of them; on one line."""
    return first_words(text, limit) if sys.stdout.isatty() else " ".join((text or "").split())


def document_line(document: values.Document, words: Messages) -> Text:
    """ "[3] Kế hoạch 35-KH/ĐU ngày 20/11/2025 · Đảng ủy phường Kiến An · Tuyên truyền kết quả …" """
    from rich.text import Text

    line = Text(f"[{document.id}] ", style="dim")
    name = " ".join(part for part in (document.type, document.symbol) if part) or document.name or "…"
    line.append(name, style="bold not dim")
    if document.date:
        line.append(words.say("tree.dated", date=words.day(document.date)), style="not dim")
    for part in (document.organ, shorten(document.subject)):
        if part:
            line.append(f" · {' '.join(part.split())}", style="not dim")
    if document.readings > 1:
        line.append(f" · {words.say('shown.readings', count=document.readings)}", style="not dim")
    if document.corrected:
        fields = "; ".join(words.say(f"field.{name}") for name in document.corrected)
        line.append(f" · {words.say('shown.corrected', fields=fields)}", style="not dim")
    return line


def document_name(document: values.Document) -> str:
    """ "[3] 35-KH/ĐU", with the file's name where the symbol is not known: short enough for a table."""
    return f"[{document.id}] {document.symbol or document.name or document.sha256[:8]}"


def cited_line(cited: values.CitedDocument, words: Messages) -> str:
    """ "Nghị quyết 18-NQ/TW ngày 25/10/2017 (khoá XII), Ban Chấp hành Trung ương: một số vấn đề …" """
    line = cited_name(cited, words)
    if cited.term:
        line += words.say("cites.term", term=cited.term)
    if cited.issuer and cited.issuer not in line:
        line += f", {cited.issuer}"
    if cited.title and cited.symbol:
        line += f": {cited.title}"
    return " ".join(line.split())


def cited_name(cited: values.CitedDocument, words: Messages) -> str:
    """ "Nghị quyết 18-NQ/TW ngày 25/10/2017", or the name of a document that has no symbol: enough to know it by."""
    name = cited.symbol or cited.title or ""
    if cited.type and not fold(name).lower().startswith(fold(cited.type).lower()):
        name = f"{cited.type} {name}"
    dated = words.say("tree.dated", date=words.day(cited.date)) if cited.date else ""
    return " ".join(f"{name}{dated}".split())


def tell_choices(documents: Sequence[values.CitedDocument] | Sequence[values.GraphNode], session: Session) -> None:
    """What to type to mean one of several documents; what nothing tells from another is named by its number in the archive."""
    offered = archive.choices_among(documents)
    quoted = [f"'{choice}'" if " " in choice else choice for choice in offered if choice]
    if len(documents) > 1 and quoted:
        session.warn(session.words.say("cites.choose", choices=", ".join(quoted)))


def place_line(place: values.Place, words: Messages) -> str:
    """ "mục III.2.1, Tổ chức thực hiện": the path of the node and its heading, or the nearest heading above it."""
    if place.path is None:
        return words.term("where", place.where)
    paper, _, path = place.path.rpartition("/")
    # "Điều-1" and "Chương-I" say themselves what they are.
    said = path if path[:2].istitle() and path[1:2].islower() else words.say("place.node", path=path)
    heading = place.heading or (place.trail[-1] if place.trail else None)
    if heading:
        said += f", {shorten(heading, SHORT_PLACE)}"
    return words.say("place.paper", place=said, number=paper.lstrip("P")) if paper else said


def snippet_text(snippet: values.Snippet) -> Text:
    """The passage with what was found set off: in colour on a terminal, between « and » in a pipe or a file."""
    from rich.text import Text

    if not sys.stdout.isatty():
        return Text(_marked(snippet))
    shown = Text(snippet.text)
    for start, end in snippet.highlights:
        shown.stylize("bold yellow", start, end)
    return shown


def _marked(snippet: values.Snippet) -> str:
    """Neighbours are set off as one, so that a phrase can still be found with grep."""
    text, runs = snippet.text, list[tuple[int, int]]()
    for start, end in sorted(snippet.highlights):
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], max(end, runs[-1][1]))
        else:
            runs.append((start, end))
    for start, end in reversed(runs):
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    return text
