"""What the data set is and holds, in VoID (https://www.w3.org/TR/void/) and DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/).

Every number is counted in the store. Addresses begin with the base IRI, as those of the data do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from pyoxigraph import Literal, NamedNode, Quad

from kg.namespaces import PREFIXES, XSD, Iris
from kg.questions import run_question
from kg.reused_terms import reused_terms, short_name
from kg.store import GraphStore
from kg.vocabulary import ask_vocabulary

TITLE = {"zh": "科策：科技政策知识图谱", "en": "Kece: a knowledge graph of science policy"}
DESCRIPTION = {
    "zh": "科技政策文件和法律中的主体、举措、规范，每一条都连着原文的字句和位置。",
    "en": "Actors, measures and norms of documents and statutes on science policy, each tied to its exact words.",
}
KEYWORDS = ("科技政策", "科协", "法律", "知识图谱")
WHOLE_DUMPS = {"kece.nq.gz": "application/n-quads", "kece.trig.gz": "application/trig"}
"""Files of the whole graph and what they are when unpacked."""
DOCUMENT_DUMPS = ("ttl", "nq")
"""Suffixes of a document's own dumps that the description names."""

_ONTOLOGY = NamedNode(PREFIXES["kp"].rstrip("#"))
_MEDIA_TYPE = "https://www.iana.org/assignments/media-types/"


@dataclass(frozen=True, slots=True)
class Sizes:
    """What is counted once a generation: rows of the questions of these names."""

    triples: int
    subjects: int
    objects: int
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    graphs: Mapping[str, int]

    @classmethod
    def of(cls, store: GraphStore) -> Sizes:
        """Count."""
        (distinct,) = run_question(store, "distinct_terms")
        return cls(
            triples=len(store),
            subjects=int(str(distinct["subjects"])),
            objects=int(str(distinct["objects"])),
            classes=_numbers(store, "class_sizes", "class"),
            properties=_numbers(store, "property_sizes", "property"),
            graphs=_numbers(store, "graph_sizes", "graph"),
        )


def _numbers(store: GraphStore, question: str, column: str) -> dict[str, int]:
    return {str(row[column]): int(str(row["number"])) for row in run_question(store, question)}


@dataclass
class _Writer:
    """Collects what is said, with prefixed names."""

    iris: Iris
    quads: list[Quad] = field(default_factory=list)

    def address(self, path: str) -> NamedNode:
        """Something that this installation serves."""
        return NamedNode(self.iris.base_iri + path)

    def say(self, subject: NamedNode, name: str, *values: NamedNode | Literal | str | int) -> None:
        """A fact of the property ``name`` for each value."""
        for value in values:
            term = value if isinstance(value, NamedNode | Literal) else Literal(value)
            self.quads.append(Quad(subject, _term(name), term))

    def name(self, subject: NamedNode, title: Mapping[str, str], description: Mapping[str, str]) -> None:
        """Title and description in two languages."""
        for language in title:
            self.say(subject, "dcterms:title", Literal(title[language], language=language))
            self.say(subject, "dcterms:description", Literal(description[language], language=language))


def _term(name: str) -> NamedNode:
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local)


def void_quads(store: GraphStore, iris: Iris, sizes: Sizes, modified: datetime) -> list[Quad]:
    """The VoID description; ``modified`` (with a time zone) is when the data were built."""
    writer = _Writer(iris)
    dataset = _describe_dataset(writer, store, modified)
    _say_sizes(writer, dataset, sizes)
    _say_access(writer, dataset, store)
    for number, (source, property_, target, count) in enumerate(_links(store, iris), start=1):
        linkset = writer.address(f"void#linkset-{number}")
        writer.say(dataset, "void:subset", linkset)
        writer.say(linkset, "rdf:type", _term("void:Linkset"))
        writer.say(linkset, "void:subjectsTarget", source)
        writer.say(linkset, "void:linkPredicate", property_)
        writer.say(linkset, "void:objectsTarget", target)
        writer.say(linkset, "void:triples", count)
    for row in run_question(store, "documents"):
        _describe_document(writer, dataset, store, str(row["iri"]), sizes)
    return writer.quads


def dcat_quads(store: GraphStore, iris: Iris, modified: datetime) -> list[Quad]:
    """The DCAT catalogue: the data set, its downloads and its services."""
    writer = _Writer(iris)
    dataset = _describe_dataset(writer, store, modified)
    catalogue, service = writer.address("dcat#catalog"), writer.address("dcat#sparql")
    writer.say(catalogue, "rdf:type", _term("dcat:Catalog"))
    writer.name(catalogue, TITLE, DESCRIPTION)
    writer.say(catalogue, "dcat:dataset", dataset)
    writer.say(catalogue, "dcat:service", service)
    writer.say(service, "rdf:type", _term("dcat:DataService"))
    writer.say(service, "dcterms:title", Literal("SPARQL 查询", language="zh"), Literal("SPARQL", language="en"))
    writer.say(service, "dcat:endpointURL", writer.address("sparql"))
    writer.say(service, "dcat:servesDataset", dataset)
    writer.say(service, "dcterms:conformsTo", NamedNode("http://www.w3.org/TR/sparql11-protocol/"))
    for file, media_type in WHOLE_DUMPS.items():
        distribution = writer.address(f"dcat#{file}")
        writer.say(dataset, "dcat:distribution", distribution)
        writer.say(distribution, "rdf:type", _term("dcat:Distribution"))
        writer.say(distribution, "dcterms:title", file)
        writer.say(distribution, "dcat:accessURL", writer.address("dumps/"))
        writer.say(distribution, "dcat:downloadURL", writer.address(f"dumps/{file}"))
        writer.say(distribution, "dcat:mediaType", NamedNode(_MEDIA_TYPE + media_type))
        writer.say(distribution, "dcat:compressFormat", NamedNode(f"{_MEDIA_TYPE}application/gzip"))
    writer.say(dataset, "dcat:keyword", *(Literal(word, language="zh") for word in KEYWORDS))
    return writer.quads


def _describe_dataset(writer: _Writer, store: GraphStore, modified: datetime) -> NamedNode:
    """What both descriptions say of the data set."""
    dataset = writer.address("void#dataset")
    writer.say(dataset, "rdf:type", _term("void:Dataset"), _term("dcat:Dataset"))
    writer.name(dataset, TITLE, DESCRIPTION)
    writer.say(dataset, "dcterms:language", Literal("zh"), Literal("en"))
    writer.say(dataset, "dcterms:conformsTo", _ONTOLOGY)
    time = Literal(modified.isoformat(timespec="seconds"), datatype=NamedNode(f"{XSD}dateTime"))
    writer.say(dataset, "dcterms:modified", time)
    licences = run_question(store, "document_licences")
    writer.say(dataset, "dcterms:rights", *(Literal(str(row["licence"]), language="zh") for row in licences))
    return dataset


def _say_sizes(writer: _Writer, dataset: NamedNode, sizes: Sizes) -> None:
    writer.say(dataset, "void:triples", sizes.triples)
    writer.say(dataset, "void:distinctSubjects", sizes.subjects)
    writer.say(dataset, "void:distinctObjects", sizes.objects)
    writer.say(dataset, "void:classes", len(sizes.classes))
    writer.say(dataset, "void:properties", len(sizes.properties))
    for iri, number in sizes.classes.items():
        part = writer.address(f"void#class-{short_name(iri).replace(':', '-')}")
        writer.say(dataset, "void:classPartition", part)
        writer.say(part, "void:class", NamedNode(iri))
        writer.say(part, "void:entities", number)
    for iri, number in sizes.properties.items():
        part = writer.address(f"void#property-{short_name(iri).replace(':', '-')}")
        writer.say(dataset, "void:propertyPartition", part)
        writer.say(part, "void:property", NamedNode(iri))
        writer.say(part, "void:triples", number)


def _say_access(writer: _Writer, dataset: NamedNode, store: GraphStore) -> None:
    documents = run_question(store, "documents")
    namespaces = {_namespace(term.iri) for term in reused_terms().values() if term.role != "description"}
    writer.say(dataset, "void:documents", len(documents))
    writer.say(dataset, "void:vocabulary", *(NamedNode(iri) for iri in sorted({PREFIXES["kp"], *namespaces})))
    writer.say(dataset, "void:uriSpace", writer.address("id/").value)
    writer.say(dataset, "void:exampleResource", *(NamedNode(str(row["iri"])) for row in documents[:1]))
    writer.say(dataset, "void:sparqlEndpoint", writer.address("sparql"))
    writer.say(dataset, "void:dataDump", *(writer.address(f"dumps/{file}") for file in WHOLE_DUMPS))


def _namespace(iri: str) -> str:
    name = short_name(iri)
    return PREFIXES[name.partition(":")[0]]


def _describe_document(writer: _Writer, dataset: NamedNode, store: GraphStore, iri: str, sizes: Sizes) -> None:
    """A document as a subset with its own dumps."""
    (facts,) = run_question(store, "document", document=iri)
    key = iri.rsplit("/", 1)[-1]
    subset = writer.address(f"void#document-{key}")
    graphs = (writer.iris.read_graph(key), writer.iris.derived_graph(key))
    writer.say(dataset, "void:subset", subset)
    writer.say(subset, "rdf:type", _term("void:Dataset"))
    writer.say(subset, "dcterms:title", Literal(str(facts["title"]), language="zh"))
    writer.say(subset, "dcterms:subject", NamedNode(iri))
    writer.say(subset, "void:triples", sum(sizes.graphs.get(graph.value, 0) for graph in graphs))
    writer.say(
        subset, "void:dataDump", *(writer.address(f"dumps/document/{key}.{suffix}") for suffix in DOCUMENT_DUMPS)
    )
    for name, fact in (("dcterms:source", facts["source"]), ("dcterms:rights", facts["licence"])):
        if fact is not None:
            writer.say(subset, name, str(fact))


def _links(store: GraphStore, iris: Iris) -> Iterator[tuple[NamedNode, NamedNode, NamedNode, int]]:
    """Link sets: from the data to the concept schemes, from the vocabulary to other vocabularies."""
    dataset = NamedNode(f"{iris.base_iri}void#dataset")
    for row in run_question(store, "scheme_links"):
        yield dataset, NamedNode(str(row["property"])), NamedNode(str(row["scheme"])), int(str(row["number"]))
    aligned: dict[tuple[str, str], int] = {}
    for solution in ask_vocabulary(
        "SELECT ?property ?term { ?ours ?property ?term "
        "FILTER(?property IN (rdfs:subClassOf, rdfs:subPropertyOf, skos:closeMatch)) }"
    ):
        if solution["term"].value in reused_terms():
            link = (solution["property"].value, _namespace(solution["term"].value))
            aligned[link] = aligned.get(link, 0) + 1
    for (property_, namespace), number in sorted(aligned.items()):
        yield _ONTOLOGY, NamedNode(property_), NamedNode(namespace), number
