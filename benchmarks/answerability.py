"""Fits the verdict on whether a question is answered (:mod:`embeddings.answerability`) and says how well it does.

    python -m benchmarks.answerability [--write]

A logistic regression on the tuning half of ``questions.jsonl`` over the default knowledge base; the other half is not
read. Printed are figures from leave-one-out cross-validation. ``--write`` stores the coefficients of all questions,
with the intercept moved so that ``RECOGNISED`` of the questions that nothing answers are said to be so.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import astuple, fields

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneOut, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from embeddings.answerability import COEFFICIENTS, Features
from embeddings.knowledge_base import KnowledgeBase
from kg.settings import Settings

RECOGNISED = 0.85
"""Share of the questions without an answer that the verdict shall find; the rest is a matter of chance."""
REGULARISATION = 0.3
NEGATIVE = "negative"

Array = npt.NDArray[np.float64]


def read_examples(knowledge_base: KnowledgeBase) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Features (questions, features), and whether each question has an answer."""
    lines = COEFFICIENTS.parent.parent.joinpath("benchmarks", "questions.jsonl").read_text("utf-8").splitlines()
    questions = [question for question in map(json.loads, lines) if question["split"] == "tuning"]
    rows = [astuple(knowledge_base.searcher.features(question["question"])) for question in questions]
    return np.array(rows), np.array([question["category"] != NEGATIVE for question in questions])


def intercept_for(scores: Array, answered: npt.NDArray[np.bool_]) -> float:
    """What to add to ``scores`` so that ``RECOGNISED`` of the unanswered lie below 0."""
    return -float(np.quantile(scores[~answered], RECOGNISED))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    knowledge_base = KnowledgeBase.open(Settings.from_environment())
    features, answered = read_examples(knowledge_base)
    model = make_pipeline(StandardScaler(), LogisticRegression(C=REGULARISATION, class_weight="balanced"))
    scores = cross_val_predict(model, features, answered, cv=LeaveOneOut(), method="decision_function")
    shifted = scores + intercept_for(scores, answered)
    print(f"{len(answered)} questions, {int((~answered).sum())} without an answer; area under ROC", end=" ")
    print(f"{roc_auc_score(answered, scores):.3f}")
    for name, column in zip((field.name for field in fields(Features)), features.T, strict=True):
        print(f"  {name}: alone {roc_auc_score(answered, column):.3f}")
    print(f"recognised {np.mean(shifted[~answered] < 0):.3f}, false alarms {np.mean(shifted[answered] < 0):.3f}")
    if parser.parse_args().write:
        scaler, regression = model.fit(features, answered).named_steps.values()
        weights = regression.coef_[0] / scaler.scale_
        plain = features @ weights
        intercept = intercept_for(plain, answered)
        values = {
            "model": knowledge_base.manifest["model"],
            "intercept": round(intercept, 4),
            "weights": [round(float(weight), 4) for weight in weights],
        }
        COEFFICIENTS.write_text(json.dumps(values) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
