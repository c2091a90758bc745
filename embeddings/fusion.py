"""Two ranked lists into one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

Ranking = Sequence[tuple[int, float]]
"""(row, score), best first."""


def standard_scores(ranking: Ranking) -> dict[int, float]:
    """Row → z-score of its score within the list; all 0 when the scores are equal."""
    if not ranking:
        return {}
    rows, scores = zip(*ranking, strict=True)
    values = np.asarray(scores, np.float64)
    deviation = values.std()
    # Equal scores differ by rounding only, which a division would blow up.
    normal = (values - values.mean()) / deviation if deviation > 1e-9 else np.zeros_like(values)
    return dict(zip(rows, normal.tolist(), strict=True))


def fuse(first: Ranking, second: Ranking) -> list[tuple[int, float]]:
    """Rows of both lists by the mean of their z-scores, best first, ties by row.

    A row that a list does not hold counts there as its last. On questions of laymen to statutes this was better
    than either list and than reciprocal rank fusion (benchmarks/search.md).
    """
    normals = [standard_scores(ranking) for ranking in (first, second) if ranking]
    total: dict[int, float] = {}
    for row in dict.fromkeys(row for normal in normals for row in normal):
        total[row] = sum(normal.get(row, min(normal.values())) for normal in normals) / len(normals)
    return sorted(total.items(), key=lambda item: (-item[1], item[0]))
