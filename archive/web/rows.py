"""What stands in the rows of lists, as HTML: units, deadlines, states; what a plan cites, its tasks. No template: a plan has dozens of rows
of a dozen values each, and Jinja takes three times as long for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from markupsafe import Markup

from archive import values
from archive.web.links import Links
from archive.web.speech import Words
from archive.web.writing import html, short

#: Mentions that lead back to the text, of each cited document; tasks that stand beside the text of a plan.
_BACK, _TASKS = 6, 40
#: Days in which a deadline is near.
_SOON = 30
#: The HTML that stands behind a mention, or a task: what leads to the paper, what it is corrected by.
Behind = Callable[[values.CitationHit], str]
Further = Callable[[values.Task], str]


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in a language, with links under a prefix; ``days_until`` tells how many days there are until a day (`Visit.days_until`)."""

    links: Links
    words: Words
    days_until: Callable[[str], int | None]

    def named(self, document: values.Document) -> Markup:
        """What a plan is called in a list: its type with its symbol, else its file."""
        own = document.symbol or ("" if document.type else document.name or document.sha256[:12])
        return Markup(f"{html(document.type or '')} {html(short(own, 80))}")

    def place(self, place: values.Place) -> Markup:
        """A place in a plan: the number and heading of its node, else which part of the paper it is."""
        term = self.words.speech.term
        if not place.path:
            apart = place.where in ("annex", "attached")
            return Markup(html((place.heading or term("part", place.where)) if apart else term("where", place.where)))
        path = place.path if place.path[1:2].islower() else self.words.say("place.node", path=place.path)
        above = place.heading or (place.trail[-1] if place.trail else "")
        return Markup(f'<span class="path">{html(path)}</span>{f" {html(short(above, 110))}" if above else ""}')

    def snippet(self, passage: values.Snippet) -> Markup:
        """A passage with what was found in it set off; neighbours that only blanks part are set off as one."""
        text, at = passage.text, 0
        runs: list[list[int]] = []
        for start, end in sorted(passage.highlights):
            if runs and not text[runs[-1][1] : start].strip():
                runs[-1][1] = max(end, runs[-1][1])
            else:
                runs.append([start, end])
        out: list[str] = []
        for start, end in runs:
            out += (html(text[at:start]), f"<mark>{html(text[start:end])}</mark>")
            at = end
        return Markup("".join((*out, html(text[at:]))))

    def units(self, names: Sequence[str], keys: Sequence[str]) -> Markup:
        """Units by their names, each a link where its key is known."""
        return Markup('<span aria-hidden="true">; </span>'.join(map(self._unit, names, keys)))

    def _unit(self, name: str, key: str) -> str:
        said = html(short(name, 90))
        return f'<a href="{html(self.links.unit(key))}">{said}</a>' if key else said

    def due(self, task: values.Task | values.Duty) -> Markup:
        """The deadline of a task, and how near it is."""
        return Markup(self._due(task, self.words.speech.deadline(task)))

    def _due(self, task: values.Task | values.Duty, deadline: str) -> str:
        said = f'<span class="due">{html(short(deadline, 60))}</span>' if deadline else '<span class="faint">—</span>'
        days = self.days_until(task.deadline_last) if task.deadline_last and not task.recurs else None
        return said if days is None else f"{said}{self._near(days)}"

    def _near(self, days: int) -> str:
        if days < 0:
            return f'<span class="badge late">{html(self.words.say("tasks.overdue-days", days=-days))}</span>'
        if days > _SOON:
            return ""
        said = self.words.say("tasks.left-days", days=days) if days else self.words.say("tasks.today")
        return f'<span class="badge soon">{html(said)}</span>'

    def state(self, task: values.Task | values.Duty) -> Markup:
        """How a task stands."""
        said = html(self.words.speech.term("duty-state", task.state))
        if task.state == "open" and not task.late:
            return Markup(f'<span class="faint">{said}</span>')
        late = " late" if task.late and task.state != "done" else ""
        return Markup(f'<span class="badge state-{html(task.state)}{late}">{said}</span>')

    def on_page(self, document: int, start: int, end: int, mark: str) -> str:
        """Leads to the page of the paper on which a passage of a plan stands; ``mark`` is what the address ends with."""
        to, said = self.links.document(document, None, form="page", place=f"{start}-{end}"), html(self.words.say("paper.show"))
        return (
            f'<a class="on-page" data-part="page-side" href="{html(to)}{mark}" title="{said}"><span aria-hidden="true">▣</span>'
            f'<span class="unseen">{said}</span></a>'
        )

    def cited(self, cited: Sequence[values.CitedByPlan], behind: Behind) -> Markup:
        """What a plan cites, each with its mentions."""
        return Markup("".join(chain.from_iterable(self._cited(number, one, behind) for number, one in enumerate(cited))))

    def _cited(self, number: int, one: values.CitedByPlan, behind: Behind) -> Sequence[str]:
        document, speech, say = one.cited, self.words.speech, self.words.say
        name, relations = short(speech.cited(document), 120), dict.fromkeys(hit.relation for hit in one.hits)
        title = f'<span class="title">{html(short(document.title, 140))}</span>' if document.symbol and document.title else ""
        often = html(say("plan.times", count=len(one.hits)))
        times = f" · {often}" if len(one.hits) > 1 else ""
        there = ""
        if document.document is not None:
            said = html(say("plan.in-archive"))
            there = f' · <a href="{html(self.links.document(document.document.id))}">{said}</a>'
        conflicting = any(hit.state == "conflicting" for hit in one.hits)
        doubt = "plan.ambiguous" if one.ambiguous else "plan.conflicting" if conflicting else None
        back = html(say("plan.back"))
        return (
            f'<li id="c{number}"><a href="{html(self.links.cited(document))}">{html(name)}</a>\n{title}<span class="meta">',
            ", ".join(html(speech.term("relation", relation)) for relation in relations),
            f"{times}{there}</span>\n",
            "" if doubt is None else f'<span class="badge doubt">{html(say(doubt))}</span>',
            '<span class="back">',
            *(f'<a href="#m{hit.span[0]}" title="{back}">{self._place(hit.place)}</a>{behind(hit)} ' for hit in one.hits[:_BACK]),
            "</span></li>\n",
        )

    def tasks(self, tasks: Sequence[values.Task], further: Further) -> Markup:
        """The tasks of a plan."""
        return Markup("".join(self._task(task, further) for task in tasks[:_TASKS]))

    def _task(self, task: values.Task, further: Further) -> str:
        names, keys = (task.leads, task.lead_keys) if task.leads else (task.cooperates, task.cooperate_keys)
        deadline = self.words.speech.deadline(task)
        due = f" · {self._due(task, deadline)}" if deadline else ""
        own = f'<span class="meta">{self.state(task)} {further(task)}</span>' if task.id else ""
        where = f'<a class="where" href="#o{task.place.span[0]}">{self._place(task.place)}</a>'
        return f'<li>{where} {self.units(names, keys)}{due}<span class="title">{html(short(task.task, 110))}</span>{own}</li>'

    def _place(self, place: values.Place) -> str:
        return html(place.path or self.words.speech.term("where", place.where))
