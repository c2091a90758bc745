"""The SPARQL endpoint over a few graphs of its own, for tests; it needs no model and no index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
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


def thing(number: int) -> str:
    """The IRI of what graph ``number`` is about."""
    return f"{GRAPHS[number]}#thing"


def graphs_of_names() -> list[Quad]:
    """Each graph gives one thing one name."""
    return [
        Quad(NamedNode(thing(number)), NamedNode(NAME), Literal(f"名{number}"), NamedNode(graph))
        for number, graph in enumerate(GRAPHS)
    ]


def graph_knowledge_base(folder: Path, quads: list[Quad]) -> KnowledgeBase:
    """A knowledge base with a graph and nothing to search."""
    build_store(quads, folder / STORE)
    return KnowledgeBase(folder, {}, GraphStore.open(folder / STORE), Settings(home=folder))


@contextmanager
def served(knowledge_base: KnowledgeBase, limits: QueryLimits) -> Iterator[TestClient]:
    """A client of the routes over a knowledge base; ends the workers with the block."""
    pool = query_pool(limits)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KNOWLEDGE_BASE, "get", lambda: knowledge_base)
        patch.setattr(web.sparql, "QUERY_POOL", pool)
        with TestClient(Starlette(routes=ROUTES)) as client:
            yield client
    pool.close()
