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


_LINES = (RdfFormat.N_TRIPLES, RdfFormat.N_QUADS)
"""Formats with one statement a line."""


def write_quads(quads: Iterable[Quad], graph_format: GraphFormat) -> bytes:
    """Quads in a format, each once and sorted: equal graphs give equal bytes (UTF-8)."""
    if graph_format.rdf_format in _LINES:
        statements = quads if graph_format.named_graphs else (quad.triple for quad in quads)
        lines = _serialize(statements, graph_format.rdf_format).splitlines(keepends=True)
        return b"".join(sorted(set(lines)))
    content = _serialize(_ordered(quads, graph_format.named_graphs), graph_format.rdf_format)
    if graph_format.rdf_format in (RdfFormat.TURTLE, RdfFormat.TRIG):
        return PREFIX_LINES + _PREFIX_LINE.sub(b"", content)
    return _XML_ROOT.sub(_ordered_attributes, content, count=1)


def _ordered(quads: Iterable[Quad], named_graphs: bool) -> Iterable[Quad] | Iterable[Triple]:
    if not named_graphs:
        return sorted({quad.triple for quad in quads}, key=str)
    # By graph first, so that each is written in one piece.
    return sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad.triple)))


def _serialize(statements: Iterable[Quad] | Iterable[Triple], rdf_format: RdfFormat) -> bytes:
    content = serialize(statements, format=rdf_format, prefixes=PREFIXES)
    if content is None:
        raise TypeError("the serializer was given an output file, expected none")
    return content


# The engine declares the prefixes in another order in every process.
PREFIX_LINES = b"".join(f"@prefix {name}: <{PREFIXES[name]}> .\n".encode() for name in sorted(PREFIXES))
"""What every Turtle and TriG file begins with."""
_PREFIX_LINE = re.compile(rb"^@prefix [^\n]*\n", re.MULTILINE)
_XML_ROOT = re.compile(rb"<rdf:RDF((?: xmlns:[^ >]+)*)>")


def _ordered_attributes(root: re.Match[bytes]) -> bytes:
    return b"<rdf:RDF " + b" ".join(sorted(root[1].split())) + b">"
