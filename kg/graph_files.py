"""A neighbourhood as files: GraphML for programs that draw graphs, a table of edges, and JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from io import BytesIO
from typing import Any

import networkx

from kg.edge_evidence import Evidence
from kg.neighbourhood import RELATIONS, Neighbourhood
from kg.table import Table
from kg.things import THING_KINDS, Thing

GRAPHML_TYPE = "application/graphml+xml"
EDGE_HEADER = ("起点", "起点类型", "关系", "终点", "终点类型", "依据条数")


def graphml(graph: Neighbourhood) -> bytes:
    """GraphML (http://graphml.graphdrawing.org): nodes by IRI with label and kind, edges with relation and number.

    Relations and kinds are in Chinese; ``weight``, which drawing programs read, is the number of statements.
    """
    drawn = networkx.MultiDiGraph()
    for thing in graph.things.values():
        drawn.add_node(thing.iri, label=thing.label, kind=THING_KINDS[thing.kind])
    for number, edge in enumerate(graph.edges, start=1):
        names = {"label": RELATIONS[edge.relation], "relation": edge.relation}
        drawn.add_edge(edge.source, edge.target, key=f"edge{number}", weight=edge.number, **names)
    written = BytesIO()
    networkx.write_graphml_xml(drawn, written, encoding="utf-8")
    return written.getvalue()


def edge_table(graph: Neighbourhood) -> Table:
    """A row for each edge, in their order."""
    rows = (
        (*_named(graph.things[edge.source]), RELATIONS[edge.relation], *_named(graph.things[edge.target]), edge.number)
        for edge in graph.edges
    )
    return Table("图谱", EDGE_HEADER, tuple(rows))


def graph_json(graph: Neighbourhood) -> dict[str, Any]:
    """Things and edges, as ``/api/graph`` gives them."""
    return {
        "things": [thing_json(thing) for thing in graph.things.values()],
        "edges": [asdict(edge) | {"label": RELATIONS[edge.relation]} for edge in graph.edges],
        "opened": list(graph.opened),
        "left_out": graph.left_out,
    }


def thing_json(thing: Thing) -> dict[str, str]:
    """A thing with what names it."""
    return {"iri": thing.iri, "key": thing.key, "kind": thing.kind, "label": thing.label}


def evidence_json(found: Iterable[Evidence]) -> list[dict[str, Any]]:
    """What is behind edges, with the exact words."""
    return [asdict(each) | {"kind": each.kind} for each in found]


def _named(thing: Thing) -> tuple[str, str]:
    return thing.label, THING_KINDS[thing.kind]
