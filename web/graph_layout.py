"""Where the things of a neighbourhood are drawn: the same for the same address, much the same while one opens more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

import networkx
import numpy as np

from kg.exploration import Exploration
from kg.neighbourhood import Edge
from kg.things import Thing
from kg.title_forms import STATE

Positions = dict[str, tuple[float, float]]
"""Places by IRI, in pixels of a drawing that the window scales to its size."""


@dataclass(frozen=True, slots=True)
class Room:
    """The room that a drawing has, in pixels: for its things, for a name at most, for a Chinese character."""

    width: float
    height: float
    name: float
    character: float


@dataclass(frozen=True, slots=True)
class Layout:
    """Places in the room of a laptop and in that of a telephone."""

    wide: Positions
    narrow: Positions


WIDE = Room(620.0, 510.0, 130.0, 12.0)
NARROW = Room(190.0, 480.0, 62.0, 11.0)
_ITERATIONS = 40
_SEED = 1
_MOST_APART = 100
"""Things up to which names may find room beside each other."""
_ROUNDS = 200
_SYMBOL, _LINE = 12.0, 18.0
"""Pixels from the middle of a thing to its name, and from a name to the next below."""


def layout(found: Exploration) -> Layout:
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
    return Layout(_in_room(found, placed, WIDE), _in_room(found, placed, NARROW))


def drawn_name(thing: Thing) -> str:
    """The name in the drawing; all laws of the state begin alike, which is left out."""
    return thing.label.removeprefix(STATE) or thing.label


def names_to_the_left(edges: Iterable[Edge], placed: Positions) -> set[str]:
    """The things whose lines lie to their right, so that their names are written on the other side."""
    sides: dict[str, float] = defaultdict(float)
    for edge in edges:
        way = placed[edge.source][0] - placed[edge.target][0]
        sides[edge.source] += way
        sides[edge.target] -= way
    return {thing for thing, side in sides.items() if side < 0}


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


def _in_room(found: Exploration, placed: Positions, room: Room) -> Positions:
    """The places, stretched to the whole room; of few things with room for their names."""
    filling = _filling(placed, room)
    if len(placed) > _MOST_APART:
        return filling
    widths = {thing: _width_of_name(drawn_name(found.graph.things[thing]), room) for thing in placed}
    below = {found.start.iri, *found.graph.opened}
    return _apart(filling, widths, names_to_the_left(found.graph.edges, filling), below, room.height)


def _filling(placed: Positions, room: Room) -> Positions:
    columns, rows = zip(*placed.values(), strict=True)
    left, top = min(columns), min(rows)
    width, height = max(columns) - left or 1.0, max(rows) - top or 1.0
    return {
        thing: (round(room.width * (x - left) / width, 1), round(room.height * (y - top) / height, 1))
        for thing, (x, y) in placed.items()
    }


def _width_of_name(name: str, room: Room) -> float:
    """In pixels; a Chinese character is about twice as wide as a Latin one."""
    wide = sum(east_asian_width(character) in "WFA" for character in name)
    return min(room.name, room.character * (wide + 0.6 * (len(name) - wide)))


def _apart(
    placed: Positions, widths: Mapping[str, float], left: Collection[str], below: Collection[str], height: float
) -> Positions:
    """The places, moved up and down until no name lies over another one or over a thing, as far as there is room.

    The things ``below`` have their names under them, the others to the ``left`` or to the right.
    """
    x, y = (np.array([place[axis] for place in placed.values()]) for axis in (0, 1))
    width = np.array([widths[thing] for thing in placed])
    is_left, is_below = (np.array([thing in some for thing in placed]) for some in (left, below))
    starts = x - np.where(is_below, width / 2, np.where(is_left, _SYMBOL + width, _SYMBOL))
    ends = x + np.where(is_below, width / 2, np.where(is_left, _SYMBOL, _SYMBOL + width))
    beside = np.minimum.outer(ends, ends) > np.maximum.outer(starts, starts)
    np.fill_diagonal(beside, False)
    under = np.where(is_below, 2.0, 0.5) * _LINE
    later = np.tri(len(y), k=-1, dtype=bool)  # of two at one height the later one goes down
    for _ in range(_ROUNDS):
        is_lower = (y[:, None] > y[None, :]) | ((y[:, None] == y[None, :]) & later)
        needed = _LINE / 2 + np.where(is_lower, under[None, :], under[:, None])
        missing = np.where(beside, np.maximum(needed - np.abs(y[:, None] - y[None, :]), 0.0), 0.0)
        if missing.max() < 1.0:
            break
        down, up = np.where(is_lower, missing, 0.0).max(axis=1), np.where(is_lower, 0.0, missing).max(axis=1)
        y = np.clip(y + (down - up) / 2, 0.0, height)
    return {thing: (placed[thing][0], round(float(y[number]), 1)) for number, thing in enumerate(placed)}
