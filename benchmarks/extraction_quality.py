"""Quality of extraction on our own annotations of official texts.

    python -m benchmarks.extraction_quality COLLECTION [--write]

``--write`` puts the figures of the held-out set where page 关于 finds them.

The annotations (``annotations/*.jsonl``, offsets without words) are in the repository, the texts are not: their
collection states no licence. ``annotations/index.tsv`` says which text of COLLECTION each belongs to and which part
was annotated; rules were written against the development set, never against the held-out one.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate import Figures, GoldDocument, evaluate_extraction
from kg.extract import extract_statements
from kg.parse import parse_document
from kg.read import read_source
from kg.records import statement_records
from web.error_rates import ERROR_RATE_COLUMNS, ERROR_RATES

HELD_OUT = "held out"
ANNOTATIONS = Path(__file__).resolve().parent / "annotations"


def load_sets(collection: Path) -> dict[str, list[tuple[GoldDocument, list[dict[str, Any]]]]]:
    """Set → pairs of annotated and extracted records; raises ``InputError`` when a text is another one."""
    sets: dict[str, list[tuple[GoldDocument, list[dict[str, Any]]]]] = {}
    with (ANNOTATIONS / "index.tsv").open(encoding="utf-8", newline="") as file:
        rows = (row for row in csv.reader(file, delimiter="\t") if not row[0].startswith("#"))
        for name, set_name, _, path, start, end, sha256 in rows:
            source = read_source(collection / path)
            if hashlib.sha256(source.text.encode("utf-8")).hexdigest() != sha256:
                raise InputError(f"“{collection / path}”不是标注时的文本，标注的位置对不上。")
            lines = (ANNOTATIONS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
            document = parse_document(source)
            records = list(statement_records(extract_statements(document), document))
            gold = GoldDocument([json.loads(line) for line in lines], int(start), int(end))
            sets.setdefault(set_name, []).append((gold, records))
    return sets


def write_error_rates(figures: Mapping[str, Figures], documents: int) -> None:
    """The shares of what is wrong and of what is missing, by kind, with the number of documents they rest on."""
    rows = [
        (kind, f"{1 - kinds.precision:.3f}", f"{1 - kinds.recall:.3f}", kinds.gold, documents)
        for kind, kinds in figures.items()
    ]
    lines = ["\t".join(map(str, row)) for row in (ERROR_RATE_COLUMNS, *rows)]
    ERROR_RATES.write_text("\n".join(lines) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("collection", type=Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    for name, pairs in load_sets(options.collection).items():
        print(f"{name}, {len(pairs)} documents")
        measured = evaluate_extraction(pairs)
        for kind, figures in measured.items():
            ratios = f"P {figures.precision:.3f}  R {figures.recall:.3f}  F1 {figures.f1:.3f}"
            print(f"  {kind:8} {ratios}  of {figures.gold}")
        if options.write and name == HELD_OUT:
            write_error_rates(measured, len(pairs))


if __name__ == "__main__":
    main()
