"""The ontology and concept schemes of ``ontologies/``, read once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, QuerySolution, QuerySolutions, RdfFormat, Store, Triple, parse

from kg.namespaces import KP, PREFIXES
from kg.settings import PROJECT_ROOT
from kg.types import Modality

FOLDER: Path = PROJECT_ROOT / "ontologies"

FILES: tuple[str, ...] = (
    "core.ttl",
    "actor-kinds.ttl",
    "document-kinds.ttl",
    "strengths.ttl",
    "citation-relations.ttl",
)
"""What is loaded into the store; ``shapes.ttl`` only serves validation."""

NORM_CLASSES: dict[Modality, NamedNode] = {
    Modality.OBLIGATION: NamedNode(f"{KP}Obligation"),
    Modality.PROHIBITION: NamedNode(f"{KP}Prohibition"),
    Modality.PERMISSION: NamedNode(f"{KP}Permission"),
    Modality.ENCOURAGEMENT: NamedNode(f"{KP}Encouragement"),
}


@cache
def vocabulary_triples() -> tuple[Triple, ...]:
    """Every triple of the ontology and the concept schemes, without duplicates, in the order of the files."""
    triples: dict[Triple, None] = {}
    for name in FILES:
        for quad in parse(path=FOLDER / name, format=RdfFormat.TURTLE):
            triples[quad.triple] = None
    return tuple(triples)


@cache
def vocabulary_terms() -> frozenset[str]:
    """IRIs of everything that the vocabulary describes."""
    return frozenset(triple.subject.value for triple in vocabulary_triples() if isinstance(triple.subject, NamedNode))


@cache
def vocabulary_store() -> Store:
    """The vocabulary alone, in memory, to be asked where no knowledge base is at hand."""
    store = Store()
    store.extend(Quad(triple.subject, triple.predicate, triple.object) for triple in vocabulary_triples())
    return store


def _ask(sparql: str) -> Iterator[QuerySolution]:
    result = vocabulary_store().query(sparql, prefixes=PREFIXES)
    if not isinstance(result, QuerySolutions):
        raise TypeError("expected a SELECT query")
    yield from result


@cache
def _strengths() -> dict[tuple[str, str], NamedNode]:
    rows = _ask(
        """SELECT ?class ?marker ?strength {
             ?strength kp:strengthOf ?class ; skos:prefLabel|skos:altLabel ?marker FILTER(LANG(?marker) = "zh") }"""
    )
    return {(row["class"].value, row["marker"].value): row["strength"] for row in rows}


def strength_of(marker: str, modality: Modality) -> NamedNode | None:
    """Concept of ``ontologies/strengths.ttl`` for a marker as written, or None where it is not listed."""
    return _strengths().get((NORM_CLASSES[modality].value, marker))


@cache
def broader_kinds() -> dict[str, tuple[str, ...]]:
    """For each notation of the actor taxonomy its broader kinds, nearest first (breadth first, then by notation)."""
    rows = _ask("SELECT ?kind ?broader { ?k skos:broader ?b ; skos:notation ?kind . ?b skos:notation ?broader }")
    direct: dict[str, list[str]] = {}
    for row in rows:
        direct.setdefault(row["kind"].value, []).append(row["broader"].value)
    return {kind: _ancestors(kind, direct) for kind in sorted(_actor_kind_notations())}


def _ancestors(kind: str, direct: dict[str, list[str]]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    frontier = [kind]
    while frontier:
        frontier = sorted({above for below in frontier for above in direct.get(below, ())} - found.keys())
        found.update(dict.fromkeys(frontier))
    return tuple(found)


@cache
def _actor_kind_notations() -> frozenset[str]:
    rows = _ask("SELECT ?notation { ?kind skos:inScheme actor-kind: ; skos:notation ?notation }")
    return frozenset(row["notation"].value for row in rows)


def literal_zh(text: str) -> Literal:
    """A literal in Chinese, as titles and labels are written."""
    return Literal(text, language="zh")
