"""``kp:similarity(?a, ?b)`` in SPARQL: how near two statements are in meaning, the cosine of their vectors.

    SELECT ?other (kp:similarity(?measure, ?other) AS ?near) {
      VALUES ?measure { <…/measure/120-140> } ?other a kp:Measure FILTER(?other != ?measure)
    } ORDER BY DESC(?near) LIMIT 5

Unbound where one of the two is not searched (:mod:`embeddings.passages`). The vectors stay in the memory-mapped index.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from embeddings.index import Index
from embeddings.shards import INDEX_FOLDER
from embeddings.types import FloatArray
from kg.namespaces import KP
from kg.sparql import Term

SIMILARITY = f"{KP}similarity"
VECTORS_KEPT = 20_000  # 30 MB of 384 numbers each


def similarity_in(folder: Path) -> Callable[..., Term | None]:
    """The function for the knowledge base in ``folder``; raises ``StoreError`` when its index is missing or damaged."""
    index = Index.open(folder / INDEX_FOLDER)

    @lru_cache(VECTORS_KEPT)
    def vector(iri: str) -> FloatArray | None:
        rows = index.rows_of_iri(iri)
        return index.vector(rows[0]) if rows else None

    def similarity(*terms: Term) -> Literal | None:
        if len(terms) != 2 or not all(isinstance(term, NamedNode) for term in terms):
            return None
        first, second = (vector(term.value) for term in terms if isinstance(term, NamedNode))
        return None if first is None or second is None else Literal(float(first @ second))

    return similarity
