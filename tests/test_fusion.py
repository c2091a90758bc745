"""Fusion of rankings by z-scores, with the passage around a statement and the graph."""

from __future__ import annotations

import pytest

from embeddings.fusion import (
    CONTEXT_SHARE,
    STANDARD_DEPTH,
    WORDS_SHARE,
    FusedScore,
    fuse,
    in_context,
    rank,
    standard_scores,
)


def test_standard_scores_have_mean_0_and_deviation_1() -> None:
    ranking = [(7, 3.0), (8, 2.0), (9, 1.0)]
    assert standard_scores(ranking, dict(ranking)) == pytest.approx({7: 1.2247, 8: 0.0, 9: -1.2247}, abs=1e-4)


def test_a_score_from_outside_is_measured_by_the_same_rule() -> None:
    assert standard_scores([(7, 3.0), (8, 1.0)], {5: 0.0}) == {5: -2.0}


def test_equal_scores_tell_nothing() -> None:
    ranking = [(1, 0.1 + 0.2), (2, 0.3)]
    assert standard_scores(ranking, dict(ranking)) == {1: 0.0, 2: 0.0}


def test_what_lies_beyond_the_standard_depth_does_not_move_the_scale() -> None:
    ranking = [(row, float(STANDARD_DEPTH - row)) for row in range(STANDARD_DEPTH)]
    deeper = [*ranking, (STANDARD_DEPTH, -1000.0)]
    assert standard_scores(deeper, {0: 5.0}) == standard_scores(ranking, {0: 5.0})


def test_a_row_good_in_both_lists_comes_before_the_best_of_either() -> None:
    by_words = [(1, 10.0), (2, 9.0), (3, 1.0), (4, 0.5)]
    by_meaning = [(5, 0.90), (2, 0.89), (6, 0.50), (7, 0.45)]
    assert rank(fuse(by_words, by_meaning, {1: 0.4, 3: 0.4, 4: 0.4}), {})[0].row == 2


def test_a_row_without_the_words_counts_as_the_last_by_words() -> None:
    scores = fuse([(1, 2.0), (2, 1.0)], [(2, 0.9), (3, 0.8)], {1: 0.85})
    totals = {row: score.total for row, score in scores.items()}
    assert totals == pytest.approx({1: WORDS_SHARE, 2: 1 - 2 * WORDS_SHARE, 3: -1.0})


def test_without_words_the_order_by_meaning_stays() -> None:
    assert [score.row for score in rank(fuse([], [(4, 0.9), (1, 0.8), (3, 0.1)], {}), {})] == [4, 1, 3]
    assert fuse([], [], {}) == {}


def test_ties_are_broken_by_row() -> None:
    assert [score.row for score in rank(fuse([(9, 1.0), (2, 1.0)], [(9, 0.5), (2, 0.5)], {}), {})] == [2, 9]


def test_the_graph_is_added() -> None:
    scores = {1: FusedScore(1, 1.0, 1.0, 0.0), 2: FusedScore(2, 0.5, 1.0, 0.0)}
    ranking = rank(scores, {2: 0.75})
    assert [score.row for score in ranking] == [2, 1]
    assert ranking[0].total == 2.25


def test_a_statement_shares_the_score_of_the_passage_around_it() -> None:
    scores = {1: FusedScore(1, 1.0, 0.0, 0.0), 2: FusedScore(2, 3.0, 2.0, 0.0), 3: FusedScore(3, -4.0, -2.0, 0.0)}
    mixed = in_context(scores, {1: 2})
    assert mixed[1].words == pytest.approx((1 - CONTEXT_SHARE) * 1.0 + CONTEXT_SHARE * 3.0)
    assert mixed[1].meaning == pytest.approx(CONTEXT_SHARE * 2.0)
    assert mixed[2] == scores[2]
    # The passage around it was not found at all: it counts as the worst that was.
    assert in_context(scores, {1: None})[1].words == pytest.approx((1 - CONTEXT_SHARE) * 1.0 - CONTEXT_SHARE * 4.0)
