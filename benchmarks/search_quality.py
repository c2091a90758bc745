"""Quality and latency of search by words, by meaning and by both, on a BEIR folder.

    python -m benchmarks.search_quality BEIR_DIR [--split train] [--others 3000] [--work DIR]

The corpus is thinned to the judged passages and ``--others`` more, evenly spaced, so that it is encoded in minutes;
figures compare systems on the same thinned corpus only. ``--work`` (default: under KECE_HOME) keeps the vectors for
the next run.
"""

from __future__ import annotations

import argparse
import csv
import json
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from embeddings.encoder import load_encoder
from embeddings.fusion import fuse
from embeddings.index import Index
from embeddings.index_writer import build_index
from embeddings.passages import PASSAGES_SCHEMA
from embeddings.query import load_synonyms, understand
from embeddings.types import Encoder, SearchFilters
from kg.settings import Settings

DEPTH = 100
Judgements = Mapping[str, set[str]]


def read_lines(path: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_judgements(path: Path) -> dict[str, set[str]]:
    judgements: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if int(row["score"]) > 0:
                judgements.setdefault(row["query-id"], set()).add(row["corpus-id"])
    return judgements


def thin(corpus: list[dict[str, str]], judged: set[str], others: int) -> list[dict[str, str]]:
    """Judged passages and ``others`` more, evenly spaced, in corpus order."""
    rest = [passage["_id"] for passage in corpus if passage["_id"] not in judged]
    step = max(1, len(rest) // others) if others else len(rest) + 1
    kept = judged | set(rest[::step][:others])
    return [passage for passage in corpus if passage["_id"] in kept]


def passages_table(corpus: Sequence[Mapping[str, str]]) -> pa.Table:
    rows: list[dict[str, Any]] = [
        {
            "iri": passage["_id"],
            "kind": "provision",
            "document": passage["_id"],
            "document_title": passage["title"],
            "place": "",
            "start": 0,
            "end": len(passage["text"]),
            "text": passage["text"],
            "heading": "",
            "modality": None,
            "strength": None,
            "actors": [],
        }
        for passage in corpus
    ]
    return pa.Table.from_pylist(rows, schema=PASSAGES_SCHEMA)


def ndcg_at_10(ranked: Sequence[str], relevant: set[str]) -> float:
    gain = sum(1 / np.log2(rank + 1) for rank, key in enumerate(ranked[:10], start=1) if key in relevant)
    return float(gain / sum(1 / np.log2(rank + 1) for rank in range(1, min(len(relevant), 10) + 1)))


def mrr_at_10(ranked: Sequence[str], relevant: set[str]) -> float:
    return next((1 / rank for rank, key in enumerate(ranked[:10], start=1) if key in relevant), 0.0)


def recall_at_10(ranked: Sequence[str], relevant: set[str]) -> float:
    return len(relevant & set(ranked[:10])) / len(relevant)


def recall_at_100(ranked: Sequence[str], relevant: set[str]) -> float:
    return len(relevant & set(ranked[:DEPTH])) / len(relevant)


METRICS = (ndcg_at_10, mrr_at_10, recall_at_10, recall_at_100)


def rank_all(
    questions: Sequence[str], encoder: Encoder, folder: Path, keys: Sequence[str]
) -> tuple[dict[str, list[list[str]]], list[float]]:
    """Ranked keys of every question by system, and the milliseconds that each hybrid search took."""
    index = Index.open(folder)
    synonyms = load_synonyms()
    ranked: dict[str, list[list[str]]] = {"BM25": [], "BM25 + synonyms": [], "dense": [], "hybrid": []}
    milliseconds = []
    for text in questions:
        plain = understand(text, {})
        ranked["BM25"].append([keys[row] for row, _ in index.search_words(plain, DEPTH, SearchFilters())])
        start = time.perf_counter()
        question = understand(text, synonyms)
        by_words = index.search_words(question, DEPTH, SearchFilters())
        mean = encoder.encode_queries(question.variants).mean(axis=0)
        vector = mean / np.linalg.norm(mean)
        by_meaning = index.search_vectors(vector, DEPTH, SearchFilters())
        near = {row for row, _ in by_meaning}
        fused = fuse(by_words, by_meaning, index.cosines(vector, [row for row, _ in by_words if row not in near]))
        milliseconds.append((time.perf_counter() - start) * 1000)
        for system, ranking in (("BM25 + synonyms", by_words), ("dense", by_meaning), ("hybrid", fused)):
            ranked[system].append([keys[row] for row, _ in ranking[:DEPTH]])
    return ranked, milliseconds


def mean_of(
    metric: Callable[[Sequence[str], set[str]], float], ranked: list[list[str]], relevant: list[set[str]]
) -> float:
    return float(np.mean([metric(keys, wanted) for keys, wanted in zip(ranked, relevant, strict=True)]))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="train")
    parser.add_argument("--others", type=int, default=3000)
    parser.add_argument("--work", type=Path, default=None)
    arguments = parser.parse_args()
    judgements = read_judgements(arguments.folder / "qrels" / f"{arguments.split}.tsv")
    corpus = thin(read_lines(arguments.folder / "corpus.jsonl"), set().union(*judgements.values()), arguments.others)
    questions = [line for line in read_lines(arguments.folder / "queries.jsonl") if line["_id"] in judgements]
    settings = Settings.from_environment()
    encoder = load_encoder(settings)
    index = (arguments.work or settings.home / "benchmarks") / f"{Path(encoder.name).name}-{len(corpus)}"
    if not index.exists():
        build_index(passages_table(corpus), encoder, index, lambda done, total: print(f"\r{done}/{total}", end=""))
    ranked, milliseconds = rank_all(
        [line["text"] for line in questions], encoder, index, [passage["_id"] for passage in corpus]
    )
    print(f"\n{len(corpus)} passages, {len(questions)} questions, {encoder.name}")
    print("| | " + " | ".join(metric.__name__ for metric in METRICS) + " |\n| --- |" + " --- |" * len(METRICS))
    relevant = [judgements[line["_id"]] for line in questions]
    for system, keys in ranked.items():
        print(f"| {system} | " + " | ".join(f"{mean_of(metric, keys, relevant):.3f}" for metric in METRICS) + " |")
    p50, p95 = np.percentile(milliseconds, [50, 95])
    print(f"one hybrid search: p50 {p50:.1f} ms, p95 {p95:.1f} ms")


if __name__ == "__main__":
    main()
