"""What an actor's label says of the class that it names: its kinds, whether it is all of a kind, levels, sectors."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.actors import kinds_of, levels_of, without_level_words
from kg.directory import find_organization
from kg.lexicon import load_alternation, load_rows
from kg.resolution import names_one_body, why_open
from kg.taxonomy import kind_labels, leaves_part, ways_up, whole_kind, without_quantifier

_ANY_DEPARTMENT = frozenset({"政府部门", "国务院部门", "地方政府部门"})
"""Departments whatever they are in charge of; of the others a name (教育行政部门) is one of all of its function."""


@dataclass(frozen=True, slots=True)
class ActorClass:
    """A class of actors as a label names it; kinds are notations of ontologies/actor-kinds.ttl.

    ``alternative``: its members are of one of the ``kinds`` (师生), else of all. ``whole``: the kinds that the label
    names as a whole. ``member``: the kind for some members of which the label is a word (理事长). ``levels``: those of
    government that it names. ``sectors``: of ``kg/lexicon/sectors.tsv``. ``vague``: why only the context tells who is
    meant (有关部门), in Chinese, else None. ``behind``: the kind named as a whole behind an attribute of the label
    (制造计量器具的企业), else None.
    """

    kinds: tuple[str, ...]
    alternative: bool
    whole: frozenset[str]
    member: str | None
    levels: frozenset[str]
    sectors: frozenset[str]
    vague: str | None
    behind: str | None


@cache
def class_of(label: str) -> ActorClass | None:
    """The class that ``label`` names; None for one particular body (教育部, 省科技厅), which stands for nobody else."""
    if is_proper_name(label) or names_one_body(label):
        return None
    named = kinds_of(label)
    kinds = tuple(kind.kind for kind in named)
    return ActorClass(
        kinds=kinds,
        alternative=any(kind.alternative for kind in named),
        whole=frozenset(kind.kind for kind in named if kind.alternative or _names_whole(label, kind.kind)),
        member=kind_labels().get(without_quantifier(label)),
        levels=frozenset(level for level, _ in levels_of(label)),
        sectors=sectors_of(label),
        vague=why_open(label) or _why_any(label, kinds),
        behind=whole_kind(label.rpartition("的")[2]) if "的" in label else None,
    )


def _why_any(label: str, kinds: tuple[str, ...]) -> str | None:
    """国务院其他有关部门: departments of which only the matter tells which."""
    if not _ANY_DEPARTMENT.issuperset(kinds) or not leaves_part(label):
        return None
    return "没有写明是哪些"


def _names_whole(label: str, kind: str) -> bool:
    """Whether ``label`` means all of the kind, at the levels that it names."""
    if whole_kind(label) == kind or whole_kind(without_level_words(label)) == kind:
        return True
    return "政府部门" in ways_up(kind) and kind not in _ANY_DEPARTMENT


def is_proper_name(label: str) -> bool:
    """Whether ``label`` names one particular body and not a class: by the directory, proper_names.tsv, regions.tsv."""
    return _proper_name().search(label) is not None or find_organization(label) is not None


@cache
def sectors_of(text: str) -> frozenset[str]:
    """The sectors whose words stand in ``text``."""
    return frozenset(sector for sector, words in _sectors() if words.search(text))


@cache
def _sectors() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((sector, re.compile(words)) for sector, words in load_rows("sectors.tsv"))


@cache
def _proper_name() -> re.Pattern[str]:
    regions = "|".join(row[0] for row in load_rows("regions.tsv"))
    return re.compile(f"{load_alternation('proper_names.tsv')}|^(?:{regions})")
