"""What was understood of an organization, line by line for people."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.labels import LEVELS
from kg.organization_description import Trait
from kg.organization_profile import OrganizationProfile
from kg.taxonomy import people_of


@dataclass(frozen=True, slots=True)
class Understanding:
    """One thing known of an organization: what it is about (类别), what is known, and why; all Chinese."""

    aspect: str
    value: str
    reason: str


def understandings(profile: OrganizationProfile) -> list[Understanding]:
    """All that is known: kinds, levels and region first, what follows from them after."""
    levels = tuple(Trait(LEVELS[level.label], level.reason) for level in profile.levels)
    region = () if profile.region is None else (profile.region,)
    parent = () if profile.parent is None else (profile.parent,)
    aspects = {
        "类别": profile.kinds,
        "层级": levels,
        "地区": region,
        "领域": profile.fields,
        "隶属": parent,
        "上位类别": profile.groups,
        "内有": profile.units,
        "所在": profile.places,
        "人员": tuple(_people(profile)),
        "主题": profile.topics,
    }
    return [Understanding(aspect, trait.label, trait.reason) for aspect, traits in aspects.items() for trait in traits]


def _people(profile: OrganizationProfile) -> Iterator[Trait]:
    """The people that organizations of its kinds have."""
    for kind in profile.kinds:
        for person, above in people_of(kind.label).items():
            yield Trait(person, f"{above}的人员包括{person}")
