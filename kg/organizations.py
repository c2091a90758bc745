"""What concerns an organization: who it is gives actors, actors give statements, each with a path.

A statement concerns an organization that is named in it, in whatever way (科技部 and 国务院科学技术行政部门 are
科学技术部), or whose kind is, or a broader kind as a whole: 社会组织 includes a 学会, 气象主管机构 does not.
What touches only its people, its parts or its surroundings is told last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from itertools import groupby, islice
from typing import Any

from kg.actor_rows import ActorRows
from kg.concerns import Concern, full_concerns
from kg.matching_actors import ActorCatalogue, Match, holds_in, matching_actors
from kg.namespaces import POLICY_INSTRUMENT, statement_document
from kg.organization_profile import OrganizationProfile
from kg.organization_roles import ROLES, Action, Finding, Force, role_in
from kg.questions import run_question
from kg.store import GraphStore
from kg.types import Modality
from kg.vocabulary import strength_steps

QUESTIONS = (
    "actor_kinds",
    "actor_names",
    "concerning_statements",
    "addressed_statements",
    "restricted_actors",
    "concerning_norms",
    "borne_norms",
    "norm_modalities",
    "concerning_actions",
)
"""The named queries behind an answer, in their order."""


@dataclass(frozen=True, slots=True)
class OrganizationAnswer:
    """Who was asked about, and what concerns it: by role, then nearness of the kind named, then strength.

    ``counts`` are those of all results by role, ``results`` the first of them.
    """

    profile: OrganizationProfile
    counts: dict[str, int]
    results: tuple[Concern, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the command line and the HTTP routes give them."""
        return {
            "organization": self.profile.title,
            **asdict(self.profile),
            "counts": self.counts,
            "results": [asdict(result) for result in self.results],
        }


@dataclass(frozen=True)
class OrganizationMatcher:
    """Answers what concerns organizations, over one graph; safe to share between threads."""

    store: GraphStore

    @cached_property
    def catalogue(self) -> ActorCatalogue:
        """The actors of the graph, read when first asked for."""
        return ActorCatalogue(self.store)

    @cached_property
    def actor_rows(self) -> ActorRows:
        """What the graph says of the actors that were asked about."""
        return ActorRows(self.store)

    def measures_for(
        self, profile: OrganizationProfile, limit: int | None = None, roles: Iterable[str] = ROLES
    ) -> OrganizationAnswer:
        """What concerns the organization; the first ``limit`` results of ``roles`` in full, counts of all."""
        return self.answer(profile, self.findings(profile), limit, roles)

    def answer(
        self,
        profile: OrganizationProfile,
        findings: Sequence[Finding],
        limit: int | None,
        roles: Iterable[str],
        limit_of_role: int | None = None,
    ) -> OrganizationAnswer:
        """The findings in full, as :meth:`measures_for` gives them; at most ``limit_of_role`` of each role."""
        counts = Counter(finding.role for finding in findings)
        by_role = groupby(_ranked(findings, roles), key=lambda each: each[1].role)
        shown = [each for _, of_role in by_role for each in islice(of_role, limit_of_role)][:limit]
        return OrganizationAnswer(
            profile, {role: counts[role] for role in ROLES}, tuple(full_concerns(self.store, shown))
        )

    def dated(self, findings: Sequence[Finding], roles: Iterable[str]) -> tuple[Concern, ...]:
        """Those of ``roles`` in full that have a deadline whose last day is known, with their ranks in the answer."""
        ranked = _ranked(findings, roles)
        rows = run_question(self.store, "dated_statements", statements=[finding.iri for _, finding in ranked])
        dated = {row["iri"] for row in rows}
        return tuple(full_concerns(self.store, [each for each in ranked if each[1].iri in dated]))

    def findings(self, profile: OrganizationProfile) -> list[Finding]:
        """Each statement that concerns the organization once, by its nearest match and strongest role, in order."""
        matches: dict[str, list[Match]] = {}
        for match in matching_actors(self.catalogue, profile):
            matches.setdefault(match.actor_iri, []).append(match)
        best: dict[str, Finding] = {}
        for finding in self._findings(matches, profile):
            if finding.iri not in best or finding.order < best[finding.iri].order:
                best[finding.iri] = finding
        acting = {finding.norm.iri for finding in best.values() if finding.norm and finding.relation != "named"}
        told = [iri for iri, finding in best.items() if _is_told(finding, best, acting)]
        for iri in told:
            del best[iri]
        return sorted(best.values(), key=lambda finding: finding.order)

    def role_of(self, statement: str, actor: str, relation: str) -> str:
        """The role of an actor of the graph that is ``relation`` to a statement (both IRIs)."""
        norm = self._strongest_norms([actor]).get(statement)
        action = self._actions([actor]).get(statement, Action())
        addressed = self.actor_rows.rows("addressed_statements", [actor])
        return role_in(relation, norm, action, any(row["iri"] == statement for row in addressed))

    def _findings(self, matches: Mapping[str, list[Match]], profile: OrganizationProfile) -> Iterator[Finding]:
        actors = sorted(matches)
        if not actors:
            return
        norms = self._strongest_norms(actors)
        actions = self._actions(actors)
        addressed, restricted = (
            {(row["iri"], row["actor"]) for row in self.actor_rows.rows(question, actors)}
            for question in ("addressed_statements", "restricted_actors")
        )
        for row in self.actor_rows.rows("concerning_statements", actors):
            iri = str(row["iri"])
            document = statement_document(iri)
            for match in matches[str(row["actor"])]:
                if holds_in(match, document, profile, self.catalogue.homes.get(document)):
                    yield Finding(
                        iri=iri,
                        document=document,
                        relation=str(row["role"]),
                        match=match,
                        action=actions.get(iri, Action()),
                        norm=norms.get(iri),
                        addressed=row["role"] == "agent" and (row["iri"], row["actor"]) in addressed,
                        restricted=match.distance > 0 and (row["iri"], row["actor"]) in restricted,
                    )

    def _actions(self, actors: list[str]) -> dict[str, Action]:
        """How the measures that have the actors as targets, or name them, act."""
        verbs: dict[str, set[str]] = {}
        instruments: dict[str, set[str]] = {}
        inner: set[str] = set()
        for row in self.actor_rows.rows("concerning_actions", actors):
            iri = str(row["iri"])
            verbs.setdefault(iri, set()).add(str(row["verb"]))
            if row["inner"] is not None:
                inner.add(iri)
            if row["instrument"] is not None:
                instruments.setdefault(iri, set()).add(str(row["instrument"]).removeprefix(POLICY_INSTRUMENT))
        return {
            iri: Action(frozenset(words), iri in inner, frozenset(instruments.get(iri, ())))
            for iri, words in verbs.items()
        }

    def _strongest_norms(self, actors: list[str]) -> dict[str, Force]:
        """Of each statement the norm that it is, or the strongest that prescribes it."""
        rows = self.actor_rows.rows("concerning_norms", actors)
        own = {row["norm"] for row in rows if row["own"]}
        foreign = sorted({str(row["norm"]) for row in rows if row["norm"] not in own and row["norm"] != row["iri"]})
        borne = {row["iri"] for row in run_question(self.store, "borne_norms", norms=foreign)}
        modalities = self._modalities({str(row["norm"]) for row in rows if row["step"] is None})
        strongest: dict[str, Force] = {}
        for row in rows:
            iri, norm, step = str(row["iri"]), str(row["norm"]), strength_steps().get(str(row["step"]))
            force = Force(norm, step.modality if step else modalities[norm], step, others=row["norm"] in borne)
            if iri not in strongest or force.order < strongest[iri].order:
                strongest[iri] = force
        return strongest

    def _modalities(self, norms: set[str]) -> dict[str, Modality]:
        """Of norms whose markers have no step on the scale."""
        rows = run_question(self.store, "norm_modalities", norms=sorted(norms))
        return {str(row["iri"]): Modality(str(row["modality"])) for row in rows}


def _ranked(findings: Iterable[Finding], roles: Iterable[str]) -> list[tuple[int, Finding]]:
    """Those of ``roles``, numbered from 1."""
    wanted = frozenset(roles)
    return list(enumerate((finding for finding in findings if finding.role in wanted), start=1))


def _is_told(finding: Finding, others: Mapping[str, Finding], acting: set[str]) -> bool:
    """Whether another finding tells the same: the organization's norm its measures, a measure with a role the norm that
    only names the organization. ``acting`` are the norms that a finding with a role is, or is prescribed by.
    """
    norm = finding.norm
    if norm is None:
        return False
    if norm.iri == finding.iri:
        return finding.relation == "named" and norm.iri in acting
    above = others.get(norm.iri)
    return above is not None and (finding.relation == "named" or above.relation != "named")
