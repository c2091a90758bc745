"""How often extraction was found wrong, by kind, as last measured (``python -m benchmarks.extraction_quality``)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

ERROR_RATES = Path(__file__).with_suffix(".tsv")
ERROR_RATE_COLUMNS = ("kind", "wrong", "missing", "annotated", "documents")


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """Of a ``kind`` the share of what was extracted that is ``wrong``, and of what is there that is ``missing`` (0 to
    1), counted on ``annotated`` places of ``documents`` that no rule was written against."""

    kind: str
    wrong: float
    missing: float
    annotated: int
    documents: int


def load_error_rates() -> tuple[ErrorRate, ...]:
    """In the order of the file."""
    with ERROR_RATES.open(encoding="utf-8", newline="") as file:
        return tuple(
            ErrorRate(
                row["kind"], float(row["wrong"]), float(row["missing"]), int(row["annotated"]), int(row["documents"])
            )
            for row in csv.DictReader(file, delimiter="\t")
        )
