"""The formats in which graphs leave: media type, file suffix, whether named graphs survive."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from kg.namespaces import PREFIXES


@dataclass(frozen=True, slots=True)
class GraphFormat:
    """A format; one without ``named_graphs`` gives the union of the graphs."""

    suffix: str
    media_type: str
    rdf_format: RdfFormat
    named_graphs: bool


GRAPH_FILES: dict[str, GraphFormat] = {
    graph_format.suffix: graph_format
    for graph_format in (
        GraphFormat("ttl", "text/turtle", RdfFormat.TURTLE, False),
        GraphFormat("jsonld", "application/ld+json", RdfFormat.JSON_LD, True),
        GraphFormat("nt", "application/n-triples", RdfFormat.N_TRIPLES, False),
        GraphFormat("rdf", "application/rdf+xml", RdfFormat.RDF_XML, False),
        GraphFormat("trig", "application/trig", RdfFormat.TRIG, True),
        GraphFormat("nq", "application/n-quads", RdfFormat.N_QUADS, True),
    )
}
"""Formats by suffix, the preferred first."""


def write_quads(quads: Iterable[Quad], graph_format: GraphFormat) -> bytes:
    """Quads in a format, each once and sorted (by named graph first): equal graphs give equal bytes (UTF-8)."""
    statements: Iterable[Quad] | Iterable[Triple]
    if graph_format.named_graphs:
        statements = sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad)))
    else:
        statements = sorted({quad.triple for quad in quads}, key=str)
    content = serialize(statements, format=graph_format.rdf_format, prefixes=PREFIXES)
    if content is None:
        raise TypeError("the serializer was given an output file, expected none")
    if graph_format.rdf_format in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return PREFIX_LINES + _PREFIX_LINE.sub(b"", content)
    return _XML_ROOT.sub(_ordered_attributes, content, count=1)


# The engine declares the prefixes in another order in every process.
PREFIX_LINES = b"".join(f"@prefix {name}: <{PREFIXES[name]}> .\n".encode() for name in sorted(PREFIXES))
"""What every Turtle and TriG file begins with."""
_PREFIX_LINE = re.compile(rb"^@prefix [^\n]*\n", re.MULTILINE)
_XML_ROOT = re.compile(rb"<rdf:RDF((?: xmlns:[^ >]+)*)>")


def _ordered_attributes(root: re.Match[bytes]) -> bytes:
    return b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">"
