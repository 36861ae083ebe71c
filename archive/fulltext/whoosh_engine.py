"""Full text with Whoosh. The only module that imports it.

One Whoosh document per plan, so that words anywhere in a plan meet. Four fields with positions in step: `exact`, `folded`, and, only for
words whose surroundings lost their marks, `faded` (folded) and `skeleton`. Symbols are keywords of their own.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from whoosh import fields, index, query
from whoosh.analysis import Analyzer, Token
from whoosh.filedb.filestore import FileStorage
from whoosh.util.filelock import try_for
from whoosh.writing import LockError

from archive.database import translated
from archive.errors import ArchiveError, ArchiveLocked, DiskFull, IndexBroken, IndexDiskFull
from archive.fulltext.engine import SKELETON_SYLLABLES, IndexText, Match
from archive.keys import symbol_key
from archive.query import Among, And, Filter, Not, Or, Phrase, Prefix, Query, Symbol, Tree
from archive.query import Words as WordRun
from archive.words import Words, exact_form, folded_form, words_of
from kehoach_parser import skeleton

#: Raised when the analysis of words or the fields change: an index of another version is made anew from the database.
INDEX_VERSION = 1
_NAME = f"kehoach{INDEX_VERSION}"

_MEMORY_MB = 256
_LOCK_SECONDS = 10.0
_BATCH = 256
_EXACT, _FOLDED, _FADED, _SKELETON = 4.0, 2.0, 1.0, 0.5
_PHRASE = 3.0


class _Prepared(str):
    """A text with its words found once, for the analysers of all fields."""

    __slots__ = ("words",)
    words: Words


class _Pick(Analyzer):  # type: ignore[misc]
    """Hands one form of the prepared words to Whoosh; a word whose form is empty is left out, its position stays."""

    def __init__(self, form: str) -> None:
        self.form = form

    def __call__(self, value: Any, **settings: Any) -> Iterator[Any]:
        words: Words = value.words
        token = Token(positions=True, mode=settings.get("mode", ""))
        if self.form == "faded":
            chosen: Iterable[str] = (word if faded else "" for word, faded in zip(words.folded, words.faded, strict=True))
        else:
            chosen = {"exact": words.exact, "folded": words.folded, "skeleton": words.skeletons}[self.form]
        for position, word in enumerate(chosen):
            if word:
                token.text = token.original = word
                token.pos = position
                token.stopped = False
                token.boost = 1.0
                yield token


def _schema() -> Any:
    def words(form: str) -> Any:
        return fields.TEXT(analyzer=_Pick(form), phrase=True, stored=False)

    return fields.Schema(
        key=fields.ID(stored=True, unique=True),
        symbol=fields.KEYWORD(stored=False, commas=True),
        exact=words("exact"),
        folded=words("folded"),
        faded=words("faded"),
        skeleton=words("skeleton"),
    )


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
        batch: list[IndexText] = []
        for text in texts:
            batch.append(text)
            if len(batch) == _BATCH:
                self.add(batch)
                batch = []
        self.add(batch)

    def search(self, query: Query) -> tuple[Match, ...]:
        with self._guarded(), self._opened().searcher() as searcher:  # one searcher per query: shared ones return wrong hits
            results = searcher.search(_translate(query.tree, query.marked), limit=None, scored=True)
            found = [Match(int(result["key"]), float(result.score or 0.0)) for result in results]
        return tuple(sorted(found, key=lambda match: (-match.score, match.key)))

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
            return self.folder.is_dir() and bool(index.exists_in(str(self.folder), _NAME))

    def _opened(self) -> Any:
        if self._index is None or not self.folder.is_dir():
            if self._is_there():
                self._index = index.open_dir(str(self.folder), _NAME, schema=_schema())
            else:
                self._index = self._made()
        return self._index

    def _made(self) -> Any:
        """A new index; the one that another process has made meanwhile, for making it again would empty it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        lock = FileStorage(str(self.folder)).lock(f"{_NAME}_MAKE")
        if not try_for(lock.acquire, timeout=_LOCK_SECONDS):
            raise LockError
        try:
            if self._is_there():
                return index.open_dir(str(self.folder), _NAME, schema=_schema())
            return index.create_in(str(self.folder), _schema(), _NAME)
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
    prepared = _Prepared(text.text)
    prepared.words = words_of(text.text, text.quality)
    return {
        "key": str(text.key),
        "symbol": ",".join(sorted(set(text.symbols))),
        "exact": prepared,
        "folded": prepared,
        "faded": prepared,
        "skeleton": prepared,
    }


def _translate(tree: Tree, marked: bool) -> Any:
    match tree:
        case And(parts):
            wanted = [_translate(part, marked) for part in parts if not isinstance(part, Not)]
            unwanted = [_translate(part.part, marked) for part in parts if isinstance(part, Not)]
            both = query.And(wanted) if wanted else query.Every()
            return query.AndNot(both, query.Or(unwanted)) if unwanted else both
        case Or(parts):
            return query.Or([_translate(part, marked) for part in parts])
        case Not(part):
            return query.AndNot(query.Every(), _translate(part, marked))
        case Among(keys):
            return query.ConstantScoreQuery(query.Or([query.Term("key", str(key)) for key in sorted(keys)]), 0.0)
        case WordRun(words):
            every = query.And([_word(word, marked) for word in words])
            if len(words) == 1:
                return every
            close = query.AndMaybe(every, _phrase(words, marked, with_skeleton=False))
            by_skeleton = _skeleton_phrase(words)
            return query.Or([close, by_skeleton]) if by_skeleton else close
        case Phrase(words):
            return _phrase(words, marked, with_skeleton=True)
        case Prefix(text):
            # The score of a prefix would depend on how the index happens to be cut into segments.
            loose = query.Prefix("faded" if marked else "folded", folded_form(text))
            exact = query.Or([query.Prefix("exact", form) for form in sorted({text.lower(), exact_form(text)})])
            return query.Or([query.ConstantScoreQuery(loose, _FADED), query.ConstantScoreQuery(exact, _FOLDED)])
        case Symbol(text, words):
            return query.Or([query.Term("symbol", symbol_key(text), boost=_EXACT), _phrase(words, marked, with_skeleton=False)])
        case Filter():
            raise TypeError("a filter has to be answered by the database before the engine is asked")


def _word(word: str, marked: bool) -> Any:
    if not marked:  # typed without marks: a printed word without marks is no better a match than one with them
        return query.Term("folded", folded_form(word), boost=_FOLDED)
    return query.Or([query.Term("exact", exact_form(word), boost=_EXACT), query.Term("faded", folded_form(word), boost=_FADED)])


def _phrase(words: tuple[str, ...], marked: bool, *, with_skeleton: bool) -> Any:
    if len(words) == 1:
        return _word(words[0], marked)
    folded = [folded_form(word) for word in words]
    if marked:
        exact = query.Phrase("exact", [exact_form(word) for word in words], boost=_EXACT * _PHRASE)
        ways = [exact, query.Phrase("faded", folded, boost=_FADED * _PHRASE)]
    else:
        ways = [query.Phrase("folded", folded, boost=_FOLDED * _PHRASE)]
    by_skeleton = _skeleton_phrase(words) if with_skeleton else None
    return query.Or([*ways, by_skeleton] if by_skeleton else ways)


def _skeleton_phrase(words: tuple[str, ...]) -> Any:
    """The phrase of skeletons, or None where it would say too little: fewer than three syllables, or a number among them."""
    if len(words) < SKELETON_SYLLABLES or not all(word.isalpha() for word in words):
        return None
    return query.Phrase("skeleton", [skeleton(folded_form(word)) for word in words], boost=_SKELETON)
