"""Namespaces, prefixes, and how IRIs of the data are made.

The vocabulary (classes, properties, concept schemes) has fixed IRIs, so that graphs of two installations can be
merged; documents, statements, actors and graphs begin with the base IRI of the settings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.types import Span

VOCABULARY_BASE = "https://kece.example/"

KP = f"{VOCABULARY_BASE}ontology#"
ACTOR_KIND = f"{VOCABULARY_BASE}vocabulary/actor-kind/"
DOCUMENT_KIND = f"{VOCABULARY_BASE}vocabulary/document-kind/"
STRENGTH = f"{VOCABULARY_BASE}vocabulary/strength/"
CITATION_RELATION = f"{VOCABULARY_BASE}vocabulary/citation-relation/"
POLICY_INSTRUMENT = f"{VOCABULARY_BASE}vocabulary/policy-instrument/"
TOPIC = f"{VOCABULARY_BASE}vocabulary/topic/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
PROV = "http://www.w3.org/ns/prov#"
ELI = "http://data.europa.eu/eli/ontology#"

PREFIXES: dict[str, str] = {
    "kp": KP,
    "actor-kind": ACTOR_KIND,
    "document-kind": DOCUMENT_KIND,
    "strength": STRENGTH,
    "citation-relation": CITATION_RELATION,
    "policy-instrument": POLICY_INSTRUMENT,
    "topic": TOPIC,
    "rdf": RDF,
    "rdfs": RDFS,
    "xsd": XSD,
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": SKOS,
    "dcterms": DCTERMS,
    "oa": OA,
    "prov": PROV,
    "eli": ELI,
    "org": "http://www.w3.org/ns/org#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "lrmlmm": "http://docs.oasis-open.org/legalruleml/ns/v1.0/metamodel#",
    "sh": "http://www.w3.org/ns/shacl#",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
}
"""Prefixes known to every query without declaration, and used in every file that is written."""

_PLANES = "".join(f"\\U000{plane:X}0000-\\U000{plane:X}FFFD" for plane in range(1, 14))
_UNSAFE = re.compile(
    f"[^A-Za-z0-9._~!$&'()*+,;=:\\u00A0-\\u1FFF\\u200C\\u200D\\u2010-\\u2027\\u2030-\\u2FFF"
    f"\\u3001-\\uD7FF\\uF900-\\uFDCF\\uFDF0-\\uFFEF{_PLANES}\\U000E1000-\\U000EFFFD-]"
)
"""What may not stand in a path segment: all but ``iunreserved``, ``sub-delims`` and ``:`` of RFC 3987, 2.2, and
wide spaces, which RFC 3987 allows and readers take for the end of the IRI."""


def iri_segment(label: str) -> str:
    """``label`` as one path segment of an IRI: readable, percent-encoded only where RFC 3987 demands it."""
    return _UNSAFE.sub(lambda match: quote(match.group(), safe=""), label)


def segment_label(iri: str) -> str:
    """The label that :func:`iri_segment` wrote at the end of ``iri``."""
    return unquote(iri.rsplit("/", 1)[-1])


@dataclass(frozen=True, slots=True)
class Iris:
    """Makes the IRIs of the data; the same input gives the same IRI on any machine.

    ``base_iri`` ends with a slash. Spans are code points of the document's canonical text.
    """

    base_iri: str

    @property
    def vocabulary_graph(self) -> NamedNode:
        """Named graph of the ontology and the concept schemes."""
        return NamedNode(f"{self.base_iri}graph/vocabulary")

    @property
    def actors_graph(self) -> NamedNode:
        """Named graph of the actors and programmes that documents may share, as texts and directory name them."""
        return NamedNode(f"{self.base_iri}graph/actors")

    @property
    def actors_derived_graph(self) -> NamedNode:
        """Named graph of what is concluded about actors from their names: kinds, places, whom they mean."""
        return NamedNode(f"{self.base_iri}graph/actors/derived")

    def read_graph(self, key: str) -> NamedNode:
        """Named graph of what document ``key`` says itself."""
        return NamedNode(f"{self.base_iri}graph/document/{key}")

    def derived_graph(self, key: str) -> NamedNode:
        """Named graph of what is concluded from document ``key``."""
        return NamedNode(f"{self.base_iri}graph/document/{key}/derived")

    def document(self, key: str) -> NamedNode:
        """The document with this key (``kg.types.Document.key``)."""
        return NamedNode(f"{self.base_iri}id/document/{key}")

    def extraction(self, key: str) -> NamedNode:
        """The activity that read the statements out of the document."""
        return NamedNode(f"{self.base_iri}id/document/{key}/extraction")

    def provision(self, key: str, span: Span) -> NamedNode:
        """The provision that covers ``span``."""
        return self.statement(key, "provision", span)

    def statement(self, key: str, kind: str, span: Span) -> NamedNode:
        """The statement of ``kind`` (measure, norm, citation) that covers ``span``."""
        return NamedNode(f"{self.base_iri}id/document/{key}/{kind}/{span.start}-{span.end}")

    def mention(self, key: str, span: Span) -> NamedNode:
        """The exact words ``span`` of the document."""
        return self.statement(key, "mention", span)

    def actor(self, label: str) -> NamedNode:
        """The actor that texts call ``label``."""
        return NamedNode(f"{self.base_iri}id/actor/{iri_segment(label)}")

    def programme(self, name: str) -> NamedNode:
        """The programme or platform called ``name``."""
        return NamedNode(f"{self.base_iri}id/programme/{iri_segment(name)}")

    def inference(self, subject: NamedNode, predicate: str, value: str) -> NamedNode:
        """The conclusion that ``subject`` has ``value`` (a label or notation) for the property named ``predicate``."""
        return NamedNode(f"{subject.value}/inference/{predicate}/{iri_segment(value)}")


def actor_kind(notation: str) -> NamedNode:
    """Concept of ``ontologies/actor-kinds.ttl``, e.g. 全国学会."""
    return NamedNode(ACTOR_KIND + iri_segment(notation))


def document_kind(notation: str) -> NamedNode:
    """Concept of ``ontologies/document-kinds.ttl``, e.g. 行政法规."""
    return NamedNode(DOCUMENT_KIND + iri_segment(notation))


def statement_span(iri: str) -> Span:
    """Where the statement with this IRI stands, as :meth:`Iris.statement` wrote it."""
    start, end = iri.rsplit("/", 1)[-1].split("-")
    return Span(int(start), int(end))


def statement_document(iri: str) -> str:
    """The IRI of the document whose statement this is, as :meth:`Iris.statement` wrote it."""
    return iri.rsplit("/", 2)[0]


def statement_kind(iri: str) -> str:
    """The kind of the statement with this IRI (measure, norm …), as :meth:`Iris.statement` wrote it."""
    return iri.rsplit("/", 2)[1]
