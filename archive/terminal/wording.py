"""The one seam between errors and words: every error becomes a sentence that says what, where and what to do.

Errors of the parser and the archive carry a ``code`` and ``facts``; the message is "error.<code>" of the catalogue. Errors of the operating
system are told by their number. Anything else is a fault of the program: its traceback goes to a report file, not to the screen.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path

from archive import values
from archive.terminal.messages import Messages
from archive.terminal.paper import table_lines
from archive.terminal.shown import SHORT_PLACE, first_words

#: What the operating system says by number; the rest is shown with its own text.
SYSTEM = {
    errno.ENOENT: "system.not-found",
    errno.EACCES: "system.no-permission",
    errno.EPERM: "system.no-permission",
    errno.EISDIR: "system.is-folder",
    errno.ENOTDIR: "system.not-folder",
    errno.EEXIST: "system.exists",
    errno.ENOSPC: "system.disk-full",
    errno.EDQUOT: "system.disk-full",
    errno.EROFS: "system.read-only",
    errno.ENAMETOOLONG: "system.name-too-long",
    errno.EIO: "system.broken-disk",
}


#: Letters of a query that are shown on either side of the place of an error.
_BESIDE = 60


def error_object(error: BaseException, words: Messages, name: str | None = None, otherwise: str = "") -> dict[str, object]:
    """An error as JSON has it: ``code`` and ``facts``, the same in every language; what is wrong (``message``) and what to do about it
    (``advice``) in the user's; and the ``documents`` that may have been meant, where there are such. What is no error that can be foreseen
    is told with the words ``otherwise``."""
    found = _wording(error, words, name)
    if found is None:
        return {"code": "fault", "message": otherwise or f"{type(error).__name__}: {error}", "advice": "", "facts": {}}
    key, facts = found
    family, _, code = key.partition(".")
    message, advice = words.sentences(key, **{each: _fact(each, value, words) for each, value in facts.items()})
    documents = getattr(error, "documents", ())
    return {
        "code": str(facts["code"]) if key == _UNWORDED else f"system-{code}" if family == "system" else code,
        "message": message,
        "advice": advice,
        "facts": {each: value for each, value in facts.items() if each != "code"},
        **({"documents": documents} if documents else {}),
    }


def told(error: BaseException, words: Messages, name: str | None = None) -> str | None:
    """The message of an error that can be foreseen, or None for a fault of the program. ``name`` is the file as the user gave it."""
    found = _wording(error, words, name)
    if found is None:
        return None
    key, facts = found
    documents = getattr(error, "documents", ())
    if documents:
        facts = {each: value for each, value in facts.items() if each != "candidates"}
    return "\n".join((_lines(key, facts, words), *(_table(documents, words) if documents else ())))


_UNWORDED = "error.unworded"


def _wording(error: BaseException, words: Messages, name: str | None) -> tuple[str, dict[str, object]] | None:
    """The key of an error's message and what fills it in; None for a fault of the program."""
    code, facts = getattr(error, "code", None), getattr(error, "facts", None)
    if isinstance(code, str) and isinstance(facts, Mapping):
        named = name or getattr(error, "name", None)
        return _key(code, "error", words), {**facts, **({"name": named} if named else {}), "code": code}
    if isinstance(error, OSError):
        where, key, what = name or _path(error.filename), SYSTEM.get(error.errno or 0, "system.other"), error.strerror or str(error)
        if where:
            return key, {"name": where, "what": what}
        full = words.say(key, name="").strip() if key == "system.disk-full" else what
        return "system.nowhere", {"what": full}
    if isinstance(error, KeyboardInterrupt):
        return "run.interrupted", {}
    return ("system.memory", {}) if isinstance(error, MemoryError) else None


def _key(code: str, family: str, words: Messages) -> str:
    return f"{family}.{code}" if words.knows(f"{family}.{code}") else _UNWORDED


def reason(code: str, facts: Mapping[str, object], words: Messages, family: str = "error") -> str:
    """The message for ``code``, for errors and findings that come as values as for errors that are raised.

    Facts that are words of ours ("kind": "pdf") are put into the language too. A query is shown with a mark under the place of the error,
    and what may have been meant is listed below the sentence.
    """
    return _lines(_key(code, family, words), {"name": "", **facts, "code": code}, words)


def _lines(key: str, facts: Mapping[str, object], words: Messages) -> str:
    lines = [words.say(key, **{each: _fact(each, value, words) for each, value in facts.items()})]
    query, position, candidates = facts.get("query"), facts.get("position"), facts.get("candidates")
    if isinstance(query, str) and isinstance(position, int) and query.strip():
        first = max(0, position - _BESIDE)
        lines += [f"  {query[first : position + _BESIDE]}", "  " + " " * (position - first) + "^"]
    if candidates and isinstance(candidates, tuple):
        lines += [words.say("run.candidates"), *(f"  {candidate}" for candidate in candidates)]
    return "\n".join(lines)


def _table(documents: Sequence[values.Document], words: Messages) -> list[str]:
    """The documents that a reference may mean, so that one can be chosen by its number."""
    columns = ("id", "symbol", "date", "type", "organ", "subject", "file")
    rows = [(d.id, d.symbol, words.day(d.date), d.type, d.organ, first_words(d.subject, SHORT_PLACE), d.name) for d in documents]
    return [f"  {line}" for line in table_lines([words.say(f"column.{name}") for name in columns], rows, right=(0,))]


def _fact(key: str, value: object, words: Messages) -> object:
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return words.term(f"fact.{key}", value) if isinstance(value, str) else value


def explain(error: BaseException, words: Messages, environ: Mapping[str, str]) -> str:
    """The message for any error that ended the run; an unforeseen one leaves a report file with the traceback behind."""
    if environ.get("KEHOACH_DEBUG"):
        return "".join(traceback.format_exception(error)).rstrip()
    message = told(error, words)
    if message is not None:
        return message
    return words.say("run.fault", what=f"{type(error).__name__}: {error}".splitlines()[0], report=_report(error, words))


def _report(error: BaseException, words: Messages) -> str:
    """Write the report and return its path. It holds the traceback, the versions and the command line, nothing of the documents."""
    from importlib.metadata import version

    lines = [f"kehoach {version('kehoach')}, Python {sys.version.split()[0]}, {sys.platform}", f"arguments: {sys.argv[1:]}", ""]
    try:
        handle, name = tempfile.mkstemp(prefix="kehoach-report-", suffix=".txt")
        with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as report:
            report.write("\n".join(lines) + "".join(traceback.format_exception(error)))
    except OSError:
        return words.say("run.no-report")
    return str(Path(name))


def _path(filename: object) -> str:
    return os.fsdecode(filename) if isinstance(filename, (str, bytes)) else ""
