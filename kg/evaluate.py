"""Extracted records against gold records: precision, recall and F1 for each kind of statement.

A prediction is right when: actor, start and end are equal; measure, overlap (intersection over union) ≥ 0.5 and a
head verb is shared by position; role, within matched measures, the same role and an actor overlap ≥ 0.5; norm,
overlap ≥ 0.5, the same modality and the same marker position; bearer, within matched norms, overlap ≥ 0.5.
Matches are one to one, greedy by overlap, per document; figures are micro-averaged over documents.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import InputError, NotFoundError
from kg.read import read_source
from kg.types import Source

Record = dict[str, Any]
KINDS = ("actor", "measure", "role", "norm", "bearer")
MINIMUM_OVERLAP = 0.5


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """Gold records of a document; predictions outside ``[start, end)``, the part annotated, do not count."""

    records: Sequence[Record]
    start: int = 0
    end: int | None = None

    def covers(self, record: Record) -> bool:
        """Whether the record lies in the annotated part."""
        return bool(record["start"] >= self.start and (self.end is None or record["end"] <= self.end))


@dataclass(slots=True)
class Figures:
    """Counts of one kind with the ratios they give, each in [0, 1] (0 where nothing was predicted or annotated)."""

    gold: int = 0
    predicted: int = 0
    correct: int = 0

    @property
    def precision(self) -> float:
        """Share of predictions that are right."""
        return self.correct / self.predicted if self.predicted else 0.0

    @property
    def recall(self) -> float:
        """Share of gold records that were found."""
        return self.correct / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0

    def to_json(self) -> dict[str, float | int]:
        """Ratios, rounded to four places, and counts."""
        ratios = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        counts = {"gold": self.gold, "predicted": self.predicted, "correct": self.correct}
        return {name: round(value, 4) for name, value in ratios.items()} | counts

    def add(self, gold: int, predicted: int, correct: int) -> None:
        """Count further records."""
        self.gold += gold
        self.predicted += predicted
        self.correct += correct


def load_gold(path: Path) -> tuple[GoldDocument, Source]:
    """Gold records of ``X.jsonl`` and the text they belong to, ``X.txt`` beside it.

    ``X.meta.json``, where there is one, says in ``range`` which part was annotated.

    Raises:
        NotFoundError: a file is missing.
        InputError: a line is not a record.
    """
    if not path.exists():
        raise NotFoundError(f"找不到标注文件“{path}”。请检查路径是否写对。")
    source = read_source(path.with_suffix(".txt"))
    meta = path.with_suffix(".meta.json")
    try:
        records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        start, end = json.loads(meta.read_text(encoding="utf-8"))["range"] if meta.exists() else (0, None)
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(f"标注文件“{path}”不能读：{error}。应为每行一个 JSON 记录（kind、start、end …）。") from error
    return GoldDocument(records, start, end), source


def evaluate_extraction(pairs: Iterable[tuple[GoldDocument, Sequence[Record]]]) -> dict[str, Figures]:
    """Figures for actor, measure, role, norm and bearer over pairs of gold and predicted records."""
    figures = {kind: Figures() for kind in KINDS}
    for document, predictions in pairs:
        inside = [record for record in predictions if document.covers(record)]
        for kind in ("actor", "measure", "norm"):
            gold = [record for record in document.records if record["kind"] == kind and document.covers(record)]
            predicted = [record for record in inside if record["kind"] == kind]
            matched = _match(gold, predicted, _RULES[kind])
            figures[kind].add(len(gold), len(predicted), len(matched))
            for part, fields in _PARTS.get(kind, {}).items():
                for field in fields:
                    figures[part].add(
                        gold=sum(len(record[field]) for record in gold),
                        predicted=sum(len(record[field]) for record in predicted),
                        correct=sum(_shared_spans(g[field], p[field]) for g, p in matched),
                    )
    return figures


def _same_span(gold: Record, predicted: Record, overlap: float) -> bool:
    return overlap == 1.0


def _same_measure(gold: Record, predicted: Record, overlap: float) -> bool:
    heads_meet = any(_overlap(g[1], g[2], p[1], p[2]) > 0 for g in gold["head"] for p in predicted["head"])
    return overlap >= MINIMUM_OVERLAP and heads_meet


def _same_norm(gold: Record, predicted: Record, overlap: float) -> bool:
    marker, other = gold["marker"], predicted["marker"]
    same_marker = _overlap(marker[1], marker[2], other[1], other[2]) > 0
    return overlap >= MINIMUM_OVERLAP and bool(gold["modality"] == predicted["modality"]) and same_marker


_RULES: dict[str, Callable[[Record, Record, float], bool]] = {
    "actor": _same_span,
    "measure": _same_measure,
    "norm": _same_norm,
}
_PARTS: dict[str, dict[str, tuple[str, ...]]] = {
    "measure": {"role": ("agents", "targets")},
    "norm": {"bearer": ("bearers",)},
}


def _overlap(start: int, end: int, other_start: int, other_end: int) -> float:
    """Intersection over union of two spans; 0.0 where they do not touch."""
    shared = min(end, other_end) - max(start, other_start)
    return shared / (max(end, other_end) - min(start, other_start)) if shared > 0 else 0.0


def _match(
    gold: Sequence[Record], predicted: Sequence[Record], is_right: Callable[[Record, Record, float], bool]
) -> list[tuple[Record, Record]]:
    candidates = []
    for i, record in enumerate(gold):
        for j, other in enumerate(predicted):
            overlap = _overlap(record["start"], record["end"], other["start"], other["end"])
            if overlap > 0 and is_right(record, other, overlap):
                candidates.append((-overlap, i, j))
    used_gold: set[int] = set()
    used_predicted: set[int] = set()
    matched = []
    for _, i, j in sorted(candidates):
        if i not in used_gold and j not in used_predicted:
            used_gold.add(i)
            used_predicted.add(j)
            matched.append((gold[i], predicted[j]))
    return matched


def _shared_spans(gold: Sequence[Sequence[int]], predicted: Sequence[Sequence[int]]) -> int:
    def as_records(spans: Sequence[Sequence[int]]) -> list[Record]:
        return [{"start": start, "end": end} for start, end in spans]

    return len(
        _match(as_records(gold), as_records(predicted), lambda _gold, _predicted, overlap: overlap >= MINIMUM_OVERLAP)
    )
