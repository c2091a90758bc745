"""How well search answers the questions of a judged collection: five systems in one run, with intervals.

Measures are those of ir_measures, which takes them from trec_eval, as BEIR does; a question for which nothing is
found counts 0. Differences between two systems are compared question by question (paired).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import ir_measures
import numpy as np
import numpy.typing as npt
from ir_measures import RR, R, nDCG
from scipy import stats

from embeddings.beir import JudgedCollection
from embeddings.plain_bm25 import PlainBm25
from embeddings.search import Searcher
from embeddings.types import ALL_SIGNALS, SearchFilters, Signal

MEASURES = {"nDCG@10": nDCG @ 10, "Recall@10": R @ 10, "Recall@100": R @ 100, "MRR@10": RR @ 10}
DEPTH = 100  # passages ranked for each question: what Recall@100 looks at

CONFIDENCE = 0.95
RESAMPLES = 9999
SEED = 0
RESAMPLES_AT_A_TIME = 500  # keeps memory at a few MB for thousands of questions

YARDSTICK = "bm25-plain"
SIGNALS = {
    "bm25": frozenset({Signal.WORDS}),
    "dense": frozenset({Signal.MEANING}),
    "hybrid": frozenset({Signal.WORDS, Signal.MEANING}),
    "hybrid-graph": ALL_SIGNALS,
}

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over questions with its interval: 95 of 100 such intervals hold the mean over all questions there are."""

    mean: float
    low: float
    high: float

    @property
    def differs_from_0(self) -> bool:
        """Whether the interval leaves out 0."""
        return self.low > 0 or self.high < 0

    def to_json(self) -> dict[str, float | bool]:
        """The figures, rounded to four places."""
        return {
            "mean": round(self.mean, 4),
            "low": round(self.low, 4),
            "high": round(self.high, 4),
            "differs_from_0": self.differs_from_0,
        }


@dataclass(frozen=True, slots=True)
class SystemFigures:
    """Means of one system by measure, in [0, 1], and the differences to others; none for the yardstick itself."""

    means: dict[str, float]
    to_yardstick: dict[str, Estimate]
    to_previous: dict[str, Estimate]

    def to_json(self) -> dict[str, Any]:
        """The figures as JSON values."""
        return {
            "means": {measure: round(mean, 4) for measure, mean in self.means.items()},
            "to_yardstick": {measure: difference.to_json() for measure, difference in self.to_yardstick.items()},
            "to_previous": {measure: difference.to_json() for measure, difference in self.to_previous.items()},
        }


@dataclass(frozen=True, slots=True)
class SearchEvaluation:
    """Values of each system, (measures, questions), questions in the order of ``questions``."""

    questions: Sequence[str]
    values: Mapping[str, Values]

    def figures(self) -> dict[str, SystemFigures]:
        """Figures by system; each is compared with the first one and with the one before it."""
        figures: dict[str, SystemFigures] = {}
        systems = list(self.values)
        yardstick = self.values[systems[0]]
        for position, (system, values) in enumerate(self.values.items()):
            means = dict(zip(MEASURES, values.mean(axis=1).tolist(), strict=True))
            if position == 0:
                figures[system] = SystemFigures(means, {}, {})
                continue
            previous = self.values[systems[position - 1]]
            figures[system] = SystemFigures(
                means,
                dict(zip(MEASURES, estimate_means(values - yardstick), strict=True)),
                dict(zip(MEASURES, estimate_means(values - previous), strict=True)),
            )
        return figures

    def to_json(self) -> dict[str, Any]:
        """Figures by system, and every value by question, measure and system."""
        return {
            "confidence": CONFIDENCE,
            "resamples": RESAMPLES,
            "seed": SEED,
            "systems": {system: figures.to_json() for system, figures in self.figures().items()},
            "values": {
                question: {
                    measure: {system: round(float(values[row, column]), 4) for system, values in self.values.items()}
                    for row, measure in enumerate(MEASURES)
                }
                for column, question in enumerate(self.questions)
            },
        }


def evaluate_search(
    collection: JudgedCollection,
    searcher: Searcher,
    yardstick: PlainBm25,
    progress: Callable[[int, int], None] | None = None,
) -> SearchEvaluation:
    """Ask every question of every system; rows of both searches are positions in ``collection.passages``.

    ``progress`` counts questions.
    """
    keys = [passage.key for passage in collection.passages]
    ranked: dict[str, dict[str, list[str]]] = {system: {} for system in (YARDSTICK, *SIGNALS)}
    for done, (question, text) in enumerate(collection.questions.items(), start=1):
        rankings = {YARDSTICK: yardstick.rank(text, DEPTH)}
        for system, signals in SIGNALS.items():
            rankings[system] = searcher.rank(text, DEPTH, SearchFilters(), signals)
        for system, ranking in rankings.items():
            ranked[system][question] = [keys[row] for row, _ in ranking]
        if progress:
            progress(done, len(collection.questions))
    values = {system: measure(collection.judgements, rankings) for system, rankings in ranked.items()}
    return SearchEvaluation(list(collection.questions), values)


def measure(judgements: Mapping[str, Mapping[str, int]], ranked: Mapping[str, Sequence[str]]) -> Values:
    """(measures, questions) values of ``MEASURES``; questions in the order of ``judgements``.

    ``judgements`` give grades of passages by question, ``ranked`` passages by question, best first.
    """
    # trec_eval orders by score and takes equal ones in an order of its own: ranks have no equals.
    run = {
        question: {passage: float(-rank) for rank, passage in enumerate(passages)}
        for question, passages in ranked.items()
    }
    rows = {kind: row for row, kind in enumerate(MEASURES.values())}
    columns = {question: column for column, question in enumerate(judgements)}
    values: Values = np.zeros((len(rows), len(columns)))
    for metric in ir_measures.iter_calc(list(rows), judgements, run):
        values[rows[metric.measure], columns[metric.query_id]] = metric.value
    return values


def estimate_means(values: Values) -> list[Estimate]:
    """For each row of ``values`` (rows, questions ≥ 2), its mean with the percentile bootstrap interval."""
    result = stats.bootstrap(
        (values,),
        np.mean,
        axis=-1,
        n_resamples=RESAMPLES,
        batch=RESAMPLES_AT_A_TIME,
        confidence_level=CONFIDENCE,
        method="percentile",
        rng=np.random.default_rng(SEED),
    )
    interval = result.confidence_interval
    means = values.mean(axis=-1)
    return [Estimate(*map(float, each)) for each in zip(means, interval.low, interval.high, strict=True)]
