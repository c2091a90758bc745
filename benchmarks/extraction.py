"""Quality and speed of extraction.

python benchmarks/extraction.py quality GOLD.jsonl…   gold with its text (X.txt) and range (X.meta.json)
python benchmarks/extraction.py speed TEXT.txt…       CPU time of parsing and extraction, with jieba alone as yardstick
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

import jieba

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.evaluate import GoldDocument, evaluate_extraction
from kg.extract import extract_statements
from kg.extract.lexicon import load_lexicon
from kg.parse import parse_document
from kg.records import statement_records
from kg.types import Source


def read_gold(path: Path) -> tuple[GoldDocument, list[dict]]:
    records = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    meta = path.with_suffix(".meta.json")
    start, end = json.loads(meta.read_text(encoding="utf-8"))["range"] if meta.exists() else (0, None)
    text = path.with_suffix(".txt").read_text(encoding="utf-8")
    document = parse_document(Source(text=text, name=path.stem))
    return GoldDocument(records, start, end), list(statement_records(extract_statements(document), document))


def print_quality(paths: list[Path]) -> None:
    print(f"{'':8} {'P':>7} {'R':>7} {'F1':>7} {'gold':>6} {'found':>6} {'right':>6}")
    for kind, figures in evaluate_extraction([read_gold(path) for path in paths]).items():
        ratios = f"{figures.precision:7.3f} {figures.recall:7.3f} {figures.f1:7.3f}"
        print(f"{kind:8} {ratios} {figures.gold:6} {figures.predicted:6} {figures.correct:6}")


def print_speed(paths: list[Path]) -> None:
    texts = [path.read_text(encoding="utf-8") for path in paths]
    character_count = sum(map(len, texts))
    load_lexicon()
    jieba.initialize()
    started = time.process_time()
    for text in texts:
        jieba.lcut(text, HMM=False)
    segmented = time.process_time()
    documents = [parse_document(Source(text=text, name="-")) for text in texts]
    parsed = time.process_time()
    for document in documents:
        extract_statements(document)
    extracted = time.process_time()
    print(f"{len(texts)} texts, {character_count} characters; characters per second of CPU time:")
    print(f"jieba alone      {character_count / (segmented - started):9.0f}")
    print(f"parse            {character_count / (parsed - segmented):9.0f}")
    print(f"parse + extract  {character_count / (extracted - segmented):9.0f}")


if __name__ == "__main__":
    if len(sys.argv) < 3 or sys.argv[1] not in ("quality", "speed"):
        sys.exit(__doc__)
    files = [Path(argument) for argument in sys.argv[2:]]
    print_quality(files) if sys.argv[1] == "quality" else print_speed(files)
