"""Two organizations beside each other: what concerns both, and what concerns only one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from kg.concerns import Concern, full_concerns
from kg.organization_profile import OrganizationProfile
from kg.organization_roles import Finding
from kg.organizations import OrganizationMatcher


@dataclass(frozen=True, slots=True)
class SharedConcern:
    """A statement that concerns both, as it concerns each: their roles may differ."""

    first: Concern
    second: Concern


@dataclass(frozen=True, slots=True)
class OrganizationComparison:
    """What concerns two organizations; the counts are those of all, the rows the first of each part."""

    first: OrganizationProfile
    second: OrganizationProfile
    both_count: int
    only_first_count: int
    only_second_count: int
    both: tuple[SharedConcern, ...]
    only_first: tuple[Concern, ...]
    only_second: tuple[Concern, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the command line and the HTTP routes give them."""
        return asdict(self)


def compare_organizations(
    matcher: OrganizationMatcher, first: OrganizationProfile, second: OrganizationProfile, limit: int | None = None
) -> OrganizationComparison:
    """What concerns both and what only one, each part in its order and at most ``limit`` long."""
    of_first = {finding.iri: finding for finding in matcher.findings(first)}
    of_second = {finding.iri: finding for finding in matcher.findings(second)}
    both = [iri for iri in of_first if iri in of_second]
    only_first = [finding for iri, finding in of_first.items() if iri not in of_second]
    only_second = [finding for iri, finding in of_second.items() if iri not in of_first]
    shown = both[:limit]
    return OrganizationComparison(
        first=first,
        second=second,
        both_count=len(both),
        only_first_count=len(only_first),
        only_second_count=len(only_second),
        both=tuple(
            SharedConcern(one, other)
            for one, other in zip(
                _in_full(matcher, [of_first[iri] for iri in shown]),
                _in_full(matcher, [of_second[iri] for iri in shown]),
                strict=True,
            )
        ),
        only_first=_in_full(matcher, only_first[:limit]),
        only_second=_in_full(matcher, only_second[:limit]),
    )


def _in_full(matcher: OrganizationMatcher, findings: Sequence[Finding]) -> tuple[Concern, ...]:
    return tuple(full_concerns(matcher.store, list(enumerate(findings, start=1))))
