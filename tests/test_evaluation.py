"""Figures of search: measures with answers worked out by hand, intervals, and a small collection from end to end."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from embeddings.beir import CollectionPassage, JudgedCollection
from embeddings.collection_index import open_collection
from embeddings.evaluation import MEASURES, SearchEvaluation, estimate_means, evaluate_search, measure
from tests.bigram_encoder import CountingEncoder

RANKED = [f"d{rank}" for rank in range(1, 101)]


@pytest.mark.parametrize(
    ("grades", "ndcg", "recall_10", "recall_100", "reciprocal_rank"),
    [
        ({"d1": 1}, 1.0, 1.0, 1.0, 1.0),
        ({"d2": 1}, 0.6309, 1.0, 1.0, 0.5),  # 1 / log2(3)
        ({"d1": 1, "d3": 1}, 0.9197, 1.0, 1.0, 1.0),  # (1 + 1/2) / (1 + 1/log2(3))
        ({"d10": 1, "d50": 1}, 0.1772, 0.5, 1.0, 0.1),  # (1 / log2(11)) / (1 + 1/log2(3))
        ({"d1": 1, "d2": 2}, 0.8597, 1.0, 1.0, 1.0),  # (1 + 2/log2(3)) / (2 + 1/log2(3))
        ({"d1": 0, "d2": 1}, 0.6309, 1.0, 1.0, 0.5),  # a judgement of 0 is no answer
        ({"d11": 1}, 0.0, 0.0, 1.0, 0.0),
        ({"missing": 1}, 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_measures_of_one_question(
    grades: dict[str, int], ndcg: float, recall_10: float, recall_100: float, reciprocal_rank: float
) -> None:
    values = measure({"q": grades}, {"q": RANKED})[:, 0]
    assert list(MEASURES) == ["nDCG@10", "Recall@10", "Recall@100", "MRR@10"]
    assert values == pytest.approx([ndcg, recall_10, recall_100, reciprocal_rank], abs=1e-4)


def test_a_question_that_finds_nothing_counts_0_and_questions_keep_their_order() -> None:
    values = measure({"q2": {"d1": 1}, "q1": {"d1": 1}, "q3": {"d1": 1}}, {"q1": ["d1"], "q2": []})
    assert values.tolist() == [[0, 1, 0]] * 4


def test_intervals_hold_the_mean_and_are_the_same_every_time() -> None:
    rows = np.array([[0.5] * 40, [1.0, -1.0] * 20, [0.0, 0.0, 0.0, 1.0] * 10])
    constant, even, quarter = estimate_means(rows)
    assert (constant.mean, constant.low, constant.high) == (0.5, 0.5, 0.5)
    assert constant.differs_from_0
    assert (even.mean, even.differs_from_0) == (0.0, False)
    # 1.96 standard errors, sqrt(.25 * .75 / 40) each, on either side
    assert (quarter.mean, quarter.low, quarter.high) == pytest.approx((0.25, 0.116, 0.384), abs=0.02)
    assert estimate_means(rows)[1:] == [even, quarter]


def test_each_system_is_compared_with_the_first_and_the_one_before() -> None:
    values = {"a": np.full((4, 3), 0.2), "b": np.full((4, 3), 0.5), "c": np.full((4, 3), 0.4)}
    figures = SearchEvaluation(["q1", "q2", "q3"], values).figures()
    assert figures["a"].to_yardstick == figures["a"].to_previous == {}
    assert figures["c"].means["nDCG@10"] == pytest.approx(0.4)
    assert figures["c"].to_yardstick["MRR@10"].mean == pytest.approx(0.2)
    assert figures["c"].to_previous["MRR@10"].mean == pytest.approx(-0.1)
    assert figures["c"].to_previous["MRR@10"].differs_from_0


# A collection small enough to rank by hand: each passage shares pairs of characters with one question only, but for
# d3, which holds q1's pair more often in fewer words.

TEXTS = {
    "d1": "县级以上人民政府应当将科普工作纳入规划，并且每年安排专门的资金",
    "d2": "任何单位不得挪用",
    "d3": "科普和科普",
    "d4": "外籍专家可以任职",
}


@pytest.fixture
def collection() -> JudgedCollection:
    return JudgedCollection(
        folder=Path("small"),
        split="test",
        passages=tuple(CollectionPassage(key, "", text) for key, text in TEXTS.items()),
        questions={"q1": "科普", "q2": "挪用", "q3": "任职"},
        judgements={"q1": {"d1": 1}, "q2": {"d2": 1}, "q3": {"d4": 1, "d1": 1}},
        absent=0,
    )


def test_a_small_collection_from_end_to_end(collection: JudgedCollection, tmp_path: Path) -> None:
    asked: list[tuple[int, int]] = []
    searcher, yardstick = open_collection(collection, CountingEncoder(), tmp_path, lambda *_: None)
    evaluation = evaluate_search(collection, searcher, yardstick, lambda *step: asked.append(step))
    assert asked == [(1, 3), (2, 3), (3, 3)]
    assert list(evaluation.values) == ["bm25-plain", "bm25", "dense", "hybrid", "hybrid-graph"]
    # The yardstick finds d3, d1 for q1, d2 for q2, and of the two answers to q3 only d4, the one with its words.
    assert evaluation.values["bm25-plain"] == pytest.approx(
        np.array([[0.6309, 1, 0.6131], [1, 1, 0.5], [1, 1, 0.5], [0.5, 1, 1]]), abs=1e-4
    )
    assert evaluation.values["dense"][2].tolist() == [1, 1, 1]  # by meaning every passage gets a place
    json.dumps(evaluation.to_json())
    assert evaluation.to_json()["values"]["q1"]["nDCG@10"]["bm25-plain"] == 0.6309


def test_the_second_run_encodes_no_passage_and_each_question_once(collection: JudgedCollection, tmp_path: Path) -> None:
    for run in range(2):
        encoder, stages = CountingEncoder(), set[str]()
        searcher, yardstick = open_collection(
            collection, encoder, tmp_path, lambda stage, done, total, stages=stages: stages.add(stage)
        )
        evaluate_search(collection, searcher, yardstick)
        assert encoder.passages == ([], list(TEXTS.values()))[run == 0]
        assert bool(stages) == (run == 0)
        assert {"科普?", "挪用?", "任职?"} <= set(encoder.queries)
        asked = [text for text in encoder.queries if text]  # an empty one tells the number of dimensions
        assert len(set(asked)) == len(asked)


def test_an_index_by_other_code_is_built_anew_from_the_vectors_kept(
    collection: JudgedCollection, tmp_path: Path
) -> None:
    open_collection(collection, CountingEncoder(), tmp_path, lambda *_: None)
    (index,) = (tmp_path / "benchmarks").glob("*/index-*")
    index.rename(index.with_name("index-of-other-code"))
    encoder = CountingEncoder()
    open_collection(collection, encoder, tmp_path, lambda *_: None)
    assert encoder.passages == []
    assert list((tmp_path / "benchmarks").glob("*/index-*")) == [index]
