"""Ranked lists by words and by meaning, and what the graph says, into one ranking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

Ranking = Sequence[tuple[int, float]]
"""(row, score), best first."""

WORDS_SHARE = 0.45  # of the lexical score in the fused one: two fifths are best on statutes, halves on the plan
CONTEXT_SHARE = 0.4  # of the passage around a statement in its score (benchmarks/search.md)
STANDARD_DEPTH = 100  # of a list: what its mean and deviation are taken over, however deep it goes


@dataclass(frozen=True, slots=True)
class FusedScore:
    """A row's score as the sum of its parts: by words, by meaning, by the graph."""

    row: int
    words: float
    meaning: float
    graph: float

    @property
    def total(self) -> float:
        """What rows are ranked by."""
        return self.words + self.meaning + self.graph


def standard_scores(ranking: Ranking, scores: Mapping[int, float]) -> dict[int, float]:
    """Row → z-score of ``scores`` by mean and deviation of the ranking's first ``STANDARD_DEPTH``.

    All are 0 when the ranking's scores are equal.
    """
    if not ranking:
        return {}
    values = np.array([score for _, score in ranking[:STANDARD_DEPTH]], np.float64)
    mean, deviation = values.mean(), values.std()
    # Equal scores differ by rounding only, which a division would blow up.
    return {row: float((score - mean) / deviation) if deviation > 1e-9 else 0.0 for row, score in scores.items()}


def fuse(by_words: Ranking, by_meaning: Ranking, other_cosines: Mapping[int, float]) -> dict[int, FusedScore]:
    """Row → weighted z-scores of both lists; the graph's part is 0.

    ``other_cosines`` gives the cosine of each row that ``by_meaning`` does not hold. A row that ``by_words`` does not
    hold counts there as its last. On questions of laymen to statutes this was better than either list, than a mean
    of halves and than leaving the other cosines out (benchmarks/search.md).
    """
    words, meaning = standard_scores(by_words, dict(by_words)), standard_scores(by_meaning, dict(by_meaning))
    meaning |= standard_scores(by_meaning, other_cosines)
    last = min(words.values(), default=0.0)
    share = WORDS_SHARE if words else 0.0
    return {
        row: FusedScore(row, share * words.get(row, last), (1 - share) * score, 0.0) for row, score in meaning.items()
    }


def in_context(scores: Mapping[int, FusedScore], enclosing: Mapping[int, int | None]) -> dict[int, FusedScore]:
    """Each score mixed with that of the passage around it: a clause seldom says all of what it is about.

    ``enclosing`` maps a row to the row of the passage around it, None when that is no candidate: it then counts as the
    worst one. Rows that are not in it stand for themselves.
    """
    if not scores:
        return {}
    worst = min(scores.values(), key=lambda score: score.total)
    mixed = {}
    for row, score in scores.items():
        around = score if row not in enclosing else worst
        if (outer := enclosing.get(row)) is not None:
            around = scores[outer]
        own_share, share = 1 - CONTEXT_SHARE, CONTEXT_SHARE
        mixed[row] = FusedScore(
            row, own_share * score.words + share * around.words, own_share * score.meaning + share * around.meaning, 0.0
        )
    return mixed


def rank(scores: Mapping[int, FusedScore], graph: Mapping[int, float]) -> list[FusedScore]:
    """All scores with what the graph adds to them, best first, ties by row."""
    complete = (replace(score, graph=graph[row]) if row in graph else score for row, score in scores.items())
    return sorted(complete, key=lambda score: (-score.total, score.row))
