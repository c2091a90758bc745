"""``/void``, ``/dcat`` and ``/dumps/``: what the data set is, how large it is, and all of it to take away."""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from typing import Any

from anyio import CapacityLimiter, to_thread
from pyoxigraph import NamedNode, Quad
from starlette.endpoints import HTTPEndpoint
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response, StreamingResponse

from embeddings.knowledge_base import KnowledgeBase
from kg.dataset_description import DOCUMENT_DUMPS, WHOLE_DUMPS, Sizes, dcat_quads, void_quads
from kg.dumps import DUMP_SUFFIXES, compress, dump_graphs, graphs_of_document, graphs_of_store
from kg.errors import KeceError, NotFoundError
from kg.namespaces import Iris
from kg.questions import run_question
from kg.rdf_formats import GRAPH_FILES
from kg.reused_terms import short_name, term_labels
from web.addresses import RequestedPath, file_path, split_suffix, view_path
from web.generation import OfGeneration, built_at, cache_headers, is_unchanged
from web.graph_responses import (
    HTML,
    SUFFIXES,
    GraphEndpoint,
    accepted,
    error_response,
    graph_response,
    negotiated_suffix,
    not_modified,
)
from web.html import html_page
from web.links import document_key
from web.negotiation import choose_media_type
from web.resources import KNOWLEDGE_BASE

# Writing a part keeps a core busy; while a slow reader takes it, others have their turn.
DUMPS_AT_ONCE = CapacityLimiter(1)

SIZES = OfGeneration(lambda knowledge_base: Sizes.of(knowledge_base.store))


def _void(knowledge_base: KnowledgeBase) -> list[Quad]:
    iris = Iris(knowledge_base.settings.base_iri)
    return void_quads(knowledge_base.store, iris, SIZES.get(knowledge_base), built_at(knowledge_base))


def _dcat(knowledge_base: KnowledgeBase) -> list[Quad]:
    return dcat_quads(knowledge_base.store, Iris(knowledge_base.settings.base_iri), built_at(knowledge_base))


DESCRIPTIONS = {"void": OfGeneration(_void), "dcat": OfGeneration(_dcat)}


class DatasetDescription(GraphEndpoint):
    """``/void`` and ``/dcat``, negotiated or by suffix; people are sent to the page of the dumps."""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """Raises ``NotFoundError`` for another suffix."""
        found = split_suffix(path.path, lambda name: name if name in DESCRIPTIONS else None, SUFFIXES)
        if found is None:
            raise NotFoundError(f"没有 /{path.path}。可用的后缀：{'、'.join(GRAPH_FILES)}。")
        name, suffix = found
        suffix = suffix or negotiated_suffix(request)
        if suffix == HTML:
            return RedirectResponse(f"{path.root}dumps/", status_code=303, headers={"vary": "accept"})
        knowledge_base = KNOWLEDGE_BASE.get()
        headers = cache_headers(knowledge_base) | {"vary": "accept"}
        unchanged = not_modified(request, headers)
        return unchanged or graph_response(DESCRIPTIONS[name].get(knowledge_base), suffix, headers)


class WellKnownVoid(GraphEndpoint):
    """``/.well-known/void`` (https://www.w3.org/TR/void/#well-known)."""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """Send on to ``/void``."""
        return RedirectResponse(f"{path.root}void", status_code=303)


class DumpIndex(GraphEndpoint):
    """``/dumps/``: what can be downloaded, as a page or as JSON."""

    def answer(self, request: Request, path: RequestedPath) -> Response:
        """Every file with what it holds; addresses are relative to this one."""
        if not path.path.endswith("/"):
            return RedirectResponse(f"{path.path}/", status_code=308)
        knowledge_base = KNOWLEDGE_BASE.get()
        listing = dump_listing(knowledge_base)
        wanted = choose_media_type(accepted(request), ["application/json", "text/html"])
        if wanted != "text/html":
            return JSONResponse(listing, headers={"vary": "accept"})
        labels = term_labels()
        classes = [
            (short_name(iri), labels.get(iri, short_name(iri)), number)
            for iri, number in SIZES.get(knowledge_base).classes.items()
        ]
        views = {document["key"]: view_path(f"id/document/{document['key']}") for document in listing["documents"]}
        page = html_page("dumps", path.root, "数据下载与统计", classes=classes, views=views, **listing)
        page.headers["vary"] = "accept"
        return page


def dump_listing(knowledge_base: KnowledgeBase) -> dict[str, Any]:
    """The files of the whole graph and of each document, with their triples."""
    sizes, iris = SIZES.get(knowledge_base), Iris(knowledge_base.settings.base_iri)
    documents = []
    for row in run_question(knowledge_base.store, "documents"):
        key = document_key(str(row["iri"]))
        documents.append(
            {
                "key": key,
                "iri": row["iri"],
                "title": row["title"],
                "triples": sum(sizes.graphs.get(graph.value, 0) for graph in graphs_of_document(iris, key)),
                "files": [f"document/{key}.{suffix}" for suffix in DOCUMENT_DUMPS],
            }
        )
    whole = [{"file": file, "media_type": media_type} for file, media_type in WHOLE_DUMPS.items()]
    return {"triples": sizes.triples, "whole": whole, "documents": documents}


@dataclass(frozen=True, slots=True)
class Dump:
    """A file to be written while it is sent."""

    graphs: list[NamedNode]
    suffix: str
    gzip: bool

    @property
    def media_type(self) -> str:
        """What is sent."""
        return "application/gzip" if self.gzip else GRAPH_FILES[self.suffix].media_type

    def parts(self, knowledge_base: KnowledgeBase) -> Iterator[bytes]:
        """The file, a named graph at a time."""
        parts = dump_graphs(knowledge_base.store, self.graphs, GRAPH_FILES[self.suffix])
        return compress(parts) if self.gzip else parts


def find_dump(knowledge_base: KnowledgeBase, name: str) -> Dump:
    """The dump with this path below ``/dumps/``.

    Raises:
        NotFoundError: there is none.
    """
    store, iris = knowledge_base.store, Iris(knowledge_base.settings.base_iri)
    if name in WHOLE_DUMPS:
        return Dump(graphs_of_store(store), name.split(".")[1], gzip=True)
    folder, _, file = name.partition("/")
    key, _, suffix = file.rpartition(".")
    graphs = graphs_of_document(iris, key) if key else []
    if folder != "document" or suffix not in DOCUMENT_DUMPS or not any(True for _ in store.quads(graphs[0])):
        raise NotFoundError(f"没有下载文件“{name}”。全部文件见 /dumps/。")
    return Dump(graphs, suffix, gzip=False)


class DumpFile(HTTPEndpoint):
    """``/dumps/kece.nq.gz`` and the like; HEAD tells the validators without writing anything."""

    def asked_for(self, request: Request) -> tuple[KnowledgeBase, Dump] | Response:
        """The dump of this path, or an answer that leads elsewhere. Raises ``KeceError``."""
        knowledge_base = KNOWLEDGE_BASE.get()
        return knowledge_base, find_dump(knowledge_base, RequestedPath.of(request).path.removeprefix("dumps/"))

    async def get(self, request: Request) -> Response:
        """Write the file as it is sent."""
        try:
            found = await to_thread.run_sync(self.asked_for, request)
        except KeceError as error:
            return error_response(request, error)
        if isinstance(found, Response):
            return found
        knowledge_base, dump = found
        headers = cache_headers(knowledge_base)
        if is_unchanged(request, headers):
            return Response(status_code=304, headers=headers)
        if request.method == "HEAD":
            return Response(media_type=dump.media_type, headers=headers)
        return StreamingResponse(_sent(dump.parts(knowledge_base)), media_type=dump.media_type, headers=headers)


class NamedGraph(DumpFile):
    """``/graph/…``: a named graph's IRI leads to its contents, for people to the document that it is about."""

    def asked_for(self, request: Request) -> tuple[KnowledgeBase, Dump] | Response:
        """Raises ``NotFoundError`` for a graph that is not there, ``UnsuitableFormatError`` for other formats."""
        knowledge_base, path = KNOWLEDGE_BASE.get(), RequestedPath.of(request)
        base_iri = knowledge_base.settings.base_iri
        graphs = {graph.value: graph for graph in graphs_of_store(knowledge_base.store)}
        found = split_suffix(base_iri + path.path, lambda iri: iri if iri in graphs else None, set(DUMP_SUFFIXES))
        if found is None:
            raise NotFoundError(f"知识库里没有命名图“{base_iri}{path.path}”。")
        iri, suffix = found
        if suffix is not None:
            return knowledge_base, Dump([graphs[iri]], suffix, gzip=False)
        suffix = negotiated_suffix(request, {HTML, *DUMP_SUFFIXES})
        document = view_path(iri.replace(f"{base_iri}graph/", "id/").removesuffix("/derived"))
        location = (document or "dumps/") if suffix == HTML else file_path(path.path, suffix)
        return RedirectResponse(path.root + location, status_code=303, headers={"vary": "accept"})


async def _sent(parts: Iterator[bytes]) -> AsyncIterator[bytes]:
    """The parts, each written in a worker thread when the reader has taken the one before."""
    while True:
        part = await to_thread.run_sync(next, parts, None, limiter=DUMPS_AT_ONCE)
        if part is None:
            return
        yield part
