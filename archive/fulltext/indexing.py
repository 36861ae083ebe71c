"""Keeping the full-text index in step with the database, and bringing it back into step where a crash came between the two."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

from sqlalchemy import Connection, delete, func, insert, select, update

from archive.common.laying_out import layout_of
from archive.common.words import Restored, TextWords, words_of
from archive.errors import EngineMissing, PlanDamaged, UnknownEngine
from archive.fulltext.engine import Analyse, Analysed, FullText, IndexText
from archive.fulltext.engines import CHOSEN, POSTGRESQL, engine_of, engines_of
from archive.fulltext.layouts import pack_layout
from archive.fulltext.restored_layer import pack_layer, restored_words
from archive.fulltext.sight import pack_sight, sight_of
from archive.fulltext.stamps import INDEX, renew, stamp_index, stamps_agree
from archive.store.changes import project_again
from archive.store.database import translated, writing
from archive.store.duty_index import clear_duties
from archive.store.handle import Archive
from archive.store.tables import CitationRow, VersionRow
from archive.store.versions import PLAN, TEXT, current_versions, plan_of, with_content
from archive.store.work_tables import StampRow
from kehoach_parser import Plan

#: Documents per commit of the index: a commit costs about as much as indexing ten documents.
BATCH = 64
#: The same where all are indexed.
LARGE_BATCH = 256

#: Called with (done, total) while work goes on.
Progress = Callable[[int, int], None]


def choose_engine(archive: Archive, name: str) -> None:
    """Chooses the engine of an archive, whose index is to be made anew. Raises UnknownEngine, EngineMissing; nothing is changed then."""
    if name not in engines_of(archive):
        raise UnknownEngine(name=name, engines=engines_of(archive))
    _engine(name)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        connection.execute(update(VersionRow).values(indexed=False))
        connection.execute(delete(StampRow).where(StampRow.name == CHOSEN))
        connection.execute(insert(StampRow).values(name=CHOSEN, value=name))
    archive.close_part(INDEX)


def fulltext(archive: Archive) -> FullText:
    """The full-text engine of an archive, opened when it is first asked for. Raises IndexBroken, EngineMissing."""
    return archive.part(INDEX, lambda: _engine(engine_of(archive))[0](archive))


def analyser(archive: Archive) -> Analyse:
    """What the engine of an archive makes of the words of a text. Raises EngineMissing."""
    return _engine(engine_of(archive))[1]


def _engine(name: str) -> tuple[Callable[[Archive], FullText], Analyse]:
    """How an engine is opened for an archive, and its `analyse`. Who does not search does not wait for it; one is an extra."""
    if name == POSTGRESQL:
        from archive.fulltext import postgresql_engine

        return lambda archive: postgresql_engine.PostgresqlEngine(archive.engine, str(archive.database)), postgresql_engine.analyse
    if name == "tantivy":
        try:
            from archive.fulltext import tantivy_engine
        except ModuleNotFoundError as error:
            raise EngineMissing(name=name) from error
        return lambda archive: tantivy_engine.TantivyEngine(archive.folder / INDEX), tantivy_engine.analyse
    from archive.fulltext import whoosh_engine

    return lambda archive: whoosh_engine.WhooshEngine(archive.folder / INDEX), whoosh_engine.analyse


def analysed(analyse: Analyse, text: str, quality: float, stored: str, plan: Plan | None, printed: TextWords | None = None) -> Analysed:
    """A text of this quality as the engine with this `analyse` takes it; ``stored`` is its plan as it is stored, ``plan`` the same,
    None where it is damaged; ``printed`` are its words before any is restored, where they are known."""
    restored = restored_words(text)
    words = printed if printed is not None and not restored else words_of(text, quality, restored)
    layer = pack_layer(restored, *((b"", b"") if plan is None else _seen(plan, text, restored, stored.encode(errors="surrogatepass"))))
    return Analysed(text, quality, stored, layer, analyse(words))


def _seen(plan: Plan, text: str, restored: Sequence[Restored], stored: bytes) -> tuple[bytes, bytes]:
    """The packed sight of a text, and the packed layout."""
    return pack_sight(sight_of(plan, text, restored), text, stored), pack_layout(layout_of(plan, text), text, stored)


#: Nothing was analysed before.
_NONE: Mapping[int, Analysed] = {}


def index_versions(archive: Archive, version_ids: Sequence[int], size: int = BATCH, ready: Mapping[int, Analysed] = _NONE) -> None:
    """Adds versions to the index, batch by batch; each batch is marked in the database once it is in the index. A version that came in and
    was followed by a better reading before its batch was full answers nothing, and is left out. ``ready`` are texts of versions that were
    analysed when they came in."""
    trusted = stamps_agree(archive)
    for start in range(0, len(version_ids), size):
        batch = current_versions(archive, version_ids[start : start + size])
        if batch:
            fulltext(archive).add(index_texts(archive, batch, ready))
            _written(archive, batch, trusted)


def exchange(archive: Archive, gone: Iterable[int], fresh: Sequence[int]) -> None:
    """Takes versions out of the index that answer no more, and adds those that answer now."""
    if left := [version_id for version_id in gone if version_id not in fresh]:
        trusted = stamps_agree(archive)
        fulltext(archive).remove(left)
        _written(archive, (), trusted)
    index_versions(archive, fresh)


def _written(archive: Archive, indexed: Sequence[int], trusted: bool) -> None:
    """Notes a change of the index: which versions are in it now, and a new stamp. An index that was not this database's keeps its own: it
    is still to be made anew."""
    with translated(archive.database), writing(archive.engine).begin() as connection:
        mark_indexed(connection, indexed)
        if trusted:
            renew(connection)
    if trusted:
        stamp_index(archive)


def in_step(archive: Archive) -> bool:
    """Whether database and index hold the same documents, as far as their stamp and counting tell."""
    if not stamps_agree(archive):
        return False
    with translated(archive.database), archive.engine.connect() as connection:
        total = connection.scalar(select(func.count()).where(VersionRow.current))
        waiting = connection.scalar(select(func.count()).where(~VersionRow.indexed, VersionRow.current))
    return not waiting and total == fulltext(archive).count()


def bring_into_step(archive: Archive) -> None:
    """Indexes what is missing in the index and removes what is there no more. Raises ArchiveLocked, NoPermission, DiskFull, IndexBroken."""
    if not stamps_agree(archive):
        rebuild_index(archive)
    if in_step(archive):
        return
    wanted = frozenset(current_versions(archive))
    there = fulltext(archive).keys()
    with translated(archive.database), archive.engine.connect() as connection:
        marked = frozenset(connection.scalars(select(VersionRow.id).where(VersionRow.current, VersionRow.indexed)))
    exchange(archive, sorted(there - wanted), sorted(wanted - (there & marked)))


def rebuild(archive: Archive, progress: Progress | None = None) -> int:
    """Makes the projected rows anew from the plans, and the index from the database; returns the number of documents.

    Interrupted, what is missing in the index is added by the next search.
    """
    version_ids = current_versions(archive)
    with translated(archive.database), writing(archive.engine).begin() as connection:
        clear_duties(connection)
    for number, version_id in enumerate(version_ids, 1):
        with suppress(PlanDamaged):  # the rows that it has stay; `check` names it
            project_again(archive, version_id)
        if progress is not None:
            progress(number, len(version_ids))
    rebuild_index(archive)
    return len(version_ids)


def rebuild_index(archive: Archive) -> None:
    """Makes the index anew from the texts in the database; interrupted, the next search goes on."""
    fulltext(archive).rebuild(())
    with translated(archive.database), writing(archive.engine).begin() as connection:
        connection.execute(update(VersionRow).values(indexed=False))
    _written(archive, (), trusted=True)
    index_versions(archive, current_versions(archive), LARGE_BATCH)


def mark_indexed(connection: Connection, version_ids: Sequence[int]) -> None:
    """Notes that these versions are in the index."""
    for start in range(0, len(version_ids), 500):  # databases limit how many values a statement may have
        connection.execute(update(VersionRow).where(VersionRow.id.in_(version_ids[start : start + 500])).values(indexed=True))


def _plan(stored: str, version_id: int) -> Plan | None:
    try:
        return plan_of(stored, version_id)
    except PlanDamaged:  # `check` names it; that its text is found is still true
        return None


def index_texts(archive: Archive, version_ids: Iterable[int], ready: Mapping[int, Analysed] = _NONE) -> Iterator[IndexText]:
    """What the index is to hold of these versions, read one by one; what is ``ready`` is taken where the text is still that."""
    analyse = analyser(archive)
    for version_id in version_ids:
        columns = (TEXT, PLAN, VersionRow.quality, VersionRow.symbol_key)
        query = with_content(select(*columns).select_from(VersionRow), VersionRow.id).where(VersionRow.id == version_id)
        cited = select(CitationRow.symbol_key).where(CitationRow.version_id == version_id, CitationRow.symbol_key.is_not(None)).distinct()
        with translated(archive.database), archive.engine.connect() as connection:
            row = connection.execute(query).first()
            symbols = [key for key in connection.scalars(cited) if key is not None]
        if row is not None:
            text, stored, quality, own = row
            there = ready.get(version_id)
            if there is None or (there.text, there.quality, there.stored) != (text, quality, stored):  # a correction may have changed it
                there = analysed(analyse, text, quality, stored, _plan(stored, version_id))
            yield IndexText(version_id, tuple(symbols if own is None else [*symbols, own]), there)
