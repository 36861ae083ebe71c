"""The overlay in the database: which blocks a change touches, what it was before, what it is now.

A transaction resolves whole blocks, so that the overlay is at any time what resolving everything anew would make it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select, update

from archive.errors import AliasError
from archive.resolve.aliases import Alias, read_aliases
from archive.resolve.authorities import authority_row, cited_document
from archive.resolve.rows import blocks_of_papers, in_chunks, neighbours, open_resolutions, read_claims, taught_claim
from archive.resolve.weigh import Decision, resolve
from archive.store.alias_file import ALIAS_FILE
from archive.store.database import translated, writing
from archive.store.handle import Archive
from archive.store.tables import AliasRow, AuthorityRow, CitationRow, ResolutionRow, VersionRow
from archive.store.taught_units import stored_units, teach_units
from archive.store.unit_aliases import read_units
from archive.store.versions import documents_by_version
from archive.values.citations import Change, CitedDocument, Outcome, UnitChange
from archive.values.documents import Document

#: (state, record, candidates, conflicts) of a mention.
_Before = tuple[str, str | None, tuple[str, ...], tuple[str, ...]]
#: A cited document with the id of the paper in the archive that it is.
_Known = tuple[CitedDocument, int | None]


def resolve_pending(archive: Archive) -> tuple[Change, ...]:
    """Resolves what came into the archive since it was last resolved; returns what earlier citations mean now that they did not before."""
    waiting = select(VersionRow.id).where(VersionRow.current, ~VersionRow.resolved)
    with translated(archive.database), archive.engine.connect() as connection:
        if connection.scalars(waiting.limit(1)).first() is None:
            return ()
    with translated(archive.database), writing(archive.engine).begin() as connection:
        return resolve_versions(connection, tuple(connection.scalars(waiting)))


def resolve_everything(archive: Archive, *, aliases: bool = True) -> tuple[Change | UnitChange, ...]:
    """Makes the overlay anew, with ``aliases`` after reading the alias file of the archive again; returns what changed: citations, then
    the units of duties.

    Raises AliasError; nothing is changed then.
    """
    text = _alias_text(archive) if aliases else None
    if text is not None:
        read_aliases(text, str(archive.folder / ALIAS_FILE))
        read_units(text, str(archive.folder / ALIAS_FILE))
    with translated(archive.database), writing(archive.engine).begin() as connection:
        taught = stored_units(connection)
        if aliases:
            connection.execute(delete(AliasRow))
        if text is not None:
            connection.execute(insert(AliasRow).values(id=1, text=text))
        documents, before = _authorities(connection, None), _outcomes(connection, None)
        connection.execute(delete(ResolutionRow))
        connection.execute(delete(AuthorityRow))
        current = tuple(connection.scalars(select(VersionRow.id).where(VersionRow.current)))
        blocks = open_resolutions(connection, current) | blocks_of_papers(connection, current) | _taught_blocks(connection)
        changes = []
        for same_class in _by_class(blocks):
            changes += _resolve(connection, same_class, before, documents)
        connection.execute(update(VersionRow).where(VersionRow.current).values(resolved=True))
        moved = teach_units(connection, taught)
    return (*changes, *moved)


def resolve_versions(connection: Connection, version_ids: Sequence[int], also: Iterable[str] = ()) -> tuple[Change, ...]:
    """Resolves versions that came in, and again everything that they touch (``also``: further blocks), within a transaction."""
    blocks = open_resolutions(connection, version_ids)
    changes = resolve_blocks(connection, blocks | touched_blocks(connection, version_ids) | set(also))
    for chunk in in_chunks(version_ids):
        connection.execute(update(VersionRow).where(VersionRow.id.in_(chunk)).values(resolved=True))
    return changes


def touched_blocks(connection: Connection, version_ids: Sequence[int]) -> set[str]:
    """The blocks whose resolution may change when these versions come or go."""
    found = blocks_of_papers(connection, version_ids) | neighbours(connection, version_ids)
    for chunk in in_chunks(version_ids):
        query = select(ResolutionRow.block, ResolutionRow.also).where(ResolutionRow.version_id.in_(chunk)).distinct()
        found.update(block for row in connection.execute(query) for block in row if block is not None)
    return found


def resolve_blocks(connection: Connection, blocks: set[str]) -> tuple[Change, ...]:
    """Resolves blocks again with what hangs together with them; returns what earlier citations mean now that they did not before."""
    whole = set(blocks)
    for chunk in in_chunks(blocks):
        keys = select(AuthorityRow.key).where(AuthorityRow.block.in_(chunk))
        whole.update(connection.scalars(select(ResolutionRow.block).where(ResolutionRow.record.in_(keys)).distinct()))
    return tuple(change for same_class in _by_class(whole) for change in _resolve(connection, same_class, None, None))


def _alias_text(archive: Archive) -> str | None:
    path = archive.folder / ALIAS_FILE
    with translated(path):
        if not path.exists():
            return None
        data = path.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise AliasError("alias-encoding", path=str(path), line=line) from error


def stored_aliases(connection: Connection) -> tuple[Alias, ...]:
    """The alias file as it was last read."""
    text = connection.scalars(select(AliasRow.text)).first()
    return read_aliases(text, ALIAS_FILE) if text is not None else ()


def _taught_blocks(connection: Connection) -> set[str]:
    return {block for number, alias in enumerate(stored_aliases(connection)) for block in taught_claim(alias, number).blocks}


def _by_class(blocks: Iterable[str]) -> Iterable[set[str]]:
    """Blocks type by type: nothing hangs together across types, and not all of a large archive has to be in memory at once."""
    found: dict[str, set[str]] = defaultdict(set)
    for block in blocks:
        found[block.partition("|")[0]].add(block)
    printed = found.pop("=", set())  # names as printed: read with the types that they belong to
    return [found[name] for name in sorted(found)] or [printed]


def _resolve(
    connection: Connection, blocks: set[str], before: dict[tuple[int, int], _Before] | None, documents: dict[str, _Known] | None
) -> list[Change]:
    claims, whole = read_claims(connection, blocks, stored_aliases(connection))
    if before is None or documents is None:
        documents, before = _authorities(connection, whole), _outcomes(connection, whole)
    for chunk in in_chunks(whole):
        connection.execute(delete(AuthorityRow).where(AuthorityRow.block.in_(chunk)))
    records, decisions = resolve(claims)
    conflicting = Counter(decision.record for decision in decisions if decision.state == "conflicting")
    rows = [authority_row(record, conflicting[record.key]) for record in records]
    for chunk in in_chunks(row["key"] for row in rows):
        connection.execute(delete(AuthorityRow).where(AuthorityRow.key.in_(chunk)))
    if rows:
        connection.execute(insert(AuthorityRow), rows)
    _write(connection, decisions)
    after = {row["key"]: (cited_document(row, None), row["document_id"]) for row in rows}
    return _changes(connection, decisions, before, documents, after)


def _write(connection: Connection, decisions: Sequence[Decision]) -> None:
    statement = (
        update(ResolutionRow)
        .where(ResolutionRow.version_id == bindparam("in_version"), ResolutionRow.ordinal == bindparam("at"))
        .values(
            state=bindparam("new_state"),
            record=bindparam("new_record"),
            candidates=bindparam("new_candidates"),
            conflicts=bindparam("new_conflicts"),
        )
    )
    rows = [
        {
            "in_version": decision.version_id,
            "at": decision.ordinal,
            "new_state": decision.state,
            "new_record": decision.record,
            "new_candidates": [
                [one.key, one.weight, [[piece.kind, piece.weight, piece.said] for piece in one.evidence]] for one in decision.candidates
            ],
            "new_conflicts": list(decision.conflicts),
        }
        for decision in decisions
    ]
    if rows:
        connection.execute(statement, rows)


def _authorities(connection: Connection, blocks: set[str] | None) -> dict[str, _Known]:
    rows: list[Row[*tuple[Any, ...]]] = []
    columns = select(*AuthorityRow.__table__.columns)
    if blocks is None:
        rows = list(connection.execute(columns))
    else:
        for chunk in in_chunks(blocks):
            rows += connection.execute(columns.where(AuthorityRow.block.in_(chunk)))
    return {row.key: (cited_document(dict(row._mapping), None), row.document_id) for row in rows}


def _outcomes(connection: Connection, blocks: set[str] | None) -> dict[tuple[int, int], _Before]:
    """What the mentions in these blocks (None: in all) were resolved to; those that never were are left out."""
    query = select(
        ResolutionRow.version_id,
        ResolutionRow.ordinal,
        ResolutionRow.state,
        ResolutionRow.record,
        ResolutionRow.candidates,
        ResolutionRow.conflicts,
    ).where(ResolutionRow.state != "new")
    rows: list[Row[*tuple[Any, ...]]] = []
    if blocks is None:
        rows = list(connection.execute(query))
    else:
        for chunk in in_chunks(blocks):
            rows += connection.execute(query.where(ResolutionRow.block.in_(chunk)))
    return {
        (row.version_id, row.ordinal): (row.state, row.record, tuple(one[0] for one in row.candidates), tuple(row.conflicts))
        for row in rows
    }


def _changes(
    connection: Connection,
    decisions: Sequence[Decision],
    before: dict[tuple[int, int], _Before],
    old: dict[str, _Known],
    new: dict[str, _Known],
) -> list[Change]:
    """The mentions that mean something else now, those of one plan that changed alike as one."""
    found: dict[tuple[int, _Before, _Before], list[int]] = defaultdict(list)
    for decision in decisions:
        now = decision.state, decision.record, tuple(one.key for one in decision.candidates), decision.conflicts
        was = before.get((decision.version_id, decision.ordinal))
        if was is not None and not _same_meaning(was, now, old, new):
            found[decision.version_id, was, now].append(decision.ordinal)
    if not found:
        return []
    plans: dict[int, Document] = {}
    for chunk in in_chunks(version_id for version_id, _, _ in found):
        plans |= documents_by_version(connection, chunk)
    papers = {document_id for known in (old, new) for _, document_id in known.values() if document_id is not None}
    there: dict[int, Document] = {}
    for chunk in in_chunks(papers):
        current = connection.scalars(select(VersionRow.id).where(VersionRow.current, VersionRow.document_id.in_(chunk)))
        there |= {document.id: document for document in documents_by_version(connection, current).values()}
    changes = []
    for (version_id, was, now), ordinals in sorted(found.items(), key=lambda one: (one[0][0], min(one[1]))):
        at = (CitationRow.version_id == version_id) & (CitationRow.ordinal == min(ordinals))
        raw = connection.scalars(select(CitationRow.raw).where(at)).one()
        outcomes = _outcome(was, old, there), _outcome(now, new, there)
        changes.append(Change(plans[version_id], " ".join(raw.split()), len(ordinals), *outcomes))
    return changes


def _same_meaning(was: _Before, now: _Before, old: dict[str, _Known], new: dict[str, _Known]) -> bool:
    """Whether a mention means what it did: the same state, contradictions and documents."""
    if was[0] != now[0] or was[3] != now[3]:
        return False
    before, after = _documents(was, old), _documents(now, new)
    return len(before) == len(after) and all(any(_alike(one, other) for other in after) for one in before)


def _documents(resolved: _Before, known: dict[str, _Known]) -> list[_Known]:
    _, record, candidates, _ = resolved
    return [known[key] for key in ((record,) if record is not None else candidates) if key in known]


def _alike(one: _Known, other: _Known) -> bool:
    """Whether two records are one to a reader: the same key and paper, or nothing that is shown of them differs."""
    (a, paper), (b, other_paper) = one, other
    return paper == other_paper and (a.key == b.key or replace(a, key=b.key) == b)


def _outcome(resolved: _Before, known: dict[str, _Known], there: dict[int, Document]) -> Outcome:
    found = _documents(resolved, known)
    return Outcome(resolved[0], tuple(replace(cited, document=there.get(paper) if paper is not None else None) for cited, paper in found))
