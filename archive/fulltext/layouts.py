"""How a plan is laid out to be shown, as it is kept in the index beside the sight of its text: worked out once, when the text is indexed.
To make it anew for a page takes as long as half of that page."""

from __future__ import annotations

import json
import zlib
from dataclasses import fields
from typing import Any

from archive.fulltext.sight import MARK, mark_of
from archive.values.layouts import Block, DoubtfulField, Heading, Layout, Mark, Piece


def pack_layout(layout: Layout, text: str, stored: bytes) -> bytes:
    """A layout for keeping, with the mark of text and plan (as it is stored): about half as many bytes as the text has."""
    rows = [getattr(layout, field.name) for field in fields(layout)]
    return mark_of(text, stored) + zlib.compress(json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode(errors="surrogatepass"))


def unpack_layout(packed: bytes, text: str, stored: bytes) -> Layout | None:
    """The layout that was packed; None where there is none, or it was made of another text or plan."""
    if packed[:MARK] != mark_of(text, stored):
        return None
    length, restored, outline, blocks, doubts, citations, warnings, recipients = json.loads(zlib.decompress(packed[MARK:]))
    return Layout(
        length,
        restored,
        tuple([Heading(*row) for row in outline]),
        tuple([Block(start, end, zone, kind, level, tuple(map(_piece, own))) for start, end, zone, kind, level, own in blocks]),
        tuple([DoubtfulField(name, value, tuple(alternatives)) for name, value, alternatives in doubts]),
        tuple(map(tuple, citations)),
        tuple(warnings),
        tuple([(value, purpose) for value, purpose in recipients]),
    )


def _piece(row: Any) -> str | Piece:
    if isinstance(row, str):
        return row
    text, mark, task = row
    return Piece(text, None if mark is None else Mark(*mark), task)
