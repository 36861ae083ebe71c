"""What a duty is called by for as long as its paper says it: an id of ten characters that people can type and other files can keep.

It is a function of the paper (`identity_of` its first version), the place of the task and the unit as they were read, and a number among
those that are equal in all of this. File, day of adding, the words of the task and what people correct are no part of it: it stays when a
version replaces another, when a better reading comes, when the text is read again, when unit, role, task, deadline or node are corrected.
Where a task gets another number in a new version its id is another, and what people said of it follows by its words
(`store.duty_states`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, select, update

from archive.amend.origins import Origin
from archive.common.sameness import head_of
from archive.store.tables import ContentRow, DocumentRow, VersionRow
from kehoach_parser import Plan, plan_from_json

#: Base 32 without letters that look like others (i l o u), as Crockford has it. An id begins with a letter, or a spreadsheet might take it
#: for a number.
_LETTERS = "abcdefghjkmnpqrstvwxyz"
_SIGNS = f"0123456789{_LETTERS}"
#: About 50 bits: two of 200,000 duties have the same id in one archive of some 30,000.
LENGTH = 10
_APART = "\x1f"


def identity_of(plan: Plan, text_sha256: str) -> str:
    """What a paper is by its head: type, number, letters, organ, date, where these are told, which no two papers share; else its text."""
    header = plan.header
    head = head_of(
        **{name: field.value if field else None for name, field in _fields(plan)},
        date=header.date.value[:10] if header.date else None,
        quality=plan.source.quality,
    )
    said = (head.type or "", head.number, head.letters, head.organ, head.date)
    return "|".join(part or "" for part in said) if head.whole else text_sha256


def _fields(plan: Plan) -> Iterator[tuple[str, Any]]:
    return ((name, getattr(plan.header, name)) for name in ("type", "symbol", "organ", "parent_organ", "place", "subject"))


def new_identity(connection: Connection, plan: Plan, text_sha256: str, document_id: int = 0) -> str:
    """The identity that a document takes: its own, told by its text from another document of the same number, organ and date."""
    identity = identity_of(plan, text_sha256)
    taken = select(DocumentRow.id).where(DocumentRow.identity == identity, DocumentRow.id != document_id).limit(1)
    return identity if connection.scalar(taken) is None else f"{identity}|{text_sha256}"


def stored_identity(connection: Connection, document_id: int) -> str:
    """What the duties of a document are named by: as stored, else the identity of its first version."""
    known = connection.scalar(select(DocumentRow.identity).where(DocumentRow.id == document_id))
    if known is not None:
        return known
    first = (
        select(ContentRow.plan, VersionRow.text_sha256)
        .join(VersionRow, VersionRow.id == ContentRow.version_id)
        .where(VersionRow.document_id == document_id)
        .order_by(VersionRow.number)
        .limit(1)
    )
    plan, digest = connection.execute(first).one()
    return new_identity(connection, plan_from_json(plan), digest, document_id)


def keep_identity(connection: Connection, document_id: int) -> str:
    """The same, kept from now on whatever is read later."""
    identity = stored_identity(connection, document_id)
    nameless = (DocumentRow.id == document_id) & DocumentRow.identity.is_(None)
    connection.execute(update(DocumentRow).where(nameless).values(identity=identity))
    return identity


def duty_ids(identity: str, origins: Iterable[Origin]) -> Iterator[str]:
    """The ids of duties, by what each was when it was first read."""
    return (_signs(_APART.join((identity, origin.place, origin.unit_key, str(origin.number)))) for origin in origins)


def _signs(said: str) -> str:
    number = int.from_bytes(hashlib.sha256(said.encode()).digest())
    number, first = divmod(number, len(_LETTERS))
    found = [_LETTERS[first]]
    while len(found) < LENGTH:
        number, sign = divmod(number, len(_SIGNS))
        found.append(_SIGNS[sign])
    return "".join(found)
