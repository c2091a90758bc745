"""Whether a graph keeps its promises, in words.

Each document's graphs are read once. SHACL (``ontologies/shapes.ttl``, pySHACL) judges what they say; mentions, half
of all quads and all alike, are compared with the text directly: every quote must equal the slice of its offsets.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib.namespace import SH

from kg.namespaces import KP, OA, RDF, SKOS, VOCABULARY_BASE, XSD
from kg.questions import run_question
from kg.reused_terms import reused_terms
from kg.store import GraphStore
from kg.vocabulary import FOLDER, vocabulary_terms

QUADS_WORTH_A_PROCESS = 100_000
"""Checked in about 8 s; a further process needs 2 s to start."""

_MENTION_PROPERTIES = frozenset(OA + name for name in ("hasSource", "start", "end", "exact"))
_REFERENCES = frozenset(
    KP + name for name in ("mention", "extent", "aim", "titleMention", "agentMention", "targetMention", "bearerMention")
)
_REFERENCES |= {f"{KP}condition", f"{KP}startingEvent"}
_ROLES = frozenset(KP + name for name in ("agent", "target", "bearer", "issuer", "addressee"))
_TYPE = f"{RDF}type"
_DESCRIPTION = frozenset({_TYPE, f"{SKOS}prefLabel"})
_VOCABULARY = (KP, f"{VOCABULARY_BASE}vocabulary/")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with one thing: its IRI, and what is wrong (Chinese)."""

    iri: str
    message: str

    def __str__(self) -> str:
        return f"{self.message}：{self.iri}"


def validate_store(store: GraphStore) -> list[Problem]:
    """All problems, those of the shared graphs first, then document by document; empty for a sound graph.

    Raises:
        StoreError: the store cannot be read.
    """
    documents = [(str(row["read"]), str(row["derived"])) for row in run_question(store, "document_graphs")]
    documented = {name for names in documents for name in names}
    # The shared graphs (actors, and what is concluded of them) depend on each other and are checked as one.
    shared = tuple(sorted({name.value for name in store.graph_names()} - documented - {_vocabulary_graph(store)}))
    units = [shared, *documents]
    processes = min(os.cpu_count() or 1, len(units), 1 + len(store) // QUADS_WORTH_A_PROCESS)
    if store.directory is None or processes == 1:
        return [problem for unit in units for problem in validate_graphs(store, unit)]
    # Spawned, not forked: the store's own threads would not survive a fork.
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        shares = pool.map(partial(_validate_in_process, store.directory), units)
        return [problem for share in shares for problem in share]


def validate_graphs(store: GraphStore, names: tuple[str, ...]) -> list[Problem]:
    """Problems of some named graphs taken together: those of one document, or the shared ones."""
    content = _read_content(store, names)
    return [
        *_shape_problems(content.facts),
        *_quote_problems(content),
        *(Problem(iri, "用了本体和词表里没有的词") for iri in sorted(content.terms - _known_terms())),
    ]


def count_statements(store: GraphStore) -> dict[str, int]:
    """How many documents, provisions, statements … the graph holds, by Chinese name."""
    return {str(row["name"]): int(str(row["number"])) for row in run_question(store, "counts")}


@cache
def _opened(directory: Path) -> GraphStore:
    return GraphStore.open(directory)


def _validate_in_process(directory: Path, names: tuple[str, ...]) -> list[Problem]:
    return validate_graphs(_opened(directory), names)


def _vocabulary_graph(store: GraphStore) -> str:
    rows = store.select("SELECT ?graph { GRAPH ?graph { ?ontology a owl:Ontology } }")
    return str(rows[0]["graph"]) if rows else ""


@dataclass
class _Content:
    """What one pass over some graphs collects."""

    facts: rdflib.Graph = field(default_factory=rdflib.Graph)
    texts: dict[str, str] = field(default_factory=dict)  # document → canonical text
    sources: dict[str, str] = field(default_factory=dict)  # mention → document
    selectors: dict[str, list[str]] = field(default_factory=dict)  # mention → its selectors
    values: dict[tuple[str, str], list[Literal]] = field(default_factory=dict)  # selector, property → values
    references: dict[str, str] = field(default_factory=dict)  # mention → a thing that names it
    terms: set[str] = field(default_factory=set)  # properties, classes and concepts that are used

    def take(self, quad: Quad) -> None:
        """Sort one quad into its place; mentions stay out of ``facts``."""
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if isinstance(subject, Triple) or isinstance(value, Triple | BlankNode):
            raise TypeError(f"the graph holds no quoted triples and no blank nodes, got {quad}")
        self.terms.add(predicate)
        if predicate == _TYPE or value.value.startswith(_VOCABULARY):
            self.terms.add(value.value)
        if predicate == f"{OA}hasSource":
            self.sources[subject.value] = value.value
        elif predicate == f"{OA}hasSelector":
            self.selectors.setdefault(subject.value, []).append(value.value)
        elif isinstance(value, Literal) and predicate in _MENTION_PROPERTIES:
            self.values.setdefault((subject.value, predicate), []).append(value)
        elif not (predicate == _TYPE and value.value.startswith(OA)):
            if predicate in _REFERENCES:
                self.references.setdefault(value.value, subject.value)
            if predicate == f"{KP}text":
                self.texts[subject.value] = value.value
            self.facts.add((_term(subject), rdflib.URIRef(predicate), _term(value)))


def _read_content(store: GraphStore, names: Iterable[str]) -> _Content:
    content = _Content()
    actors: set[NamedNode] = set()
    for name in names:
        for quad in store.quads(NamedNode(name)):
            content.take(quad)
            if quad.predicate.value in _ROLES and isinstance(quad.object, NamedNode):
                actors.add(quad.object)
    # Whether a role is filled by an actor is said in the shared graph.
    for actor in actors:
        for quad in store.quads(subject=actor):
            if quad.predicate.value in _DESCRIPTION:
                content.take(quad)
    return content


def _term(term: NamedNode | BlankNode | Literal) -> rdflib.term.Identifier:
    if isinstance(term, NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, BlankNode):
        return rdflib.BNode(term.value)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    datatype = term.datatype.value
    # rdflib tells "x" from "x"^^xsd:string; RDF 1.1 does not.
    return rdflib.Literal(term.value, datatype=None if datatype == f"{XSD}string" else rdflib.URIRef(datatype))


@cache
def _known_terms() -> frozenset[str]:
    """What the graph of a document may be written with: our vocabulary, and what it is said to take from others."""
    return vocabulary_terms() | {term.iri for term in reused_terms().values() if term.role == "data"}


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(FOLDER / "shapes.ttl")


def _shape_problems(facts: rdflib.Graph) -> Iterator[Problem]:
    conforms, report, _ = pyshacl.validate(facts, shacl_graph=_shapes(), inplace=True)
    if conforms:
        return
    found = {
        Problem(str(report.value(result, SH.focusNode)), str(report.value(result, SH.resultMessage)))
        for result in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }
    yield from sorted(found, key=lambda problem: (problem.iri, problem.message))


def _quote_problems(content: _Content) -> Iterator[Problem]:
    for mention in sorted(content.references.keys() - content.selectors.keys()):
        yield Problem(content.references[mention], "所指的原文片段不在本文件中")
    for mention in sorted(content.selectors):
        message = _quote_problem(content, mention)
        if message:
            yield Problem(mention, message)


def _quote_problem(content: _Content, mention: str) -> str | None:
    """What is wrong with one mention; None when its quote is the slice of its offsets."""
    selectors = content.selectors[mention]
    if len(selectors) != 1:
        return f"原文片段应有一个选择器，现有 {len(selectors)} 个"
    values = [content.values.get((selectors[0], OA + name), []) for name in ("start", "end", "exact")]
    if [len(found) for found in values] != [1, 1, 1]:
        return "原文片段应有起点、终点、引文各一个"
    text = content.texts.get(content.sources.get(mention, ""))
    if text is None:
        return "原文片段所属的文件不在图中"
    start, end, quote = (found[0].value for found in values)
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(text)):
        return f"原文片段的位置 {start}–{end} 不在全文（{len(text)} 字）之内"
    if text[int(start) : int(end)] != quote:
        return f"引文“{quote}”与原文 {start}–{end} 的“{text[int(start) : int(end)]}”不同"
    return None
