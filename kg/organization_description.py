"""A description of an organization in plain words: what it is, has, works on, and where it stands.

A sentence is read clause by clause; the cues of ``description_cues.tsv`` say what the words behind them tell, and a
modifier (做半导体设备的民营企业) is read as a clause of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from kg.actors import kinds_of
from kg.lexicon import load_rows
from kg.places import split_place
from kg.taxonomy import kind_labels, ways_up

_CLAUSE = re.compile(r"[^，。；、！？,;!?\s]+")
_SPEAKER = re.compile(
    r"^(?:我们|我|本)?(?:这里|单位|公司|企业|学校|学会|机构|团队)?(?:里|内|也|还|就|都|现在|目前|已经|同时)*"
)
_MODIFIER = re.compile(r"^(?P<modifier>.*[^目])的(?P<head>[^的]+)$")
_FIELD_ENDING = re.compile(r"(?:等|的)?(?:业务|工作|领域|方面|行业|方向)?$")
_MAXIMUM_FIELD = 12
"""Characters: longer words behind 做 or 研究 are a sentence and no name of a field."""


@dataclass(frozen=True, slots=True)
class Trait:
    """Something known of an organization, with the reason in Chinese."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Description:
    """What a description tells; kinds are notations of ontologies/actor-kinds.ttl, ``region`` a province."""

    kinds: tuple[Trait, ...] = ()
    units: tuple[Trait, ...] = ()
    places: tuple[Trait, ...] = ()
    levels: tuple[Trait, ...] = ()
    fields: tuple[Trait, ...] = ()
    region: Trait | None = None


def read_description(text: str) -> Description:
    """What ``text`` says of the organization that it describes; nothing where it says nothing of the sort."""
    said = [said for clause in _CLAUSE.findall(text) for said in _read_clause(clause)]
    by_relation: dict[str, dict[str, Trait]] = {}
    for relation, trait in said:
        by_relation.setdefault(relation, {}).setdefault(trait.label, trait)
    traits = {relation: tuple(found.values()) for relation, found in by_relation.items()}
    kinds = traits.get("is", ())
    return Description(
        kinds=kinds,
        units=tuple(_unit_of(unit, kinds) for unit in traits.get("unit", ())),
        places=traits.get("place", ()),
        levels=_levels(text),
        fields=traits.get("field", ()),
        region=next(iter(traits.get("region", ())), None),
    )


def _read_clause(clause: str) -> Iterator[tuple[str, Trait]]:
    """Pairs of relation and trait."""
    words, relation = _SPEAKER.sub("", clause), "is"
    cue = _first_cue(clause)
    if cue is not None:
        match, relation = cue
        before, words = match.string[: match.start()], match["words"]
        if relation == "is" and before:
            yield from _read_modifier(before)
    modified = _MODIFIER.match(words)
    if modified is not None and relation == "place":  # 位于苏州的外资企业: the place, and what stands there
        yield from _traits(modified["modifier"], relation, told=True)
        words = modified["head"]
        relation = "place" if any("园区" in ways_up(kind.kind) for kind in kinds_of(words)) else "is"
    elif modified is not None and relation != "field":
        yield from _read_modifier(modified["modifier"])
        words = modified["head"]
    yield from _traits(words, relation, told=cue is not None or modified is not None)


def _read_modifier(words: str) -> Iterator[tuple[str, Trait]]:
    """What stands before 的 says where it is and what it does, not what it is."""
    cue = _first_cue(words)
    if cue is not None and cue[1] in ("place", "field", "unit"):
        yield from _traits(cue[0]["words"], cue[1], told=True)
    else:
        yield from _region(words)


def _traits(words: str, relation: str, told: bool) -> Iterator[tuple[str, Trait]]:
    yield from _region(words)
    if relation == "field":
        field = _FIELD_ENDING.sub("", words)
        if 2 <= len(field) <= _MAXIMUM_FIELD:
            yield "field", Trait(field, f"说明里写着“{words}”")
        return
    for kind in _kinds(words, told):
        if kind == "地方":  # 苏州 is a region and no kind of place that texts speak of
            continue
        yield relation, Trait(kind, f"说明里写着“{words}”")


def _region(words: str) -> Iterator[tuple[str, Trait]]:
    found = split_place(words) or split_place(f"{words}市")
    if found is not None and found[0].province is not None:
        yield "region", Trait(found[0].province, f"说明里写着“{words}”")


def _kinds(words: str, told: bool) -> Iterator[str]:
    """Kinds of what is called ``words``; words that no cue introduced must be those of the taxonomy."""
    if told:
        yield from (kind.kind for kind in kinds_of(words))
    elif words in kind_labels():
        yield kind_labels()[words]


def _unit_of(unit: Trait, kinds: tuple[Trait, ...]) -> Trait:
    """The narrower kind that the unit is inside an organization of these kinds: a 科协 of a 高等学校 is a 高校科协."""
    for kind in kinds:
        inside = next(iter(kinds_of(f"{kind.label}{unit.label}")), None)
        if inside is not None and inside.kind not in (kind.label, unit.label):
            return Trait(inside.kind, f"{unit.reason}，属于{kind.label}")
    return unit


def _levels(text: str) -> tuple[Trait, ...]:
    found = (
        Trait(level, f"{reason}：“{match.group()}”")
        for pattern, level, reason in _level_rules()
        if (match := pattern.search(text))
    )
    return tuple({trait.label: trait for trait in found}.values())


def _first_cue(clause: str) -> tuple[re.Match[str], str] | None:
    """The cue at the earliest place of the clause, and its relation."""
    found = [(match, relation) for pattern, relation in _cues() if (match := pattern.search(clause))]
    return min(found, key=lambda cue: cue[0].start(), default=None)


@cache
def _cues() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), relation) for pattern, relation in load_rows("description_cues.tsv"))


@cache
def _level_rules() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(pattern), level, reason) for pattern, level, reason in load_rows("description_levels.tsv"))
