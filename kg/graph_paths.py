"""The shortest ways between two things of the graph, step by step over edges that statements stand behind."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice, pairwise

import networkx

from kg.errors import QueryStoppedError
from kg.neighbourhood import EVERYTHING, Edge, EdgeFilter, edges_of
from kg.store import GraphStore
from kg.things import named_things

MOST_PATHS = 5
"""Paths that are given; of equally short ones those whose weakest step has most behind it."""
LONGEST = 6
"""Steps after which the search ends: what is further apart has nothing to do with each other."""
SECONDS = 10.0
_BATCH = 50
"""Things that one query asks about, so that the clock is looked at in between."""
_COMPARED = 5000
"""Equally short paths that are compared."""


@dataclass(frozen=True, slots=True)
class Paths:
    """The shortest paths as IRIs of things from start to end, best first, and all edges between their steps.

    ``equally_short``: how many there are in all, ``_COMPARED`` at most.
    """

    paths: tuple[tuple[str, ...], ...]
    edges: tuple[Edge, ...]
    equally_short: int


NO_PATH = Paths((), (), 0)


def shortest_paths(
    store: GraphStore, start: str, end: str, chosen: EdgeFilter = EVERYTHING, seconds: float = SECONDS
) -> Paths:
    """The shortest paths between two things (IRIs), none where they are not linked within ``LONGEST`` steps.

    No path leads through a name that only its context explains (有关部门): it means another body each time.

    Raises:
        QueryStoppedError: the search takes longer than ``seconds``.
    """
    if start == end:
        return NO_PATH
    search = _Search(store, chosen, frozenset({start, end}), time.monotonic() + seconds)
    reached = {start: {start}, end: {end}}
    frontiers = {start: {start}, end: {end}}
    for _ in range(LONGEST):
        side = min(frontiers, key=lambda this: len(frontiers[this]))
        frontiers[side] = search.step(frontiers[side]) - reached[side]
        reached[side] |= frontiers[side]
        if not frontiers[side]:
            return NO_PATH
        if reached[start] & reached[end]:
            return _best(search.edges, start, end)
    return NO_PATH


@dataclass(slots=True)
class _Search:
    """What has been seen of the graph; ``ends`` may be passed through whatever their names are."""

    store: GraphStore
    chosen: EdgeFilter
    ends: frozenset[str]
    until: float
    edges: dict[tuple[str, str, str], Edge] = field(default_factory=dict)

    def step(self, things: Iterable[str]) -> set[str]:
        """What the edges of ``things`` lead to."""
        found: list[Edge] = []
        asked = sorted(things)
        for position in range(0, len(asked), _BATCH):
            if time.monotonic() > self.until:
                raise QueryStoppedError("找路径用时太长，已停止。请只选几种关系，或缩小年份。")
            found.extend(edges_of(self.store, asked[position : position + _BATCH], self.chosen))
        others = {end for edge in found for end in (edge.source, edge.target)}
        named = named_things(self.store, others)
        passable = {iri for iri in others if iri in self.ends or (iri in named and not named[iri].deictic)}
        for edge in found:
            if edge.source in passable and edge.target in passable:
                self.edges[edge.source, edge.target, edge.relation] = edge
        return passable


def _best(edges: dict[tuple[str, str, str], Edge], start: str, end: str) -> Paths:
    """The shortest paths over ``edges`` that have most behind their weakest step."""
    graph = networkx.Graph()
    for edge in edges.values():
        number = graph.edges.get((edge.source, edge.target), {}).get("number", 0)
        graph.add_edge(edge.source, edge.target, number=number + edge.number)

    def weakest(path: list[str]) -> tuple[int, list[str]]:
        return -min(graph.edges[step]["number"] for step in pairwise(path)), path

    shortest = sorted(islice(networkx.all_shortest_paths(graph, start, end), _COMPARED), key=weakest)
    paths = tuple(tuple(path) for path in shortest[:MOST_PATHS])
    steps = {frozenset(step) for path in paths for step in pairwise(path)}
    between = tuple(edge for edge in edges.values() if frozenset((edge.source, edge.target)) in steps)
    return Paths(paths, between, len(shortest))
