"""What the graph says for a passage: it is the place asked for, names the actor or has the force that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from embeddings.query import Question
from embeddings.references import Reference
from embeddings.tokens import fold
from kg.labels import MODALITIES

PLACE_WEIGHT = 10.0  # above what any fused score reaches: a place that is named comes first
WHOLE_PLACE_WEIGHT = 15.0  # the article as a whole comes before what is in it
DOCUMENT_WEIGHT = 1.0
ACTOR_WEIGHT = 0.3
KIND_WEIGHT = 0.3
MODALITY_WEIGHT = 0.2

COLUMNS = ("document", "kind", "place", "actors", "actor_kinds", "modality")
"""Of the passages table: what :func:`find_evidence` reads."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage: by how much, in units of a fused score, and why in Chinese."""

    weight: float
    reason: str


def find_evidence(
    question: Question, references: Sequence[Reference], passage: Mapping[str, Any]
) -> tuple[Evidence, ...]:
    """All that speaks for ``passage`` (its ``COLUMNS``), strongest first."""
    found = [
        _of_reference(references, passage),
        _of_actor(question, passage["actors"]) or _of_kind(question, passage["actor_kinds"]),
        _of_modality(question, passage["modality"]),
    ]
    return tuple(sorted(filter(None, found), key=lambda evidence: -evidence.weight))


def _of_reference(references: Sequence[Reference], passage: Mapping[str, Any]) -> Evidence | None:
    for reference in references:
        if reference.document.iri == passage["document"]:
            if reference.provision is None:
                return Evidence(DOCUMENT_WEIGHT, f"出自所问的《{reference.document.title}》")
            if reference.provision.holds(passage["place"]):
                whole = passage["kind"] == "provision" and reference.provision.is_place(passage["place"])
                weight, reason = (WHOLE_PLACE_WEIGHT, "就是") if whole else (PLACE_WEIGHT, "出自")
                return Evidence(weight, f"{reason}所问的“{reference.words}”")
    return None


def _of_actor(question: Question, actors: Sequence[str]) -> Evidence | None:
    kinds = {word for word, _ in question.kinds}  # a whole kind is judged by the taxonomy
    for actor in actors:
        if (word := fold(actor)) not in kinds and word in question.text:
            return Evidence(ACTOR_WEIGHT, f"写到“{actor}”")
    return None


def _of_kind(question: Question, kinds: Sequence[str]) -> Evidence | None:
    for word, kind in question.kinds:
        if kind in kinds:
            asked = kind if word == fold(kind) else f"{word}（即{kind}）"
            return Evidence(KIND_WEIGHT, f"所涉主体属于所问的{asked}")
    return None


def _of_modality(question: Question, modality: str | None) -> Evidence | None:
    for word, asked in question.modalities:
        if asked == modality:
            return Evidence(MODALITY_WEIGHT, f"问“{word}”，本条是{MODALITIES[asked]}")
    return None
