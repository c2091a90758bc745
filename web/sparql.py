"""The SPARQL 1.1 Protocol's query operation over the store (https://www.w3.org/TR/sparql11-protocol/#query-operation)."""

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

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"

MAX_QUERY_CHARACTERS = 50_000  # a longer query would occupy the parser, and with it the pages, for seconds
MAX_BODY_BYTES = 9 * MAX_QUERY_CHARACTERS  # a Chinese character takes nine bytes in a form
QUERIES_AT_ONCE = CapacityLimiter(2)  # the engine uses one core a query; more would starve the pages

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

    async def get(self, request: Request) -> Response:
        """A query in the address."""
        return await self._respond(request)

    async def post(self, request: Request) -> Response:
        """A query in the body."""
        return await self._respond(request)

    async def _respond(self, request: Request) -> Response:
        try:
            query = _usable_query(await _parameters(request))
            accept = request.headers.get("accept", "")
            content, media_type = await to_thread.run_sync(answer_query, query, accept, limiter=QUERIES_AT_ONCE)
        except KeceError as error:
            return PlainTextResponse(str(error), status_code=error.http_status)
        return Response(content, media_type=media_type, headers={"vary": "accept"})


async def _parameters(request: Request) -> dict[str, str]:
    """The operation's parameters, from the address and the body.

    Raises ``UnsupportedBodyError``, ``QueryTooLongError``, and ``InputError`` for a body that is not UTF-8.
    """
    parameters = dict(request.query_params)
    if request.method != "POST":
        return parameters
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type not in (QUERY_TYPE, FORM_TYPE):
        raise UnsupportedBodyError(f"请求正文的类型是“{media_type}”，应为 {QUERY_TYPE} 或 {FORM_TYPE}。")
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY_BYTES:
            raise QueryTooLongError(f"请求正文超过 {MAX_BODY_BYTES} 字节，请缩短查询。")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("查询不是 UTF-8 编码，请改用 UTF-8。") from error
    return {**parameters, **({"query": text} if media_type == QUERY_TYPE else dict(parse_qsl(text)))}


def _usable_query(parameters: dict[str, str]) -> str:
    """The query. Raises ``InputError`` when there is none, or a parameter that would change its meaning."""
    query = parameters.get("query", "")
    if not query.strip():
        raise InputError("没有收到查询。请用 GET /sparql?query=…… ，或把查询放在 POST 的正文里。")
    if len(query) > MAX_QUERY_CHARACTERS:
        raise QueryTooLongError(f"查询有 {len(query)} 字，超过 {MAX_QUERY_CHARACTERS} 字，请缩短查询。")
    if {"default-graph-uri", "named-graph-uri"} & parameters.keys():
        raise InputError("不支持 default-graph-uri 与 named-graph-uri 参数，请在查询里写 FROM 与 FROM NAMED。")
    return query
