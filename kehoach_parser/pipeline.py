"""The order of the steps: text in, plan out. The only module that knows it."""

from __future__ import annotations

from kehoach_parser.model import Header, Part, Plan, Source
from kehoach_parser.text import Text, text_of


def parse(text: str | Text) -> Plan:
    """The plan that a text holds. Never raises on any text; what is not understood stands in the plan's warnings."""
    source = text if isinstance(text, Text) else text_of(text)
    content = source.content
    return Plan(
        source=Source(source.name, source.sha256, source.media_type, len(content), source.pages),
        parts=(Part(1, "main", None, (0, len(content))),),
        header=Header((0, 0)),
    )
