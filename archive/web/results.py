"""What a search finds, as HTML: the plans with their passages, and what they can be narrowed by. No template: a page has some hundred such
values, and Jinja takes three times as long for each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from archive import values
from archive.web.links import Links, typed
from archive.web.rows import Rows
from archive.web.speech import Words
from archive.web.writing import html, short

#: Values of a facet that are shown, and facets that are open.
_SHOWN, _OPEN = 8, 3
#: Facets that are of use with a single value, too.
_ALONE = ("cites", "unit")
#: Ways of a match that are told.
_TOLD = ("restored", "skeleton")
#: Counts of each field that results can be narrowed by.
Counted = Mapping[str, Sequence[values.Count | values.CitedCount]]
#: What a passage of a plan is read as; None where that is what is printed.
AsRead = Callable[[values.Hit, values.Snippet], str | None]


@dataclass(frozen=True, slots=True)
class Results:
    """Results in a language, with links under a prefix; ``damaged`` is the quality below which a text is said to be damaged."""

    links: Links
    words: Words
    rows: Rows
    as_read: AsRead
    damaged: float

    def hits(self, hits: Iterable[values.Hit]) -> Markup:
        """The plans that were found."""
        return Markup("".join(map(self._hit, hits)))

    def _hit(self, hit: values.Hit) -> str:
        document, say = hit.document, self.words.say
        named, to = self.rows.named(document), html(self.links.document(document.id))
        day = f" · {html(self.words.speech.day(document.date))}" if document.date else ""
        organ = f" · {html(short(document.organ, 80))}" if document.organ else ""
        doubt = f' <span class="badge doubt">{html(say("plan.damaged"))}</span>' if document.quality < self.damaged else ""
        passages = "".join([self._passage(hit, found, to) for found in hit.occurrences])
        return (
            f'  <li class="hit">\n    <h2><a href="{to}">{html(short(document.subject, 140)) or named}</a></h2>\n'
            f'    <p class="meta">{named}{day}{organ}{doubt}</p>\n{passages}  </li>\n'
        )

    def _passage(self, hit: values.Hit, found: values.Occurrence, to: str) -> str:
        read = self.as_read(hit, found.snippet)
        said = f'<p class="read"><span class="faint">{html(self.words.say("find.read-as"))}:</span> {html(read)}</p>' if read else ""
        how = f'<p class="how">{html(self.words.speech.term("how", found.how))}</p>' if found.how in _TOLD else ""
        return (
            f'    <div class="passage"><a class="where" href="{to}#o{found.place.span[0]}">{self.rows.place(found.place)}</a>\n'
            f"    <p>{self.rows.snippet(found.snippet)}</p>\n{said}{how}</div>\n"
        )

    def facets(self, counted: Counted, fields: Collection[str], asked: Mapping[str, object]) -> Markup:
        """What results can be narrowed by: those of these fields that are not narrowed by yet; ``asked`` is the query of the address."""
        told = {field: counts for field, counts in counted.items() if counts and field in fields and field not in asked}
        several = [field for field, counts in told.items() if len(counts) > 1 or field in _ALONE]
        here = html(self.links.to("/", asked))
        more = "&amp;" if "?" in here else "?"
        return Markup("".join([self._facet(at, field, told[field], f"{here}{more}{field}=") for at, field in enumerate(several)]))

    def _facet(self, at: int, field: str, counts: Sequence[values.Count | values.CitedCount], to: str) -> str:
        is_open = " open" if at < _OPEN or field == "cites" else ""
        lines = "".join([self._line(field, one, to) for one in counts[:_SHOWN]])
        said = html(self.words.say(f"facet.{field}"))
        return f'<details class="facet"{is_open}><summary>{said}</summary>\n<ul>\n{lines}</ul></details>\n'

    def _line(self, field: str, one: values.Count | values.CitedCount, to: str) -> str:
        if isinstance(one, values.CitedCount):
            value, said = one.cited.key, self.words.speech.cited(one.cited)
        else:
            value, said = one.name, self.called(field, one.name)
        return f'<li><a href="{to}{html(typed(value))}"><span>{html(short(said, 60))}</span> <span class="n">{one.count}</span></a></li>\n'

    def called(self, field: str, value: str) -> str:
        """What a value that results are narrowed by is called."""
        term = self.words.speech.term
        if field == "level":
            return term("rank", value)
        if field == "doubt":
            return self.words.say("facet.any") if value == "any" else term("doubt", value)
        return value.split("|")[1] if field == "cites" and "|" in value else value
