"""Quality of extraction on our own annotations of official texts.

    python -m benchmarks.extraction_quality COLLECTION

The annotations (``annotations/*.jsonl``, offsets without words) are in the repository, the texts are not: their
collection states no licence. ``annotations/index.tsv`` says which text of COLLECTION each belongs to and which part
was annotated; rules were written against the development set, never against the held-out one.
"""

from __future__ import annotations

import csv
import hashlib
import json
import sys
from pathlib import Path
from typing import Any

from kg.errors import InputError
from kg.evaluate import GoldDocument, evaluate_extraction
from kg.extract import extract_statements
from kg.parse import parse_document
from kg.read import read_source
from kg.records import statement_records

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


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    for name, pairs in load_sets(Path(sys.argv[1])).items():
        print(f"{name}, {len(pairs)} documents")
        for kind, figures in evaluate_extraction(pairs).items():
            ratios = f"P {figures.precision:.3f}  R {figures.recall:.3f}  F1 {figures.f1:.3f}"
            print(f"  {kind:8} {ratios}  of {figures.gold}")


if __name__ == "__main__":
    main()
