"""The taxonomy of actors (``ontologies/actor-kinds.ttl``): labels, and the way up from a kind to broader ones."""

from __future__ import annotations

import re
from functools import cache

from kg.lexicon import load_alternation, load_rows
from kg.vocabulary import ask_vocabulary


@cache
def kind_labels() -> dict[str, str]:
    """Each Chinese label, preferred, alternative or hidden, with the notation of its kind; in this order they win."""
    return _labels("(skos:prefLabel 3) (skos:altLabel 2) (skos:hiddenLabel 1)")


@cache
def whole_kind_labels() -> dict[str, str]:
    """The labels that name a kind as a whole; hidden ones are words for some of its members (银行 of 金融机构)."""
    return _labels("(skos:prefLabel 3) (skos:altLabel 2)")


def _labels(properties: str) -> dict[str, str]:
    rows = ask_vocabulary(
        f"""SELECT ?label ?notation {{
             ?kind skos:inScheme actor-kind: ; skos:notation ?notation ; ?property ?label FILTER(LANG(?label) = "zh")
             VALUES (?property ?order) {{ {properties} }}
           }} ORDER BY ?order DESC(?notation)"""
    )
    return {row["label"].value: row["notation"].value for row in rows}


@cache
def _broader() -> dict[str, tuple[str, ...]]:
    rows = ask_vocabulary(
        """SELECT ?kind ?broader {
             ?k skos:inScheme actor-kind: ; skos:broader ?b ; skos:notation ?kind . ?b skos:notation ?broader
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


@cache
def narrower_kinds(kind: str) -> tuple[str, ...]:
    """The narrower kinds of ``kind`` at any depth, by notation; without itself."""
    return tuple(sorted(other for other in set(kind_labels().values()) if other != kind and kind in ways_up(other)))


@cache
def has_levels(kind: str) -> bool:
    """Whether each level of government has its own ``kind``, by what is said of it or of the nearest broader kind."""
    said = _levelled()
    return next((said[above] for above in ways_up(kind) if above in said), False)


@cache
def _levelled() -> dict[str, bool]:
    rows = ask_vocabulary("SELECT ?kind ?value { ?k kp:hasLevels ?value ; skos:notation ?kind }")
    return {row["kind"].value: row["value"].value == "true" for row in rows}


@cache
def usual_kinds(kind: str) -> dict[str, str]:
    """Kinds of which organizations of ``kind`` usually are as well, each with the kind, it or broader, that says so."""
    return _related(kind, "usuallyOf")


@cache
def people_of(kind: str) -> dict[str, str]:
    """Kinds of the people of organizations of ``kind``, each with the kind (it, or a broader one) that has them."""
    return _related(kind, "hasPeople")


def _related(kind: str, relation: str) -> dict[str, str]:
    related: dict[str, str] = {}
    for above in ways_up(kind):
        for other in _relations().get((above, relation), ()):
            related.setdefault(other, above)
    return related


@cache
def _relations() -> dict[tuple[str, str], tuple[str, ...]]:
    rows = ask_vocabulary(
        """SELECT ?kind ?property ?other {
             ?k ?property ?o ; skos:notation ?kind . ?o skos:notation ?other
             VALUES ?property { kp:hasPeople kp:usuallyOf }
           } ORDER BY ?kind ?other"""
    )
    relations: dict[tuple[str, str], tuple[str, ...]] = {}
    for row in rows:
        key = (row["kind"].value, row["property"].value.rsplit("#", 1)[-1])
        relations[key] = (*relations.get(key, ()), row["other"].value)
    return relations


def names_whole_kind(label: str, kind: str) -> bool:
    """Whether ``label`` is a name of ``kind`` itself (各级科协组织), not of some of its members (软弱涣散学会)."""
    return whole_kind(label) == kind


def whole_kind(label: str) -> str | None:
    """The kind that ``label`` names as a whole, or None."""
    return whole_kind_labels().get(label) or whole_kind_labels().get(without_quantifier(label))


def without_quantifier(label: str) -> str:
    """``label`` without the words that leave a class whole: 科协组织 of 各级科协组织."""
    return _quantifiers().sub("", label)


@cache
def quantifier_extent(label: str) -> str:
    """How much of the class its first quantifier leaves: “whole”, “part” or “others” (class_quantifiers.tsv)."""
    rows = ((row[2], re.match(row[0], label)) for row in load_rows("class_quantifiers.tsv"))
    return next((extent for extent, match in rows if match), "whole")


def leaves_part(words: str) -> bool:
    """Whether a quantifier among ``words`` leaves part of a class only: 有关, 其他."""
    return _partial_quantifiers().search(words) is not None


@cache
def _partial_quantifiers() -> re.Pattern[str]:
    return re.compile("|".join(row[0] for row in load_rows("class_quantifiers.tsv") if row[2] != "whole"))


@cache
def _quantifiers() -> re.Pattern[str]:
    return re.compile(f"^{load_alternation('class_quantifiers.tsv')}+")
