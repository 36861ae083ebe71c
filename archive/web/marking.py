"""The text of a plan as HTML, each mark a link to what it means, and what stands beside each thing that can be corrected. No template: a
plan has hundreds of them, and Jinja takes five times as long for each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from markupsafe import Markup

from archive import values
from archive.web.links import Links, typed
from archive.web.speech import Words
from archive.web.writing import html

#: Levels of the outline that look different, from 0.
_DEEPEST = 5
#: The HTML of pieces; whether places can be led to.
Marking = Callable[[Iterable[str | values.Piece], bool], str]


def marking(links: Links, entries: Mapping[str, int]) -> Marking:
    """What makes HTML of pieces. ``entries`` are the lines of the list of citations by the offset of each."""

    def opened(mark: values.Mark, look: str, with_ids: bool) -> str:
        if mark.kind == "cite":
            own = f' id="m{mark.start}"' if with_ids else ""
            entry = f"c{entries[mark.target]}" if mark.target in entries else "citations"
            return f'<a{own} class="{look}" href="#{entry}">'
        if mark.kind == "date":
            day = f' datetime="{html(mark.target)}"' if len(mark.target) == len("2026-12-31") else ""
            return f'<time class="{look}"{day}>'
        to = links.unit(mark.target) if mark.kind == "unit" else links.to("/duties", due="..".join(mark.target.split("/")))
        return f'<a class="{look}" href="{html(to)}">'

    def one(piece: str | values.Piece, with_ids: bool) -> str:
        if isinstance(piece, str):
            return html(piece)
        said, mark = html(piece.text), piece.mark
        if mark is None:
            return f'<span class="task">{said}</span>'
        look = f"{mark.kind}{' unsure' if mark.doubtful else ''}{' task' if piece.task else ''}"
        return f"{opened(mark, look, with_ids)}{said}</{'time' if mark.kind == 'date' else 'a'}>"

    return lambda pieces, with_ids: "".join([one(piece, with_ids) for piece in pieces])


#: The link by which something is corrected: its field, what it is called, the place of this page to go to then ("#m120", "" for its top).
Mend = Callable[[str, str, str], str]


def mending(links: Links, words: Words, number: int, here: str) -> Mend:
    """What makes the link by which something of the plan of this number is corrected; ``here`` is the address of this page."""
    path, back = html(links.to(f"/documents/{number}/correct")), typed(here)

    def link(field: str, label: str, mark: str) -> str:
        said = html(words.say("mend.field", field=label))
        to = f"{path}?field={typed(field)}&amp;next={back}{typed(mark)}"
        return Markup(f' <a class="mend" data-dialog href="{to}" aria-label="{said}" title="{said}"><span aria-hidden="true">✎</span></a>')

    return link


def nothing(field: str, label: str, mark: str) -> str:
    """`mending` for those who may not correct anything."""
    return ""


#: What leads to the page of the paper on which a passage stands: by its beginning and end, and what the address ends with.
OnPage = Callable[[int, int, str], str]


def written(layout: values.Layout, marked: Marking, places: Collection[int] | None, on_page: OnPage | None) -> Markup:
    """The HTML of a text. ``places`` are offsets that addresses name beside those of its passages; None where it cannot be led to."""
    out: list[str] = []
    blocks, with_ids = layout.blocks, places is not None
    begun = {block.start for block in blocks}
    others = [place for place in places or () if place not in begun]
    ends = [*(block.start for block in blocks[1:]), layout.length]
    for block, end in zip(blocks, ends, strict=True):
        name = f"o{block.start}"
        own = f' id="{name}"' if with_ids else ""
        out.append(f'<div class="block {block.zone} {block.kind} level-{min(block.level, _DEEPEST)}"{own}>')
        if with_ids:
            out.append(on_page(block.start, end, f"#{name}") if on_page is not None else "")
            out += (f'<span id="o{place}"></span>' for place in others if block.start < place < block.end)
        out += (marked(block.pieces, with_ids), "</div>\n")
    return Markup("".join(out))
