"""A statement that concerns an organization, in full: its words, place, force, deadlines, conditions and the path."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.namespaces import statement_kind
from kg.organization_roles import RELATIONS, Finding
from kg.questions import Row, run_question
from kg.store import GraphStore


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline in the words of the text; ``last_day`` is an ISO date where they tell one."""

    words: str
    last_day: str | None


@dataclass(frozen=True, slots=True)
class Concern:
    """A statement that concerns the organization; ``text`` is the exact quote at ``start``–``end`` of the document.

    ``certain`` is False where it holds only for some organizations of the kind, as the path says. ``limits`` are time
    limits and frequencies (每年), all in the words of the text.
    """

    rank: int
    role: str
    kind: str
    text: str
    document: str
    place: str
    iri: str
    modality: str | None
    path: str
    certain: bool
    strength: str | None
    document_iri: str
    issued: str | None
    start: int
    end: int
    deadlines: tuple[Deadline, ...]
    limits: tuple[str, ...]
    conditions: tuple[str, ...]
    quantities: tuple[str, ...]


def full_concerns(store: GraphStore, ranked: Sequence[tuple[int, Finding]]) -> Iterator[Concern]:
    """The findings in full, each with its rank."""
    statements = [finding.iri for _, finding in ranked]
    if not statements:
        return
    rows = {str(row["iri"]): row for row in run_question(store, "statements_in_full", statements=statements)}
    terms: dict[str, list[Row]] = {}
    for row in run_question(store, "statements_terms", statements=statements):
        terms.setdefault(str(row["iri"]), []).append(row)
    reasons: dict[tuple[str, str, str], str] = {}
    for row in run_question(store, "role_reasons", statements=statements):
        reasons.setdefault((str(row["iri"]), str(row["role"]), str(row["actor"])), str(row["reason"]))
    for rank, finding in ranked:
        reason = reasons.get((finding.iri, finding.relation, finding.match.actor_iri))
        yield _concern(rank, finding, rows[finding.iri], terms.get(finding.iri, []), reason)


def _concern(rank: int, finding: Finding, row: Row, terms: Sequence[Row], reason: str | None) -> Concern:
    match = finding.match
    ending = f"本条的{RELATIONS[finding.relation]}是 {match.label}" + (f"（{reason}）" if reason else "")
    if finding.restricted:
        ending += f"，前面有限定，须看是否符合“……的{match.label}”"
    return Concern(
        rank=rank,
        role=finding.role,
        kind=statement_kind(finding.iri),
        text=str(row["text"]),
        document=str(row["document_title"]),
        place=str(row["place"]),
        iri=finding.iri,
        modality=finding.norm.modality.value if finding.norm is not None else None,
        path=f"{match.path}；{ending}" if match.path else ending,
        certain=match.certain and not finding.restricted,
        strength=finding.norm.step.notation if finding.norm is not None and finding.norm.step is not None else None,
        document_iri=finding.document,
        issued=None if row["issued"] is None else str(row["issued"]),
        start=_offset(row["start"]),
        end=_offset(row["end"]),
        deadlines=tuple(
            Deadline(str(term["words"]), None if term["last_day"] is None else str(term["last_day"]))
            for term in terms
            if term["kind"] == "deadline"
        ),
        limits=_words(terms, "limit", "frequency"),
        conditions=_words(terms, "condition"),
        quantities=_words(terms, "quantity"),
    )


def _words(terms: Sequence[Row], *kinds: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(term["words"]) for term in terms if term["kind"] in kinds))


def _offset(value: Any) -> int:
    if not isinstance(value, int):
        raise TypeError(f"expected an offset, got {value!r}")
    return value
