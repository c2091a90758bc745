"""Collects the quads of one document: facts, exact words, conclusions with their reasons."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from kg.actors import kinds_of, levels_of
from kg.directory import Organization, find_organization
from kg.namespaces import DCTERMS, KP, OA, RDF, SKOS, Iris, actor_kind
from kg.types import Document, Span
from kg.vocabulary import literal_zh

TYPE = NamedNode(f"{RDF}type")


def kp(name: str) -> NamedNode:
    """The term ``name`` of the ontology."""
    return NamedNode(KP + name)


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why something is concluded: the rule's name, the reason in Chinese, and the words it rests on, if any."""

    rule: str
    reason: str
    mention: NamedNode | None = None


def inference_quads(
    iris: Iris,
    subject: NamedNode,
    predicate: NamedNode,
    value: NamedNode | Literal,
    grounds: Grounds,
    graph: NamedNode,
) -> Iterator[Quad]:
    """A conclusion in ``graph``, with the ``kp:Inference`` that gives rule and reason."""
    name = predicate.value.removeprefix(KP).removeprefix(DCTERMS)
    label = value.value.rsplit("/", 1)[-1] if isinstance(value, NamedNode) else value.value
    inference = iris.inference(subject, name, label)
    yield Quad(subject, predicate, value, graph)
    yield Quad(inference, TYPE, kp("Inference"), graph)
    yield Quad(inference, NamedNode(f"{RDF}subject"), subject, graph)
    yield Quad(inference, NamedNode(f"{RDF}predicate"), predicate, graph)
    yield Quad(inference, NamedNode(f"{RDF}object"), value, graph)
    yield Quad(inference, kp("rule"), Literal(grounds.rule), graph)
    yield Quad(inference, kp("reason"), literal_zh(grounds.reason), graph)
    if grounds.mention is not None:
        yield Quad(inference, kp("mention"), grounds.mention, graph)


@dataclass
class GraphWriter:
    """Collects quads in order, each once."""

    document: Document
    iris: Iris
    quads: dict[Quad, None] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.iri = self.iris.document(self.document.key)
        self.read = self.iris.read_graph(self.document.key)
        self.derived = self.iris.derived_graph(self.document.key)
        self.provision_starts = [provision.span.start for provision in self.document.provisions]

    def add(self, subject: NamedNode, predicate: NamedNode, value: NamedNode | Literal, graph: NamedNode) -> None:
        """Add one quad."""
        self.quads[Quad(subject, predicate, value, graph)] = None

    def say(self, subject: NamedNode, name: str, value: NamedNode | Literal | str | int | bool | None) -> None:
        """Add a fact of the ontology's property ``name`` to the read graph; None adds nothing."""
        if value is None:
            return
        term = value if isinstance(value, NamedNode | Literal) else Literal(value)
        self.add(subject, kp(name), term, self.read)

    def mention(self, span: Span) -> NamedNode:
        """The exact words ``span`` as a selected part of the document (Web Annotation)."""
        iri = self.iris.mention(self.document.key, span)
        # One selector of both kinds: half the joins of two, and every query for a quote needs both.
        selector = NamedNode(f"{iri.value}/selector")
        for subject, predicate, value in (
            (iri, TYPE, NamedNode(f"{OA}SpecificResource")),
            (iri, NamedNode(f"{OA}hasSource"), self.iri),
            (iri, NamedNode(f"{OA}hasSelector"), selector),
            (selector, TYPE, NamedNode(f"{OA}TextPositionSelector")),
            (selector, TYPE, NamedNode(f"{OA}TextQuoteSelector")),
            (selector, NamedNode(f"{OA}start"), Literal(span.start)),
            (selector, NamedNode(f"{OA}end"), Literal(span.end)),
            (selector, NamedNode(f"{OA}exact"), Literal(span.slice(self.document.text))),
        ):
            self.add(subject, predicate, value, self.read)
        return iri

    def conclude(
        self,
        subject: NamedNode,
        predicate: str,
        value: NamedNode | Literal,
        grounds: Grounds,
        graph: NamedNode | None = None,
    ) -> None:
        """A conclusion in ``graph`` (by default the document's derived one), unless the text says the same itself."""
        property_ = NamedNode(predicate)
        if Quad(subject, property_, value, self.read) in self.quads:
            return
        for quad in inference_quads(self.iris, subject, property_, value, grounds, graph or self.derived):
            self.quads[quad] = None

    def provision_of(self, span: Span) -> NamedNode | None:
        """The innermost provision that holds the whole of ``span``."""
        index = self.provision_index_of(span)
        return None if index is None else self.iris.provision(self.document.key, self.document.provisions[index].span)

    def provision_index_of(self, span: Span) -> int | None:
        """Position in ``Document.provisions`` of the innermost provision that holds the whole of ``span``."""
        provisions = self.document.provisions
        index: int | None = bisect_right(self.provision_starts, span.start) - 1
        while index is not None and index >= 0:
            if provisions[index].span.contains(span):
                return index
            index = provisions[index].parent
        return None

    def start_statement(self, iri: NamedNode, type_: NamedNode, span: Span, rule: str | None) -> None:
        """What every statement carries: class, document, provision, exact words, rule."""
        self.add(iri, TYPE, type_, self.read)
        self.say(iri, "inDocument", self.iri)
        self.say(iri, "inProvision", self.provision_of(span))
        self.say(iri, "mention", self.mention(span))
        self.say(iri, "rule", rule or None)

    def actor(self, label: str) -> NamedNode:
        """The actor that the text calls ``label``, with the kinds that its name gives."""
        iri = self.iris.actor(label)
        graph = self.iris.actors_graph
        if Quad(iri, TYPE, kp("Actor"), graph) not in self.quads:
            self.add(iri, TYPE, kp("Actor"), graph)
            self.add(iri, NamedNode(f"{SKOS}prefLabel"), literal_zh(label), graph)
            derived = self.iris.actors_derived_graph
            for kind in kinds_of(label):
                grounds = Grounds("actor_name", kind.reason)
                self.conclude(iri, f"{KP}actorKind", actor_kind(kind.kind), grounds, derived)
            for level, reason in levels_of(label):
                self.conclude(iri, f"{KP}governmentLevel", Literal(level), Grounds("actor_name", reason), derived)
            identified = find_organization(label)
            if identified is not None and identified.organization.name == label:
                self.organization(identified.organization)
        return iri

    def organization(self, organization: Organization) -> NamedNode:
        """The actor that stands for an organization or a class of them, with its region and what it is part of."""
        iri = self.actor(organization.name)
        derived = self.iris.actors_derived_graph
        if organization.region is not None:
            grounds = Grounds("region_of_name", f"“{organization.name}”属于{organization.region}")
            self.conclude(iri, f"{KP}region", Literal(organization.region), grounds, derived)
        if organization.parent is not None:
            above = find_organization(organization.parent)
            parent = self.organization(above.organization) if above is not None else self.actor(organization.parent)
            grounds = Grounds("part_of_organization", f"“{organization.name}”隶属于{organization.parent}")
            self.conclude(iri, f"{KP}subOrganizationOf", parent, grounds, derived)
        return iri
