"""SPARQL from outside over a knowledge base: semantic search, then the graph in a process with limits."""

from __future__ import annotations

import threading

from embeddings.knowledge_base import STORE, KnowledgeBase
from embeddings.search_clause import answer_search_clauses
from embeddings.similarity import SIMILARITY, similarity_in
from kg.errors import TooLargeError
from kg.query_pool import Answer, Query, QueryPool
from kg.settings import QueryLimits

FUNCTIONS = {SIMILARITY: f"{similarity_in.__module__}:{similarity_in.__name__}"}


def query_pool(limits: QueryLimits) -> QueryPool:
    """Processes for :func:`answer_query`."""
    return QueryPool(limits, STORE, FUNCTIONS)


def answer_query(
    pool: QueryPool,
    knowledge_base: KnowledgeBase,
    query: Query,
    client: str = "",
    cancelled: threading.Event | None = None,
) -> Answer:
    """The answer to a query, with ``SERVICE kp:search`` (:mod:`embeddings.search_clause`) and ``kp:similarity``.

    It is stopped once it is ``cancelled``.

    Raises:
        TooLargeError: the query or its result is too long.
        KeceError: as :func:`embeddings.search_clause.answer_search_clauses` and
            :meth:`kg.query_pool.QueryPool.answer`.
    """
    length = len(query.sparql)
    if length > pool.limits.characters:
        raise TooLargeError(f"查询有 {length} 字，超过 {pool.limits.characters} 字。请缩短，或拆成几条查询。")
    return pool.answer(
        knowledge_base.folder,
        query,
        client,
        lambda sparql: answer_search_clauses(sparql, lambda: knowledge_base.searcher),
        cancelled,
    )
