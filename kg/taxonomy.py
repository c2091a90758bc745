"""The taxonomy of actors (``ontologies/actor-kinds.ttl``): labels, and the way up from a kind to broader ones."""

from __future__ import annotations

from functools import cache

from kg.vocabulary import ask_vocabulary


@cache
def kind_labels() -> dict[str, str]:
    """Each Chinese label, preferred or alternative, with the notation of its kind; preferred labels win."""
    rows = ask_vocabulary(
        """SELECT ?label ?notation {
             ?kind skos:inScheme actor-kind: ; skos:notation ?notation ; ?property ?label FILTER(LANG(?label) = "zh")
             VALUES (?property ?order) { (skos:prefLabel 2) (skos:altLabel 1) }
           } ORDER BY ?order DESC(?notation)"""
    )
    return {row["label"].value: row["notation"].value for row in rows}


@cache
def _broader() -> dict[str, tuple[str, ...]]:
    rows = ask_vocabulary(
        """SELECT ?kind ?broader {
             ?k skos:broader ?b ; skos:notation ?kind . ?b skos:notation ?broader
           } ORDER BY ?broader"""
    )
    broader: dict[str, tuple[str, ...]] = {}
    for row in rows:
        broader[row["kind"].value] = (*broader.get(row["kind"].value, ()), row["broader"].value)
    return broader


@cache
def ways_up(kind: str) -> dict[str, tuple[str, ...]]:
    """The kind itself and every broader kind, nearest first, each with the shortest way: ``(kind, …, broader)``."""
    ways: dict[str, tuple[str, ...]] = {kind: (kind,)}
    frontier = [kind]
    while frontier:
        reached = []
        for below in frontier:
            for above in _broader().get(below, ()):
                if above not in ways:
                    ways[above] = (*ways[below], above)
                    reached.append(above)
        frontier = reached
    return ways
