"""The SPARQL endpoint over a few graphs of its own, for tests; it needs no model and no index."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
import uvicorn
from pyoxigraph import Literal, NamedNode, Quad
from starlette.applications import Starlette
from starlette.testclient import TestClient

import web.sparql
from embeddings.knowledge_base import STORE, KnowledgeBase
from embeddings.sparql import query_pool
from kg.settings import QueryLimits, Settings
from kg.store import GraphStore, build_store
from web.resources import KNOWLEDGE_BASE
from web.routes import ROUTES

GRAPHS = [f"http://graphs.example/{number}" for number in range(4)]
NAME = "http://words.example/name"
NEXT = "http://words.example/next"


def thing(number: int) -> str:
    """The IRI of what graph ``number`` is about."""
    return f"{GRAPHS[number]}#thing"


def graphs_of_names() -> list[Quad]:
    """Each graph gives one thing one name."""
    return [
        Quad(NamedNode(thing(number)), NamedNode(NAME), Literal(f"名{number}"), NamedNode(graph))
        for number, graph in enumerate(GRAPHS)
    ]


def chain(length: int) -> list[Quad]:
    """Nodes in a row, each with a name: small, and endless for whoever multiplies it."""
    graph = NamedNode(GRAPHS[0])
    nodes = [NamedNode(f"http://nodes.example/{number}") for number in range(length)]
    following = [Quad(here, NamedNode(NEXT), there, graph) for here, there in pairwise(nodes)]
    return following + [Quad(node, NamedNode(NAME), Literal(f"第{i}个结点"), graph) for i, node in enumerate(nodes)]


def graph_knowledge_base(folder: Path, quads: list[Quad]) -> KnowledgeBase:
    """A knowledge base with a graph and nothing to search."""
    build_store(quads, folder / STORE)
    return KnowledgeBase(folder, {}, GraphStore.open(folder / STORE), Settings(home=folder))


@contextmanager
def _routes_over(knowledge_base: KnowledgeBase, limits: QueryLimits) -> Iterator[Starlette]:
    pool = query_pool(limits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KNOWLEDGE_BASE, "get", lambda: knowledge_base)
        patch.setattr(web.sparql, "QUERY_POOL", pool)
        yield Starlette(routes=ROUTES)
    pool.close()


@contextmanager
def served(knowledge_base: KnowledgeBase, limits: QueryLimits) -> Iterator[TestClient]:
    """A client of the routes over a knowledge base; ends the workers with the block."""
    with _routes_over(knowledge_base, limits) as app, TestClient(app) as client:
        yield client


@contextmanager
def served_on_a_port(knowledge_base: KnowledgeBase, limits: QueryLimits) -> Iterator[str]:
    """The address of a server of the routes over a knowledge base."""
    with _routes_over(knowledge_base, limits) as app:
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        server.should_exit = True
        thread.join()
