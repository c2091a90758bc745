"""Which actors the texts name together, in how many measures and norms."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations
from urllib.parse import unquote

from kg.namespaces import statement_document
from kg.questions import run_question
from kg.store import GraphStore


@dataclass(frozen=True, slots=True)
class Pair:
    """Two actors (IRIs), in the order of their IRIs, with the measures and norms whose words name both."""

    first: str
    second: str
    statements: int
    documents: int

    @property
    def labels(self) -> tuple[str, str]:
        """What the texts call the two."""
        return actor_label(self.first), actor_label(self.second)


def actor_label(iri: str) -> str:
    """The label of the actor with this IRI, as :meth:`kg.namespaces.Iris.actor` wrote it."""
    return unquote(iri.rsplit("/", 1)[-1])


def pairs_named_together(store: GraphStore, limit: int) -> tuple[Pair, ...]:
    """The ``limit`` pairs that most statements name, most first."""
    actors: dict[str, set[str]] = defaultdict(set)
    for row in run_question(store, "actors_in_statements"):
        actors[str(row["iri"])].add(str(row["actor"]))
    statements: Counter[tuple[str, str]] = Counter()
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iri, named in actors.items():
        for pair in combinations(sorted(named), 2):
            statements[pair] += 1
            documents[pair].add(statement_document(iri))
    ranked = sorted(statements, key=lambda pair: (-statements[pair], pair))[:limit]
    return tuple(Pair(*pair, statements[pair], len(documents[pair])) for pair in ranked)
