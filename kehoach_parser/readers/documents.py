"""Word files and web pages, read by a limited process (`document_worker`)."""

from __future__ import annotations

import json
import tempfile

from kehoach_parser.errors import BrokenFile, EmptyFile, Encrypted, NotText, ReadError, TookTooLong, TooLarge, UnknownEncoding, Unreadable
from kehoach_parser.readers import limits
from kehoach_parser.readers.child import ChildFailed, run_module

_WORKER = "kehoach_parser.readers.document_worker"
#: What the process may tell, by the code that it tells it with.
_ERRORS: dict[str, type[ReadError]] = {
    kind.code: kind for kind in (BrokenFile, EmptyFile, Encrypted, NotText, TooLarge, UnknownEncoding, Unreadable)
}


def read_document(data: bytes, kind: str, where: str) -> tuple[str, tuple[str, ...]]:
    """The text of a file and notes; ``kind`` is docx or html.

    Raises EmptyFile, NotText, UnknownEncoding, Encrypted, BrokenFile, TooLarge, TookTooLong, Unreadable.
    """
    with tempfile.NamedTemporaryFile(prefix="kehoach-", suffix=f".{kind}") as file:
        file.write(data)
        file.flush()
        try:
            answer = json.loads(run_module(_WORKER, [file.name, kind], limits.DOCUMENT_SECONDS))
        except ChildFailed as failed:
            if failed.why == "crash":
                raise BrokenFile(where, kind=kind) from None
            raise TookTooLong(where, kind=kind) from None
        except ValueError:  # it ended without an answer
            raise TookTooLong(where, kind=kind) from None
    if "error" in answer:
        raise _ERRORS[answer["error"]](where, **answer["facts"])
    return answer["content"], tuple(answer["notes"])
