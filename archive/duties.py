"""Who must do what."""

from __future__ import annotations

from archive.handle import Archive
from archive.values import Duty


def duties(
    archive: Archive, query: str = "", *, unit: str | None = None, plan: str | None = None, role: str | None = None
) -> tuple[Duty, ...]:
    """The duties whose task, heading or text holds all the words of ``query``, best fit first; all duties where it is empty.

    ``unit`` narrows to units whose name holds these words (marks may be left out), ``plan`` to one document (as in `find_document`), ``role`` to one role.
    """
    raise NotImplementedError
