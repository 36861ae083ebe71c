"""What stands before every page: whose address was asked for, how much was asked and sent, and what a browser may do with the answer.

Another site that a user has open can send requests to 127.0.0.1, also under a name of its own that it points there ("DNS rebinding"): so a
request under a name that is not ours is refused. The policy allows nothing that does not come from us as a file: no script and no style
that stands in a page, so that a text that found its way into one could do nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Names under which a server on this machine is asked.
LOCAL = ("localhost", "127.0.0.1", "::1")
#: Letters of an address with its query; a search has at most MOST_TYPED of them (`visit`).
MOST_ADDRESS = 8_000
#: What every page is asked with; those that change something take a POST, too.
METHODS = ("GET", "HEAD")
#: What a request is refused with before it is read.
REFUSALS = {
    421: "Misdirected Request: unknown host name",
    403: "Forbidden: through a proxy, and there are no accounts",
    405: "Method Not Allowed",
    414: "URI Too Long",
    411: "Length Required",
    413: "Content Too Large",
}
#: What a proxy adds: a request that bears one does not come from this machine.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Told to our own pages: without it a browser does not say of a form that it is ours (Origin: null).
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


def host_named(header: str) -> str:
    """The name in a Host header: "localhost" of "localhost:8000", "::1" of "[::1]:8000"."""
    name, bracket, _ = header.strip().lower().removeprefix("[").partition("]")
    return name if bracket else name.rpartition(":")[0] if name.count(":") == 1 else name


class Guard:
    """The application behind the checks. ``hosts`` are the names that it answers to beside LOCAL; ``most`` says how many bytes may be sent
    to an address (None: nothing can be), ``proxied`` whether a proxy may stand before it."""

    def __init__(self, app: ASGIApp, hosts: Iterable[str], most: Callable[[str], int | None], *, proxied: bool) -> None:
        self.app, self._most, self._proxied = app, most, proxied
        self.hosts = {*LOCAL, *(host.lower() for host in hosts)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        most = self._most(scope["path"].removeprefix(scope.get("root_path", ""))) if scope["method"] == "POST" else None
        left = most or 0

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        async def bounded() -> Message:
            """What is sent, as long as it keeps to what its length said."""
            nonlocal left
            message = await receive()
            left -= len(message.get("body", b""))
            if left < 0:
                raise HTTPException(413)
            return message

        refused = self._refused(scope, most)
        await (self.app if refused is None else refused)(scope, bounded, with_headers)

    def _refused(self, scope: Scope, most: int | None) -> PlainTextResponse | None:
        """The answer to a request that is not let through; ``most`` are the bytes that it may send, None: it may send nothing."""
        headers = Headers(scope=scope)
        length = headers.get("content-length", "0")
        allowed = METHODS if most is None else (*METHODS, "POST")
        wrong = {
            421: host_named(headers.get("host", "")) not in self.hosts,
            403: not self._proxied and any(name in headers for name in _FORWARDED),
            405: scope["method"] not in allowed,
            414: len(scope.get("raw_path") or b"") + len(scope["query_string"]) > MOST_ADDRESS,
            411: most is not None and "content-length" not in headers,
            413: not length.isdecimal() or int(length[:15]) > (most or 0) or "transfer-encoding" in headers,
        }
        status = next((status for status, refused in wrong.items() if refused), None)
        if status is None:
            return None
        return PlainTextResponse(f"{status} {REFUSALS[status]}\n", status, {"Allow": ", ".join(METHODS)} if status == 405 else None)
