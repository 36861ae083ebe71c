"""The JSON API: a question for each address, answered in the shape that ``--json`` of its command has; and its description as OpenAPI.

Addresses, parameters and description come from one table, `QUESTIONS`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version
from typing import Any

from starlette.exceptions import HTTPException
from starlette.responses import Response

import archive
import kehoach_parser
from archive import values
from archive.web.answers import json_response
from archive.web.pages_cited import RELATIONS
from archive.web.pages_documents import SORTS
from archive.web.pages_duties import ROLES, STANDINGS
from archive.web.pages_graph import MOST_STEPS
from archive.web.pages_units import LEVELS
from archive.web.safety import REFUSALS
from archive.web.suggestions import suggestions
from archive.web.visit import MOST_TYPED, Visit

ROOT = "/api/v1"
#: Values on a page of a list, where nothing is asked for, and at most.
_USUAL, _MOST = 25, 200
#: The first value of a page lies at most so far behind the first of all.
_FARTHEST = 100_000


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a question may be asked with: a text, one of several words, or a number between two others."""

    name: str
    required: bool = False
    among: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    otherwise: int | None = None
    flag: bool = False

    @property
    def schema(self) -> dict[str, object]:
        """Its JSON Schema."""
        if self.least is not None:
            usual = {} if self.otherwise is None else {"default": self.otherwise}
            return {"type": "integer", "minimum": self.least, "maximum": self.most, **usual}
        if self.flag:
            return {"type": "boolean", "default": False}
        return {"type": "string", "enum": [*self.among]} if self.among else {"type": "string", "maxLength": MOST_TYPED}

    def value(self, visit: Visit) -> Any:
        """What was asked for; the usual where nothing was. Raises HTTPException for what the schema does not allow."""
        typed = visit.typed(self.name)
        if not typed:
            if self.required:
                raise HTTPException(400, detail="parameter-missing")
            return self.otherwise
        if self.flag:
            return self._one_of(typed, ("true", "false")) == "true"
        if self.among:
            return self._one_of(typed, self.among)
        if self.least is None or self.most is None:
            return typed
        if not (typed.isascii() and typed.isdigit() and self.least <= int(typed[:12]) <= self.most):
            raise HTTPException(400, detail="parameter-wrong")
        return int(typed)

    @staticmethod
    def _one_of(typed: str, among: tuple[str, ...]) -> str:
        if typed not in among:
            raise HTTPException(400, detail="parameter-wrong")
        return typed


Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """A question of the API: where it is asked, with what, and how it is answered. ``noun`` names the list of an answer that is one."""

    path: str
    about: str
    parameters: tuple[Parameter, ...]
    answer: Callable[[archive.Archive, Given], Any]
    noun: str | None = None

    def page(self, visit: Visit) -> Response:
        """The answer to a request."""
        return json_response(self.answer(visit.archive, {one.name: one.value(visit) for one in self.parameters}))


_LIMIT = Parameter("limit", least=1, most=_MOST, otherwise=_USUAL)
#: What chooses a page of a list: how many values, behind which (``next`` of the page before).
_PAGE = (_LIMIT, Parameter("after"))
_DOCUMENT, _REFERENCE = Parameter("document", required=True), Parameter("reference", required=True)
_RELATION, _PLACE, _LEVEL = Parameter("relation", among=RELATIONS), Parameter("place"), Parameter("level", among=LEVELS)
_STATED = Parameter("stated", flag=True)
_DUTY = ("query", "unit", "plan", "place", "dated", "due", "overdue", "reports_to", "person")


def _documents(handle: archive.Archive, given: Given) -> Any:
    asked = {name: given[name] for name in ("type", "organ", "place", "signer", "since", "until")}
    question = values.ListQuestion(**asked, **_paged(given), sort=given["sort"] or "id", descending=bool(given["descending"]))
    return _page("documents", archive.find_documents(handle, question))


def _show(handle: archive.Archive, given: Given) -> Any:
    shown = archive.show(handle, given["document"], given["version"])
    plan = kehoach_parser.plan_to_dict(shown.plan)
    return {"document": shown.document, "plan": plan, "text": shown.text, "history": shown.history, "corrections": shown.corrections}


def _search(handle: archive.Archive, given: Given) -> Any:
    found = archive.search(handle, given["query"], limit=given["limit"], offset=given["offset"] or 0)
    return {"hits": found.hits, "total": found.total, "query": found.query, "offset": found.offset}


def _cites(handle: archive.Archive, given: Given) -> Any:
    asked = {name: given[name] for name in ("organ", "place", "relation")}
    found = archive.cites(handle, given["reference"], **asked, **_paged(given))
    beside = {"reference": found.reference, "ambiguous": found.ambiguous, "suggestions": found.suggestions, "mentions": found.mentions}
    return {"groups": found.groups, "total": found.documents, **beside, "next": found.next}


def _cited_by(handle: archive.Archive, given: Given) -> Any:
    return _page("cited", archive.cited_by(handle, given["document"], relation=given["relation"], **_paged(given)))


def _replaced(handle: archive.Archive, given: Given) -> Any:
    found = archive.replaced(handle)
    return {"replaced": found, "total": len(found)}


def _duties(handle: archive.Archive, given: Given) -> Any:
    asked = {name: given[name] for name in _DUTY if name != "query"}
    narrowed = {"below": bool(given["below"]), "role": given["role"], "level": given["level"], "state": given["state"]}
    question = values.DutyQuestion(given["query"] or "", **asked, **narrowed, **_paged(given), today=date.today().isoformat())
    return _page("duties", archive.duties(handle, question))


def _units(handle: archive.Archive, given: Given) -> Any:
    found = archive.units(handle, given["query"] or "", place=given["place"], level=given["level"], **_paged(given))
    return _page("units", found)


def _unit(handle: archive.Archive, given: Given) -> Any:
    return archive.unit_page(handle, given["unit"], place=given["place"], **_paged(given))


def _cascade(handle: archive.Archive, given: Given) -> Any:
    found = archive.cascade(handle, given["reference"], stated=bool(given["stated"]), **_paged(given))
    beside = {"reference": found.reference, "undecided": found.undecided}
    return {"cascades": found.cascades, "total": len(found.cascades), **beside, "next": found.next}


def _gaps(handle: archive.Archive, given: Given) -> Any:
    found = archive.gaps(handle, given["reference"], level=given["level"], place=given["place"], stated=bool(given["stated"]))
    return {"gaps": found.gaps, "total": len(found.gaps), "reference": found.reference}


def _disagreements(handle: archive.Archive, given: Given) -> Any:
    return _page("disagreements", archive.lint(handle, given["document"], **_paged(given)))


def _graph(handle: archive.Archive, given: Given) -> Any:
    narrowed = {name: given[name] for name in ("relation", "level", "since", "until")}
    found = archive.graph(handle, around=given["around"], depth=given["depth"] or 1, **narrowed, **_paged(given))
    head = {"format": "kehoach-graph", "version": 1, "directed": True, "multigraph": False, "graph": {}}
    found_beside = {"centres": found.centres, "total": found.total, "next": found.next}
    return {**head, "nodes": found.nodes, "edges": found.edges, **found_beside}


def _paged(given: Given) -> Given:
    return {"limit": given["limit"], "after": given["after"]}


def _page(noun: str, page: values.Page[Any]) -> dict[str, Any]:
    """A page of a list, as the commands have it."""
    return {noun: page, "total": page.total, "next": page.next, "at_most": page.at_most}


def _suggest(handle: archive.Archive, given: Given) -> Any:
    found = suggestions(handle, given["query"])
    return {"suggestions": found, "total": len(found)}


QUESTIONS = (
    Question(
        "/documents",
        "The plans that meet conditions on their heads",
        (
            *map(Parameter, ("type", "organ", "place", "signer", "since", "until")),
            Parameter("sort", among=("id", *(name for name in SORTS if name != "id"))),
            Parameter("descending", flag=True),
            *_PAGE,
        ),
        _documents,
        "documents",
    ),
    Question(
        "/document", "A plan with its text, its Plan JSON and its versions", (_DOCUMENT, Parameter("version", least=1, most=9_999)), _show
    ),
    Question(
        "/search",
        "Where words stand",
        (Parameter("query", required=True), _LIMIT, Parameter("offset", least=0, most=_FARTHEST)),
        _search,
        "hits",
    ),
    Question(
        "/facets",
        "What the plans that a search finds are, counted",
        (Parameter("query"),),
        lambda handle, given: archive.facets(handle, given["query"] or ""),
    ),
    Question(
        "/suggest",
        "What may be meant by what is typed so far",
        (Parameter("query", required=True),),
        _suggest,
        "suggestions",
    ),
    Question("/cites", "Who cites a document", (_REFERENCE, Parameter("organ"), _PLACE, _RELATION, *_PAGE), _cites, "groups"),
    Question("/cited-by", "What a plan cites", (_DOCUMENT, _RELATION, *_PAGE), _cited_by, "cited"),
    Question("/replaced", "Plans that stand on what was replaced", (), _replaced, "replaced"),
    Question(
        "/duties",
        "Who must do what by when",
        (
            *map(Parameter, _DUTY),
            Parameter("below", flag=True),
            Parameter("role", among=ROLES),
            _LEVEL,
            Parameter("state", among=STANDINGS),
            *_PAGE,
        ),
        _duties,
        "duties",
    ),
    Question("/units", "The units that plans give duties", (Parameter("query"), _PLACE, _LEVEL, *_PAGE), _units, "units"),
    Question("/unit", "All about one unit", (Parameter("unit", required=True), _PLACE, *_PAGE), _unit),
    Question("/cascade", "Who carries a document out", (_REFERENCE, _STATED, *_PAGE), _cascade, "cascades"),
    Question("/gaps", "Who has no plan for a document yet", (_REFERENCE, _LEVEL, _PLACE, _STATED), _gaps, "gaps"),
    Question("/disagreements", "What does not agree", (Parameter("document"), *_PAGE), _disagreements, "disagreements"),
    Question(
        "/graph",
        "Who cites whom around a document",
        (
            *(Parameter("around", required=True), Parameter("depth", least=1, most=MOST_STEPS)),
            *(_RELATION, _LEVEL, Parameter("since"), Parameter("until"), *_PAGE),
        ),
        _graph,
    ),
    Question("/statistics", "The archive in figures", (), lambda handle, given: archive.statistics(handle)),
)


def openapi(visit: Visit) -> Response:
    """The description of the API."""
    return json_response(described(visit.links.prefix))


def described(prefix: str) -> dict[str, object]:
    """The API as OpenAPI 3.1, under a prefix."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "kehoach",
            "version": version("kehoach"),
            "description": "The questions of the commands, as docs/json.md has them.",
        },
        "servers": [{"url": f"{prefix}{ROOT}"}],
        "paths": {question.path: {"get": _operation(question)} for question in QUESTIONS},
        "components": {"schemas": {"Error": _ERROR}},
    }


def _operation(question: Question) -> dict[str, object]:
    refused = {"description": "Not understood, or nothing there", "content": {"application/json": {"schema": {"$ref": _ERROR_AT}}}}
    body = {"type": "object", "required": [question.noun, "total"]} if question.noun else {"type": "object"}
    return {
        "operationId": question.path.strip("/").replace("-", "_"),
        "summary": question.about,
        "parameters": [{"name": one.name, "in": "query", "required": one.required, "schema": one.schema} for one in question.parameters],
        "responses": {
            "200": {"description": "The answer", "content": {"application/json": {"schema": body}}},
            "304": {"description": "As it was told before: its ETag was sent in If-None-Match"},
            "400": refused,
            "404": refused,
            **{str(status): {"description": "Refused before it was read", "content": {"text/plain": {}}} for status in REFUSALS},
        },
    }


_ERROR_AT = "#/components/schemas/Error"
_ERROR: dict[str, object] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "facts"],
            "properties": {"code": {"type": "string"}, "message": {"type": "string"}, "facts": {"type": "object"}},
        }
    },
}
