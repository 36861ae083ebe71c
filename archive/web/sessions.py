"""Who a request is from: by a signed cookie, or by the token of a program; and whether what it sends was typed into a page of ours.

Without accounts the pages are for whoever sits at this machine. Another site that they have open may send requests here, too, and the
browser adds the cookie: so what changes something must come from our own origin, and bear a word that only our pages know.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Protocol

from itsdangerous import BadSignature, URLSafeSerializer, URLSafeTimedSerializer
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from archive.web.people import ADMINISTRATOR, People, User
from archive.web.safety import host_named

_COOKIE = "kehoach-session"
#: How long somebody stays signed in, in seconds: a working day.
_DAY = 12 * 3600
#: Failures to sign in within a quarter of an hour: with one name from one address, and from one address in all.
_OF_NAME, _OF_ADDRESS = RateLimitItemPerMinute(5, 15), RateLimitItemPerMinute(30, 15)


@dataclass(frozen=True, slots=True)
class Session:
    """What a browser is known by: ``id`` ties forms to it, ``user`` is who signed in (None: nobody), ``proof`` is the word of its forms.
    ``program``: it is no browser, but shows a token. ``cookie`` is what it is to keep, None where it keeps it;
    ``accounts``: whoever comes has to sign in."""

    id: str
    user: User | None
    proof: str
    program: bool = False
    cookie: str | None = None
    accounts: bool = False


class Limiter(Protocol):
    """Counts how often something was done of late, in this process or for several."""

    def test(self, item: RateLimitItem, *identifiers: str) -> bool:
        """Whether it may be done once more."""

    def hit(self, item: RateLimitItem, *identifiers: str) -> bool:
        """It was done."""


class Sessions:
    """Makes and reads sessions; ``people`` are those of the archive, ``local`` who uses it where there are none. Where several processes
    serve, ``key`` signs what each of them reads, and ``limiter`` counts for all."""

    def __init__(self, people: People, local: str, *, accounts: bool, key: str = "", limiter: Limiter | None = None) -> None:
        self.people, self.accounts = people, accounts
        self._local = User(local, ADMINISTRATOR)
        self._own_key = key or secrets.token_hex(32)
        self._limiter: Limiter = limiter or MovingWindowRateLimiter(MemoryStorage())

    def of(self, request: Request) -> Session:
        """The session of a request; where it has none a new one, to be kept in a cookie."""
        scheme, _, token = request.headers.get("authorization", "").partition(" ")
        if self.accounts and scheme.lower() == "bearer":
            return Session("", self.people.by_token(token.strip()), "", program=True, accounts=True)
        kept = self._kept(request)
        if kept is None:
            return self._new({})
        user = self.people.known(kept.get("name", ""), kept.get("stamp", "")) if self.accounts else self._local
        return Session(kept["id"], user, self._proof(kept["id"]), accounts=self.accounts)

    def sign_in(self, request: Request, name: str, password: str) -> Session | None:
        """A new session of somebody by name and password; None where they do not fit. Raises HTTPException after too many failures."""
        address = request.client.host if request.client else ""
        tries = ((_OF_NAME, name.strip().lower(), address), (_OF_ADDRESS, "", address))
        if not all(self._limiter.test(item, *key) for item, *key in tries):
            raise HTTPException(429, detail="too-many-tries")
        found = self.people.sign_in(name, password)
        if found is None:
            for item, *key in tries:
                self._limiter.hit(item, *key)
            return None
        user, stamp = found
        return self._new({"name": user.name, "stamp": stamp}, user)

    def sign_out(self) -> Session:
        """The session of nobody."""
        return self._new({})

    def keep(self, request: Request, response: Response, session: Session) -> None:
        """Gives the browser its cookie: not for scripts, not for other sites, and only over TLS where the page came so."""
        if session.cookie is not None:
            path, secure = request.scope.get("root_path") or "/", request.url.scheme == "https"
            response.set_cookie(_name(request), session.cookie, _DAY, path=path, httponly=True, samesite="lax", secure=secure)

    def check(self, request: Request, session: Session, proof: str) -> None:
        """Whether what is sent comes from a page of ours, opened in this browser. Raises HTTPException."""
        if session.program:
            return
        origin, site = request.headers.get("origin"), request.headers.get("sec-fetch-site")
        own = origin is not None and host_named(origin.partition("://")[2]) == host_named(request.headers.get("host", ""))
        if not own or site not in (None, "same-origin") or not secrets.compare_digest(self._proof_read(proof), session.id):
            raise HTTPException(403, detail="forged")

    def _new(self, content: dict[str, str], user: User | None = None) -> Session:
        id_ = secrets.token_urlsafe(16)
        cookie = str(self._signer().dumps({**content, "id": id_}))
        return Session(id_, user if self.accounts else self._local, self._proof(id_), cookie=cookie, accounts=self.accounts)

    def _kept(self, request: Request) -> dict[str, Any] | None:
        try:
            kept = self._signer().loads(request.cookies.get(_name(request), ""), max_age=_DAY)
        except BadSignature:
            return None
        return kept if isinstance(kept, dict) and kept.get("id") else None

    def _key(self) -> str:
        return (self.people.key() if self.accounts else "") or self._own_key

    def _signer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(self._key(), salt="session")

    def _proof(self, id_: str) -> str:
        return str(URLSafeSerializer(self._key(), salt="form").dumps(id_))

    def _proof_read(self, proof: str) -> str:
        try:
            return str(URLSafeSerializer(self._key(), salt="form").loads(proof))
        except BadSignature:
            return ""


def _name(request: Request) -> str:
    """The name of the cookie: two servers of one machine differ by their port alone, which cookies do not tell."""
    return _COOKIE + (f"-{request.url.port}" if request.url.port else "")
