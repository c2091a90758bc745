"""What the graph says for a passage."""

from __future__ import annotations

from typing import Any

import pytest

from embeddings.graph_signal import (
    ACTOR_WEIGHT,
    DOCUMENT_WEIGHT,
    KIND_WEIGHT,
    MODALITY_WEIGHT,
    PLACE_WEIGHT,
    WHOLE_PLACE_WEIGHT,
    find_evidence,
)
from embeddings.query import load_synonyms, understand
from embeddings.references import DocumentNames
from kg.document_names import NamedDocument

STATUTE = NamedDocument("urn:statute", "中华人民共和国科学技术普及法")
NAMES = DocumentNames([STATUTE])


def passage(**values: Any) -> dict[str, Any]:
    return {
        "kind": "norm",
        "document": "urn:other",
        "place": "第二十条第一款",
        "actors": [],
        "actor_kinds": [],
        "modality": None,
    } | values


@pytest.mark.parametrize(
    ("question", "values", "weights"),
    [
        ("科普法第二十条", {"document": "urn:statute"}, [PLACE_WEIGHT]),
        ("科普法第二十条", {"document": "urn:statute", "kind": "provision"}, [PLACE_WEIGHT]),
        ("科普法第二十条第一款", {"document": "urn:statute", "kind": "provision"}, [WHOLE_PLACE_WEIGHT]),
        ("科普法第二十一条", {"document": "urn:statute"}, []),
        ("科普法怎么说", {"document": "urn:statute"}, [DOCUMENT_WEIGHT]),
        ("科普法怎么说", {}, []),
        ("中国化学会管什么", {"actors": ["中国化学会"], "actor_kinds": ["学会"]}, [ACTOR_WEIGHT]),
        ("协会做什么", {"actors": ["中国化学会"], "actor_kinds": ["学会", "社会组织"]}, [KIND_WEIGHT]),
        ("学会做什么", {"actors": ["某大学"], "actor_kinds": ["高等学校"]}, []),
        ("能不能挪用经费", {"modality": "prohibition"}, [MODALITY_WEIGHT]),
        ("必须公开吗", {"modality": "permission"}, []),
        ("学会必须公开吗", {"actor_kinds": ["学会"], "modality": "obligation"}, [KIND_WEIGHT, MODALITY_WEIGHT]),
    ],
)
def test_evidence_for_a_passage(question: str, values: dict[str, Any], weights: list[float]) -> None:
    understood = understand(question, load_synonyms())
    evidence = find_evidence(understood, NAMES.find(understood.text), passage(**values))
    assert [each.weight for each in evidence] == weights


def test_reasons_name_what_was_asked_and_what_is_there() -> None:
    understood = understand("协会能不能办刊物", load_synonyms())
    reasons = [
        each.reason for each in find_evidence(understood, (), passage(actor_kinds=["学会"], modality="permission"))
    ]
    assert reasons == ["所涉主体属于所问的协会（即学会）", "问“能不能”，本条是许可"]
