"""The graph as people explore it: things, and between them edges that stand for the statements behind them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kg.labels import CITATION_RELATIONS
from kg.organization_roles import RELATIONS as ROLES
from kg.questions import fill_question, run_question
from kg.store import GraphStore
from kg.things import Thing, named_things

RELATIONS = {
    "agent": ROLES["agent"],
    "bearer": ROLES["bearer"],
    "target": ROLES["target"],
    "partner": ROLES["partner"],
    "beneficiary": ROLES["beneficiary"],
    "namesActor": ROLES["named"],
    "together": "写在一起",
    "issuer": "发文机关",
    "addressee": "主送",
    "programme": "涉及计划或平台",
    "topic": "主题",
    "instrumentType": "政策工具",
    **CITATION_RELATIONS,
    "actorKind": "主体类别",
    "resolvesTo": "所指",
    "subOrganizationOf": "隶属于",
    "broader": "上位",
}
"""Relations in the order of filters: what the target is to the source (document –责任主体→ actor)."""

SYMMETRIC = frozenset({"together"})
NEIGHBOURS = 40
"""Neighbours of a thing that are taken unless more are asked for."""
MAX_THINGS = 300
"""Things of a neighbourhood, so that it can still be read."""


@dataclass(frozen=True, slots=True)
class EdgeFilter:
    """Which edges count: of these relations (none: all), by statements of documents of these years (None: open)."""

    relations: tuple[str, ...] = ()
    first_year: int | None = None
    last_year: int | None = None

    def years(self) -> dict[str, int]:
        """The bounds as parameters of the named queries."""
        bounds = {"first_year": self.first_year, "last_year": self.last_year}
        return {name: year for name, year in bounds.items() if year is not None}

    def takes(self, edge: Edge) -> bool:
        """Whether the edge is in one of the relations."""
        return not self.relations or edge.relation in self.relations


EVERYTHING = EdgeFilter()


@dataclass(frozen=True, slots=True)
class Edge:
    """Two things (IRIs) in a relation, and the number of statements, mentions or conclusions that say so."""

    source: str
    target: str
    relation: str
    number: int

    def other(self, thing: str) -> str:
        """The end that is not ``thing``."""
        return self.target if thing == self.source else self.source


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Part of the graph: every edge is one of an ``opened`` thing.

    ``left_out``: how many neighbours of each opened thing (IRI) are not in it, where there are any. ``relations``: how
    many edges the opened things have in each relation, whether they are in it or not.
    """

    things: dict[str, Thing]
    edges: tuple[Edge, ...]
    opened: tuple[str, ...]
    left_out: dict[str, int]
    relations: dict[str, int]


def edges_of(store: GraphStore, things: Sequence[str], chosen: EdgeFilter = EVERYTHING) -> list[Edge]:
    """All edges of these things (IRIs), those with most behind them first."""
    rows = run_question(store, "graph_neighbours", things=list(things), **chosen.years())
    edges = (
        Edge(str(row["source"]), str(row["target"]), str(row["relation"]), int(str(row["number"]))) for row in rows
    )
    return [edge for edge in edges if chosen.takes(edge)]


def neighbours_sparql(things: Sequence[str], chosen: EdgeFilter) -> str:
    """The query behind :func:`edges_of`, which gives edges of all relations."""
    return fill_question("graph_neighbours", things=list(things), **chosen.years())


def neighbourhood(
    store: GraphStore,
    opened: Sequence[str],
    chosen: EdgeFilter = EVERYTHING,
    most: int = NEIGHBOURS,
    always: Iterable[str] = (),
) -> Neighbourhood:
    """The opened things (IRIs), what ``always`` belongs to it, and of each opened thing its ``most`` neighbours.

    Neighbours with most behind their edges are taken first, until there are ``MAX_THINGS`` things.
    """
    opened = tuple(dict.fromkeys(opened))
    every = edges_of(store, opened, replace(chosen, relations=()))
    edges = [edge for edge in every if chosen.takes(edge)]
    counts = Counter(edge.relation for edge in every)
    shown = dict.fromkeys((*opened, *always))
    ranked = {thing: _ranked_neighbours(thing, edges) for thing in opened}
    for neighbours in ranked.values():
        for neighbour in neighbours[:most]:
            if len(shown) < MAX_THINGS:
                shown[neighbour] = None
    things = named_things(store, shown)
    left_out = {thing: sum(neighbour not in things for neighbour in ranked[thing]) for thing in opened}
    return Neighbourhood(
        things=things,
        edges=tuple(edge for edge in edges if edge.source in things and edge.target in things),
        opened=opened,
        left_out={thing: number for thing, number in left_out.items() if number},
        relations={relation: counts[relation] for relation in RELATIONS if counts[relation]},
    )


def _ranked_neighbours(thing: str, edges: Iterable[Edge]) -> list[str]:
    """The neighbours of ``thing``, those with most behind all their edges with it first."""
    numbers: Counter[str] = Counter()
    for edge in edges:
        if thing in (edge.source, edge.target):
            numbers[edge.other(thing)] += edge.number
    return sorted(numbers, key=lambda neighbour: (-numbers[neighbour], neighbour))
