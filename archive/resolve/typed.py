"""What people type for a cited document: "Nghị quyết số 57-NQ/TW", "57/NQ-TW", "57-NQTW", "nq 57", "NQ 57 của Bộ Chính trị"; of a plenum
"Nghị quyết Trung ương 4 khóa XII"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, or_, select

from archive.common.keys import SEGMENT, name_key
from archive.store.tables import AuthorityRow, ResolutionRow
from kehoach_parser import fold
from kehoach_parser.knowledge import letters_of_type

_NUMBERED = re.compile(r"(?:([^\W\d][^\d]*?)[\s.]+)?(?:so[\s.:]*)?0*(\d+)(?:[\s/.\-–]*([a-z0-9&/.\-–]+))?(?:\s+(?:cua|do)\s+(.+))?")
_PLENUM = re.compile(r"\b(?:trung uong|tw)\s+(\d+|[ivx]+),?\s+khoa\s+([ivx]+)\b")
#: How a plenum is named in full, by its number: "Hội nghị lần thứ tư Ban Chấp hành Trung ương khóa XII".
_ORDINALS = ("", "nhat", "hai", "ba", "tu", "nam", "sau", "bay", "tam", "chin", "muoi")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")
_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Typed:
    """A number as typed: ``kinds`` are the letters of the type named before it (none: any), ``letters`` those behind the number without
    what stands between them ("nqtw"), ``organ`` the words after "của", as a name key."""

    number: str
    kinds: tuple[str, ...]
    letters: str
    organ: str


def read_typed(name: str) -> Typed | None:
    """What a name says of a symbol; None where it says no number, or another word than a type before it ("Luật 37 điều")."""
    found = _NUMBERED.fullmatch(" ".join(fold(name).lower().split()))
    if found is None:
        return None
    before, number, letters, organ = found.groups()
    kinds = tuple(_kinds(re.sub(r"\s+so$", "", before))) if before else ()
    if before and not kinds:
        return None
    return Typed(number, kinds, _OTHER.sub("", letters or ""), name_key(organ) if organ else "")


def _kinds(word: str) -> Iterator[str]:
    """The letters of a type by its name or its letters: "nghi quyet" and "nq" are both NQ."""
    for name, letters in letters_of_type().items():
        own = [fold(each).lower() for each in letters]
        if word == fold(name).lower() or word in own:
            yield from own


@dataclass(frozen=True, slots=True)
class Matched:
    """What a name means: the keys of ``records``, and the condition on ResolutionRow of mentions that ``may`` mean it (None: none may)."""

    records: tuple[str, ...]
    may: ColumnElement[bool] | None = None

    @property
    def condition(self) -> ColumnElement[bool]:
        """The condition on ResolutionRow of all that mean it or may."""
        means = ResolutionRow.record.in_(self.records)
        return means if self.may is None else or_(means, self.may)


def match_typed(connection: Connection, name: str) -> Matched | None:
    """What was typed; None where nothing fits."""
    if typed := read_typed(name):
        rows = tuple(typed_records(connection, typed))
        symbols = {row.symbol_key for row in rows}
        # An undecided mention bears its symbol and no record; of which organ it is cannot be told.
        bare = (
            select(ResolutionRow.symbol_key).where(ResolutionRow.state == "ambiguous", _bears(ResolutionRow.symbol_key, typed)).distinct()
        )
        symbols |= {symbol for symbol in connection.scalars(bare) if symbol and _fits(symbol, typed)}
        if not symbols:
            return None
        unclear = ResolutionRow.symbol_key.in_(symbols) & (ResolutionRow.state == "ambiguous")
        return Matched(tuple(row.key for row in rows), unclear)
    if keys := _plenum(connection, name):
        return Matched(tuple(keys))
    return None


def typed_records(connection: Connection, typed: Typed) -> Iterator[Row[*tuple[Any, ...]]]:
    """The records of the documents that what was typed may be."""
    query = select(*AuthorityRow.__table__.columns).where(_bears(AuthorityRow.symbol_key, typed)).order_by(AuthorityRow.key)
    for row in connection.execute(query):
        if _fits(row.symbol_key, typed) and (not typed.organ or _issued_by(row, typed.organ)):
            yield row


def _bears(column: Any, typed: Typed) -> ColumnElement[bool]:
    """The range of the index for a number: "57-" and "57/" sort before "570"."""
    bears: ColumnElement[bool] = (column >= f"{typed.number}-") & (column < f"{typed.number}0")
    return bears


def _fits(symbol: str, typed: Typed) -> bool:
    letters = _OTHER.sub("", symbol[len(typed.number) :])
    if typed.letters:
        return letters == typed.letters
    return not typed.kinds or re.sub(r"^\d{4}", "", letters).startswith(typed.kinds)


def _issued_by(row: Row[*tuple[Any, ...]], organ: str) -> bool:
    return any(organ in name_key(issuer) for issuer in (row.issuer or "", *(issuer for issuer, _ in row.readings["issuers"])))


def _plenum(connection: Connection, name: str) -> list[str]:
    """The records of the documents of a plenum of the Central Committee, by either way of naming it, in figures or in words."""
    found = _PLENUM.search(" ".join(fold(name).lower().split()))
    if found is None:
        return []
    said, term = found.groups()
    number = _ROMAN.index(said) if said in _ROMAN else int(said) if said.isdigit() else 0
    words = [str(number), *([_ORDINALS[number], _ROMAN[number]] if 0 < number < len(_ORDINALS) else [])]
    forms = re.compile(rf" (?:(?:trung uong|tw)|lan thu) (?:{'|'.join(words)}) ")
    rows = connection.execute(select(AuthorityRow.key, AuthorityRow.name_key).where(AuthorityRow.name_key.contains(f" khoa {term} ")))
    return [row.key for row in rows if any(_names_plenum(each, forms, term) for each in row.name_key.split(SEGMENT))]


def _names_plenum(name: str, forms: re.Pattern[str], term: str) -> bool:
    return f" khoa {term} " in name and (" trung uong " in name or " tw " in name) and forms.search(name) is not None


def like_typed(connection: Connection, name: str, most: int) -> list[Row[*tuple[Any, ...]]]:
    """The records whose symbol or name is most like what was typed, for when nothing fits it."""
    from archive.common.sameness import most_alike

    rows = connection.execute(select(*AuthorityRow.__table__.columns).where(AuthorityRow.plans > 0).order_by(AuthorityRow.key)).all()
    return [rows[number] for number in most_alike(_plain(name), [[*_names(row)] for row in rows], most)]


def _names(row: Row[*tuple[Any, ...]]) -> Iterable[str]:
    return (_plain(each) for each in (row.symbol, row.title) if each)


def _plain(name: str) -> str:
    return _OTHER.sub("", fold(name).lower())
