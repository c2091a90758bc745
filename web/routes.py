"""HTTP for programs: ``/sparql``, ``/api/…``, ``/healthz`` and linked data, beside the pages in the same process."""

import json
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

from embeddings.document_comparison import compare_documents, read_reading
from embeddings.facets import FACETS, filters_of
from embeddings.organization_search import ask_organization
from embeddings.search_export import answer_json
from kg.coding_table import CodedStatement, code_documents, coding_table, find_documents
from kg.concerned_kinds import concerned_kinds
from kg.edge_evidence import edge_evidence, edges_between
from kg.errors import InputError, KeceError
from kg.exploration import PARAMETERS as EXPLORATION
from kg.exploration import Exploration, explore, read_exploration
from kg.graph_files import GRAPHML_TYPE, evidence_json, graph_json, graphml, thing_json
from kg.neighbourhood import EdgeFilter
from kg.organization_comparison import compare_organizations
from kg.organization_profile import describe_organization
from kg.organization_question import PARAMETERS, OrganizationQuestion, chosen_roles, read_question
from kg.table import table_csv
from kg.things import find_thing
from kg.types import Span
from web.editor.files import ADDRESS, FOLDER
from web.linked_routes import LINKED_DATA
from web.negotiation import choose_media_type
from web.openapi import openapi_description
from web.reader_panel import panel_of, similar_to_json
from web.resources import KNOWLEDGE_BASE
from web.sparql import SparqlEndpoint

MAX_LIMIT = 100
"""Most results that one request may ask for."""

FEW_SIMILAR = 3
"""Similar statements beside a text; page 相近表述 has more."""

CODING_TABLE_TYPES = ("text/csv", "application/json")
"""In order of preference."""

GRAPH_TYPES = {"json": "application/json", "graphml": GRAPHML_TYPE}
"""By the value of ``format``, in order of preference."""

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


class DocumentComparing(JsonEndpoint):
    """``/api/documents/compare?first=…&second=…``: what ``cli.py compare-documents --json`` prints.

    ``reading`` says what the two are to each other; ``show``, once or more, keeps rows of these kinds.
    """

    def answer(self, request: Request) -> Any:
        """The statements of two documents, paired."""
        first, second = _required(request, "first"), _required(request, "second")
        reading = read_reading(request.query_params.get("reading", ""))
        knowledge_base = KNOWLEDGE_BASE.get()
        compared = compare_documents(knowledge_base.index, knowledge_base.store, first, second, reading)
        return compared.to_json(request.query_params.getlist("show"))


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


class Graph(HTTPEndpoint):
    """``/api/graph?start=…``: what page 图谱 draws, as JSON or GraphML (``Accept``, or ``format``, which goes first).

    Parameters are those of :mod:`kg.exploration`; ``between``, twice, asks for the statements behind a line.
    """

    async def get(self, request: Request) -> Response:
        """Explore off the event loop."""
        asked = request.query_params.get("format", "")
        media_type = GRAPH_TYPES.get(asked) if asked else _accepted(request, list(GRAPH_TYPES.values()))
        if media_type is None:
            offered = "、".join(f"{name}（{media_type}）" for name, media_type in GRAPH_TYPES.items())
            return JSONResponse({"error": f"图谱可以写成：{offered}。"}, status_code=400 if asked else 406)
        try:
            content = await run_in_threadpool(_explored, request, media_type)
        except KeceError as error:
            return JSONResponse({"error": str(error)}, status_code=error.http_status)
        return Response(content, media_type=media_type, headers={"vary": "accept"})


def _accepted(request: Request, offered: list[str]) -> str | None:
    return choose_media_type(request.headers.get("accept", ""), offered)


def _explored(request: Request, media_type: str) -> bytes:
    _required(request, "start")
    question = read_exploration({name: request.query_params.getlist(name) for name in EXPLORATION})
    knowledge_base = KNOWLEDGE_BASE.get()
    found = explore(knowledge_base.store, knowledge_base.settings.base_iri, question)
    if media_type == GRAPHML_TYPE:
        return graphml(found.graph)
    answer = {
        "start": thing_json(found.start),
        "end": thing_json(found.end) if found.end is not None else None,
        **graph_json(found.graph),
        "paths": found.paths.paths,
        "evidence": _evidence(request, found, question.chosen),
    }
    return json.dumps(answer, ensure_ascii=False).encode("utf-8")


def _evidence(request: Request, found: Exploration, chosen: EdgeFilter) -> list[dict[str, Any]]:
    """What is behind the edges of the two things that the request names, if it does."""
    names = request.query_params.getlist("between")
    if len(names) not in (0, 2):
        raise InputError(f"参数 between 有 {len(names)} 个，应写两个：一条连线的两端。")
    knowledge_base = KNOWLEDGE_BASE.get()
    ends = [find_thing(knowledge_base.store, knowledge_base.settings.base_iri, name).iri for name in names]
    edges = edges_between(found.graph.edges, ends[0], ends[1]) if ends else []
    return [each for edge in edges for each in evidence_json(edge_evidence(knowledge_base.store, edge, chosen))]


class ReaderFacts(JsonEndpoint):
    """``/reader/facts?iri=…&document=…&start=…&end=…``: what page 原文 shows of a mark; for this page alone."""

    def answer(self, request: Request) -> Any:
        """The panel of what is marked at ``[start, end)`` of the document."""
        start, end = (_required(request, name) for name in ("start", "end"))
        if not (start.isdecimal() and end.isdecimal()):
            raise InputError(f"位置“{start}–{end}”应为两个整数。")
        span = Span(int(start), int(end))
        return panel_of(
            KNOWLEDGE_BASE.get().store, _required(request, "iri"), _required(request, "document"), span
        ).to_json()


class ReaderSimilar(JsonEndpoint):
    """``/reader/similar?iri=…``: the few nearest statements of other documents, for page 原文 alone."""

    def answer(self, request: Request) -> Any:
        """The statements, each with its place."""
        found = KNOWLEDGE_BASE.get().searcher.similar(_required(request, "iri"), limit=FEW_SIMILAR)
        return {"similar": similar_to_json(found)}


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
    Route("/api/documents/compare", DocumentComparing, middleware=OPEN_TO_ALL),
    Route("/api/coding-table", CodingTable, middleware=OPEN_TO_ALL),
    Route("/api/graph", Graph, middleware=OPEN_TO_ALL),
    Route("/api/openapi.json", OpenApi, middleware=OPEN_TO_ALL),
    Route("/reader/facts", ReaderFacts),
    Route("/reader/similar", ReaderSimilar),
    Route("/healthz", Health),
    Mount(f"/{ADDRESS}", StaticFiles(directory=FOLDER, check_dir=False)),
    *(Route(path, endpoint, middleware=OPEN_TO_ALL) for path, endpoint in LINKED_DATA.items()),
]
