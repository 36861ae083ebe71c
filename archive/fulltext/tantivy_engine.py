"""Full text with Tantivy, for large archives: an extra of the package (`pip install kehoach[tantivy]`). The only module that imports it.

The fields and ways are those of `archive.fulltext.ways`, so that it finds what Whoosh finds. Scores are measured alike: Tantivy weighs a
word by how rare it is in its own field, which would make every word rare in the fields that only damaged texts have; each way is boosted so
that its words count as rare as their folded forms are.
"""

from __future__ import annotations

import math
import re
import shutil
import time
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from heapq import nsmallest
from pathlib import Path
from typing import Any

import tantivy
from tantivy import Occur

from archive.common.batches import batches
from archive.common.words import TextWords, folded_form
from archive.errors import ArchiveError, ArchiveLocked, DiskFull, IndexBroken, IndexDiskFull, NoPermission
from archive.fulltext.engine import Fields, IndexText, Match, best_first
from archive.fulltext.query import Query
from archive.fulltext.ways import FORMS, READ, READ_BARE, Run, Way, asked_of
from archive.store.database import translated
from kehoach_parser import model_stamp

#: Raised as in `whoosh_engine`.
INDEX_VERSION = 3
_NAME = f"tantivy{INDEX_VERSION}x{model_stamp()}"

_LOCK_SECONDS = 10.0
# Stands where a word has no form in a field, so that places are in step and every field is as long as the text: scores hang on lengths.
_NOTHING = "·"
_HEAP_BYTES = 64_000_000
_BATCH = 256
#: A score, and where the text is.
_Found = tuple[Any, tantivy.DocAddress]
# So many more are read than are wanted: mostly there is one of a lesser score among them, so that all equal ones are there.
_NEXT = 20
# What Tantivy says where the system or another writer is in the way: its errors have no classes of their own.
_TROUBLES: tuple[tuple[str, type[ArchiveError]], ...] = (
    ("os error 28", IndexDiskFull),
    ("os error 122", IndexDiskFull),
    ("os error 13", NoPermission),
    ("os error 30", NoPermission),
    ("LockBusy", ArchiveLocked),
)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("key", stored=True, indexed=True, fast=True)
    builder.add_text_field("symbol", tokenizer_name="raw", index_option="basic")
    for name in FORMS:
        builder.add_text_field(name, tokenizer_name="whitespace", index_option="position")
    builder.add_bytes_field("layer", stored=True)
    return builder.build()


class TantivyEngine:
    """A `FullText` in a folder, which is made when it is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / _NAME
        self._outer = folder
        self._index: tantivy.Index | None = None
        self._committed: tuple[int, int, int] | None = None

    def add(self, texts: Iterable[IndexText]) -> None:
        with self._writer() as writer:
            for text in texts:
                writer.delete_documents_by_query(self._keyed(text.key))
                writer.add_document(_document(text))

    def remove(self, keys: Iterable[int]) -> None:
        with self._writer() as writer:
            for key in keys:
                writer.delete_documents_by_query(self._keyed(key))

    def rebuild(self, texts: Iterable[IndexText]) -> None:
        self.close()
        with self._guarded():
            shutil.rmtree(self._outer, ignore_errors=True)
        for batch in batches(texts, _BATCH):
            self.add(batch)

    def search(self, query: Query) -> _Matches:
        with self._guarded():
            searcher = self._searcher()
            asked = asked_of(_Asked(self._opened().schema, searcher), query.tree, query.marked)
            query.patience.check()  # once: nothing stops Tantivy halfway
        return _Matches(searcher, asked, self._guarded)

    def layers(self, keys: Iterable[int]) -> dict[int, bytes]:
        wanted = list(keys)
        with self._guarded():
            found = self._layers(self._opened().searcher(), wanted)
            # What was searched a moment ago is there; to look for what another process has committed since takes longer than to find it.
            return found if len(found) == len(wanted) else self._layers(self._searcher(), wanted)

    def _layers(self, searcher: tantivy.Searcher, keys: list[int]) -> dict[int, bytes]:
        if not keys:
            return {}
        asked = tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._opened().schema, "key", keys), 0.0)
        there = [address for _, address in searcher.search(asked, limit=len(keys), count=False).hits]
        own: list[Any] = searcher.fast_field_values("key", there)
        return {key: bytes(searcher.doc(address).get_first("layer") or b"") for key, address in zip(own, there, strict=True)}

    def keys(self) -> frozenset[int]:
        if not self._is_there():
            return frozenset()
        with self._guarded():
            return frozenset(_Matches(self._searcher(), tantivy.Query.all_query(), self._guarded).keys())

    def count(self) -> int:
        with self._guarded():
            return int(self._searcher().num_docs) if self._is_there() else 0

    def close(self) -> None:
        self._index = None

    def _keyed(self, key: int) -> tantivy.Query:
        """The text with this key. (`delete_documents_by_term` takes a number for a signed one, and finds nothing.)"""
        return tantivy.Query.term_query(self._opened().schema, "key", key)

    def _is_there(self) -> bool:
        with self._guarded():
            return self.folder.is_dir() and tantivy.Index.exists(str(self.folder))

    def _opened(self) -> tantivy.Index:
        if self._index is None or not self.folder.is_dir():
            if not self._is_there():
                shutil.rmtree(self._outer, ignore_errors=True)  # an index of another version
            self.folder.mkdir(parents=True, exist_ok=True)
            self._index = tantivy.Index(_schema(), path=str(self.folder), reuse=True)
            self._index.config_reader("manual")
            self._committed = None
        return self._index

    def _searcher(self) -> tantivy.Searcher:
        """A searcher on what is committed now, by whichever process: a commit puts another file in the place of that which names what there
        is, and to see that it is still the same takes a hundredth of reading it."""
        opened = self._opened()
        there = (self.folder / "meta.json").stat()
        committed = (there.st_ino, there.st_mtime_ns, there.st_size)
        if committed != self._committed:
            opened.reload()
            self._committed = committed
        return opened.searcher()

    @contextmanager
    def _writer(self) -> Iterator[tantivy.IndexWriter]:
        """A writer whose work is committed at the end, or not at all."""
        with self._guarded():
            writer = self._locked()
            try:
                yield writer
                writer.commit()
            except BaseException:
                writer.rollback()
                raise
            finally:
                writer.wait_merging_threads()  # the lock goes with the writer

    def _locked(self) -> tantivy.IndexWriter:
        end = time.monotonic() + _LOCK_SECONDS
        while True:
            try:
                return self._opened().writer(_HEAP_BYTES, 1)
            except ValueError as error:
                if "LockBusy" not in str(error) or time.monotonic() > end:
                    raise
                time.sleep(0.05)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Tantivy's troubles in our words."""
        try:
            with translated(self.folder):
                yield
        except DiskFull as error:
            raise IndexDiskFull(**error.facts) from error
        except ArchiveError:
            raise
        except Exception as error:
            self._index = None
            said = str(error)
            for words, kind in _TROUBLES:
                if words in said:
                    raise kind(path=str(self.folder), detail=said) from error
            raise IndexBroken(path=str(self.folder), detail=f"{type(error).__name__}: {error}") from error


def analyse(words: TextWords) -> Fields:
    """The forms of a text's words in each field: between blanks, or as (place, form) where a place has several."""
    return {name: _said([there or (_NOTHING,) for there in forms(words)]) for name, forms in FORMS.items()}


def _said(places: list[tuple[str, ...]]) -> str | list[tuple[int, str]]:
    if all(len(there) == 1 for there in places):
        return " ".join(there[0] for there in places)
    return [(place, form) for place, there in enumerate(places) for form in there]


def _document(text: IndexText) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("key", text.key)
    for symbol in sorted(set(text.symbols)):
        document.add_text("symbol", symbol)
    for name, said in text.analysed.fields.items():
        if isinstance(said, str):
            document.add_text(name, said)
        else:
            tokens = [tantivy.Token(form, place, 0, 0) for place, form in said]
            document.add_pre_tokenized_text(name, tantivy.PreTokenizedString("", tokens))
    document.add_bytes("layer", text.analysed.layer)
    return document


class _Matches:
    """The `Matches` of a query in what was committed when it was asked. A word of every other text is met by more of them than Python takes
    in within the time of a page: only those are read that are shown."""

    def __init__(self, searcher: tantivy.Searcher, asked: tantivy.Query, guarded: Callable[[], AbstractContextManager[None]]) -> None:
        self._searcher, self._asked, self._guarded = searcher, asked, guarded

    def best(self, most: int) -> tuple[int, tuple[Match, ...]]:
        with self._guarded():
            total, hits = self._first(most + _NEXT)
            if len(hits) < total and _score(hits[-1]) == _score(hits[most - 1]):
                _, hits = self._first(total)  # which of equal ones come first is told by their keys
            last = _score(hits[:most][-1]) if hits[:most] else 0.0
            better, no_worse = (cut(hits, -last, key=lambda hit: -_score(hit)) for cut in (bisect_left, bisect_right))
            above, level = hits[:better], self._keys(hits[better:no_worse])
            first = best_first(zip(self._keys(above), map(_score, above), strict=True), better)
            return total, (*first, *(Match(key, last) for key in nsmallest(most - better, level)))

    def keys(self) -> list[int]:
        # In their own order: scores are not worked out, and what is found comes with its key.
        with self._guarded():
            most = max(1, self._searcher.num_docs)
            found: Any = self._searcher.search(self._asked, limit=most, count=False, order_by_field="key", order=tantivy.Order.Asc)
            return [key for key, _ in found.hits]

    def _first(self, most: int) -> tuple[int, list[_Found]]:
        """How many match, and those with the highest scores."""
        found: Any = self._searcher.search(self._asked, limit=most)
        return found.count, found.hits

    def _keys(self, hits: Sequence[_Found]) -> list[int]:
        return [int(key or 0) for key in self._searcher.fast_field_values("key", [address for _, address in hits])]


def _score(hit: _Found) -> float:
    """Scores are 32-bit numbers: what differs behind the sixth place differs by the order of adding."""
    return round(float(hit[0]), 4)


class _Asked:
    """A query in Tantivy's terms (`ways.Engine`)."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema, self._searcher = schema, searcher
        self._texts = max(1, searcher.num_docs)

    def among(self, keys: Sequence[int]) -> tantivy.Query:
        if not keys:
            return tantivy.Query.empty_query()
        return tantivy.Query.const_score_query(tantivy.Query.term_set_query(self._schema, "key", list(keys)), 0.0)

    def symbol(self, key: str, weight: float) -> tantivy.Query:
        return tantivy.Query.boost_query(tantivy.Query.term_query(self._schema, "symbol", key, "basic"), weight)

    def way(self, way: Way) -> tantivy.Query:
        if isinstance(way, Run):
            return self._run(way)
        begins = [tantivy.Query.regex_query(self._schema, field, f"{re.escape(form)}.*") for field, form in way.forms]
        return tantivy.Query.const_score_query(self.either(begins), way.score)

    def _run(self, run: Run) -> tantivy.Query:
        places = [[form for form in forms if self._searcher.doc_freq(run.field, form)] for forms in run.places]
        if not all(places):
            return tantivy.Query.empty_query()
        wanted = sum(self._rarity(run.field, forms[0]) for forms in run.places)
        if any(len(forms) > 1 for forms in places) and len(places) > 1:
            regexes = ["|".join(map(re.escape, forms)) for forms in places]
            found = tantivy.Query.regex_phrase_query(self._schema, run.field, [*regexes])
            return tantivy.Query.const_score_query(found, run.weight * wanted)
        own = sum(self._own_rarity(run.field, forms[0]) for forms in places)
        if len(places) > 1:
            found = tantivy.Query.phrase_query(self._schema, run.field, [forms[0] for forms in places])
        else:
            found = self.best([tantivy.Query.term_query(self._schema, run.field, form, "position") for form in places[0]])
        return tantivy.Query.boost_query(found, run.weight * wanted / own)

    def _rarity(self, field: str, form: str) -> float:
        """How rare a word is by its folded form, as Whoosh measures it; a skeleton stands for many words: none of them rare."""
        if field == "skeleton":
            return 1.0
        there = self._searcher.doc_freq("folded", folded_form(form.removeprefix(READ).removeprefix(READ_BARE)))
        return math.log(self._texts / (there + 1)) + 1

    def _own_rarity(self, field: str, form: str) -> float:
        """How rare Tantivy takes it for, in its own field."""
        there = min(self._searcher.doc_freq(field, form), self._texts)
        return math.log(1 + (self._texts - there + 0.5) / (there + 0.5))

    def best(self, ways: Sequence[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.disjunction_max_query(list(ways))

    def either(self, parts: Sequence[tantivy.Query]) -> tantivy.Query:
        return tantivy.Query.boolean_query([(Occur.Should, part) for part in parts])

    def both(self, wanted: Sequence[tantivy.Query], unwanted: Sequence[tantivy.Query]) -> tantivy.Query:
        must = wanted or [tantivy.Query.const_score_query(tantivy.Query.all_query(), 1.0)]
        return tantivy.Query.boolean_query([*((Occur.Must, part) for part in must), *((Occur.MustNot, part) for part in unwanted)])
