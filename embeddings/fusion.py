"""Two ranked lists into one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

Ranking = Sequence[tuple[int, float]]
"""(row, score), best first."""

WORDS_SHARE = 0.5  # of the lexical score in the fused one; from 0.4 to 0.5 the figures hardly change


def standard_scores(ranking: Ranking, scores: Mapping[int, float]) -> dict[int, float]:
    """Row → z-score of ``scores`` by mean and deviation of ``ranking``; all 0 when the ranking's scores are equal."""
    if not ranking:
        return {}
    values = np.array([score for _, score in ranking], np.float64)
    mean, deviation = values.mean(), values.std()
    # Equal scores differ by rounding only, which a division would blow up.
    return {row: float((score - mean) / deviation) if deviation > 1e-9 else 0.0 for row, score in scores.items()}


def fuse(by_words: Ranking, by_meaning: Ranking, other_cosines: Mapping[int, float]) -> list[tuple[int, float]]:
    """Rows of both lists by the weighted mean of their z-scores, best first, ties by row.

    ``other_cosines`` gives the cosine of each row that only ``by_words`` holds. A row that ``by_words`` does not
    hold counts there as its last. On questions of laymen to statutes this was better than either list, than a mean
    of halves and than leaving the other cosines out (benchmarks/search.md).
    """
    words, meaning = standard_scores(by_words, dict(by_words)), standard_scores(by_meaning, dict(by_meaning))
    meaning |= standard_scores(by_meaning, other_cosines)
    if not words:
        return list(meaning.items())
    last = min(words.values())
    total = {row: WORDS_SHARE * words.get(row, last) + (1 - WORDS_SHARE) * score for row, score in meaning.items()}
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))
