"""The order of the steps: text in, plan out. Together with its two halves, `structure` and `mentions`, the only module that knows it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from kehoach_parser.dates import find_dates
from kehoach_parser.mentions import read_mentions
from kehoach_parser.model import Plan, Source
from kehoach_parser.readers import note_warnings
from kehoach_parser.restoration import with_restored_fields
from kehoach_parser.structure import read_doubts, read_signature_doubts, read_structure
from kehoach_parser.tables import find_tables
from kehoach_parser.text.cell_breaks import with_cell_breaks
from kehoach_parser.text.document import read_document
from kehoach_parser.text.emphasis import without_emphasis
from kehoach_parser.text.fields import field_reader
from kehoach_parser.text.flowing import with_flowing_lines
from kehoach_parser.text.fold import compose
from kehoach_parser.text.letters_apart import with_letters_together
from kehoach_parser.text.lost_blanks import Spaced, blank_warning, with_lost_blanks
from kehoach_parser.text.quality import CLEAN, quality_by_kinds
from kehoach_parser.text.respan import respan
from kehoach_parser.text.text import Text, text_of
from kehoach_parser.units import read_names


def parse(text: str | Text) -> Plan:
    """The plan that a text holds. Never raises on any text; what is not understood stands in the plan's warnings."""
    source = text if isinstance(text, Text) else text_of(text)
    flowing = with_flowing_lines(source)
    content, origin = compose(flowing.content)
    plan = _spaced(content, flowing, (with_cell_breaks, without_emphasis, with_letters_together, with_lost_blanks))
    return plan if content == source.content else respan(plan, origin, source.content)


def _spaced(content: str, source: Text, ways: Sequence[Callable[[str], Spaced | None]]) -> Plan:
    """The plan of a text, read without marks of emphasis and with its blanks as meant: ``ways`` tell what is too many or lost, each in what
    the one before made."""
    if not ways:
        return with_restored_fields(_read(content, source), content)
    spaced = ways[0](content)
    if spaced is None:
        return _spaced(content, source, ways[1:])
    # The reader composes what it reads from pages, so that its offsets hold here.
    seen = spaced.text(source) if content == source.content else source
    plan = respan(_spaced(spaced.content, seen, ways[1:]), spaced.origin, content, tight=True)
    return replace(
        plan,
        source=replace(plan.source, length=len(source.content), pages=source.pages, quality=round(plan.source.quality * spaced.share, 2)),
        warnings=tuple(sorted((*plan.warnings, *blank_warning(spaced)), key=lambda warning: warning.span)),
        repairs=tuple(sorted((*plan.repairs, *spaced.cut), key=lambda repair: repair.span)),
    )


def _read(content: str, source: Text) -> Plan:
    document = read_document(content)
    clean = quality_by_kinds(document.kinds)
    dates = find_dates(document)
    seen = source if content == source.content else None
    field = field_reader(content, round(0.5 + clean / 2, 2))
    structure = read_structure(content, document.folded, dates.dates, field, seen)
    found = find_tables(content, structure, field)
    if clean < CLEAN:
        structure = replace(structure, header=read_names(structure.header))
    header, doubts = read_doubts(structure.header, source) if seen else (structure.header, ())
    signature, unsigned = read_signature_doubts(structure.signature, source) if seen else (structure.signature, ())
    mentions = read_mentions(document, structure, found.tables, dates)
    return Plan(
        source=Source(source.name, source.sha256, source.media_type, len(source.content), source.pages, clean),
        parts=structure.parts,
        header=header,
        preamble=tuple(span for span in structure.preamble if span[1] <= structure.parts[0].span[1]),
        nodes=structure.nodes,
        closing=structure.closing,
        signature=signature,
        recipients=structure.recipients,
        footnotes=structure.footnotes,
        citations=mentions.citations,
        dates=mentions.dates,
        assignments=mentions.assignments,
        tables=found.tables,
        warnings=tuple(
            sorted(
                dict.fromkeys((*note_warnings(source), *doubts, *unsigned, *structure.warnings, *found.warnings, *mentions.warnings)),
                key=lambda warning: warning.span,
            )
        ),
        repairs=tuple(sorted((*source.repairs, *structure.repairs, *mentions.repairs), key=lambda repair: repair.span)),
        stamps=structure.stamps,
    )
