"""Rows to claims: the evidence that the database holds for some blocks, read in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from pyroaring import FrozenBitMap
from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, or_, select

from archive.common.keys import SEGMENT, name_key, symbol_key
from archive.common.words import LOW_QUALITY
from archive.resolve.aliases import Alias
from archive.resolve.claims import PAPER, TAUGHT, Claim, blocks_of, claim_place, class_of, law_name, place_of_plan, term_of_claim
from archive.resolve.evidence import looks_like
from archive.resolve.groups import nearly_equal
from archive.resolve.said import Said, bound
from archive.resolve.stored_claims import StoredClaim, claims_in, stored_under, taken_apart
from archive.store.database import any_of, given_words, in_chunks, named_words, values_beside
from archive.store.tables import AuthorityRow, CitationRow, ResolutionRow, VersionRow
from kehoach_parser import fold
from kehoach_parser.knowledge import meeting_key, number_of, series_of

_PLAN = (
    VersionRow.document_id,
    VersionRow.date.label("written"),
    VersionRow.organ,
    VersionRow.place,
    VersionRow.parent_organ,
    VersionRow.quality,
)
#: How what a meeting issued calls it in its subject.
_MEETS = tuple(form for word in ("Đại hội", "Hội nghị", "Trung ương") for form in (word, word.upper()))
#: A paper whose head has no number.
_UNREAD = any_of(
    VersionRow.id,
    VersionRow.symbol_key.is_(None),
    *((VersionRow.symbol_key >= sign) & (VersionRow.symbol_key < chr(ord(sign) + 1)) for sign in "-/"),  # ranges of the index
)
_PAPER = (VersionRow.id, VersionRow.type, VersionRow.symbol, VersionRow.subject, *_PLAN)


_BLOCKS = (
    select(ResolutionRow.block)
    .join(CitationRow, (CitationRow.version_id == ResolutionRow.version_id) & (CitationRow.ordinal == ResolutionRow.ordinal))
    .where(CitationRow.date == bindparam("day"), CitationRow.symbol_key.in_(bindparam("symbols", expanding=True)))
    .distinct()
)


@cache
def _symbols_of_days(dialect: str) -> Select[Any]:
    return values_beside(named_words(dialect, "days"), CitationRow.date, CitationRow.symbol_key)


def neighbours(connection: Connection, version_ids: Iterable[int]) -> set[str]:
    """Blocks that may hold another reading of what these versions cite or are: numbers that look alike, on the same day."""
    wanted: dict[str, set[str]] = defaultdict(set)  # day → numbers; "" for a paper whose number was not read
    for chunk in in_chunks(version_ids):
        cited = select(CitationRow.date, CitationRow.symbol).where(CitationRow.version_id.in_(chunk)).distinct()
        papers = select(VersionRow.date, VersionRow.symbol).where(VersionRow.id.in_(chunk))
        for date, symbol in [*connection.execute(cited), *connection.execute(papers)]:
            series = series_of(symbol) if symbol else None
            if date and len(date) == 10:
                wanted[date].add(series.number if series else "")
    found = _blocks_by_title(connection, version_ids)
    near: dict[str, list[str]] = defaultdict(list)
    for key, date in connection.execute(_symbols_of_days(connection.dialect.name), {"days": given_words(connection, [*wanted])}):
        if _is_near(key, wanted[date]):
            near[date].append(key)
    for date, keys in near.items():
        for chunk in in_chunks(keys):
            found.update(connection.scalars(_BLOCKS, {"day": date, "symbols": chunk}))
    return found


def _blocks_by_title(connection: Connection, version_ids: Iterable[int]) -> set[str]:
    """The blocks of documents whose title is nearly the subject of these papers, of those that bear neither number nor date."""
    found: set[str] = set()
    for chunk in in_chunks(version_ids):
        undated = select(*_PAPER).where(VersionRow.id.in_(chunk), _UNREAD, VersionRow.date.is_(None))
        for row in connection.execute(undated.where(VersionRow.type.is_not(None), VersionRow.subject.is_not(None))):
            of_type = f"{class_of(fold(row.type))}|"
            named = select(AuthorityRow.block, AuthorityRow.name_key).where(AuthorityRow.block.startswith(of_type, autoescape=True))
            found.update(block for block, names in connection.execute(named) if _is_named(names, row.type, row.subject))
    return found


def _is_named(names: str, kind: str, title: str) -> bool:
    """Whether one of the names of a document, as they are kept, is nearly a type with this title. They are compared as damaged ones, also
    where they are clean: a block too many only costs time."""
    name = f"{kind} {title}"
    return any(nearly_equal(name, each, clean=False) for each in names.split(SEGMENT) if each.strip())


def _is_near(key: str, numbers: set[str]) -> bool:
    return "" in numbers or any(looks_like(number_of(key), number) for number in numbers)


def blocks_of_papers(connection: Connection, version_ids: Iterable[int]) -> set[str]:
    """The blocks in which papers of the archive may be cited."""
    found: set[str] = set()
    for chunk in in_chunks(version_ids):
        for row in connection.execute(select(*_PAPER).where(VersionRow.id.in_(chunk))):
            found.update(_blocks_of_paper(row))
    return found


def _blocks_of_paper(row: Row[*tuple[Any, ...]]) -> tuple[str, ...]:
    series = series_of(row.symbol) if row.symbol else None
    if series is not None and series.number:
        return blocks_of(row.type, row.symbol, None, None) if row.type else ()
    meeting = _meeting(row)
    return blocks_of(row.type, None, None, meeting) if meeting else ()


def _meeting(row: Row[*tuple[Any, ...]]) -> str | None:
    """The identity of a paper that a congress or plenum issued, by its subject; None for others."""
    return meeting_key(row.type, row.subject) if row.type and row.subject and any(word in row.subject for word in _MEETS) else None


class Read(NamedTuple):
    """The claims in some whole blocks, those blocks, what the stored ones were resolved to by their numbers (`StoredClaim.outcomes`), and
    the numbers of those that no plan makes any more."""

    claims: list[Claim]
    blocks: set[str]
    outcomes: dict[int, list[list[Any]] | None]
    gone: set[int]


def read_claims(connection: Connection, blocks: set[str], aliases: Sequence[Alias], said: Said) -> Read:
    """All claims in some blocks and in those that hang together with them, with what the alias file teaches and what people have ``said``
    of mentions."""
    taught = [taught_claim(alias, number) for number, alias in enumerate(aliases)]
    stored: dict[int, StoredClaim] = {}
    loaded: set[str] = set()
    while wanted := (blocks | _reached(stored.values(), taught, loaded)) - loaded:
        stored |= {one.claim.row: one for one in claims_in(connection, wanted) if one.claim.row is not None}
        loaded |= wanted
    gone = {number for number, one in stored.items() if not one.claim.plans}
    cited = _with_said(connection, [stored[number].claim for number in sorted(stored.keys() - gone)], said, len(taught))
    others = [claim for claim in taught if loaded & set(claim.blocks)]
    others += _paper_claims(connection, loaded, {date for claim in (*cited, *others) for date in claim.dates if len(date) == 10})
    return Read([*cited, *others], loaded, {number: one.outcomes for number, one in stored.items()}, gone)


def _with_said(connection: Connection, cited: Sequence[Claim], said: Said, taught: int) -> list[Claim]:
    """The claims of plans, and what people say of their mentions: of such a mention its plan is told apart from those that say the same."""
    spoken_of = stored_under(connection, said)
    apart = [taken_apart(connection, claim, spoken_of[claim.row]) if claim.row in spoken_of else [claim] for claim in cited]
    return bound([claim for claims in apart for claim in claims], said, taught)


def _reached(stored: Iterable[StoredClaim], taught: Iterable[Claim], loaded: set[str]) -> set[str]:
    """The blocks of what was loaded: a mention by number and name has two, an entry of the alias file as many as it has names."""
    found = {block for one in stored for block in one.claim.blocks}
    return found | {block for claim in taught if loaded & set(claim.blocks) for block in claim.blocks}


def _paper_claims(connection: Connection, blocks: set[str], days: set[str]) -> list[Claim]:
    """The papers of the archive that bear a number or name of these blocks, and those without a number, of these days or without a date."""
    found = {row.id: _paper_claim(row) for row in _papers_in(connection, blocks) if set(_blocks_of_paper(row)) & blocks}
    classes = {block.partition("|")[0] for block in blocks}
    found |= {row.id: _paper_claim(row) for row in _unread_papers(connection, days) if class_of(fold(row.type)) in classes}
    return list(found.values())


def _papers_in(connection: Connection, blocks: set[str]) -> Iterator[Row[*tuple[Any, ...]]]:
    """The papers that may belong to these blocks."""
    query = select(*_PAPER).where(VersionRow.current)
    numbers = {block.partition("|")[2].partition("/")[0] for block in blocks if "|=" not in block and not block.startswith("=")}
    for chunk in in_chunks(numbers):
        # "12-" and "12/" sort before "120": a range of the index for each number.
        yield from connection.execute(query.where(or_(*(_begins_with(number) for number in chunk))))
    if any("|=" in block and not block.startswith("luat|") for block in blocks):
        yield from connection.execute(query.where(_UNREAD, or_(*(VersionRow.subject.contains(word) for word in _MEETS))))


def _begins_with(number: str) -> ColumnElement[bool]:
    return (VersionRow.symbol_key >= f"{number}-") & (VersionRow.symbol_key < f"{number}0")


_UNREAD_PAPERS = select(*_PAPER).where(VersionRow.current, _UNREAD, VersionRow.type.is_not(None), VersionRow.subject.is_not(None))


@cache
def _unread_of_days(dialect: str) -> Select[Any]:
    return _UNREAD_PAPERS.where(VersionRow.date.is_(None) | VersionRow.date.in_(named_words(dialect, "days")))


def _unread_papers(connection: Connection, days: set[str]) -> Iterable[Row[*tuple[Any, ...]]]:
    """The papers without a number, of these days or without a date."""
    return connection.execute(_unread_of_days(connection.dialect.name), {"days": given_words(connection, sorted(days))})


def _paper_claim(row: Row[*tuple[Any, ...]]) -> Claim:
    """What a paper in the archive says of itself."""
    series = series_of(row.symbol) if row.symbol else None
    own = place_of_plan(row.organ, row.place, row.parent_organ)
    meeting = None if series is not None and series.number else _meeting(row)
    place = () if meeting or (series is not None and series.central) else tuple(name for _, name in own)
    dates = (row.written,) if row.written else ()
    return Claim(
        source=PAPER,
        blocks=_blocks_of_paper(row) or (f"{class_of(fold(row.type))}|{row.id}?",),
        key=meeting,
        type=fold(row.type),
        type_name=row.type,
        symbol=row.symbol,
        series=series,
        dates=dates,
        term=term_of_claim(series, dates, ()),
        titles=(row.subject,) if row.subject else (),
        issuers=(row.organ,) if row.organ else (),
        place=place,
        placed=bool(place) or meeting is not None or (series is not None and series.central),
        place_said=True,
        clean=row.quality >= LOW_QUALITY,
        plans=FrozenBitMap([row.id]),
        document_id=row.document_id,
    )


def taught_claim(alias: Alias, number: int) -> Claim:
    """What the alias file says of one document."""
    series = series_of(alias.symbol) if alias.symbol else None
    issuers = (alias.issuer,) if alias.issuer else ()
    place, placed, said = claim_place(series, issuers, ())
    dates = (alias.date,) if alias.date else ()
    cls = class_of(fold(alias.type))
    names = tuple(name_key(name).strip() for name in alias.names)
    blocks = [*blocks_of(alias.type, alias.symbol, alias.title, None), *(f"=|{name}" for name in names)]
    blocks += [block for one in alias.misprints for block in blocks_of(alias.type, one.name, None, None)]
    blocks += [f"{cls}|={law_name(name)}" for name in alias.names if cls == "luat"]
    return Claim(
        source=TAUGHT,
        blocks=tuple(dict.fromkeys(blocks)),
        key=None,
        type=fold(alias.type),
        type_name=alias.type,
        symbol=alias.symbol,
        series=series,
        dates=dates,
        term=term_of_claim(series, dates, issuers),
        titles=(alias.title,) if alias.title else (),
        issuers=issuers,
        place=place,
        placed=placed,
        place_said=said,
        clean=True,
        number=-1 - number,
        names=names,
        misprints=tuple((symbol_key(one.name), one.choice) for one in alias.misprints),
    )
