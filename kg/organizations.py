"""What concerns an organization: its name gives kinds, kinds give actors, actors give statements, each with a path.

A statement concerns an organization that is named in it, in whatever way (科技部 and 国务院科学技术行政部门 are
科学技术部), or whose kind is, or a broader kind as a whole: 社会组织 includes a 学会, 气象主管机构 does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from kg.errors import InputError
from kg.graph import ADDRESSEE_RULE
from kg.lexicon import load_rows
from kg.matching_actors import Match, OrganizationKind, matching_actors, organization_kinds
from kg.namespaces import KP
from kg.questions import Row, run_question
from kg.store import GraphStore

ROLES: tuple[str, ...] = ("必须做", "牵头或负责", "配合参与", "可以享受或申请", "相关")
"""In the order of force."""

_ROLE_OF_MODALITY = {
    "obligation": "必须做",
    "prohibition": "必须做",
    "permission": "可以享受或申请",
    "encouragement": "可以享受或申请",
}
_ROLE_OF_TARGET = {"benefit": "可以享受或申请", "join": "配合参与"}
"""Of several verbs (支持、引导…) the one that benefits the target tells."""
_ROLE_LABELS = {"agent": "责任主体", "target": "作用对象", "bearer": "承担者"}


@dataclass(frozen=True, slots=True)
class Concern:
    """A statement that concerns the organization; ``text`` is the exact quote at ``start``–``end`` of the document."""

    rank: int
    role: str
    kind: str
    text: str
    document: str
    place: str
    iri: str
    modality: str | None
    path: str
    strength: str | None
    document_iri: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OrganizationAnswer:
    """Kinds of an organization and what concerns it, by role, then nearness of the kind named, then strength."""

    organization: str
    kinds: tuple[OrganizationKind, ...]
    results: tuple[Concern, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain values, as the command line and the HTTP routes give them."""
        return {
            "organization": self.organization,
            "kinds": [asdict(kind) for kind in self.kinds],
            "results": [asdict(result) for result in self.results],
        }


def measures_for(store: GraphStore, name: str, limit: int | None = None) -> OrganizationAnswer:
    """Statements that concern the organization, or organizations of the kind, called ``name``.

    Raises:
        InputError: the name is empty.
    """
    name = name.strip()
    if not name:
        raise InputError("没有写单位名称。请写一个单位的名称或类别，如“中国化学会”“民营企业”。")
    kinds = organization_kinds(name)
    found: dict[str, _Finding] = {}
    for match in matching_actors(store, name, kinds):
        for finding in _findings(store, match):
            if finding.iri not in found or finding.order < found[finding.iri].order:
                found[finding.iri] = finding
    # A measure that the organization's own norm prescribes is told with that norm.
    told = (finding for finding in found.values() if finding.role == "agent" and finding.norm in found)
    kept = sorted(found[iri] for iri in found.keys() - {finding.iri for finding in told})
    results = tuple(_concern(rank, finding) for rank, finding in enumerate(kept[:limit], start=1))
    return OrganizationAnswer(name, kinds, results)


@dataclass(frozen=True, slots=True)
class _Finding:
    """A statement in which a matched actor has a role (agent, target, bearer)."""

    match: Match
    row: Row
    role: str
    verbs: tuple[str, ...]
    inference: Row | None  # rule and reason, where the text does not say the role itself
    norm: str | None  # the norm that the statement is, or is prescribed by
    modality: str | None
    strength: str | None
    rank: int

    @property
    def iri(self) -> str:
        return str(self.row["iri"])

    @property
    def concern_role(self) -> str:
        """One of ``ROLES``."""
        if self.role == "bearer":
            return _ROLE_OF_MODALITY[str(self.row["modality"])]
        if self.role == "agent":
            # What falls to all addressees of a document alike is not yet anybody's own task.
            by_address = self.inference is not None and self.inference["rule"] == ADDRESSEE_RULE
            return "配合参与" if by_address else "牵头或负责"
        meanings = {_target_roles().get(verb) for verb in self.verbs}
        return next((role for meaning, role in _ROLE_OF_TARGET.items() if meaning in meanings), "相关")

    @property
    def order(self) -> tuple[int, int, int]:
        """By role, then nearness of what is named, then strength of the norm."""
        return (ROLES.index(self.concern_role), self.match.distance, -self.rank)

    def __lt__(self, other: _Finding) -> bool:
        return self._sort_key() < other._sort_key()

    def _sort_key(self) -> tuple[tuple[int, int, int], str, int, str]:
        return (self.order, str(self.row["document_title"]), _offset(self.row, "start"), self.iri)


def _findings(store: GraphStore, match: Match) -> Iterator[_Finding]:
    inferences: dict[tuple[str, str], Row] = {}
    for row in run_question(store, "actor_inferences", actor=match.actor_iri):
        inferences.setdefault((str(row["iri"]), str(row["property"]).removeprefix(KP)), row)
    norms: dict[str, Row] = {}
    for row in run_question(store, "actor_norms", actor=match.actor_iri):
        norms.setdefault(str(row["iri"]), row)
    statements: dict[tuple[str, str], list[Row]] = {}
    for row in run_question(store, "actor_statements", actor=match.actor_iri):
        if match.holds_in(str(row["document"])):
            statements.setdefault((str(row["iri"]), str(row["role"])), []).append(row)
    for (iri, role), rows in statements.items():
        row = rows[0]
        norm = norms.get(iri)
        rank = norm["rank"] if norm is not None else 0
        yield _Finding(
            match=match,
            row=row,
            role=role,
            verbs=tuple(str(each["verb"]) for each in rows),
            inference=inferences.get((iri, role)),
            norm=str(norm["norm"]) if norm is not None else None,
            modality=str(norm["modality"]) if norm is not None else _optional(row, "modality"),
            strength=_optional(norm, "strength") if norm is not None else None,
            rank=rank if isinstance(rank, int) else 0,
        )


@cache
def _target_roles() -> dict[str, str]:
    return {row[0]: row[1] for row in load_rows("target_roles.tsv")}


def _concern(rank: int, finding: _Finding) -> Concern:
    row, match = finding.row, finding.match
    ending = f"本条的{_ROLE_LABELS[finding.role]}是 {match.label}"
    if finding.inference is not None:
        ending += f"（{finding.inference['reason']}）"
    return Concern(
        rank=rank,
        role=finding.concern_role,
        kind=str(row["kind"]),
        text=str(row["text"]),
        document=str(row["document_title"]),
        place=str(row["place"]),
        iri=finding.iri,
        modality=finding.modality,
        path=f"{match.path}；{ending}" if match.path else ending,
        strength=finding.strength,
        document_iri=str(row["document"]),
        start=_offset(row, "start"),
        end=_offset(row, "end"),
    )


def _optional(row: Row, column: str) -> str | None:
    value = row[column]
    return None if value is None else str(value)


def _offset(row: Row, column: str) -> int:
    value = row[column]
    if not isinstance(value, int):
        raise TypeError(f"expected an offset in column {column}, got {value!r}")
    return value
