"""What the SPARQL endpoint says of itself (https://www.w3.org/TR/sparql11-service-description/)."""

from pathlib import Path

from pyoxigraph import BlankNode, NamedNode, RdfFormat, Triple, parse

from kg.namespaces import RDF
from kg.store import GraphStore

SD = "http://www.w3.org/ns/sparql-service-description#"
FILE = Path(__file__).parent / "service_description.ttl"
"""What is true of every installation; ``<>`` is the endpoint, ``<#dataset>`` its dataset."""


def describe_service(endpoint: str, store: GraphStore) -> list[Triple]:
    """The description of the endpoint at this IRI, with the named graphs of the store."""
    triples = [quad.triple for quad in parse(FILE.read_bytes(), RdfFormat.TURTLE, base_iri=endpoint)]
    dataset = NamedNode(f"{endpoint}#dataset")
    for name in store.graph_names():
        graph = BlankNode()
        triples += [
            Triple(dataset, NamedNode(f"{SD}namedGraph"), graph),
            Triple(graph, NamedNode(f"{RDF}type"), NamedNode(f"{SD}NamedGraph")),
            Triple(graph, NamedNode(f"{SD}name"), name),
        ]
    return triples
