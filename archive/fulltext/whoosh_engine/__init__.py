"""Full text with Whoosh. Only here it is imported.

One Whoosh document per plan, so that words anywhere in a plan meet, with the fields of `archive.fulltext.ways`. The restored words
themselves lie in a column, read for the plans that are shown.
"""

from __future__ import annotations

import re
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial, reduce
from pathlib import Path
from typing import Any

from whoosh import collectors, columns, fields, formats, index, matching, query, scoring
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for
from whoosh.writing import LockError

from archive.common.batches import batches
from archive.common.syncing import make_folder
from archive.common.words import TextWords, folded_form
from archive.errors import ArchiveError, ArchiveLocked, DiskFull, IndexBroken, IndexDiskFull
from archive.fulltext.engine import Fields, IndexText, Weighed
from archive.fulltext.query import Query
from archive.fulltext.ways import FORMS, READ, Run, Way, asked_of
from archive.fulltext.whoosh_engine.files import Storage
from archive.store.database import translated
from kehoach_parser import model_stamp

#: Raised when the analysis of words, the restorer, the fields or what is kept of a text (`sight`, `layouts`) change: an index of another
#: version, or with words restored by another model, is made anew from the database.
INDEX_VERSION = 5
_NAME = f"kehoach{INDEX_VERSION}x{model_stamp()}"
_OTHERS = re.compile(r"_?kehoach\d")

# These bound cost and waiting; no answer hangs on them.
_MEMORY_MB = 256
_LOCK_SECONDS = 10.0
_BATCH = 256


#: A word of a field: its letters, how often it stands, its weight, and where, as Whoosh keeps that.
_Posting = tuple[bytes, int, float, bytes]


def analyse(words: TextWords) -> Fields:
    """The postings of a text, in each field. A word whose form is empty is left out, its position stays."""
    return {name: _postings(forms(words)) for name, forms in FORMS.items()}


def _postings(places: Iterable[tuple[str, ...]]) -> list[_Posting]:
    at: dict[str, list[int]] = defaultdict(list)
    for position, forms in enumerate(places):
        for form in forms:
            at[form].append(position)
    return [(form.encode(), len(found), float(len(found)), _POSITIONS.encode(found)) for form, found in at.items()]


_POSITIONS = formats.Positions()


class _Words(fields.TEXT):  # type: ignore[misc]
    """A field that is given its postings: whoever stores a text need not look for its words."""

    def index(self, value: list[_Posting], **settings: Any) -> Iterator[_Posting]:
        return iter(value)


def _schema() -> Any:
    words = partial(_Words, phrase=True, stored=False)
    return fields.Schema(
        key=fields.ID(stored=True, unique=True),
        symbol=fields.KEYWORD(stored=False, commas=True),
        **{name: words() for name in FORMS},
        layer=fields.COLUMN(columns.VarBytesColumn()),
    )


class _Weighting(scoring.BM25F):  # type: ignore[misc]
    """BM25 with one measure for all forms of a word, so that the ways of a match compare: a word is as rare as its folded form is, a text
    as long as all its words. By themselves the fields that only damaged texts have would make every word in them rare."""

    def scorer(self, searcher: Any, fieldname: str, text: bytes, qf: int = 1) -> Any:
        if not searcher.schema[fieldname].scorable:
            return super().scorer(searcher, fieldname, text, qf)
        return _Scorer(searcher, fieldname, text, self.B, self.K1, qf)


class _Scorer(scoring.BM25FScorer):  # type: ignore[misc]
    def setup(self, searcher: Any, fieldname: str, text: bytes) -> None:
        whole = searcher.get_parent()
        self.avgfl = whole.avg_field_length("folded") or 1
        # A skeleton stands for many words: none of them rare.
        self.idf = 1.0 if fieldname == "skeleton" else whole.idf("folded", folded_form(text.decode().removeprefix(READ)))
        self.dfl = lambda number: searcher.doc_field_length(number, "folded", 1)
        self._maxquality = self._score(searcher.term_info(fieldname, text).max_weight(), 0)

    def supports_block_quality(self) -> bool:
        return False


class _Timely(collectors.WrappingCollector):  # type: ignore[misc]
    """Asks before every text whether there is still time. (Whoosh's own `TimeLimitCollector` takes the signals of the whole process.)"""

    def collect_matches(self) -> None:
        for number in self.child.matches():
            self.top_searcher.patience.check()
            self.child.collect(number)


class WhooshEngine:
    """A `FullText` in a folder, which is made when it is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._index: Any = None

    def add(self, texts: Iterable[IndexText]) -> None:
        self._write(lambda writer: [writer.update_document(**_document(text)) for text in texts])

    def remove(self, keys: Iterable[int]) -> None:
        self._write(lambda writer: [writer.delete_by_term("key", str(key)) for key in keys])

    def rebuild(self, texts: Iterable[IndexText]) -> None:
        self.close()
        with self._guarded():
            shutil.rmtree(self.folder, ignore_errors=True)
        for batch in batches(texts, _BATCH):
            self.add(batch)

    def search(self, query: Query) -> Weighed:
        with self._guarded(), self._searcher() as searcher:
            searcher.patience = query.patience
            collector = _Timely(searcher.collector(limit=None, scored=True))
            searcher.search_with_collector(asked_of(_Asked(), query.tree, query.marked), collector)
            return Weighed((int(result["key"]), float(result.score or 0.0)) for result in collector.results())

    def layers(self, keys: Iterable[int]) -> dict[int, bytes]:
        found: dict[int, bytes] = {}
        wanted = tuple(keys)
        if not wanted:  # an index that holds nothing has no columns to ask
            return found
        with self._guarded(), self._searcher() as searcher:
            layers = searcher.reader().column_reader("layer")
            for key in wanted:
                number = searcher.document_number(key=str(key))
                if number is not None:
                    found[key] = bytes(layers[number])
        return found

    def _searcher(self) -> Any:
        """A searcher for one query: shared ones return wrong hits."""
        return self._opened().searcher(weighting=_Weighting())

    def keys(self) -> frozenset[int]:
        if not self._is_there():
            return frozenset()
        with self._guarded(), self._opened().searcher() as searcher:
            return frozenset(int(stored["key"]) for stored in searcher.all_stored_fields())

    def count(self) -> int:
        with self._guarded():
            return int(self._opened().doc_count()) if self._is_there() else 0

    def close(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def _is_there(self) -> bool:
        with self._guarded():
            try:  # with our fields: those that an older program wrote down beside the index may be of classes that are gone
                return self.folder.is_dir() and index.open_dir(str(self.folder), _NAME, schema=_schema()).latest_generation() >= 0
            except index.EmptyIndexError:
                return False

    def _opened(self) -> Any:
        if self._index is None or not self.folder.is_dir():
            if self._is_there():
                self._index = self._storage().open_index(_NAME, schema=_schema())
            else:
                self._index = self._made()
        return self._index

    def _storage(self) -> FileStorage:
        return Storage(str(self.folder), supports_mmap=False)  # a segment maps itself

    def _made(self) -> Any:
        """A new index; the one that another process has made meanwhile, for making it again would empty it."""
        make_folder(self.folder)
        lock = FileStorage(str(self.folder)).lock(f"{_NAME}_MAKE")
        if not try_for(lock.acquire, timeout=_LOCK_SECONDS):
            raise LockError
        try:
            if self._is_there():
                return self._storage().open_index(_NAME, schema=_schema())
            made = self._storage().create_index(_schema(), _NAME)
            for file in self.folder.iterdir():
                if _OTHERS.match(file.name) and _NAME not in file.name:
                    file.unlink(missing_ok=True)
            return made
        finally:
            lock.release()

    def _write(self, work: Callable[[Any], object]) -> None:
        with self._guarded():
            writer = self._opened().writer(timeout=_LOCK_SECONDS, limitmb=_MEMORY_MB)
            try:
                work(writer)
                writer.commit()
            except BaseException:
                if not writer.is_closed:
                    writer.cancel()
                raise

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Whoosh's troubles in our words. A broken index shows itself by errors of any kind out of its readers."""
        try:
            with translated(self.folder):
                yield
        except DiskFull as error:
            raise IndexDiskFull(**error.facts) from error
        except ArchiveError:
            raise
        except LockError as error:
            raise ArchiveLocked(path=str(self.folder)) from error
        except Exception as error:
            self._index = None
            raise IndexBroken(path=str(self.folder), detail=f"{type(error).__name__}: {error}") from error


def _document(text: IndexText) -> dict[str, Any]:
    return {
        "key": str(text.key),
        "symbol": ",".join(sorted(set(text.symbols))),
        "layer": text.analysed.layer,
        **text.analysed.fields,
    }


class _Asked:
    """A query in Whoosh's terms (`ways.Engine`)."""

    def among(self, keys: Sequence[int]) -> Any:
        return query.ConstantScoreQuery(query.Or([query.Term("key", str(key)) for key in keys]), 0.0)

    def symbol(self, key: str, weight: float) -> Any:
        return query.Term("symbol", key, boost=weight)

    def way(self, way: Way) -> Any:
        if isinstance(way, Run):
            return _Run(way.field, way.places, way.weight)
        return query.ConstantScoreQuery(query.Or([query.Prefix(field, form) for field, form in way.forms]), way.score)

    def best(self, ways: Sequence[Any]) -> Any:
        return _Best(ways)

    def either(self, parts: Sequence[Any]) -> Any:
        return query.Or(list(parts))

    def both(self, wanted: Sequence[Any], unwanted: Sequence[Any]) -> Any:
        all_of = query.And(list(wanted)) if wanted else query.Every()
        return _Without(all_of, query.Or(list(unwanted))) if unwanted else all_of


class _Without(query.AndNot):  # type: ignore[misc]
    """What the first finds and not the second. Whoosh's own lets a segment's first text pass where the unwanted begins before it."""

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        return _WithoutMatcher(self.a.matcher(searcher, context), self.b.matcher(searcher, searcher.boolean_context()))


class _WithoutMatcher(matching.AndNotMatcher):  # type: ignore[misc]
    def _find_first(self) -> None:
        if self.a.is_active() and self.b.is_active():
            self._find_next()


class _Best(query.Query):  # type: ignore[misc]
    """What matches in one of some ways, with the score of the best. (Whoosh's own `DisjunctionMax` takes scores of other documents too.)"""

    def __init__(self, ways: Sequence[Any]) -> None:
        self.ways = ways

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        searcher.get_parent().patience.check()
        found = [matcher for way in self.ways if (matcher := way.matcher(searcher, context)).is_active()]
        return reduce(_BestMatcher, found) if found else matching.NullMatcher()

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count_all())


class _BestMatcher(matching.UnionMatcher):  # type: ignore[misc]
    def score(self) -> float:
        here = [each for each in (self.a, self.b) if each.is_active()]
        first = min(each.id() for each in here)
        return max(float(each.score()) for each in here if each.id() == first)


class _Run(query.Query):  # type: ignore[misc]
    """Places one after the other, each with one of some forms. Whoosh's own `Phrase` has one form a place, its `SpanOr` takes two words
    side by side for one."""

    def __init__(self, field: str, places: Sequence[tuple[str, ...]], boost: float) -> None:
        self.fieldname, self.places, self.boost = field, places, boost

    def matcher(self, searcher: Any, context: Any = None) -> Any:
        reader = searcher.reader()
        places = []
        for forms in self.places:
            there = [form for form in forms if (self.fieldname, form.encode()) in reader]
            if not there:
                return matching.NullMatcher()
            often = sum(reader.doc_frequency(self.fieldname, form) for form in there)
            places.append((often, [query.Term(self.fieldname, form).matcher(searcher, context) for form in there]))
        if len(places) == 1:
            return matching.WrappingMatcher(reduce(matching.UnionMatcher, places[0][1]), boost=self.boost)
        return matching.WrappingMatcher(_RunMatcher(places), boost=self.boost)

    def estimate_size(self, reader: Any) -> int:
        return int(reader.doc_count_all())


class _RunMatcher(query.SpanNear2.SpanNear2Matcher):  # type: ignore[misc]
    """Texts in which some of the forms of each place stand one after the other. Whoosh makes an object of every position and compares them
    in pairs; here they are numbers, the place that fewest texts hold is looked at first, and most texts are told by two.

    ``places``: how many texts hold a place, and the matchers of its forms.
    """

    def __init__(self, places: list[tuple[int, list[Any]]]) -> None:
        self._rarest_first = [(at, places[at][1]) for at in sorted(range(len(places)), key=lambda at: places[at][0])]
        super().__init__([reduce(matching.UnionMatcher, forms) for _, forms in places])

    def _get_spans(self) -> set[int]:
        """Where the run begins: the positions at which its first place stands."""
        here = self.id()
        begins: set[int] | None = None
        for at, forms in self._rarest_first:
            found = {
                position - at
                for form in forms
                if form.is_active() and form.id() == here
                for position in form.value_as("positions")
                if begins is None or position - at in begins
            }
            if not found:
                return found
            begins = found
        return begins or set()
