"""The application: which address is answered by which page, and what is said when one cannot be."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http import HTTPStatus

import anyio
import anyio.to_thread
from filelock import FileLock
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route, compile_path
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import archive
from archive.web import (
    api,
    pages_add,
    pages_cited,
    pages_correct,
    pages_documents,
    pages_duties,
    pages_duty,
    pages_graph,
    pages_keeping,
    pages_paper,
    pages_review,
    pages_search,
    pages_sign_in,
    pages_units,
)
from archive.web.answers import JSON, json_response
from archive.web.changes import MOST_FORM, Action, Done, Sent, led_on
from archive.web.environment import environment
from archive.web.links import Links
from archive.web.people import ADMINISTRATOR, EDITOR, READER, People
from archive.web.safety import Guard
from archive.web.sessions import Limiter, Session, Sessions
from archive.web.speech import LANGUAGES, Speech, words_of
from archive.web.unchanged import unless_there
from archive.web.visit import COOKIE, Html, Page, Visit

#: Changes that are worked on at once, or wait for one another.
_AT_ONCE = 8
#: Pages that are made at once: threads that compute take Python from one another, with eight a page took nearly twice as long.
_PAGES_AT_ONCE = 2
#: The file by which changes wait for one another.
_CHANGING = "web.lock"
#: How long a browser keeps the language, in seconds.
_YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How an archive is served: ``hosts`` are names that it answers to beside those of this machine, ``clock`` says what time it is.
    ``accounts``: whoever comes has to sign in. Without, it is for who sits at this machine, and no proxy may stand before it.
    ``key`` and ``limiter`` are those of `Sessions`, where several processes serve."""

    hosts: tuple[str, ...] = ()
    clock: Callable[[], datetime] = datetime.now
    accounts: bool = False
    key: str = ""
    limiter: Limiter | None = None


PAGES: dict[str, Page] = {
    "/": pages_search.search,
    "/search.{format:str}": pages_search.export,
    "/documents": pages_documents.documents,
    "/documents/{ref}": pages_documents.plan,
    "/documents/{ref}/file": pages_documents.original,
    "/documents/{ref}/pages/{number:int}.png": pages_paper.picture,
    "/cited/{reference:path}": pages_cited.cited,
    "/units": pages_units.units,
    "/units/{key:path}": pages_units.unit,
    "/duties": pages_duties.register,
    "/duties.{format:str}": pages_duties.export,
    "/duties/calendar": pages_duties.calendar,
    "/duties/{duty}": pages_duty.duty,
    "/graph": pages_graph.graph,
    "/graph.{format:str}": pages_graph.export,
    "/statistics": pages_search.statistics,
    "/api/v1/openapi.json": api.openapi,
    **{f"{api.ROOT}{question.path}": question.page for question in api.QUESTIONS},
}

#: Pages, and answers of the API, that are kept until anything changes in the archive: what they show is in its database alone.
KEPT = frozenset(
    (
        *(pages_search.search, pages_search.statistics, pages_documents.documents, pages_documents.plan, pages_cited.cited),
        *(pages_units.units, pages_units.unit, pages_duties.register, pages_duties.calendar, pages_duty.duty, pages_graph.graph),
        *(question.page for question in api.QUESTIONS),
    )
)
#: Bytes of an answer of the API that is kept, at most.
_MOST_KEPT = 64_000

#: Pages that lead to changes: for those who may make them.
WORKING: dict[str, Page] = {
    "/documents/{ref}/correct": pages_correct.ask,
    "/review": pages_review.review,
    "/add": pages_add.add,
    "/add/{batch}": pages_add.progress,
    "/journal": pages_keeping.journal,
    "/trash": pages_keeping.trash,
    "/backup": pages_keeping.backup,
}
#: What forms are sent to.
ACTIONS: dict[str, Action] = {
    "/documents/{ref}/correct": Action(pages_correct.correct),
    "/documents/{ref}/remove": Action(pages_keeping.remove),
    "/duties/{duty}": Action(pages_duty.change),
    "/review": Action(pages_review.settle),
    "/add": Action(pages_add.send, most=pages_add.MOST),
    "/add/pending": Action(pages_add.retry),
    "/journal/undo": Action(pages_keeping.undo),
    "/trash/restore": Action(pages_keeping.restore),
    "/trash/empty": Action(pages_keeping.empty, ADMINISTRATOR),
    "/backup": Action(pages_keeping.download, ADMINISTRATOR, reads=True),
}
#: Pages for those who did not sign in yet, where there are accounts.
OPEN = "/sign-in"
SIGNING = "/sign-out"

_STATUS: dict[type[archive.errors.ArchiveError], int] = {
    archive.errors.NothingThere: 404,
    archive.errors.NotUnderstood: 400,
    archive.errors.ArchiveLocked: 503,
    archive.errors.ReadOnly: 403,
    archive.errors.AlreadyUndone: 409,
    archive.errors.CannotUndo: 409,
    archive.errors.ChangedSince: 409,
}


def application(handle: archive.Archive, speech: Mapping[str, Speech], settings: Settings = Settings()) -> ASGIApp:
    """The pages of an open archive, in the languages of ``speech``. Whoever opened the archive closes it."""
    sessions = Sessions(People(handle.folder), handle.who, accounts=settings.accounts, key=settings.key, limiter=settings.limiter)
    site = _Site(handle, speech, settings, environment(), sessions, FileLock(handle.folder / _CHANGING))

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        yield

    pages = [Route(path, site.endpoint(page)) for path, page in PAGES.items()]
    actions = {} if handle.read_only else ACTIONS
    routes: list[BaseRoute] = [
        *(Route(path, site.change(action), methods=["POST"]) for path, action in actions.items()),
        *(Route(path, site.endpoint(page, EDITOR)) for path, page in WORKING.items() if not handle.read_only),
        *pages,
    ]
    if settings.accounts:
        signing = {OPEN: Action(partial(pages_sign_in.sign_in, sessions)), SIGNING: Action(partial(pages_sign_in.sign_out, sessions))}
        routes += [Route(path, site.change(action, is_open=True), methods=["POST"]) for path, action in signing.items()]
        routes.append(Route(OPEN, site.endpoint(pages_sign_in.form, None)))
        actions = {**actions, **signing}
    routes.append(Mount("/assets", StaticFiles(packages=[("archive.web", "assets")])))
    failed: dict[object, Callable[[Request, Exception], Awaitable[Response]]] = {HTTPException: site.failed, Exception: site.failed}
    app = Starlette(routes=routes, exception_handlers=failed, lifespan=lifespan)
    return Guard(app, settings.hosts, _most(actions), proxied=settings.accounts)


def _most(actions: Mapping[str, Action]) -> Callable[[str], int | None]:
    """How many bytes may be sent to a path; None where nothing may be."""
    table = [(compile_path(path)[0], action.most) for path, action in actions.items()]
    return lambda path: next((most for pattern, most in table if pattern.match(path)), None)


class _NotKept(Exception):
    """An answer that is made anew each time: a mistake, a file."""

    def __init__(self, response: Response) -> None:
        super().__init__()
        self.response = response


@dataclass(frozen=True, slots=True)
class _Site:
    handle: archive.Archive
    speech: Mapping[str, Speech]
    settings: Settings
    environment: Environment
    sessions: Sessions
    #: One change at a time, whichever process serves it: what is compared with what a form was filled in over is still so when it is done.
    changing: FileLock
    pages: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(_PAGES_AT_ONCE))

    def endpoint(self, page: Page, role: str | None = READER) -> Callable[[Request], Awaitable[Response]]:
        """A page as Starlette calls it: in a thread, for the archive blocks; what is wrong with the question is a page, too."""

        def answer(visit: Visit) -> Response:
            response = self.kept(visit, page) if page in KEPT else _answered(visit, lambda: page(visit))
            return self.ended(visit, unless_there(visit.request, response))

        async def endpoint(request: Request) -> Response:
            visit = self.visit(request)
            response = _kept_out(visit, role) or (self.there(visit) if page in KEPT else None)
            if response is not None:  # no thread: to wait for one takes longer, and those that make pages are few
                return self.ended(visit, unless_there(request, response))
            return await anyio.to_thread.run_sync(answer, visit, limiter=self.pages)

        return endpoint

    def there(self, visit: Visit) -> Response | None:
        """What `kept` answers, where it is at hand."""
        answer = archive.kept(self.handle).at_once("page", _asked(visit))
        return None if answer is None else _unpacked(visit, answer)

    def kept(self, visit: Visit, page: Page) -> Response:
        """A page, or an answer of the API, as it was made for whoever may see the same, where nothing has changed in the archive since."""

        def made() -> bytes:
            response = _answered(visit, lambda: page(visit))
            if response.status_code != 200 or (not isinstance(response, Html) and len(response.body) > _MOST_KEPT):
                raise _NotKept(response)
            return response.unsigned if isinstance(response, Html) else bytes(response.body)

        try:
            return _unpacked(visit, archive.kept(self.handle).answer("page", _asked(visit), made))
        except _NotKept as other:
            return other.response

    def change(self, action: Action, *, is_open: bool = False) -> Callable[[Request], Awaitable[Response]]:
        """A change as Starlette calls it."""

        def answer(request: Request, sent: Sent) -> Response:
            visit = self.visit(request)
            self.sessions.check(request, visit.session, sent.typed("proof"))
            response = _kept_out(visit, None if is_open else action.role)
            if response is None:
                with contextlib.nullcontext() if is_open or action.reads else self.changing:
                    response = _answered(visit, lambda: _done(visit, action.do(visit, sent)))
            return self.ended(visit, response)

        async def endpoint(request: Request) -> Response:
            async with request.form(max_files=pages_add.MOST_FILES, max_part_size=MOST_FORM) as form:
                return await run_in_threadpool(answer, request, Sent(form))

        return endpoint

    def ended(self, visit: Visit, response: Response) -> Response:
        """An answer with what the browser is to keep."""
        request = visit.request
        if request.query_params.get("lang") in LANGUAGES:
            response.set_cookie(COOKIE, visit.words.language, _YEAR, path=visit.links.prefix or "/", httponly=True, samesite="lax")
        if not self.handle.read_only or self.settings.accounts:
            self.sessions.keep(request, response, visit.session)
        response.headers.setdefault("Cache-Control", "no-cache, private")
        response.headers["Vary"] = "Cookie"
        return response

    def visit(self, request: Request) -> Visit:
        """A request with the language that it asks for: by its address, else as chosen before, else Vietnamese."""
        asked = (request.query_params.get("lang"), request.cookies.get(COOKIE))
        language = next((name for name in asked if name in LANGUAGES), LANGUAGES[0])
        links = Links(request.scope.get("root_path", "").rstrip("/"))
        session: Session = self.sessions.of(request)
        handle = self.handle if session.user is None else self.handle.acting_as(session.user.name)
        return Visit(request, handle, words_of(language, self.speech), links, self.settings.clock(), self.environment, session)

    async def failed(self, request: Request, error: Exception) -> Response:
        """The page for an address that does not exist, and for a fault of the program; its trace goes to the log of the server alone."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _failed(self.visit(request), error, status)


def _asked(visit: Visit) -> Hashable:
    """What a page hangs on beside the archive: its address, and what tells those apart who see it differently."""
    user = (visit.user.name, visit.user.role) if visit.user is not None else None
    return str(visit.request.url), user, visit.accounts, visit.words.language, visit.today, visit.links.prefix


def _unpacked(visit: Visit, answer: bytes) -> Response:
    """An answer that was kept: JSON for the API, else a page."""
    return Response(answer, media_type=JSON) if _is_api(visit) else Html(answer, visit.session.proof)


def _kept_out(visit: Visit, role: str | None) -> Response | None:
    """What is answered to somebody who may not be here; None where they may."""
    if role is None or (visit.user is not None and visit.user.may(role)):
        return None
    if visit.user is not None:
        raise HTTPException(403, detail="not-yours")
    if visit.session.program or visit.request.method == "POST" or _is_api(visit):
        raise HTTPException(401, detail="signed-out")
    return RedirectResponse(visit.links.to(OPEN, next=visit.here), 303)


def _answered(visit: Visit, answer: Callable[[], Response]) -> Response:
    try:
        return answer()
    except archive.errors.ArchiveError as error:
        return _failed(visit, error, next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500))


def _done(visit: Visit, done: Done | Response) -> Response:
    return led_on(visit, done) if isinstance(done, Done) else done


def _is_api(visit: Visit) -> bool:
    return visit.request.url.path.removeprefix(visit.links.prefix).startswith(api.ROOT)


def _failed(visit: Visit, error: Exception, status: int) -> Response:
    """What is said of an error: its code, what is wrong, and what may have been meant."""
    words = visit.words
    if isinstance(error, archive.errors.ArchiveError):
        told = words.speech.error(error)
    else:
        detail = error.detail if isinstance(error, HTTPException) else ""
        code = detail if words.knows(f"failed.{detail}") else HTTPStatus(status).phrase.lower().replace(" ", "-")
        told = {"code": code, "message": words.say(f"failed.{code}" if words.knows(f"failed.{code}") else "failed.fault"), "facts": {}}
    if _is_api(visit):
        return json_response({"error": {"advice": "", **told}}, status)
    return visit.show("failed.html", status, told={"documents": (), **told}, candidates=told["facts"].get("candidates") or ())
