"""Where the things of a neighbourhood are drawn: the same for the same address, much the same while one opens more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import networkx

from kg.exploration import Exploration

Positions = dict[str, tuple[float, float]]
"""Places by IRI, in pixels of a drawing that the window scales to its size."""

_ITERATIONS = 40
_WIDTH, _HEIGHT = 800.0, 700.0
_SEED = 1


def layout(found: Exploration) -> Positions:
    """A place for each thing.

    Paths go from left to right. Things are placed in the order in which they were opened, each with its neighbours:
    those placed before give way, but stay about where they were.
    """
    graph = found.graph
    placed = _rows_of_steps(found.paths.paths)
    fixed = list(placed)
    drawn = networkx.Graph()
    drawn.add_nodes_from(placed)
    for thing in graph.opened:
        drawn.add_node(thing)
        drawn.add_edges_from((edge.source, edge.target) for edge in graph.edges if thing in (edge.source, edge.target))
        placed = _spread(drawn, placed, fixed)
    missing = [thing for thing in graph.things if thing not in placed]  # ends that no path links
    placed |= {thing: (2.0 * number, 0.0) for number, thing in enumerate(missing)}
    return _filling(placed)


def _rows_of_steps(paths: Sequence[Sequence[str]]) -> Positions:
    """Places on paths of one length between -1 and 1: a column for each step, its things below each other."""
    columns = [list(dict.fromkeys(step)) for step in zip(*paths, strict=True)]
    return {
        thing: (2.0 * number / (len(columns) - 1) - 1, 2.0 * (row + 1) / (len(column) + 1) - 1)
        for number, column in enumerate(columns)
        for row, thing in enumerate(column)
    }


def _spread(drawn: networkx.Graph, placed: Mapping[str, tuple[float, float]], fixed: Sequence[str]) -> Positions:
    """Places for all things of ``drawn``, beginning from those ``placed``; the ``fixed`` ones are not moved."""
    found = networkx.spring_layout(
        drawn,
        k=2.2 / len(drawn) ** 0.5,
        pos=dict(placed) or None,
        fixed=fixed or None,
        iterations=_ITERATIONS,
        seed=_SEED,
        weight=None,
    )
    return {thing: (float(x), float(y)) for thing, (x, y) in found.items()}


def _filling(placed: Positions) -> Positions:
    """The places, stretched to the whole drawing."""
    columns, rows = zip(*placed.values(), strict=True)
    left, top = min(columns), min(rows)
    width, height = max(columns) - left or 1.0, max(rows) - top or 1.0
    return {
        thing: (round(_WIDTH * (x - left) / width, 1), round(_HEIGHT * (y - top) / height, 1))
        for thing, (x, y) in placed.items()
    }
