"""What is asked of the graph on page 图谱, by the names that addresses and HTTP routes give its parts.

``start`` and, for a path, ``end``: a thing by key, IRI or label; ``open``: further things whose neighbours are shown;
``relation`` (several), ``from`` and ``to`` (years): which edges count; ``limit``: neighbours taken of each thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.errors import InputError
from kg.graph_paths import NO_PATH, Paths, shortest_paths
from kg.neighbourhood import EVERYTHING, MAX_THINGS, NEIGHBOURS, RELATIONS, EdgeFilter, Neighbourhood, neighbourhood
from kg.store import GraphStore
from kg.things import Thing, find_thing

PARAMETERS = ("start", "end", "open", "relation", "from", "to", "limit")


@dataclass(frozen=True, slots=True)
class ExplorationQuestion:
    """What is asked; hashable. With an ``end`` the paths from ``start`` to it are shown, else what is round it."""

    start: str = ""
    end: str = ""
    opened: tuple[str, ...] = ()
    chosen: EdgeFilter = EVERYTHING
    most: int = NEIGHBOURS

    def parameters(self) -> dict[str, str | list[str]]:
        """What :func:`read_exploration` reads; what is as it would be anyway is left out."""
        written: dict[str, str | list[str]] = {"start": self.start, "end": self.end, "open": list(self.opened)}
        written["relation"] = list(self.chosen.relations)
        for name, year in (("from", self.chosen.first_year), ("to", self.chosen.last_year)):
            written[name] = "" if year is None else str(year)
        written["limit"] = str(self.most) if self.most != NEIGHBOURS else ""
        return {name: value for name, value in written.items() if value}


@dataclass(frozen=True, slots=True)
class Exploration:
    """The answer; ``end`` is None and ``paths`` are empty where none was asked for."""

    start: Thing
    end: Thing | None
    graph: Neighbourhood
    paths: Paths


def read_exploration(parameters: Mapping[str, Sequence[str]]) -> ExplorationQuestion:
    """The question that the values of ``PARAMETERS`` ask.

    Raises:
        InputError: a relation is none of ``RELATIONS``, or a year or the limit is no fitting number.
    """
    values = {name: tuple(filter(None, map(str.strip, parameters.get(name, ())))) for name in PARAMETERS}
    unknown = [relation for relation in values["relation"] if relation not in RELATIONS]
    if unknown:
        raise InputError(f"没有“{unknown[0]}”这种关系。可以写：{'、'.join(RELATIONS)}。")
    return ExplorationQuestion(
        start="".join(values["start"][:1]),
        end="".join(values["end"][:1]),
        opened=tuple(dict.fromkeys(values["open"])),
        chosen=EdgeFilter(
            relations=tuple(relation for relation in RELATIONS if relation in values["relation"]),
            first_year=_number("from", values["from"], 9999),
            last_year=_number("to", values["to"], 9999),
        ),
        most=_number("limit", values["limit"], MAX_THINGS) or NEIGHBOURS,
    )


def explore(store: GraphStore, base_iri: str, question: ExplorationQuestion) -> Exploration:
    """What is round the start, or the shortest paths to the end, and what is round the opened things.

    Raises:
        NotFoundError: a thing that is named does not exist.
        InputError: a name means several things.
        QueryStoppedError: the search for a path takes too long.
    """
    start = find_thing(store, base_iri, question.start)
    end = find_thing(store, base_iri, question.end) if question.end else None
    opened = [find_thing(store, base_iri, name).iri for name in question.opened]
    if end is None:
        return Exploration(
            start, None, neighbourhood(store, [start.iri, *opened], question.chosen, question.most), NO_PATH
        )
    paths = shortest_paths(store, start.iri, end.iri, question.chosen)
    on_paths = dict.fromkeys(thing for path in paths.paths for thing in path)
    around = neighbourhood(store, opened, question.chosen, question.most, [start.iri, end.iri, *on_paths])
    edges = tuple(dict.fromkeys((*paths.edges, *around.edges)))
    return Exploration(start, end, replace(around, edges=edges), paths)


def _number(name: str, values: Sequence[str], largest: int) -> int | None:
    if not values:
        return None
    if not (values[0].isascii() and values[0].isdecimal() and 1 <= int(values[0]) <= largest):
        raise InputError(f"参数 {name} 是“{values[0]}”，应为 1 到 {largest} 的整数。")
    return int(values[0])
