"""The order of the steps: text in, plan out. Together with its two halves, `structure` and `mentions`, the only module that knows it."""

from __future__ import annotations

from dataclasses import replace

from kehoach_parser.dates import find_dates
from kehoach_parser.document import read_document, vocabulary
from kehoach_parser.doubts import read_doubts
from kehoach_parser.fields import field_reader
from kehoach_parser.fold import compose
from kehoach_parser.mentions import read_mentions
from kehoach_parser.model import Plan, Source
from kehoach_parser.names import CLEAN, read_names
from kehoach_parser.quality import quality
from kehoach_parser.reader_notes import note_warnings
from kehoach_parser.readings import with_readings
from kehoach_parser.respan import respan
from kehoach_parser.structure import read_structure
from kehoach_parser.text import Text, text_of


def parse(text: str | Text) -> Plan:
    """The plan that a text holds. Never raises on any text; what is not understood stands in the plan's warnings."""
    source = text if isinstance(text, Text) else text_of(text)
    content, origin = compose(source.content)
    plan = with_readings(_read(content, source), content)
    return plan if content == source.content else respan(plan, origin, source.content)


def _read(content: str, source: Text) -> Plan:
    document = read_document(content, vocabulary())
    clean = quality(content)
    dates = find_dates(document)
    # The reader composes what it reads from pages, so that its offsets hold here.
    seen = source if content == source.content else None
    structure = read_structure(content, document.folded, dates.dates, field_reader(content, round(0.5 + clean / 2, 2)), seen)
    if clean < CLEAN:
        structure = replace(structure, header=read_names(structure.header, document.vocab))
    header, doubts = read_doubts(structure.header, source) if seen else (structure.header, ())
    mentions = read_mentions(document, structure, dates)
    return Plan(
        source=Source(source.name, source.sha256, source.media_type, len(source.content), source.pages, clean),
        parts=structure.parts,
        header=header,
        preamble=tuple(span for span in structure.preamble if span[1] <= structure.parts[0].span[1]),
        nodes=structure.nodes,
        closing=structure.closing,
        signature=structure.signature,
        recipients=structure.recipients,
        footnotes=structure.footnotes,
        citations=mentions.citations,
        dates=mentions.dates,
        assignments=mentions.assignments,
        warnings=tuple(
            sorted((*note_warnings(source), *doubts, *structure.warnings, *mentions.warnings), key=lambda warning: warning.span)
        ),
        repairs=tuple(sorted((*source.repairs, *structure.repairs, *mentions.repairs), key=lambda repair: repair.span)),
    )
