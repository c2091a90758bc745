"""HTTP for programs: ``/sparql``, ``/api/…``, ``/healthz`` and linked data, beside the pages in the same process."""

from abc import ABC, abstractmethod
from dataclasses import asdict
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from embeddings.facets import FACETS, filters_of
from embeddings.organization_search import ask_organization
from embeddings.search_export import answer_json
from kg.coding_table import CodedStatement, code_documents, coding_table, find_documents
from kg.concerned_kinds import concerned_kinds
from kg.errors import InputError, KeceError
from kg.organization_comparison import compare_organizations
from kg.organization_profile import describe_organization
from kg.organization_question import PARAMETERS, OrganizationQuestion, chosen_roles, read_question
from kg.table import table_csv
from web.editor.files import ADDRESS, FOLDER
from web.linked_routes import LINKED_DATA
from web.negotiation import choose_media_type
from web.openapi import openapi_description
from web.resources import KNOWLEDGE_BASE
from web.sparql import SparqlEndpoint

MAX_LIMIT = 100
"""Most results that one request may ask for."""

CODING_TABLE_TYPES = ("text/csv", "application/json")
"""In order of preference."""

# Anybody's page may read these; the pages themselves keep Streamlit's own rules.
OPEN_TO_ALL = [
    Middleware(CORSMiddleware, allow_origins=["*"], allow_methods=["GET", "HEAD", "POST"], allow_headers=["*"])
]


def _required(request: Request, name: str) -> str:
    value = request.query_params.get(name, "").strip()
    if not value:
        raise InputError(f"缺少参数 {name}。请写成 {request.url.path}?{name}=……")
    return value


def _limit(request: Request) -> int:
    text = request.query_params.get("limit", "10")
    if not text.isdecimal() or not 1 <= int(text) <= MAX_LIMIT:
        raise InputError(f"参数 limit 是“{text}”，应为 1 到 {MAX_LIMIT} 的整数。")
    return int(text)


def _organization(request: Request) -> OrganizationQuestion:
    """The organization that the parameters name or describe."""
    given = {name: request.query_params.getlist(name) for name in PARAMETERS}
    question = read_question(given)
    if question.is_empty:
        raise InputError(f"缺少参数 name 或 describe。请写成 {request.url.path}?name=……")
    return question


class JsonEndpoint(HTTPEndpoint, ABC):
    """Answers GET with the JSON of ``answer``, and a named error with its status and ``{"error": …}``."""

    @abstractmethod
    def answer(self, request: Request) -> Any:
        """The value to send; runs in a worker thread. Raises ``KeceError``."""

    async def get(self, request: Request) -> Response:
        """Run ``answer`` off the event loop."""
        try:
            return JSONResponse(await run_in_threadpool(self.answer, request))
        except KeceError as error:
            return JSONResponse({"error": str(error)}, status_code=error.http_status)


class Search(JsonEndpoint):
    """``/api/search?q=…&limit=…``, and any facet (``&modality=prohibition``): what ``cli.py search --json`` prints."""

    def answer(self, request: Request) -> Any:
        """Ranked hits of a question."""
        text, limit = _required(request, "q"), _limit(request)
        facets = {name: request.query_params.getlist(name) for name in request.query_params if name in FACETS}
        result = KNOWLEDGE_BASE.get().searcher.search(text, limit=limit, filters=filters_of(facets))
        return answer_json(text, result)


class Suggest(JsonEndpoint):
    """``/api/suggest?q=…&limit=…``: what a reader may be typing."""

    def answer(self, request: Request) -> Any:
        """Names of what is searched that begin so or hold it."""
        typed, limit = _required(request, "q"), _limit(request)
        found = KNOWLEDGE_BASE.get().suggestions.find(typed, limit)
        return {"query": typed, "suggestions": [name.to_json() for name in found]}


class Similar(JsonEndpoint):
    """``/api/similar?iri=…&limit=…``: what ``cli.py similar --json`` prints."""

    def answer(self, request: Request) -> Any:
        """The nearest statements of other documents, compared."""
        iri, limit = _required(request, "iri"), _limit(request)
        found = KNOWLEDGE_BASE.get().searcher.similar(iri, limit=limit)
        return {"iri": iri, "similar": [statement.to_json() for statement in found]}


class OrganizationMeasures(JsonEndpoint):
    """``/api/organizations/measures?name=…&describe=…``: what ``cli.py measures-for --json`` prints.

    ``kind``, ``level``, ``region``, ``field`` say what the organization is instead; ``role`` keeps results of a role.
    """

    def answer(self, request: Request) -> Any:
        """Statements that concern an organization, with the path of reasons."""
        profile, limit = _organization(request).profile(), _limit(request)
        roles = chosen_roles(request.query_params.getlist("role"))
        knowledge_base = KNOWLEDGE_BASE.get()
        return ask_organization(knowledge_base.organizations, knowledge_base.searcher, profile, limit, roles).to_json()


class OrganizationComparing(JsonEndpoint):
    """``/api/organizations/compare?name=…&other=…&limit=…``: what ``cli.py compare-organizations --json`` prints."""

    def answer(self, request: Request) -> Any:
        """What concerns both organizations, and what only one."""
        first, limit = _organization(request).profile(), _limit(request)
        second = describe_organization(_required(request, "other"))
        return compare_organizations(KNOWLEDGE_BASE.get().organizations, first, second, limit).to_json()


class Concerned(JsonEndpoint):
    """``/api/organizations/concerned?iri=…``: what ``cli.py concerned-kinds --json`` prints."""

    def answer(self, request: Request) -> Any:
        """The kinds of organization that a measure or norm concerns."""
        iri = _required(request, "iri")
        found = concerned_kinds(KNOWLEDGE_BASE.get().organizations, iri)
        return {"iri": iri, "concerned": [asdict(kind) for kind in found]}


class CodingTable(HTTPEndpoint):
    """``/api/coding-table?document=…``, several or none (all): CSV, or JSON where ``Accept`` asks for it."""

    async def get(self, request: Request) -> Response:
        """Code the documents off the event loop."""
        media_type = choose_media_type(request.headers.get("accept", ""), CODING_TABLE_TYPES)
        if media_type is None:
            offered = "、".join(CODING_TABLE_TYPES)
            return JSONResponse({"error": f"编码表可以写成：{offered}。"}, status_code=406)
        try:
            coded = await run_in_threadpool(_coded, request.query_params.getlist("document"))
        except KeceError as error:
            return JSONResponse({"error": str(error)}, status_code=error.http_status)
        vary = {"vary": "accept"}
        if media_type == "application/json":
            return JSONResponse({"statements": [statement.to_json() for statement in coded]}, headers=vary)
        return Response(table_csv(coding_table(coded)), media_type=media_type, headers=vary)


def _coded(names: list[str]) -> list[CodedStatement]:
    store = KNOWLEDGE_BASE.get().store
    return list(code_documents(store, find_documents(store, names)))


class OpenApi(JsonEndpoint):
    """``/api/openapi.json``: what may be asked here."""

    def answer(self, request: Request) -> Any:
        """The description."""
        return openapi_description(MAX_LIMIT)


class Health(JsonEndpoint):
    """``/healthz``: 200 with the counts of the knowledge base being served, 503 when there is none."""

    def answer(self, request: Request) -> Any:
        """The manifest."""
        return {"status": "ok", **KNOWLEDGE_BASE.get().manifest}


ROUTES = [
    Route("/sparql", SparqlEndpoint, middleware=OPEN_TO_ALL),
    Route("/api/search", Search, middleware=OPEN_TO_ALL),
    Route("/api/suggest", Suggest, middleware=OPEN_TO_ALL),
    Route("/api/similar", Similar, middleware=OPEN_TO_ALL),
    Route("/api/organizations/measures", OrganizationMeasures, middleware=OPEN_TO_ALL),
    Route("/api/organizations/compare", OrganizationComparing, middleware=OPEN_TO_ALL),
    Route("/api/organizations/concerned", Concerned, middleware=OPEN_TO_ALL),
    Route("/api/coding-table", CodingTable, middleware=OPEN_TO_ALL),
    Route("/api/openapi.json", OpenApi, middleware=OPEN_TO_ALL),
    Route("/healthz", Health),
    Mount(f"/{ADDRESS}", StaticFiles(directory=FOLDER, check_dir=False)),
    *(Route(path, endpoint, middleware=OPEN_TO_ALL) for path, endpoint in LINKED_DATA.items()),
]
