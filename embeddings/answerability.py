"""Whether what was found answers the question at all, or is only the nearest there is.

A logistic regression over five features, fitted on the tuning half of ``benchmarks/questions.jsonl`` by
``python -m benchmarks.answerability``; its coefficients are in ``answerability.json``. Closeness is a cosine, which
means something for one language model only: with another one there is no verdict.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass
from functools import cache
from pathlib import Path

from embeddings.query import Question
from embeddings.retrieval import Retrieval
from embeddings.tokens import fold, tokenize
from kg.lexicon import load_rows

PLACES_READ = 5
"""Of the hits: what the features are read from."""
PLACES_WITH_FIGURES = 3
"""Of the hits: where a figure that was asked for should stand."""
COEFFICIENTS = Path(__file__).with_name("answerability.json")


@dataclass(frozen=True, slots=True)
class Features:
    """What tells an answered question; the truth values are 0 or 1."""

    closeness: float  # cosine of the nearest passage, without the adapter
    held: float  # share of the question's characters whose words the first places hold, in [0, 1]
    held_by_first: float  # the same share of the first place alone, 1 or, if anything is missing there, 0
    figure_missing: float  # it asks for a number and they give none
    place_missing: float  # it names a province or city and they do not


def read_features(retrieval: Retrieval, quotes: Sequence[str], contexts: Sequence[str]) -> Features:
    """Features of a question whose first hits are ``quotes``, and with what stands around them ``contexts``."""
    question = retrieval.question
    texts = [fold(text) for text in contexts]
    places = set(_place_names().findall(question.text))
    return Features(
        closeness=retrieval.closeness,
        held=_held_share(question, texts),
        held_by_first=float(_held_share(question, texts[:1]) == 1.0),
        figure_missing=float(_lacks_figure(question.text, quotes[:PLACES_WITH_FIGURES])),
        place_missing=float(bool(places) and not any(place in text for place in places for text in texts)),
    )


def is_answered(features: Features, model: str) -> bool | None:
    """Whether the hits probably answer the question; None where the verdict was not fitted to the ``model``."""
    coefficients = _coefficients()
    if coefficients.model != model:
        return None
    weighted = zip(coefficients.weights, astuple(features), strict=True)
    score: float = coefficients.intercept + sum(weight * value for weight, value in weighted)
    return score >= 0


def _held_share(question: Question, texts: Sequence[str]) -> float:
    """Counted are characters, so that pairs which straddle two words do not count against a text that holds both.

    A word that has a synonym there counts as held.
    """
    synonyms: dict[str, list[str]] = {}
    for word, other in question.synonyms:
        for part in tokenize(word):
            synonyms.setdefault(part.text, []).append(other)
    asked: set[int] = set()
    held: set[int] = set()
    for token in tokenize(question.text):
        if token.text in question.tokens:
            places = range(token.start, token.end)
            asked.update(places)
            if any(word in text for word in (token.text, *synonyms.get(token.text, ())) for text in texts):
                held.update(places)
    return len(held) / len(asked) if asked else 0.0


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Of the regression, for one language model; ``weights`` in the order of :class:`Features`."""

    model: str
    intercept: float
    weights: tuple[float, ...]


@cache
def _coefficients() -> Coefficients:
    values = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    return Coefficients(values["model"], values["intercept"], tuple(values["weights"]))


def _lacks_figure(question: str, quotes: Sequence[str]) -> bool:
    """Whether some figure that is asked for stands in none of the quotes."""
    return any(
        asking.search(question) and not any(figure.search(fold(quote)) for quote in quotes)
        for asking, figure in _figures_asked_for()
    )


@cache
def _figures_asked_for() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """How it is asked for, and how it is given."""
    return tuple((re.compile(row[0]), re.compile(row[1])) for row in load_rows("number_questions.tsv"))


@cache
def _place_names() -> re.Pattern[str]:
    names = [row[0] for name in ("regions.tsv", "prefectures.tsv") for row in load_rows(name)]
    return re.compile("|".join(map(re.escape, sorted(map(fold, names), key=len, reverse=True))))
