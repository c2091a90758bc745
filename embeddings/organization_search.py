"""What concerns an organization, with what is only near to its field in meaning kept apart from what the text says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from embeddings.search import Searcher
from embeddings.types import Hit, SearchFilters
from kg.actor_classes import class_of
from kg.matching_actors import Match, holds_in
from kg.namespaces import statement_span
from kg.organization_profile import OrganizationProfile
from kg.organization_roles import ROLES, Finding
from kg.organizations import OrganizationAnswer, OrganizationMatcher
from kg.types import Span

MEANING_LIMIT = 10
STATEMENTS = SearchFilters(kinds=("measure", "norm"))


@dataclass(frozen=True, slots=True)
class NearStatement:
    """A statement near the organization's field that does not name it; ``path`` is the reason in Chinese."""

    hit: Hit
    path: str


@dataclass(frozen=True, slots=True)
class OrganizationFindings:
    """All that concerns the organization, in order and before it is told in full, and what is only near its field."""

    profile: OrganizationProfile
    findings: tuple[Finding, ...]
    by_meaning: tuple[NearStatement, ...]


@dataclass(frozen=True, slots=True)
class OrganizationResult:
    """What the texts say of the organization, and what is only near its field."""

    answer: OrganizationAnswer
    by_meaning: tuple[NearStatement, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the command line and the HTTP routes give them."""
        near = [{**statement.hit.to_json(), "role": "相关", "path": statement.path} for statement in self.by_meaning]
        return {**self.answer.to_json(), "by_meaning": near}


def ask_organization(
    matcher: OrganizationMatcher,
    searcher: Searcher,
    profile: OrganizationProfile,
    limit: int | None = None,
    roles: Iterable[str] = ROLES,
) -> OrganizationResult:
    """What concerns the organization; the first ``limit`` results of ``roles`` in full, counts of all."""
    found = find_for_organization(matcher, searcher, profile)
    return OrganizationResult(matcher.answer(profile, found.findings, limit, roles), found.by_meaning)


def find_for_organization(
    matcher: OrganizationMatcher, searcher: Searcher, profile: OrganizationProfile
) -> OrganizationFindings:
    """What concerns the organization, for who tells it in full step by step."""
    findings = matcher.findings(profile)
    return OrganizationFindings(profile, tuple(findings), _by_meaning(matcher, searcher, profile, findings))


def _by_meaning(
    matcher: OrganizationMatcher, searcher: Searcher, profile: OrganizationProfile, findings: Sequence[Finding]
) -> tuple[NearStatement, ...]:
    """What is near its field beside all that is told already; nothing where nothing in the texts is about the field."""
    fields = [field.label for field in profile.fields]
    if not fields:
        return ()
    question = "、".join(fields)
    result = searcher.search(question, limit=3 * MEANING_LIMIT, filters=STATEMENTS)
    if result.answered is False:
        return ()
    told: dict[str, list[Span]] = {}
    for finding in findings:
        told.setdefault(finding.document, []).append(statement_span(finding.iri))
    near = [
        hit
        for hit in result.hits
        if not any(span.overlaps(Span(hit.start, hit.end)) for span in told.get(hit.document_iri, ()))
        and _may_hold(matcher, profile, hit)
    ]
    return tuple(NearStatement(hit, f"{profile.title} 的领域是“{question}”；{hit.why}") for hit in near[:MEANING_LIMIT])


def _may_hold(matcher: OrganizationMatcher, profile: OrganizationProfile, hit: Hit) -> bool:
    """Whether neither the document's place nor the levels that the statement names exclude the organization."""
    levels = _levels(hit.actors)
    own = {level.label for level in profile.levels}
    if own and levels and not own & levels:
        return False
    match = Match(hit.iri, "", 1, "", levels=frozenset(levels))
    return holds_in(match, hit.document_iri, profile, matcher.catalogue.homes.get(hit.document_iri))


def _levels(actors: Sequence[str]) -> set[str]:
    named = [found for actor in actors if (found := class_of(actor)) is not None]
    return {level for found in named for level in found.levels} if all(found.levels for found in named) else set()
