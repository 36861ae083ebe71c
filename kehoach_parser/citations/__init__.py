"""Cited documents (căn cứ, viện dẫn): found first, then resolved to the document that each means."""

from kehoach_parser.citations.by_name import meeting_named
from kehoach_parser.citations.find import find_citations
from kehoach_parser.citations.identity import meeting_key, resolve
from kehoach_parser.citations.short_forms import with_later_uses

__all__ = ["find_citations", "meeting_key", "meeting_named", "resolve", "with_later_uses"]
