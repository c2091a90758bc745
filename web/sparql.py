"""The SPARQL 1.1 Protocol's query operation over the store (https://www.w3.org/TR/sparql11-protocol/#query-operation)."""

from typing import ClassVar
from urllib.parse import parse_qsl

import pyoxigraph
from anyio import CapacityLimiter, to_thread
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import InputError, KeceError
from kg.export import serialize_result
from kg.store import Result
from web.negotiation import choose_media_type
from web.resources import KNOWLEDGE_BASE

MAX_QUERY_BYTES = 65_536  # a longer query would occupy the parser, and with it the pages, for seconds
CONCURRENT_QUERIES = 2  # the engine uses one core a query; more would starve the pages

# Media types in order of preference, with the formats of kg.export. The generic names are what users type.
TABLE_TYPES = {
    "application/sparql-results+json": "json",
    "application/json": "json",
    "application/sparql-results+xml": "xml",
    "application/xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
TRUTH_TYPES = {media_type: name for media_type, name in TABLE_TYPES.items() if name in ("json", "xml")}
GRAPH_TYPES = {"text/turtle": "ttl", "application/n-triples": "nt"}


class NotAcceptableError(InputError):
    """None of the formats that the client accepts can be written."""

    http_status = 406


class UnsupportedBodyError(InputError):
    """A request body of a media type that the protocol does not know."""

    http_status = 415


class QueryTooLongError(InputError):
    """A query longer than is worth reading."""

    http_status = 413


def answer_query(query: str, accept: str) -> tuple[bytes, str]:
    """The result of ``query`` as bytes, and their media type.

    Raises ``QueryError``, ``StoreError`` and ``NotAcceptableError``.
    """
    return _serialise(KNOWLEDGE_BASE.get().store.query(query), accept)


# The engine's results must die in the thread that made them. The parser's exceptions keep the frames below them alive,
# locals and all, until the collector runs in some other thread: so no frame that parses may hold a result.
def _serialise(result: Result, accept: str) -> tuple[bytes, str]:
    if isinstance(result, pyoxigraph.QueryTriples):
        offered = GRAPH_TYPES
    else:
        offered = TRUTH_TYPES if isinstance(result, pyoxigraph.QueryBoolean) else TABLE_TYPES
    media_type = choose_media_type(accept, list(offered))
    if media_type is None:
        del result  # the exception's traceback goes to another thread
        raise NotAcceptableError(f"请求只接受“{accept}”，这类查询的结果可以写成：{'、'.join(offered)}。")
    return serialize_result(result, offered[media_type]), media_type


class SparqlEndpoint(HTTPEndpoint):
    """GET ``?query=``, POST of a form, or POST of ``application/sparql-query``."""

    limiter: ClassVar[CapacityLimiter | None] = None

    async def get(self, request: Request) -> Response:
        """A query in the address."""
        return await self._respond(request, request.query_params.get("query", ""))

    async def post(self, request: Request) -> Response:
        """A query in the body."""
        try:
            query = await _query_of_body(request)
        except KeceError as error:
            return PlainTextResponse(str(error), status_code=error.http_status)
        return await self._respond(request, query)

    async def _respond(self, request: Request, query: str) -> Response:
        try:
            _refuse_unusable(request, query)
            content, media_type = await to_thread.run_sync(
                answer_query, query, request.headers.get("accept", ""), limiter=self._shared_limiter()
            )
        except KeceError as error:
            return PlainTextResponse(str(error), status_code=error.http_status)
        return Response(content, media_type=media_type, headers={"vary": "accept"})

    @classmethod
    def _shared_limiter(cls) -> CapacityLimiter:
        # Made on first use: it belongs to the running event loop.
        if SparqlEndpoint.limiter is None:
            SparqlEndpoint.limiter = CapacityLimiter(CONCURRENT_QUERIES)
        return SparqlEndpoint.limiter


def _refuse_unusable(request: Request, query: str) -> None:
    if len(query.encode()) > MAX_QUERY_BYTES:
        raise QueryTooLongError(f"查询超过 {MAX_QUERY_BYTES} 字节，请缩短查询。")
    if not query.strip():
        raise InputError("没有收到查询。请用 GET /sparql?query=…… ，或把查询放在 POST 的正文里。")
    if {"default-graph-uri", "named-graph-uri"} & set(request.query_params):
        raise InputError("不支持 default-graph-uri 与 named-graph-uri 参数，请在查询里写 FROM 与 FROM NAMED。")


async def _query_of_body(request: Request) -> str:
    """Raises ``UnsupportedBodyError``, ``QueryTooLongError`` or ``InputError`` for a body that is not UTF-8."""
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in ("application/sparql-query", "application/x-www-form-urlencoded"):
        raise UnsupportedBodyError(
            f"请求正文的类型是“{media_type}”，应为 application/sparql-query 或 application/x-www-form-urlencoded。"
        )
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_QUERY_BYTES:
            raise QueryTooLongError(f"查询超过 {MAX_QUERY_BYTES} 字节，请缩短查询。")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("查询不是 UTF-8 编码，请改用 UTF-8。") from error
    if media_type == "application/sparql-query":
        return text
    return dict(parse_qsl(text)).get("query", "")
