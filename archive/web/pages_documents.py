"""Plans: the list of them, one of them as a page, and the file that it came as."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive import values
from archive.web.links import Links, typed
from archive.web.marking import Mend, OnPage, marking, mending, nothing, written
from archive.web.pages_paper import page_beside
from archive.web.rows import Behind, Further
from archive.web.visit import PAGE, Visit
from archive.web.writing import html, short

SORTS = ("date", "added", "id", "symbol", "type", "organ")
#: How a text may be shown: as it is read, as it is printed, both beside one another, beside the page it was read from.
FORMS = ("read", "printed", "both", "page")
#: Those that show it as it is printed.
PRINTED = ("printed", "both")
#: Relations of a citation that say that a plan carries a document out.
CARRYING_OUT = ("implements", "guides")
#: Plans that cite this one, named on its page; the page of the cited document has all.
_CITING = 12


def documents(visit: Visit) -> Response:
    """The plans of the archive, or those that meet conditions; with ``doubtful`` those that a person should look at."""
    sort, doubtful = visit.one_of("sort", SORTS) or "date", bool(visit.typed("doubtful"))
    question = values.ListQuestion(
        type=visit.typed("type") or None,
        organ=visit.typed("organ") or None,
        place=visit.typed("place") or None,
        signer=visit.typed("signer") or None,
        since=visit.typed("since") or None,
        until=visit.typed("until") or None,
        sort=sort,
        descending=sort in ("date", "added"),
        limit=None if doubtful else PAGE,
        after=None if doubtful else visit.after,
    )
    found = archive.find_documents(visit.archive, question)
    if doubtful:
        return _doubtful(visit, found, sort)
    return visit.show("documents.html", found=found, total=found.total, next=found.next, page=None, sorts=SORTS, sort=sort, doubts={})


def _doubtful(visit: Visit, among: Iterable[values.Document], sort: str) -> Response:
    """Those that a person should look at: the worst come first, so all have to be weighed."""
    page, found = visit.slice(), archive.doubtful_documents(visit.archive, [document.id for document in among])
    shown = found[page.offset : page.offset + page.size]
    doubts = {one.document.id: one.doubts for one in shown}
    documents = [one.document for one in shown]
    return visit.show("documents.html", found=documents, total=len(found), next=None, page=page, sorts=SORTS, sort=sort, doubts=doubts)


def plan(visit: Visit) -> Response:
    """One plan: outline, text, details."""
    number, asked = visit.number("version", 0, 0, 9_999) or None, visit.one_of("form", FORMS)
    found = archive.document_page(visit.archive, visit.part("ref"), number, printed=asked in PRINTED)
    layout, document = found.layout, found.document
    paper = page_beside(visit, document, found.pages)
    forms = [name for name in FORMS if (name != "both" or layout.restored) and (name != "page" or paper)]
    form = asked if asked in forms else forms[0]
    shown = found.printed if form == "printed" and found.printed else layout
    answers = Answers(found.cited, archive.tasks_of(found.duties), found.citing)
    places = {task.place.span[0] for task in answers.tasks}
    entries = {str(hit.span[0]): index for index, one in enumerate(answers.cited) for hit in one.hits}
    mend = mending(visit.links, visit.words, document.id, visit.here) if visit.writes else nothing
    on_page = partial(visit.rows.on_page, document.id) if paper else None
    return visit.show(
        "plan.html",
        found=found,
        document=document,
        form=form,
        forms=forms,
        paper=paper,
        layout=shown,
        beside=found.printed if form == "both" else None,
        current=found.current,
        has_file=archive.has_original(visit.archive, document.sha256),
        answers=answers,
        mend=mend,
        behind=_behind(layout.citations if found.current else (), mend, on_page),
        further=_further(visit, mend),
        correction_label=lambda one: visit.words.field(one.field),
        correction_said=lambda said: _corrected_to(visit, said),
        text=_text(visit.links, entries, places, on_page),
        citing=_by_plan(answers.citing.hits) if answers.citing else {},
        most_citing=_CITING,
    )


def _text(
    links: Links, entries: Mapping[str, int], places: Collection[int], on_page: OnPage | None
) -> Callable[[values.Layout, bool], Markup]:
    """What writes the text of a plan, for its template."""
    marked = marking(links, entries)
    return lambda layout, led_to: written(layout, marked, places if led_to else None, on_page)


def _behind(citations: Iterable[values.Span], mend: Mend, on_page: OnPage | None) -> Behind:
    """What stands behind each mention; ``citations`` are those of the plan that is corrected, none where it may not be."""
    numbers = {span: number for number, span in enumerate(citations, 1)}

    def behind(hit: values.CitationHit) -> str:
        mark = f"#m{hit.span[0]}"
        there = on_page(*hit.span, mark) if on_page is not None else ""
        if hit.span not in numbers:
            return there
        return f"{there}{mend(f'citation:{numbers[hit.span]}', short(hit.raw, 60), mark)}"

    return behind


def _further(visit: Visit, mend: Mend) -> Further:
    """What stands behind each task: how it stands, and what it is, can be said otherwise by those who may."""
    if not visit.writes:
        return lambda task: ""
    path, back, said = html(visit.links.to("/duties/")), typed(visit.here), html(visit.words.say("standing.more"))

    def further(task: values.Task) -> str:
        mark = f"#o{task.place.span[0]}"
        to = f"{path}{html(task.id)}?next={back}{typed(mark)}"
        return f'<a class="mend" data-dialog href="{to}">{said}</a>{mend(f"duty:{task.id}", short(task.task, 50), mark)}'

    return further


def _corrected_to(visit: Visit, said: values.Said) -> str:
    """What a correction says, of a task and a cited document their parts."""
    if isinstance(said, dict):
        return ", ".join(part for name, part in said.items() if part and name not in ("text", "place"))
    return visit.words.say("corrected.none") if said is None else said


@dataclass(frozen=True, slots=True)
class Answers:
    """What the archive says of a plan: what it cites, its tasks, who cites it."""

    cited: tuple[values.CitedByPlan, ...]
    tasks: tuple[values.Task, ...]
    citing: values.CitationGroup | None

    @property
    def carries_out(self) -> list[values.CitedByPlan]:
        """What the plan carries out."""
        return [one for one in self.cited if any(hit.relation in CARRYING_OUT for hit in one.hits)]


def _by_plan(hits: Iterable[values.CitationHit]) -> dict[int, list[values.CitationHit]]:
    """Mentions by the plan that they stand in."""
    found: dict[int, list[values.CitationHit]] = {}
    for hit in hits:
        found.setdefault(hit.document.id, []).append(hit)
    return found


def original(visit: Visit) -> Response:
    """The file that a plan came as, to keep; never shown in the page's own name, for it may hold anything."""
    document = archive.find_document(visit.archive, visit.part("ref"))
    data = archive.read_original(visit.archive, document.sha256)
    if data is None:
        raise HTTPException(404)
    ending = (document.name or "").rpartition(".")[2].lower()
    safe = ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "bin"
    return visit.file(data, f"kehoach-{document.id}.{safe}", "application/octet-stream")
