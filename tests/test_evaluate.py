"""Scoring of extracted records by hand-computed examples."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import InputError, NotFoundError
from kg.evaluate import GoldDocument, evaluate_extraction, load_gold

Record = dict[str, Any]


def actor(start: int, end: int) -> Record:
    return {"kind": "actor", "start": start, "end": end, "text": "x" * (end - start)}


def measure(start: int, end: int, head: int, agents: list[list[int]] | None = None) -> Record:
    return {
        "kind": "measure",
        "start": start,
        "end": end,
        "text": "",
        "head": [["做", head, head + 1]],
        "inner": [],
        "agents": agents or [],
        "targets": [],
        "aims": [],
    }


def norm(start: int, end: int, modality: str, bearers: list[list[int]]) -> Record:
    return {
        "kind": "norm",
        "start": start,
        "end": end,
        "text": "",
        "modality": modality,
        "marker": ["应", start, start + 1],
        "bearers": bearers,
    }


def test_actors_must_have_equal_spans() -> None:
    figures = evaluate_extraction([(GoldDocument([actor(0, 4), actor(6, 8)]), [actor(0, 4), actor(6, 9)])])
    assert (figures["actor"].gold, figures["actor"].predicted, figures["actor"].correct) == (2, 2, 1)
    assert figures["actor"].f1 == pytest.approx(0.5)


def test_measures_need_half_the_overlap_and_a_shared_head() -> None:
    gold = [measure(0, 10, 2), measure(20, 30, 22)]
    half_with_head, other_head = measure(0, 5, 2), measure(20, 30, 25)
    figures = evaluate_extraction([(GoldDocument(gold), [half_with_head, other_head])])
    assert figures["measure"].correct == 1


def test_roles_of_unmatched_measures_count_as_missed_and_spurious() -> None:
    gold = [measure(0, 10, 2, [[0, 2]])]
    predicted = [measure(40, 50, 42, [[40, 42], [44, 46]])]
    role = evaluate_extraction([(GoldDocument(gold), predicted)])["role"]
    assert (role.gold, role.predicted, role.correct) == (1, 2, 0)


def test_norms_need_the_same_modality_and_marker() -> None:
    gold = [norm(0, 10, "obligation", [[0, 2]]), norm(20, 30, "permission", [])]
    predicted = [norm(0, 9, "obligation", [[0, 2]]), norm(20, 30, "prohibition", [])]
    figures = evaluate_extraction([(GoldDocument(gold), predicted)])
    assert figures["norm"].correct == 1
    assert figures["bearer"].correct == 1


def test_predictions_outside_the_annotated_range_are_ignored_and_documents_add_up() -> None:
    document = GoldDocument([actor(10, 12)], start=10, end=20)
    figures = evaluate_extraction([(document, [actor(0, 2), actor(10, 12)]), (GoldDocument([actor(1, 2)]), [])])
    assert (figures["actor"].gold, figures["actor"].predicted, figures["actor"].correct) == (2, 1, 1)
    assert (figures["actor"].precision, figures["actor"].recall) == (1.0, 0.5)


def test_nothing_annotated_and_nothing_found_is_zero_not_an_error() -> None:
    assert evaluate_extraction([])["measure"].f1 == 0.0


def test_gold_file_is_read_with_its_text_and_range(tmp_path: Path) -> None:
    gold = tmp_path / "law.jsonl"
    gold.write_text(json.dumps(actor(0, 2)) + "\n", encoding="utf-8")
    (tmp_path / "law.txt").write_text("学会应当守法。", encoding="utf-8")
    (tmp_path / "law.meta.json").write_text('{"range": [0, 6]}', encoding="utf-8")
    document, source = load_gold(gold)
    assert (document.records, document.start, document.end, source.text) == ([actor(0, 2)], 0, 6, "学会应当守法。")
    gold.write_text("no record\n", encoding="utf-8")
    with pytest.raises(InputError, match="每行一个 JSON"):
        load_gold(gold)
    with pytest.raises(NotFoundError):
        load_gold(tmp_path / "other.jsonl")
