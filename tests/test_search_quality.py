"""The benchmark's figures on rankings with known answers."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.search_quality import mrr_at_10, ndcg_at_10, read_judgements, recall_at_10, recall_at_100, thin

RANKED = [f"d{rank}" for rank in range(1, 101)]


@pytest.mark.parametrize(
    ("relevant", "ndcg", "reciprocal_rank", "recall_10", "recall_100"),
    [
        ({"d1"}, 1.0, 1.0, 1.0, 1.0),
        ({"d2"}, 0.6309, 0.5, 1.0, 1.0),  # 1 / log2(3)
        ({"d1", "d3"}, 0.9197, 1.0, 1.0, 1.0),  # (1 + 1/2) / (1 + 1/log2(3))
        ({"d10", "d50"}, 0.1772, 0.1, 0.5, 1.0),  # (1 / log2(11)) / (1 + 1/log2(3))
        ({"d11"}, 0.0, 0.0, 0.0, 1.0),
        ({"missing"}, 0.0, 0.0, 0.0, 0.0),
    ],
)
def test_figures_of_one_question(
    relevant: set[str], ndcg: float, reciprocal_rank: float, recall_10: float, recall_100: float
) -> None:
    assert ndcg_at_10(RANKED, relevant) == pytest.approx(ndcg, abs=1e-4)
    assert mrr_at_10(RANKED, relevant) == pytest.approx(reciprocal_rank)
    assert recall_at_10(RANKED, relevant) == pytest.approx(recall_10)
    assert recall_at_100(RANKED, relevant) == pytest.approx(recall_100)


def test_judgements_of_0_are_not_relevant(tmp_path: Path) -> None:
    path = tmp_path / "train.tsv"
    path.write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\nq2\td3\t1\n", encoding="utf-8")
    assert read_judgements(path) == {"q1": {"d1"}, "q2": {"d3"}}


def test_thinning_keeps_the_judged_and_evenly_spaced_others() -> None:
    corpus = [{"_id": str(number)} for number in range(20)]
    kept = [passage["_id"] for passage in thin(corpus, {"3", "4"}, others=3)]
    assert kept == ["0", "3", "4", "8", "14"]
    assert len(thin(corpus, {"3"}, others=0)) == 1
