"""Answers of the linked-data routes: choosing a format, sending a graph, saying what went wrong."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterable

from pyoxigraph import Quad
from starlette.concurrency import run_in_threadpool
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from kg.errors import KeceError, NotFoundError, UnsuitableFormatError
from kg.rdf_formats import GRAPH_FILES, write_quads
from web.addresses import RequestedPath, root_of
from web.generation import is_unchanged
from web.html import html_page
from web.negotiation import choose_media_type

HTML = "html"
SUFFIXES = {*GRAPH_FILES, HTML}
MEDIA_TYPES = {
    **{graph_format.media_type: suffix for suffix, graph_format in GRAPH_FILES.items()},
    "text/html": HTML,
    "application/xhtml+xml": HTML,
    "application/json": "jsonld",
    "application/xml": "rdf",
}
"""Suffix by media type. Who accepts anything is a program and gets the first; browsers name HTML."""


def accepted(request: Request) -> str:
    """The ``Accept`` header; one sent in several lines counts as one (RFC 9110, 5.3)."""
    return ", ".join(request.headers.getlist("accept"))


def negotiated_suffix(request: Request, suffixes: Collection[str] = frozenset(SUFFIXES)) -> str:
    """The suffix, one of ``suffixes``, of the format that the request wants most.

    Raises:
        UnsuitableFormatError: none of those that can be written.
    """
    accept = accepted(request)
    offered = [media_type for media_type, suffix in MEDIA_TYPES.items() if suffix in suffixes]
    media_type = choose_media_type(accept, offered)
    if media_type is None:
        raise UnsuitableFormatError(f"请求只接受“{accept}”，这里可以给出：{'、'.join(offered)}。")
    return MEDIA_TYPES[media_type]


def graph_response(quads: Iterable[Quad], suffix: str, headers: dict[str, str] | None = None) -> Response:
    """A graph as the file with this suffix."""
    graph_format = GRAPH_FILES[suffix]
    # Without "charset": only text/* has that parameter, and Starlette adds it there.
    return Response(write_quads(quads, graph_format), media_type=graph_format.media_type, headers=headers)


def not_modified(request: Request, headers: dict[str, str]) -> Response | None:
    """The empty answer for a client that has this already, else None."""
    return Response(status_code=304, headers=headers) if is_unchanged(request, headers) else None


class GraphEndpoint(HTTPEndpoint, ABC):
    """Answers GET and HEAD with ``answer``, and a named error with its status in Chinese."""

    @abstractmethod
    def answer(self, request: Request, path: RequestedPath) -> Response:
        """The answer; runs in a worker thread. Raises ``KeceError``."""

    async def get(self, request: Request) -> Response:
        """Run ``answer`` off the event loop."""
        try:
            return await run_in_threadpool(self.answer, request, RequestedPath.of(request))
        except KeceError as error:
            return error_response(request, error)


def error_response(request: Request, error: KeceError) -> Response:
    """What went wrong, as a page for people and as a line for programs."""
    for_people = choose_media_type(accepted(request), ["text/plain", "text/html"]) == "text/html"
    if not for_people:
        return PlainTextResponse(str(error), status_code=error.http_status)
    title = "没有找到" if isinstance(error, NotFoundError) else "不能回答"
    return html_page("message", root_of(request), title, status_code=error.http_status, message=str(error))
