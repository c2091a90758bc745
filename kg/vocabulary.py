"""The ontology and concept schemes of ``ontologies/``, read once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
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
    "actor-relations.ttl",
    "document-kinds.ttl",
    "strengths.ttl",
    "citation-relations.ttl",
    "policy-instruments.ttl",
    "topics.ttl",
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


def ask_vocabulary(sparql: str) -> Iterator[QuerySolution]:
    """Solutions of a SELECT over the vocabulary alone."""
    yield from select(vocabulary_store(), sparql)


def select(store: Store, sparql: str) -> Iterator[QuerySolution]:
    """Solutions of a SELECT over a store in memory."""
    result = store.query(sparql, prefixes=PREFIXES)
    if not isinstance(result, QuerySolutions):
        raise TypeError("expected a SELECT query")
    yield from result


@cache
def _strengths() -> dict[tuple[str, str], NamedNode]:
    rows = ask_vocabulary(
        """SELECT ?class ?marker ?strength {
             ?strength kp:strengthOf ?class ; skos:prefLabel|skos:altLabel ?marker FILTER(LANG(?marker) = "zh") }"""
    )
    return {(row["class"].value, row["marker"].value): row["strength"] for row in rows}


def strength_of(marker: str, modality: Modality) -> NamedNode | None:
    """Concept of ``ontologies/strengths.ttl`` for a marker as written, or None where it is not listed."""
    return _strengths().get((NORM_CLASSES[modality].value, marker))


def literal_zh(text: str) -> Literal:
    """A literal in Chinese, as titles and labels are written."""
    return Literal(text, language="zh")


@dataclass(frozen=True, slots=True)
class StrengthStep:
    """A step of the scale of ontologies/strengths.ttl; of two steps the one of higher ``rank`` binds more."""

    notation: str
    rank: int
    modality: Modality


@cache
def strength_steps() -> dict[str, StrengthStep]:
    """The scale, by the IRI of each step."""
    modalities = {iri.value: modality for modality, iri in NORM_CLASSES.items()}
    rows = ask_vocabulary(
        "SELECT ?step ?notation ?rank ?class { ?step skos:notation ?notation ; kp:rank ?rank ; kp:strengthOf ?class }"
    )
    return {
        row["step"].value: StrengthStep(row["notation"].value, int(row["rank"].value), modalities[row["class"].value])
        for row in rows
    }


@cache
def strength_ranks() -> dict[str, int]:
    """How much each strength binds, by its notation (应当); higher for what binds more (ontologies/strengths.ttl)."""
    return {step.notation: step.rank for step in strength_steps().values()}
