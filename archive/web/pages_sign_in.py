"""Signing in and out, where the pages have accounts."""

from __future__ import annotations

from starlette.responses import RedirectResponse, Response

from archive.web.changes import Done, Sent, next_of
from archive.web.sessions import Sessions
from archive.web.visit import Visit


def form(visit: Visit) -> Response:
    """Asks who it is."""
    return visit.show("sign_in.html", next=visit.typed("next"), wrong=False)


def sign_in(sessions: Sessions, visit: Visit, sent: Sent) -> Response:
    """Lets somebody in; whoever does not say the right words is asked again."""
    found = sessions.sign_in(visit.request, sent.typed("name"), sent.typed("password"))
    if found is None:
        return visit.show("sign_in.html", 401, next=sent.typed("next"), wrong=True)
    response = RedirectResponse(visit.links.prefix + next_of(sent, "/"), 303)
    sessions.keep(visit.request, response, found)
    return response


def sign_out(sessions: Sessions, visit: Visit, sent: Sent) -> Done | Response:
    """Lets nobody in any more with this browser."""
    response = RedirectResponse(visit.links.to("/"), 303)
    sessions.keep(visit.request, response, sessions.sign_out())
    return response
