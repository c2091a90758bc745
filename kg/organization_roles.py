"""In which role a statement concerns an organization, and in which order what concerns it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows
from kg.matching_actors import TOUCHING, Match
from kg.namespaces import statement_span
from kg.types import Modality
from kg.vocabulary import StrengthStep

ROLES: tuple[str, ...] = ("必须做", "牵头或负责", "配合参与", "可以享受或申请", "相关")
"""In the order of force."""

RELATIONS = {
    "agent": "责任主体",
    "target": "作用对象",
    "bearer": "承担者",
    "partner": "合作方",
    "beneficiary": "受益者",
}
"""What an actor is to a statement: local names of properties of the ontology, in Chinese."""


_ROLE_OF_MODALITY = {
    Modality.OBLIGATION: "必须做",
    Modality.PROHIBITION: "必须做",
    Modality.PERMISSION: "可以享受或申请",
    Modality.ENCOURAGEMENT: "可以享受或申请",
}
_ROLE_OF_TARGET = {"benefit": "可以享受或申请", "join": "配合参与"}
"""Of several verbs (支持、引导…) the one that benefits the target tells."""
_ROLE_OF_RELATION = {"partner": "配合参与", "beneficiary": "可以享受或申请"}


@dataclass(frozen=True, slots=True)
class Force:
    """A norm and how it binds; ``step`` is None where its marker has none on the scale."""

    iri: str
    modality: Modality
    step: StrengthStep | None

    @property
    def rank(self) -> int:
        """Higher for what binds more, 0 without a step."""
        return self.step.rank if self.step is not None else 0

    @property
    def order(self) -> tuple[int, str]:
        """The strongest first."""
        return (-self.rank, self.iri)


@dataclass(frozen=True, slots=True)
class Finding:
    """A statement in which a matched actor has a role, as far as ranking needs it.

    ``relation`` is agent, target, bearer, partner or beneficiary; ``norm`` is that which the statement is, or by which
    it is prescribed; ``addressed``: the role only falls to the document's addressees.
    """

    iri: str
    document: str
    relation: str
    match: Match
    verbs: frozenset[str]
    norm: Force | None
    addressed: bool

    @property
    def role(self) -> str:
        """One of ``ROLES``."""
        if self.match.distance >= TOUCHING:
            return "相关"
        return role_in(self.relation, self.norm, self.verbs, self.addressed)

    @property
    def order(self) -> tuple[int, int, int, str, int, str]:
        """By role, then nearness of what is named, then strength of the norm, then place."""
        span = statement_span(self.iri)
        rank = self.norm.rank if self.norm is not None else 0
        return (ROLES.index(self.role), self.match.distance, -rank, self.document, span.start, self.iri)


def role_in(relation: str, norm: Force | None, verbs: Iterable[str], addressed: bool) -> str:
    """The role, one of ``ROLES``, of those who are ``relation`` to a statement with these action verbs."""
    if relation == "agent" and addressed:
        return "配合参与"  # what falls to all addressees of a document alike is not yet anybody's own task
    if relation in ("agent", "bearer"):
        return _ROLE_OF_MODALITY[norm.modality] if norm is not None else "牵头或负责"
    meanings = {_target_roles().get(verb) for verb in verbs}
    by_verb = next((role for meaning, role in _ROLE_OF_TARGET.items() if meaning in meanings), "相关")
    return _ROLE_OF_RELATION.get(relation, by_verb)


@cache
def _target_roles() -> dict[str, str]:
    return {row[0]: row[1] for row in load_rows("target_roles.tsv")}
