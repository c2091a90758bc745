"""The ontology as a book of reference: its terms with labels, definitions, relations, constraints and examples.

Everything comes from the files of ``ontologies/``; nothing is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from pyoxigraph import RdfFormat, Store

from kg.namespaces import KP
from kg.reused_terms import reused_terms, short_name, term_labels
from kg.vocabulary import FOLDER, ask_vocabulary, select

KINDS = {
    "Class": "类",
    "ObjectProperty": "对象属性",
    "DatatypeProperty": "数据属性",
    "NamedIndividual": "个体",
}
"""Kinds of terms in the order of the reference, with their Chinese names."""

RELATIONS = {
    "rdfs:subClassOf": "上位类",
    "rdfs:subPropertyOf": "上位属性",
    "rdfs:domain": "主语的类",
    "rdfs:range": "值的类",
    "owl:disjointWith": "互斥于",
    "skos:closeMatch": "相近于",
}
"""Relations between terms that the reference shows, in its order."""


@dataclass(frozen=True, slots=True)
class Reference:
    """Another term as named in the reference; ``anchor`` is set for terms of ours."""

    iri: str
    name: str
    label: str | None
    anchor: str | None


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or individual; labels and definitions by language, relations by their Chinese name."""

    iri: str
    anchor: str
    kind: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    functional: bool
    relations: Mapping[str, tuple[Reference, ...]]
    used_by: tuple[Reference, ...]
    constraints: tuple[str, ...]
    example: str | None


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept with those below it; ``count`` is how many different ones these are, with itself.

    One with several broader concepts stands below each of them.
    """

    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    narrower: tuple[Concept, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Scheme:
    """A concept scheme as a tree; ``count`` is how many different concepts it has."""

    iri: str
    labels: Mapping[str, str]
    definitions: Mapping[str, str]
    top: tuple[Concept, ...]
    count: int


@dataclass(frozen=True, slots=True)
class Title:
    """What the ontology says of itself; texts by language."""

    iri: str
    labels: Mapping[str, str]
    descriptions: Mapping[str, str]
    version: str


@cache
def ontology_title() -> Title:
    """Title, description and version of the ontology."""
    iri = KP.rstrip("#")
    (row,) = ask_vocabulary(f"SELECT ?version {{ <{iri}> owl:versionInfo ?version }}")
    return Title(iri, _texts(iri, "dcterms:title"), _texts(iri, "dcterms:description"), row["version"].value)


def reference_to(iri: str) -> Reference:
    """How a term is named."""
    anchor = iri.removeprefix(KP) if iri.startswith(KP) else None
    return Reference(iri, short_name(iri), term_labels().get(iri), anchor)


@cache
def ontology_terms() -> tuple[Term, ...]:
    """Classes, properties, individuals, each in the order of their names."""
    shapes = _shapes()
    found = []
    for kind in KINDS:
        rows = ask_vocabulary(f"SELECT ?term {{ ?term a owl:{kind} }} ORDER BY ?term")
        found += [_term(row["term"].value, kind, shapes) for row in rows]
    return tuple(found)


def _term(iri: str, kind: str, shapes: Mapping[str, _Shape]) -> Term:
    shape = shapes.get(iri)
    relations = {name: _values(iri, path) for path, name in RELATIONS.items()}
    return Term(
        iri=iri,
        anchor=iri.removeprefix(KP),
        kind=KINDS[kind],
        labels=_texts(iri, "rdfs:label"),
        definitions=_texts(iri, "skos:definition"),
        functional=iri in _functional_properties(),
        relations={name: values for name, values in relations.items() if values},
        used_by=_values(iri, "^rdfs:domain"),
        constraints=shape.messages if shape else (),
        example=shape.example if shape else None,
    )


@cache
def _functional_properties() -> frozenset[str]:
    rows = ask_vocabulary("SELECT ?property { ?property a owl:FunctionalProperty }")
    return frozenset(row["property"].value for row in rows)


def _values(iri: str, path: str) -> tuple[Reference, ...]:
    rows = ask_vocabulary(f"SELECT ?value {{ <{iri}> {path} ?value }} ORDER BY ?value")
    return tuple(reference_to(row["value"].value) for row in rows)


def _texts(iri: str, path: str) -> dict[str, str]:
    """Literals by language."""
    rows = ask_vocabulary(f"SELECT ?text {{ <{iri}> {path} ?text }}")
    return {row["text"].language: row["text"].value for row in rows}


@dataclass(frozen=True, slots=True)
class _Shape:
    messages: tuple[str, ...]
    example: str


@cache
def _shapes() -> dict[str, _Shape]:
    """What SHACL demands, and a valid example, by the class or property that a shape is for."""
    store = Store()
    store.bulk_load(path=FOLDER / "shapes.ttl", format=RdfFormat.TURTLE)
    demands: dict[tuple[str, str], list[str]] = {}
    for row in select(
        store,
        "SELECT ?shape ?target ?message { ?shape sh:targetClass|sh:targetSubjectsOf ?target ;"
        " sh:property/sh:message ?message } ORDER BY ?target ?message",
    ):
        demands.setdefault((row["shape"].value, row["target"].value), []).append(row["message"].value)
    return {target: _Shape(tuple(messages), _example(shape)) for (shape, target), messages in demands.items()}


def _example(shape: str) -> str:
    """The valid example of a shape, without its prefixes."""
    name = shape.rpartition("#")[2].lower()
    text = (FOLDER / "examples" / f"{name}-valid.ttl").read_text(encoding="utf-8")
    return re.sub(r"^(@prefix|#).*\n", "", text, flags=re.MULTILINE).strip()


@cache
def concept_schemes() -> tuple[Scheme, ...]:
    """All concept schemes, by IRI."""
    rows = ask_vocabulary("SELECT ?scheme { ?scheme a skos:ConceptScheme } ORDER BY ?scheme")
    return tuple(_scheme(row["scheme"].value) for row in rows)


def _scheme(iri: str) -> Scheme:
    narrower: dict[str, list[str]] = {}
    for row in ask_vocabulary(
        f"SELECT ?broader ?concept {{ ?concept skos:inScheme <{iri}> ; skos:broader|skos:topConceptOf ?broader }}"
        " ORDER BY ?concept"
    ):
        narrower.setdefault(row["broader"].value, []).append(row["concept"].value)
    return Scheme(
        iri=iri,
        labels=_texts(iri, "skos:prefLabel"),
        definitions=_texts(iri, "skos:definition"),
        top=tuple(_concept(concept, narrower) for concept in narrower.get(iri, [])),
        count=len(set(_below(iri, narrower))) - 1,
    )


def _concept(iri: str, narrower: Mapping[str, list[str]]) -> Concept:
    return Concept(
        iri=iri,
        labels=_texts(iri, "skos:prefLabel"),
        definitions=_texts(iri, "skos:definition"),
        narrower=tuple(_concept(concept, narrower) for concept in narrower.get(iri, [])),
        count=len(set(_below(iri, narrower))),
    )


def _below(iri: str, narrower: Mapping[str, list[str]]) -> Iterator[str]:
    yield iri
    for concept in narrower.get(iri, []):
        yield from _below(concept, narrower)


def alignments() -> dict[str, tuple[str, ...]]:
    """The reused terms by the vocabulary's prefix, each as prefixed name with its Chinese label."""
    found: dict[str, list[str]] = {}
    for term in reused_terms().values():
        found.setdefault(term.name.partition(":")[0], []).append(f"{term.name}（{term.label_zh}）")
    return {prefix: tuple(terms) for prefix, terms in found.items()}
