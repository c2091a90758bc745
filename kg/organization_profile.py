"""Who is asking: the kinds, level, region, field and memberships of an organization, each with its reason.

They come from its name (directory and name rules), from a description in plain words, and from what its user corrects.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.actors import kinds_of, levels_of
from kg.directory import find_organization, normal_form
from kg.errors import InputError
from kg.labels import LEVELS
from kg.lexicon import load_rows
from kg.organization_description import Description, Trait, read_description
from kg.places import split_place
from kg.taxonomy import has_levels, kind_labels, ways_up
from kg.terms import TermFinder

MAXIMUM_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Corrections:
    """What the user says instead of what name and description tell; None: nothing; empty: none of them.

    ``kinds`` are labels of the taxonomy, ``level`` is a key of ``kg.labels.LEVELS``, ``region`` a province in full.
    """

    kinds: tuple[str, ...] | None = None
    level: str | None = None
    region: str | None = None
    fields: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class OrganizationProfile:
    """An organization as far as it is known; ``unknown`` says in Chinese what could not be told.

    ``kinds``, ``units`` (what it has inside) and ``places`` (what it stands in) are notations of the taxonomy,
    ``groups`` the broader kinds that hold its kinds, ``levels`` those of ``kg.labels.LEVELS``, ``topics`` notations of
    ontologies/topics.ttl. ``is_kind``: what was named is not one organization but a kind.
    """

    name: str
    description: str
    is_kind: bool
    kinds: tuple[Trait, ...]
    levels: tuple[Trait, ...]
    region: Trait | None
    parent: Trait | None
    groups: tuple[Trait, ...]
    units: tuple[Trait, ...]
    places: tuple[Trait, ...]
    fields: tuple[Trait, ...]
    topics: tuple[Trait, ...]
    unknown: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the organization is called in reasons: its name, else “本单位”."""
        return self.name or "本单位"


def describe_organization(
    name: str, description: str = "", corrections: Corrections | None = None
) -> OrganizationProfile:
    """What is known of the organization or kind called ``name``, described in plain words, or both.

    Raises:
        InputError: neither is given, one is too long, or a correction is not of the vocabulary.
    """
    name, description = normal_form(name.strip()), description.strip()
    given = corrections if corrections is not None else Corrections()
    _check(name, description, given)
    told = read_description(description)
    kinds = _corrected(given.kinds, _kinds(name, told), _given_kind)
    fields = _corrected(given.fields, _fields(name, told), _given_field)
    levels = _levels(name, told, kinds, given.level)
    region = _region(name, told, given.region)
    return OrganizationProfile(
        name=name,
        description=description,
        is_kind=name in kind_labels(),
        kinds=kinds,
        levels=levels,
        region=region,
        parent=_parent(name),
        groups=_groups(kinds),
        units=told.units,
        places=told.places,
        fields=fields,
        topics=_topics(f"{name}，{description}，{'，'.join(field.label for field in fields)}"),
        unknown=tuple(_unknown(name, given, (kinds, levels, fields), region)),
    )


def _check(name: str, description: str, given: Corrections) -> None:
    if not name and not description:
        raise InputError(
            "没有写单位名称。请写一个单位的名称或类别（如“中国化学会”“民营企业”），或用几句话说明它是什么单位。"
        )
    if len(name) > MAXIMUM_CHARACTERS or len(description) > MAXIMUM_CHARACTERS:
        raise InputError(f"单位名称和说明各不超过 {MAXIMUM_CHARACTERS} 个字，请缩短。")
    for label in given.kinds or ():
        if label not in kind_labels():
            near = difflib.get_close_matches(label, kind_labels(), n=3, cutoff=0.3)
            raise InputError(
                f"没有“{label}”这一类别。相近的有：{'、'.join(near) or '无'}；全部类别见“机构”页的类别框。"
            )
    if given.level and given.level not in LEVELS:
        raise InputError(f"没有“{given.level}”这一层级。可以写：{'、'.join(LEVELS)}。")
    if given.region and given.region not in provinces():
        raise InputError(f"没有“{given.region}”这一省级地区。请写全称，如“{provinces()[0]}”“内蒙古自治区”。")


@cache
def provinces() -> tuple[str, ...]:
    """The provincial units, in full."""
    return tuple(row[1] for row in load_rows("regions.tsv"))


def _corrected(
    given: tuple[str, ...] | None, told: tuple[Trait, ...], trait: Callable[[str], Trait]
) -> tuple[Trait, ...]:
    return told if given is None else tuple(trait(label) for label in dict.fromkeys(given))


def _given_kind(label: str) -> Trait:
    return Trait(kind_labels()[label], f"由使用者指定为“{label}”")


def _given_field(label: str) -> Trait:
    return Trait(label, f"由使用者指定为“{label}”")


def _kinds(name: str, told: Description) -> tuple[Trait, ...]:
    """Kinds that name and description give; one that a narrower one among them already says is left out."""
    found = {trait.label: trait for trait in (*_kinds_of_name(name), *told.kinds)}
    implied = {broader for label in found for broader in ways_up(label) if broader != label}
    return tuple(trait for label, trait in found.items() if label not in implied)


def _kinds_of_name(name: str) -> Iterator[Trait]:
    """It is a label of the taxonomy itself, else by the name rules."""
    label = kind_labels().get(name)
    if label is not None:
        reason = "就是类别名称" if label == name else f"是“{label}”的另一种说法"
        yield Trait(label, f"“{name}”{reason}")
    elif name:
        yield from (Trait(kind.kind, kind.reason) for kind in kinds_of(name))


def _levels(name: str, told: Description, kinds: tuple[Trait, ...], given: str | None) -> tuple[Trait, ...]:
    if given is not None:
        return (Trait(given, f"由使用者指定为“{LEVELS[given]}”"),) if given else ()
    by_name = levels_of(name) if name else ()
    if by_name:
        return tuple(Trait(level, reason) for level, reason in by_name)
    found = split_place(name) if name else None
    if (
        found is not None
        and found[1]
        and name.startswith(found[0].name)
        and any(has_levels(kind.label) for kind in kinds)
    ):
        return (Trait(found[0].level, f"名称“{name}”以“{found[0].name}”开头"),)
    return told.levels


def _region(name: str, told: Description, given: str | None) -> Trait | None:
    if given is not None:
        return Trait(given, f"由使用者指定为“{given}”") if given else None
    found = split_place(name) if name else None
    if found is not None and found[0].province is not None:
        return Trait(found[0].province, f"名称“{name}”以“{found[0].name}”开头")
    return told.region


def _parent(name: str) -> Trait | None:
    """What it is a part of, by the directory; else the organization of the directory with which its name begins."""
    identified = find_organization(name, central=True) if name else None
    if identified is not None:
        parent = identified.organization.parent
        return Trait(parent, f"{identified.reason}，隶属{parent}") if parent is not None else None
    for end in range(len(name) - 2, 2, -1):
        whole = find_organization(name[:end], central=True)
        if whole is not None:
            return Trait(whole.organization.name, f"名称以“{name[:end]}”开头")
    return None


def _groups(kinds: tuple[Trait, ...]) -> tuple[Trait, ...]:
    """The broader kinds to which its kinds belong, nearest first."""
    ways = sorted((way for kind in kinds for way in ways_up(kind.label).values() if len(way) > 1), key=len)
    return tuple({way[-1]: Trait(way[-1], f"{way[-2]}属于{way[-1]}") for way in reversed(ways)}.values())[::-1]


def _fields(name: str, told: Description) -> tuple[Trait, ...]:
    found = {trait.label: trait for trait in told.fields}
    bare = name.removeprefix(_place_in_front(name))
    for pattern, reason in _field_rules():
        match = pattern.search(bare)
        if match is not None:
            found.setdefault(match["field"], Trait(match["field"], f"名称中“{match['field']}”{reason}"))
            break
    return tuple(found.values())


def _place_in_front(name: str) -> str:
    found = split_place(name) if name else None
    return name.removesuffix(found[1]) if found is not None and found[1] else ""


def _topics(text: str) -> tuple[Trait, ...]:
    """Topics of its words; those that only name its kind (学会, 园区) say nothing of its field."""
    topic_of = {word: row[0] for row in load_rows("topic_words.tsv") for word in row[1].split("|")}
    (terms,) = _topic_words().find(text)
    found = [term for term in terms if term.text not in kind_labels()]
    return tuple({topic_of[term.text]: Trait(topic_of[term.text], f"提到“{term.text}”") for term in found}.values())


def _unknown(name: str, given: Corrections, told: tuple[tuple[Trait, ...], ...], region: Trait | None) -> Iterator[str]:
    kinds, levels, fields = told
    if not kinds and given.kinds is not None:
        yield "没有选定类别，只找直接提到它的内容。"
    elif not kinds:
        subject = f"名称“{name}”没有" if name else "说明没有"
        yield f"{subject}说明是哪一类单位，只能找直接提到它的内容；请在类别中选定。"
    if not levels and any(has_levels(kind.label) for kind in kinds):
        yield "看不出层级（全国、省、市、县、乡镇），各级的内容都列出。"
    if region is None and {level.label for level in levels} - {"national"}:
        yield "看不出在哪个省级地区，各地的内容都列出。"
    if not fields:
        yield "看不出领域，不按意义另找。"


@cache
def _field_rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), reason) for pattern, reason in load_rows("name_fields.tsv"))


@cache
def _topic_words() -> TermFinder:
    return TermFinder(word for row in load_rows("topic_words.tsv") for word in row[1].split("|"))
