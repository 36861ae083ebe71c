"""Who may use the pages, and for what: people with a role, kept in a file of the archive's folder with their passwords as argon2 hashes.

The file is no part of a backup: who may open an archive is a matter of the machine that serves it.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import unicodedata
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from archive import errors

#: Each may do what those before it may: read; correct, follow up, add; empty the trash, take a backup.
ROLES = ("reader", "editor", "administrator")
READER, EDITOR, ADMINISTRATOR = ROLES
#: The file in the folder of an archive.
FILE = "web-users.json"
#: Letters of a password at least, and at most, so that nobody makes the server hash a book.
LEAST, MOST = 10, 200
_NAME = re.compile(r"[\w][\w.@-]{0,39}")


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who uses the pages; ``role`` is one of ROLES."""

    name: str
    role: str

    def may(self, role: str) -> bool:
        """Whether this role, or a higher one, is theirs."""
        return ROLES.index(self.role) >= ROLES.index(role)


@dataclass(frozen=True, slots=True)
class _Kept:
    """What the file says of somebody: ``password`` is an argon2 hash, ``tokens`` are SHA-256 of what programs sign in with."""

    role: str
    password: str
    tokens: tuple[str, ...] = ()


class People:
    """The people of an archive; the file is read anew when it has changed, so that whoever is taken from it is out at once."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE
        self._hasher = PasswordHasher()
        self._seen: tuple[int, int] | None = None
        self._kept: dict[str, _Kept] = {}
        self._key = ""

    def __bool__(self) -> bool:
        return bool(self._read())

    @cached_property
    def _nobody(self) -> str:
        """Verified where there is nobody of a name, so that the answer takes as long."""
        return self._hasher.hash(secrets.token_hex())

    def key(self) -> str:
        """What sessions are signed with."""
        self._read()
        return self._key

    def users(self) -> tuple[User, ...]:
        """Everybody, by name."""
        return tuple(User(name, kept.role) for name, kept in sorted(self._read().items()))

    def known(self, name: str, stamp: str) -> User | None:
        """Somebody whose password is still the one that this `stamp` was made of."""
        kept = self._read().get(name)
        return User(name, kept.role) if kept is not None and secrets.compare_digest(_stamp(kept), stamp) else None

    def sign_in(self, name: str, password: str) -> tuple[User, str] | None:
        """Somebody by name and password, with the stamp of it; None where they do not fit."""
        name = _plain(name).lower()
        kept = self._read().get(name)
        try:
            self._hasher.verify(kept.password if kept else self._nobody, _plain(password)[:MOST])
        except (Argon2Error, InvalidHashError):
            return None
        return (User(name, kept.role), _stamp(kept)) if kept else None

    def by_token(self, token: str) -> User | None:
        """Somebody by a token that a program shows."""
        digest = _digest(token)
        return next((User(name, kept.role) for name, kept in self._read().items() if digest in kept.tokens), None)

    def put(self, name: str, *, role: str | None = None, password: str | None = None) -> User:
        """Adds somebody, or gives them another role or password (their sessions and tokens end then). Raises BadAccount."""
        name, before = _plain(name).lower(), self._read()
        if not _NAME.fullmatch(name):
            raise errors.BadAccount("account-name", name=name)
        if role is not None and role not in ROLES:
            raise errors.BadAccount("account-role", role=role, choices=ROLES)
        if password is not None and not LEAST <= len(_plain(password)) <= MOST:
            raise errors.BadAccount("account-password", least=LEAST, most=MOST)
        if password is None and name not in before:
            raise errors.BadAccount("account-unknown", name=name)
        kept = before.get(name) or _Kept(EDITOR, "")
        changed = replace(kept, role=role or kept.role)
        if password is not None:
            changed = replace(changed, password=self._hasher.hash(_plain(password)), tokens=())
        self._write({**before, name: changed})
        return User(name, changed.role)

    def remove(self, name: str) -> None:
        """Takes somebody away. Raises BadAccount."""
        name, before = _plain(name).lower(), self._read()
        if name not in before:
            raise errors.BadAccount("account-unknown", name=name)
        self._write({each: kept for each, kept in before.items() if each != name})

    def new_token(self, name: str) -> str:
        """A token by which a program acts as somebody; it is kept as a hash only. Raises BadAccount."""
        name, before, token = _plain(name).lower(), self._read(), secrets.token_urlsafe(32)
        if name not in before:
            raise errors.BadAccount("account-unknown", name=name)
        self._write({**before, name: replace(before[name], tokens=(*before[name].tokens, _digest(token)))})
        return token

    def _read(self) -> Mapping[str, _Kept]:
        try:
            found = self.path.stat()
        except FileNotFoundError:
            self._seen, self._kept, self._key = None, {}, ""
            return self._kept
        if self._seen != (found.st_mtime_ns, found.st_ino):
            content = json.loads(self.path.read_text(encoding="utf-8"))
            self._kept = {name: _Kept(**{**kept, "tokens": tuple(kept["tokens"])}) for name, kept in content["users"].items()}
            self._key, self._seen = content["key"], (found.st_mtime_ns, found.st_ino)
        return self._kept

    def _write(self, users: Mapping[str, _Kept]) -> None:
        """Puts a new file in the place of the old one, which only the account of the server may read."""
        content = {"key": self._key or secrets.token_hex(32), "users": {name: asdict(kept) for name, kept in users.items()}}
        beside = self.path.with_suffix(".new")
        beside.unlink(missing_ok=True)
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(content, file, ensure_ascii=False, indent=1)
        beside.replace(self.path)


def _plain(typed: str) -> str:
    """What was typed, however the keyboard composes its letters."""
    return unicodedata.normalize("NFC", typed).strip()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _stamp(kept: _Kept) -> str:
    return _digest(kept.password)[:20]
