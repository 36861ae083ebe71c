"""The application: which address is answered by which page, and what is said when one cannot be."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus

import anyio.to_thread
from jinja2 import Environment
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

import archive
from archive.web import api, pages_cited, pages_documents, pages_duties, pages_graph, pages_search, pages_units
from archive.web.answers import json_response
from archive.web.environment import environment
from archive.web.links import Links
from archive.web.safety import Guard
from archive.web.speech import LANGUAGES, Speech, words_of
from archive.web.visit import COOKIE, Page, Visit

#: Requests that are worked on at once: more would only wait for one another.
_AT_ONCE = 8
#: How long a browser keeps the language, in seconds.
_YEAR = 31_536_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How an archive is served: ``hosts`` are names that it answers to beside those of this machine, ``clock`` says what time it is."""

    hosts: tuple[str, ...] = ()
    clock: Callable[[], datetime] = datetime.now


PAGES: dict[str, Page] = {
    "/": pages_search.search,
    "/search.{format:str}": pages_search.export,
    "/documents": pages_documents.documents,
    "/documents/{ref}": pages_documents.plan,
    "/documents/{ref}/file": pages_documents.original,
    "/cited/{reference:path}": pages_cited.cited,
    "/units": pages_units.units,
    "/units/{key:path}": pages_units.unit,
    "/duties": pages_duties.register,
    "/duties.{format:str}": pages_duties.export,
    "/duties/calendar": pages_duties.calendar,
    "/graph": pages_graph.graph,
    "/graph.{format:str}": pages_graph.export,
    "/statistics": pages_search.statistics,
    "/api/v1/openapi.json": api.openapi,
    **{f"{api.ROOT}{question.path}": question.page for question in api.QUESTIONS},
}

_STATUS: dict[type[archive.errors.ArchiveError], int] = {
    archive.errors.NothingThere: 404,
    archive.errors.NotUnderstood: 400,
    archive.errors.ArchiveLocked: 503,
}


def application(handle: archive.Archive, speech: Mapping[str, Speech], settings: Settings = Settings()) -> ASGIApp:
    """The pages of an open archive, in the languages of ``speech``. Whoever opened the archive closes it."""
    site = _Site(handle, speech, settings, environment())

    @contextlib.asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        anyio.to_thread.current_default_thread_limiter().total_tokens = _AT_ONCE
        yield

    routes: list[BaseRoute] = [Route(path, site.endpoint(page)) for path, page in PAGES.items()]
    routes.append(Mount("/assets", StaticFiles(packages=[("archive.web", "assets")])))
    failed: dict[object, Callable[[Request, Exception], Awaitable[Response]]] = {HTTPException: site.failed, Exception: site.failed}
    return Guard(Starlette(routes=routes, exception_handlers=failed, lifespan=lifespan), settings.hosts)


@dataclass(frozen=True, slots=True)
class _Site:
    handle: archive.Archive
    speech: Mapping[str, Speech]
    settings: Settings
    environment: Environment

    def endpoint(self, page: Page) -> Callable[[Request], Awaitable[Response]]:
        """A page as Starlette calls it: in a thread, for the archive blocks; what is wrong with the question is a page, too."""

        def answer(request: Request) -> Response:
            visit = self.visit(request)
            try:
                response = page(visit)
            except archive.errors.ArchiveError as error:
                response = _failed(visit, error, next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500))
            if request.query_params.get("lang") in LANGUAGES:
                response.set_cookie(COOKIE, visit.words.language, _YEAR, path=visit.links.prefix or "/", httponly=True, samesite="lax")
            response.headers.setdefault("Cache-Control", "no-cache, private")
            response.headers["Vary"] = "Cookie"
            return response

        async def endpoint(request: Request) -> Response:
            return await run_in_threadpool(answer, request)

        return endpoint

    def visit(self, request: Request) -> Visit:
        """A request with the language that it asks for: by its address, else as chosen before, else Vietnamese."""
        asked = (request.query_params.get("lang"), request.cookies.get(COOKIE))
        language = next((name for name in asked if name in LANGUAGES), LANGUAGES[0])
        links = Links(request.scope.get("root_path", "").rstrip("/"))
        return Visit(request, self.handle, words_of(language, self.speech), links, self.settings.clock(), self.environment)

    async def failed(self, request: Request, error: Exception) -> Response:
        """The page for an address that does not exist, and for a fault of the program; its trace goes to the log of the server alone."""
        status = error.status_code if isinstance(error, HTTPException) else 500
        return _failed(self.visit(request), error, status)


def _failed(visit: Visit, error: Exception, status: int) -> Response:
    """What is said of an error: its code, what is wrong, and what may have been meant."""
    words = visit.words
    if isinstance(error, archive.errors.ArchiveError):
        told = words.speech.error(error)
    else:
        detail = error.detail if isinstance(error, HTTPException) else ""
        code = detail if words.knows(f"failed.{detail}") else HTTPStatus(status).phrase.lower().replace(" ", "-")
        told = {"code": code, "message": words.say(f"failed.{code}" if words.knows(f"failed.{code}") else "failed.fault"), "facts": {}}
    if visit.request.url.path.removeprefix(visit.links.prefix).startswith(api.ROOT):
        return json_response({"error": {"advice": "", **told}}, status)
    return visit.show("failed.html", status, told={"documents": (), **told}, candidates=told["facts"].get("candidates") or ())
