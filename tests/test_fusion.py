"""Fusion of two rankings by z-scores."""

from __future__ import annotations

import pytest

from embeddings.fusion import WORDS_SHARE, fuse, standard_scores


def test_standard_scores_have_mean_0_and_deviation_1() -> None:
    ranking = [(7, 3.0), (8, 2.0), (9, 1.0)]
    assert standard_scores(ranking, dict(ranking)) == pytest.approx({7: 1.2247, 8: 0.0, 9: -1.2247}, abs=1e-4)


def test_a_score_from_outside_is_measured_by_the_same_rule() -> None:
    assert standard_scores([(7, 3.0), (8, 1.0)], {5: 0.0}) == {5: -2.0}


def test_equal_scores_tell_nothing() -> None:
    ranking = [(1, 0.1 + 0.2), (2, 0.3)]
    assert standard_scores(ranking, dict(ranking)) == {1: 0.0, 2: 0.0}


def test_a_row_good_in_both_lists_comes_before_the_best_of_either() -> None:
    by_words = [(1, 10.0), (2, 9.0), (3, 1.0), (4, 0.5)]
    by_meaning = [(5, 0.90), (2, 0.89), (6, 0.50), (7, 0.45)]
    assert fuse(by_words, by_meaning, {1: 0.4, 3: 0.4, 4: 0.4})[0][0] == 2


def test_a_row_without_the_words_counts_as_the_last_by_words() -> None:
    scores = dict(fuse([(1, 2.0), (2, 1.0)], [(2, 0.9), (3, 0.8)], {1: 0.85}))
    assert scores == pytest.approx({1: WORDS_SHARE, 2: 1 - 2 * WORDS_SHARE, 3: -1.0})


def test_without_words_the_order_by_meaning_stays() -> None:
    assert [row for row, _ in fuse([], [(4, 0.9), (1, 0.8), (3, 0.1)], {})] == [4, 1, 3]
    assert fuse([], [], {}) == []


def test_ties_are_broken_by_row() -> None:
    assert [row for row, _ in fuse([(9, 1.0), (2, 1.0)], [(9, 0.5), (2, 0.5)], {})] == [2, 9]
