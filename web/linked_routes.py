"""The addresses of linked data, and what answers at each."""

from starlette.endpoints import HTTPEndpoint

from web.dataset import DatasetDescription, DumpFile, DumpIndex, NamedGraph, WellKnownVoid
from web.linked_data import Thing, VocabularyTerm
from web.ontology_page import Ontology, OntologyFile, Shapes

LINKED_DATA: dict[str, type[HTTPEndpoint]] = {
    "/id/{path:iri}": Thing,
    "/graph/{path:iri}": NamedGraph,
    "/vocabulary/{path:iri}": VocabularyTerm,
    "/ontology": Ontology,
    "/ontology/shape": Shapes,
    "/ontology.{suffix}": OntologyFile,
    "/.well-known/void": WellKnownVoid,
    "/void": DatasetDescription,
    "/void.{suffix}": DatasetDescription,
    "/dcat": DatasetDescription,
    "/dcat.{suffix}": DatasetDescription,
    "/dumps": DumpIndex,
    "/dumps/": DumpIndex,
    "/dumps/{path:path}": DumpFile,
}
"""Endpoints by path."""
