"""The SPARQL 1.1 Protocol's query operation over the store (https://www.w3.org/TR/sparql11-protocol/#query-operation).

A query that the protocol, the syntax or a limit refuses gets a plain text that says why, and its status: 400 what is
asked is wrong, 406 and 415 media types, 413 the query or its result is too large, 503 it took too long or too much is
being asked. Whatever answers 200 is whole.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from anyio import CapacityLimiter, to_thread
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from embeddings.sparql import answer_query
from kg.errors import BusyError, InputError, KeceError, TooLargeError, UnsuitableFormatError
from kg.export import GRAPH_FORMATS, ResultKind, write_triples
from kg.query_pool import Query
from kg.store import Dataset
from web.negotiation import choose_media_type
from web.resources import KNOWLEDGE_BASE, QUERY_POOL
from web.service_description import describe_service

QUERY_TYPE = "application/sparql-query"
FORM_TYPE = "application/x-www-form-urlencoded"
UPDATE_TYPE = "application/sparql-update"

BYTES_A_CHARACTER = 9  # that a Chinese one takes in a form
DRAINED = 100  # times the longest body are read before the refusal: who is cut off while sending does not hear it
MAX_PARAMETERS = 1000
RETRY_SECONDS = 5

# Media types in order of preference, with the formats of kg.export. The generic names are what users type.
MEDIA_TYPES: dict[ResultKind, dict[str, str]] = {
    ResultKind.TABLE: {
        "application/sparql-results+json": "json",
        "application/json": "json",
        "application/sparql-results+xml": "xml",
        "application/xml": "xml",
        "text/csv": "csv",
        "text/tab-separated-values": "tsv",
    },
    ResultKind.TRUTH: {
        "application/sparql-results+json": "json",
        "application/json": "json",
        "application/sparql-results+xml": "xml",
        "application/xml": "xml",
    },
    ResultKind.GRAPH: {graph_format.media_type: name for name, graph_format in GRAPH_FORMATS.items()},
}

# Threads only wait for an answer; more than the queue holds are turned away before they take one.
_THREADS = CapacityLimiter(QUERY_POOL.limits.at_once + QUERY_POOL.limits.waiting)


class UnsupportedBodyError(InputError):
    """A request body of a media type that the protocol does not know."""

    http_status = 415


@dataclass(frozen=True, slots=True)
class Operation:
    """What a request asks; without a query, for the description of the service."""

    query: str | None
    dataset: Dataset | None


class SparqlEndpoint(HTTPEndpoint):
    """GET ``?query=``, POST of a form, or POST of ``application/sparql-query``; GET alone describes the service."""

    async def get(self, request: Request) -> Response:
        """A query in the address, or none."""
        return await _respond(request)

    async def head(self, request: Request) -> Response:
        """What GET says, without the answer itself."""
        return await _respond(request)

    async def post(self, request: Request) -> Response:
        """A query in the body."""
        return await _respond(request)

    async def options(self, request: Request) -> Response:
        """What may be asked here."""
        allowed = {"allow": ", ".join(self._allowed_methods), "accept-post": f"{QUERY_TYPE}, {FORM_TYPE}"}
        return Response(status_code=204, headers=allowed)


async def _respond(request: Request) -> Response:
    accept = ", ".join(request.headers.getlist("accept"))
    try:
        operation = await read_operation(request)
        if operation.query is None:
            return await to_thread.run_sync(_describe, str(request.url.replace(query="")), accept)
        if not _THREADS.available_tokens:
            raise BusyError("服务器正忙，排队的查询太多。请稍后再试。")
        client = request.client.host if request.client else ""
        return await to_thread.run_sync(_answer, operation.query, operation.dataset, accept, client, limiter=_THREADS)
    except BusyError as error:
        return PlainTextResponse(str(error), error.http_status, headers={"retry-after": str(RETRY_SECONDS)})
    except UnsuitableFormatError as error:
        return PlainTextResponse(f"{error}请求的 Accept 是“{accept}”。", error.http_status)
    except KeceError as error:
        return PlainTextResponse(str(error), error.http_status)


def _answer(query: str, dataset: Dataset | None, accept: str, client: str) -> Response:
    media_types = {kind: choose_media_type(accept, list(offered)) for kind, offered in MEDIA_TYPES.items()}
    formats = {kind: name and MEDIA_TYPES[kind][name] for kind, name in media_types.items()}
    answer = answer_query(QUERY_POOL, KNOWLEDGE_BASE.get(), Query(query, formats, dataset), client)
    return Response(answer.content, media_type=media_types[answer.kind], headers={"vary": "accept"})


def _describe(endpoint: str, accept: str) -> Response:
    offered = MEDIA_TYPES[ResultKind.GRAPH]
    media_type = choose_media_type(accept, [*offered, "text/html"])
    if media_type is None:
        raise UnsuitableFormatError(f"服务描述可以写成：{'、'.join(offered)}。")
    media_type = media_type if media_type in offered else "text/turtle"  # which a browser can show as well
    triples = describe_service(endpoint, KNOWLEDGE_BASE.get().store)
    return Response(write_triples(triples, offered[media_type]), media_type=media_type, headers={"vary": "accept"})


async def read_operation(request: Request) -> Operation:
    """What a request asks.

    Raises:
        UnsupportedBodyError: a body of another type, or not in UTF-8 by its own word.
        TooLargeError: a body that is too long.
        InputError: not exactly one query, an update, or bytes that are not UTF-8.
    """
    parameters = _parameters(request.scope["query_string"])
    if request.method == "POST":
        media_type = _body_type(request)
        body = await _body(request)
        parameters += [("query", _text(body))] if media_type == QUERY_TYPE else _parameters(body)
    queries = [value for name, value in parameters if name == "query"]
    if any(name == "update" for name, _ in parameters):
        raise InputError("这是更新操作（update），知识库只供查询。请改用参数 query。")
    if len(queries) > 1:
        raise InputError(f"收到 {len(queries)} 条查询（参数 query），应只有一条。请分次提问。")
    if not queries and (parameters or request.method == "POST"):
        raise InputError("没有收到查询。请用 GET /sparql?query=…… ，或把查询放在 POST 的正文里。")
    default_graphs = tuple(value for name, value in parameters if name == "default-graph-uri")
    named_graphs = tuple(value for name, value in parameters if name == "named-graph-uri")
    dataset = Dataset(default_graphs, named_graphs) if default_graphs or named_graphs else None
    return Operation(queries[0] if queries else None, dataset)


def _body_type(request: Request) -> str:
    media_type, _, rest = request.headers.get("content-type", "").lower().partition(";")
    charsets = [value.strip(' "') for name, _, value in map(_split, rest.split(";")) if name.strip() == "charset"]
    if media_type.strip() == UPDATE_TYPE:
        raise UnsupportedBodyError(f"这是更新操作（{UPDATE_TYPE}），知识库只供查询。请改用 {QUERY_TYPE}。")
    if media_type.strip() not in (QUERY_TYPE, FORM_TYPE) or charsets not in ([], ["utf-8"], ["utf8"]):
        given = request.headers.get("content-type", "")
        raise UnsupportedBodyError(f"请求正文的类型是“{given}”，应为 {QUERY_TYPE} 或 {FORM_TYPE}，编码为 UTF-8。")
    return media_type.strip()


def _split(parameter: str) -> tuple[str, str, str]:
    return parameter.partition("=")


async def _body(request: Request) -> bytes:
    limit = BYTES_A_CHARACTER * QUERY_POOL.limits.characters
    body, length = bytearray(), 0
    async for chunk in request.stream():
        length += len(chunk)
        if length <= limit:
            body += chunk
        elif length > DRAINED * limit:
            break
    if length > limit:
        raise TooLargeError(f"请求正文超过 {limit} 字节。请缩短，或拆成几条查询。")
    return bytes(body)


def _text(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError("查询不是 UTF-8 编码，请改用 UTF-8。") from error


def _parameters(encoded: bytes) -> list[tuple[str, str]]:
    text = _text(encoded)
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=MAX_PARAMETERS)
    except UnicodeDecodeError as error:
        raise InputError("参数不是 UTF-8 编码，请改用 UTF-8。") from error
    except ValueError as error:
        raise InputError(f"参数多于 {MAX_PARAMETERS} 个。请减少。") from error
