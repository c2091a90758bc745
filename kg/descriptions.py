"""What the graph knows of one thing, bounded: the answer to somebody who looks its IRI up.

A description holds the facts of the thing in every named graph, the inferences about it with their reasons, what
points to it, and enough of the things it points to that a reader can tell them: labels, places, exact words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import chain, islice

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import NotFoundError
from kg.namespaces import DCTERMS, KP, OA, RDF, RDFS, SKOS
from kg.questions import run_question
from kg.reused_terms import term_labels
from kg.store import GraphStore
from kg.vocabulary import ask_vocabulary, vocabulary_terms, vocabulary_triples

VALUES_LIMIT = 200
"""Most values of one property, and most inferences, that a description lists."""

POINTING_LIMIT = 50
"""Most things that a description lists as pointing to the thing with one property."""

_SUBJECT = NamedNode(f"{RDF}subject")
_MENTION = NamedNode(f"{KP}mention")
_SELECTOR = NamedNode(f"{OA}hasSelector")
_SELECTED = tuple(NamedNode(OA + name) for name in ("exact", "start", "end"))
_GRAPHS = (NamedNode(f"{KP}readGraph"), NamedNode(f"{KP}derivedGraph"))
_LABELS = tuple(NamedNode(iri) for iri in (f"{SKOS}prefLabel", f"{RDFS}label", f"{DCTERMS}title", f"{KP}place"))
_CONTAINERS = frozenset({f"{KP}inDocument", f"{OA}hasSource"})
"""Properties by which thousands of things point to a document; its dump holds them."""


@dataclass(frozen=True, slots=True)
class Description:
    """One thing with its facts; ``labels`` (Chinese, or exact words; of a document's named graph the title) are by IRI,
    ``shortened`` are the properties that have more values than are listed."""

    thing: NamedNode
    facts: tuple[Quad, ...]
    inferences: tuple[Quad, ...]
    pointing: tuple[Quad, ...]
    context: tuple[Quad, ...]
    labels: Mapping[str, str]
    shortened: tuple[str, ...] = ()

    def quads(self) -> Iterator[Quad]:
        """Everything, to be written into a file."""
        return chain(self.facts, self.inferences, self.pointing, self.context)


def is_described(store: GraphStore, iri: str) -> bool:
    """Whether the graph says anything about ``iri``, which need not be a valid IRI."""
    try:
        thing = NamedNode(iri)
    except ValueError:
        return False
    return next(store.quads(subject=thing), None) is not None


def describe_thing(store: GraphStore, iri: str) -> Description:
    """The description of something that the graph says anything about.

    Raises:
        NotFoundError: the graph says nothing about it.
    """
    if not is_described(store, iri):
        raise NotFoundError(f"知识库里没有“{iri}”。请检查网址，或到检索页查找。")
    thing, shortened = NamedNode(iri), []
    facts: list[Quad] = []
    for row in run_question(store, "thing_properties", iri=iri):
        values = list(islice(store.quads(subject=thing, predicate=NamedNode(str(row["property"]))), VALUES_LIMIT + 1))
        facts += values[:VALUES_LIMIT]
        shortened += [str(row["property"])] if len(values) > VALUES_LIMIT else []
    concluded = list(islice(store.quads(predicate=_SUBJECT, value=thing), VALUES_LIMIT))
    inferences = [quad for found in concluded for quad in _facts_of(store, found.subject)]
    pointing = list(_pointing(store, thing))
    gathered = _Context(store)
    for quad in chain(facts, inferences, pointing):
        gathered.tell(quad.object)
    for quad in pointing:
        gathered.tell(quad.subject)
    gathered.tell(thing)
    for graph in {quad.graph_name for quad in facts}:
        gathered.tell_graph(graph)
    own = {*facts, *inferences, *pointing}
    context = tuple(quad for quad in gathered.quads if quad not in own)
    return Description(
        thing, tuple(facts), tuple(inferences), tuple(pointing), context, gathered.labels, tuple(shortened)
    )


def describe_term(iri: str) -> Description:
    """The description of a term of the ontology or of a concept or scheme, in the default graph; nothing is left out.

    Raises:
        NotFoundError: the vocabulary has no such term.
    """
    if iri not in vocabulary_terms():
        raise NotFoundError(f"本体和词表里没有“{iri}”。全部词汇见 /ontology。")
    quads = [Quad(triple.subject, triple.predicate, triple.object) for triple in vocabulary_triples()]
    term = NamedNode(iri)
    facts = tuple(quad for quad in quads if quad.subject == term)
    pointing = tuple(quad for quad in quads if quad.object == term)
    near = {quad.object for quad in facts} | {quad.subject for quad in pointing}
    context = tuple(quad for quad in quads if quad.subject in near and quad.predicate in _LABELS)
    return Description(term, facts, (), pointing, tuple(q for q in context if q not in pointing), term_labels())


def _facts_of(store: GraphStore, subject: object) -> Iterator[Quad]:
    if isinstance(subject, NamedNode):
        yield from store.quads(subject=subject)


@cache
def _object_properties() -> tuple[NamedNode, ...]:
    rows = ask_vocabulary("SELECT ?property { ?property a owl:ObjectProperty } ORDER BY ?property")
    return tuple(NamedNode(row["property"].value) for row in rows if row["property"].value not in _CONTAINERS)


def _pointing(store: GraphStore, thing: NamedNode) -> Iterator[Quad]:
    """Facts that have ``thing`` as their value, some of each property of ours."""
    for property_ in _object_properties():
        yield from islice(store.quads(predicate=property_, value=thing), POINTING_LIMIT)


@dataclass
class _Context:
    """Collects what tells the reader which things are meant."""

    store: GraphStore
    quads: dict[Quad, None] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=lambda: dict(term_labels()))

    def tell(self, node: object) -> None:
        """Find out what ``node`` is called; literals tell themselves."""
        if isinstance(node, NamedNode) and node.value not in self.labels:
            label = self._label(node)
            if label is not None:
                self.labels[node.value] = label

    def tell_graph(self, graph: object) -> None:
        """Find out which document a named graph is about, if any, and call the graph by its title."""
        if isinstance(graph, NamedNode):
            for property_ in _GRAPHS:
                for quad in self.store.quads(predicate=property_, value=graph):
                    title = self._label(quad.subject) if isinstance(quad.subject, NamedNode) else None
                    self.labels[graph.value] = title or graph.value

    def _label(self, node: NamedNode) -> str | None:
        named = self._take(chain.from_iterable(self.store.quads(None, node, label) for label in _LABELS))
        if named:
            return _in_chinese(named)
        for selector in self._take(self.store.quads(None, node, _SELECTOR)):
            if isinstance(selector.object, NamedNode):
                return self._words(selector.object)
        # A statement is told by its words; an actor, which has thousands of them, has a label.
        for mention in self._take(islice(self.store.quads(None, node, _MENTION), 1)):
            if isinstance(mention.object, NamedNode):
                return self._label(mention.object)
        return None

    def _words(self, selector: NamedNode) -> str | None:
        selected = self._take(chain.from_iterable(self.store.quads(None, selector, part) for part in _SELECTED))
        words = (quad.object for quad in selected if quad.predicate == _SELECTED[0])
        return next((word.value for word in words if isinstance(word, Literal)), None)

    def _take(self, quads: Iterable[Quad]) -> list[Quad]:
        found = list(quads)
        self.quads.update(dict.fromkeys(found))
        return found


def _in_chinese(named: list[Quad]) -> str:
    """The Chinese one of several labels, else the first."""
    literals = [quad.object for quad in named if isinstance(quad.object, Literal)]
    return next((literal.value for literal in literals if literal.language == "zh"), literals[0].value)
