"""Plans: the list of them, one of them as a page, and the file that it came as."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from markupsafe import Markup, escape
from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
from archive import values
from archive.web.links import Links
from archive.web.marking import Mend, OnPage, marking, mending, nothing, written
from archive.web.pages_paper import page_beside
from archive.web.reading import SURE, Block, Reading, blocks, headings, reading_of
from archive.web.rows import Behind, Further
from archive.web.visit import PAGE, Visit
from archive.web.writing import short
from kehoach_parser import model

SORTS = ("date", "added", "id", "symbol", "type", "organ")
#: How a text may be shown: as it is read, as it is printed, both beside one another, beside the page it was read from.
FORMS = ("read", "printed", "both", "page")
#: Relations of a citation that say that a plan carries a document out.
CARRYING_OUT = ("implements", "guides")
#: Plans that cite this one, named on its page; the page of the cited document has all.
_CITING = 12
_HEAD = ("parent_organ", "organ", "symbol", "place", "date", "type", "subject")
#: Texts that are kept as they were restored: it takes as long as all else of a page.
_KEPT = 64


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
    number = visit.number("version", 0, 0, 9_999) or None
    found = archive.document_page(visit.archive, visit.part("ref"), number)
    shown, document = found.shown, found.shown.document
    damaged = shown.plan.source.restorer is not None
    paper = page_beside(visit, document, found.pages)
    forms = [name for name in FORMS if (name != "both" or damaged) and (name != "page" or paper)]
    form = visit.one_of("form", tuple(forms)) or forms[0]
    read = _as_printed(shown.text) if form == "printed" else _restored(shown)
    answers = Answers(found.cited, archive.tasks_of(found.duties), found.citing)
    places = {task.place.span[0] for task in answers.tasks}
    entries = {str(hit.span[0]): index for index, one in enumerate(answers.cited) for hit in one.hits}
    mend = mending(visit.links, visit.words, document.id) if visit.writes else nothing
    on_page = partial(visit.rows.on_page, document.id) if paper else None
    return visit.show(
        "plan.html",
        shown=shown,
        document=document,
        form=form,
        forms=forms,
        paper=paper,
        outline=headings(shown.plan, read),
        blocks=list(blocks(shown.plan, shown.text, read, as_printed=form == "printed", places=places)),
        beside=list(blocks(shown.plan, shown.text, _as_printed(shown.text), as_printed=True)) if form == "both" else None,
        doubts=list(_doubts(shown.plan)),
        current=found.current,
        has_file=archive.has_original(visit.archive, document.sha256),
        answers=answers,
        mend=mend,
        behind=_behind(visit.here, shown.plan if found.current else None, mend, on_page),
        further=_further(visit, mend),
        correction_label=lambda one: visit.words.field(one.field),
        correction_said=lambda said: _corrected_to(visit, said),
        text=_text(visit.links, entries, len(shown.text), on_page),
        citing=_by_plan(answers.citing.hits) if answers.citing else {},
        most_citing=_CITING,
    )


def _text(links: Links, entries: Mapping[str, int], length: int, on_page: OnPage | None) -> Callable[[Sequence[Block], bool], Markup]:
    """What writes the text of a plan, for its template."""
    marked = marking(links, entries)
    return lambda blocks, with_ids: written(blocks, marked, length, with_ids=with_ids, on_page=on_page if with_ids else None)


def _behind(here: str, plan: model.Plan | None, mend: Mend, on_page: OnPage | None) -> Behind:
    """What stands behind each mention; ``plan`` is the one that is corrected, None where it may not be."""
    numbers = {one.span: number for number, one in enumerate(plan.citations, 1)} if plan is not None else {}

    def behind(hit: values.CitationHit) -> str:
        mark = f"#m{hit.span[0]}"
        there = on_page(*hit.span, mark) if on_page is not None else ""
        if hit.span not in numbers:
            return there
        return f"{there}{mend(f'citation:{numbers[hit.span]}', short(hit.raw, 60), here + mark)}"

    return behind


def _further(visit: Visit, mend: Mend) -> Further:
    """What stands behind each task: how it stands, and what it is, can be said otherwise by those who may."""
    if not visit.writes:
        return lambda task: ""
    here, said = visit.here, escape(visit.words.say("standing.more"))

    def further(task: values.Task) -> str:
        next_ = f"{here}#o{task.place.span[0]}"
        to = escape(visit.links.to(f"/duties/{task.id}", next=next_))
        return f'<a class="mend" data-dialog href="{to}">{said}</a>{mend(f"duty:{task.id}", short(task.task, 50), next_)}'

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


def _as_printed(text: str) -> Reading:
    return lambda start, end: text[start:end]


def _restored(shown: values.Shown) -> Reading:
    return _restored_text(_Kept(shown))


@dataclass(frozen=True, slots=True)
class _Kept:
    """A text, so that it is restored once; a word of it that is corrected makes another text."""

    shown: values.Shown

    def __hash__(self) -> int:
        return hash(self.shown.text)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Kept) and other.shown.text == self.shown.text


@lru_cache(maxsize=_KEPT)
def _restored_text(kept: _Kept) -> Reading:
    return reading_of(kept.shown.plan, kept.shown.text)


def _by_plan(hits: Iterable[values.CitationHit]) -> dict[int, list[values.CitationHit]]:
    """Mentions by the plan that they stand in."""
    found: dict[int, list[values.CitationHit]] = {}
    for hit in hits:
        found.setdefault(hit.document.id, []).append(hit)
    return found


def _doubts(plan: model.Plan) -> Iterator[tuple[str, model.Field]]:
    """The fields of the head that are not sure, with what else they may say."""
    for name in _HEAD:
        field: model.Field | None = getattr(plan.header, name)
        if field is not None and (field.certainty < SURE or field.alternatives):
            yield name, field


def original(visit: Visit) -> Response:
    """The file that a plan came as, to keep; never shown in the page's own name, for it may hold anything."""
    document = archive.find_document(visit.archive, visit.part("ref"))
    data = archive.read_original(visit.archive, document.sha256)
    if data is None:
        raise HTTPException(404)
    ending = (document.name or "").rpartition(".")[2].lower()
    safe = ending if ending.isascii() and ending.isalnum() and len(ending) <= 5 else "bin"
    return visit.file(data, f"kehoach-{document.id}.{safe}", "application/octet-stream")
