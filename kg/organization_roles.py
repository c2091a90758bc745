"""In which role a statement concerns an organization, and in which order what concerns it is told."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, cached_property

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
    "named": "提到的主体",
}
"""What an actor is to a statement, in Chinese; ``named``: it has no role in it."""


_ROLE_OF_MODALITY = {
    Modality.OBLIGATION: "必须做",
    Modality.PROHIBITION: "必须做",
    Modality.PERMISSION: "可以享受或申请",
    Modality.ENCOURAGEMENT: "可以享受或申请",
}
_ROLE_OF_TARGET = {"sanction": "相关", "benefit": "可以享受或申请", "join": "配合参与"}
"""Of several verbs (支持、引导…) the one that benefits the target tells."""
NAMED = 4
"""How much further away than an actor with a role one is that the words only name."""
RESTRICTED = 4
"""How much further away one is that an attribute restricts."""
_TASKS = ("牵头或负责", "配合参与")
"""Somebody's tasks: where only the context tells whose, they are not told as the organization's."""
_ROLE_OF_RELATION = {"partner": "配合参与", "beneficiary": "可以享受或申请"}


@dataclass(frozen=True, slots=True)
class Force:
    """A norm and how it binds; ``step`` is None where its marker has none on the scale; ``others``: others bear it."""

    iri: str
    modality: Modality
    step: StrengthStep | None
    others: bool

    @property
    def role(self) -> str:
        """The role of who bears it; of two words of encouragement 引导 asks to take part, 鼓励 offers."""
        marker = self.step.notation if self.step is not None else ""
        if self.modality is Modality.ENCOURAGEMENT and _target_roles().get(marker, ("",))[0] == "join":
            return "配合参与"
        return _ROLE_OF_MODALITY[self.modality]

    @property
    def rank(self) -> int:
        """Higher for what binds more, 0 without a step."""
        return self.step.rank if self.step is not None else 0

    @property
    def order(self) -> tuple[int, str]:
        """The strongest first."""
        return (-self.rank, self.iri)


@dataclass(frozen=True, slots=True)
class Action:
    """How a measure acts: its verbs, whether its target is to act itself, and types of policy instrument."""

    verbs: frozenset[str] = frozenset()
    inner: bool = False
    instruments: frozenset[str] = frozenset()

    @property
    def role(self) -> str | None:
        """The role of the measure's target, one of ``ROLES``; None where nothing tells."""
        by_verb = {_target_roles()[verb][0 if self.inner else 1] for verb in self.verbs if verb in _target_roles()}
        by_instrument = {_instrument_roles()[name] for name in self.instruments if name in _instrument_roles()}
        told = (meaning for meanings in (by_verb, by_instrument) for meaning in _ROLE_OF_TARGET if meaning in meanings)
        return _ROLE_OF_TARGET.get(next(told, ""))


@dataclass(frozen=True)
class Finding:
    """A statement in which a matched actor has a role, as far as ranking needs it.

    ``relation`` is a key of ``RELATIONS``; ``norm`` is that which the statement is, or by which
    it is prescribed; ``addressed``: the role only falls to the document's addressees; ``restricted``: an attribute in
    front of the actor restricts it (制造计量器具的企业).
    """

    iri: str
    document: str
    relation: str
    match: Match
    action: Action
    norm: Force | None
    addressed: bool
    restricted: bool

    @cached_property
    def role(self) -> str:
        """One of ``ROLES``."""
        if self.match.distance >= TOUCHING:
            return "相关"
        role = role_in(self.relation, self.norm, self.action, self.addressed)
        is_open = self.relation in self.match.open_as and (role in _TASKS or self.restricted)
        return "相关" if is_open else role

    @cached_property
    def order(self) -> tuple[int, int, int, str, int, str]:
        """By role, then nearness of what is named, then strength of the norm, then place."""
        span = statement_span(self.iri)
        rank = self.norm.rank if self.norm is not None else 0
        distance = self.match.distance + NAMED * (self.relation == "named") + RESTRICTED * self.restricted
        return (ROLES.index(self.role), distance, -rank, self.document, span.start, self.iri)


def role_in(relation: str, norm: Force | None, action: Action, addressed: bool) -> str:
    """The role, one of ``ROLES``, of those who are ``relation`` to a statement."""
    if relation == "agent" and addressed:
        return "配合参与"  # what falls to all addressees of a document alike is not yet anybody's own task
    if relation == "bearer" and norm is not None:
        return norm.role
    if relation == "agent":
        if norm is None:
            return "牵头或负责"
        # 政府应当引导企业…: the duty is another's, the enterprise takes part.
        return "配合参与" if norm.others and norm.role == "必须做" else norm.role
    return _ROLE_OF_RELATION.get(relation) or action.role or "相关"


@cache
def _target_roles() -> dict[str, tuple[str, str]]:
    return {row[0]: (row[1], row[2]) for row in load_rows("target_roles.tsv")}


@cache
def _instrument_roles() -> dict[str, str]:
    return {row[0]: row[1] for row in load_rows("instrument_roles.tsv")}
