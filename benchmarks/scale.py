"""Search over a million passages: time, memory, and what exactness costs.

    python -m benchmarks.scale [--rows N] [--rounds N] [--folder DIR]

Makes an index of passages recombined from those of the built knowledge base (clauses of several texts, the facets of
one; vectors between two real ones), searches it, and writes benchmarks/scale.md. With ``--folder`` the index is kept
there and used again.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import re
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from statistics import median, quantiles

import numpy as np
import pyarrow as pa

from benchmarks.end_to_end import QUESTIONS, commit
from embeddings.encoder import load_encoder
from embeddings.index import Index
from embeddings.index_writer import SHARD_ROWS, IndexWriter
from embeddings.knowledge_base import INDEX, KnowledgeBase
from embeddings.passages import PASSAGES_SCHEMA
from embeddings.query import load_synonyms, understand
from embeddings.search import Searcher
from embeddings.shards import read_shard_list
from embeddings.types import Encoder, FloatArray, Progress, SearchFilters
from kg.settings import PROJECT_ROOT, Settings

REPORT = PROJECT_ROOT / "benchmarks" / "scale.md"
ROWS_OF_A_DOCUMENT = 350
NOISE = 0.01  # deviation of each number of a vector between two real ones
BUILD_FILE = "build.json"  # beside the index: seconds and memory that it took
NEAREST_FILE = "nearest.npy"  # beside the index: for each question the rows with the ten largest cosines
FILTERS = {
    "of one kind of document": SearchFilters(document_kinds=("方案",)),
    "of a kind of actor and a topic": SearchFilters(actor_kinds=("学会",), topics=("科学普及",)),
    "norms and measures": SearchFilters(kinds=("norm", "measure")),
}


class Recombined:
    """An encoder whose vectors lie between two real ones; remembers the nearest to some questions, exactly."""

    name = "recombined"

    def __init__(self, real: FloatArray, questions: FloatArray) -> None:
        self._real = real
        self._questions = questions
        self._random = np.random.default_rng(1)
        self._rows = 0
        self.nearest: list[list[tuple[float, int]]] = [[] for _ in questions]

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        return self._questions[: len(texts)]

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        first, second = self._random.integers(0, len(self._real), (2, len(texts)))
        share = self._random.uniform(0.3, 0.7, (len(texts), 1)).astype(np.float32)
        vectors = share * self._real[first] + (1 - share) * self._real[second]
        vectors += self._random.normal(0, NOISE, vectors.shape).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        for cosines, nearest in zip(self._questions @ vectors.T, self.nearest, strict=True):
            best = np.argpartition(-cosines, 10)[:10]
            nearest.extend((float(cosines[row]), self._rows + int(row)) for row in best)
            nearest.sort(reverse=True)
            del nearest[10:]
        self._rows += len(texts)
        return np.asarray(vectors, np.float32)


def recombined_passages(real: pa.Table, clauses: Sequence[str], first: int, count: int) -> pa.Table:
    """``count`` passages, numbered from ``first``; each text is different."""
    random = np.random.default_rng(first)
    templates = random.integers(0, real.num_rows, count)
    columns = {name: real.column(name).take(pa.array(templates)) for name in PASSAGES_SCHEMA.names}
    documents = [f"urn:document:{(first + row) // ROWS_OF_A_DOCUMENT}" for row in range(count)]
    texts = []
    for row, text in enumerate(columns["text"].to_pylist()):
        chosen = random.integers(0, len(clauses), text.count("，") + 1)
        texts.append(f"第{first + row}条 " + "，".join(clauses[clause] for clause in chosen))
    columns["document"] = pa.array(documents).dictionary_encode()
    columns["iri"] = pa.array([f"{document}/{first + row}" for row, document in enumerate(documents)])
    columns["text"] = pa.array(texts)
    return pa.table(columns).cast(PASSAGES_SCHEMA)


def build(folder: Path, rows: int) -> None:
    """Write the index, and beside it what it took and what must be found in it."""
    begin = time.perf_counter()
    knowledge_base = KnowledgeBase.open(Settings.from_environment())
    index = Index.open(knowledge_base.folder / INDEX)
    shards = read_shard_list(knowledge_base.folder / INDEX).shards
    real = pa.concat_tables([shard.passages(knowledge_base.folder / INDEX) for shard in shards]).unify_dictionaries()
    vectors = np.stack([index.vector(row) for row in range(len(index))])
    clauses = [clause for text in real.column("text").to_pylist() for clause in re.split("[，。；]", text) if clause]
    questions = knowledge_base.encoder.encode_queries(QUESTIONS)
    encoder = Recombined(vectors, questions)
    writer = IndexWriter(folder / INDEX, encoder)
    for first in range(0, rows, SHARD_ROWS):
        writer.add(recombined_passages(real, clauses, first, min(SHARD_ROWS, rows - first)))
    writer.commit()
    np.save(folder / NEAREST_FILE, [[row for _, row in nearest] for nearest in encoder.nearest])
    took = {"seconds": time.perf_counter() - begin, "gigabytes": resident_gigabytes()}
    (folder / BUILD_FILE).write_text(json.dumps(took), encoding="utf-8")


def resident_gigabytes() -> float:
    """The most that this process has had in memory, mapped files included."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6


def size_of(folder: Path) -> float:
    """GB on disk."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e9


def recall_at_10(index: Index, vectors: FloatArray, nearest: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> float:
    """Share of the ten truly nearest rows that are found."""
    found = [{row for row, _ in index.search_vectors(vector, 10, SearchFilters())} for vector in vectors]
    return float(np.mean([len(rows & set(best.tolist())) / 10 for rows, best in zip(found, nearest, strict=True)]))


def milliseconds(call: Callable[[str], object], rounds: int) -> tuple[list[float], list[float]]:
    """By the clock, and of the processor in all threads: the latter hardly depends on other work."""
    clock, processor = [], []
    for round_number in range(rounds + 1):
        for question in QUESTIONS:
            begin, begin_processor = time.perf_counter(), time.process_time()
            call(question)
            if round_number:
                processor.append((time.process_time() - begin_processor) * 1000)
                clock.append((time.perf_counter() - begin) * 1000)
    return clock, processor


def percentiles(taken: Sequence[float]) -> str:
    """Two cells of a table."""
    return f"{median(taken):.1f} | {quantiles(taken, n=20)[-1]:.1f}"


def calls_to_time(searcher: Searcher, index: Index, encoder: Encoder) -> list[tuple[str, Callable[[str], object]]]:
    """What is timed, each taking a question."""
    synonyms = load_synonyms()
    vector_of = dict(zip(QUESTIONS, encoder.encode_queries(QUESTIONS), strict=True))

    def words(text: str) -> object:
        return index.search_words(understand(text, synonyms), 100, SearchFilters())

    def meaning(text: str) -> object:
        return index.search_vectors(vector_of[text], 100, SearchFilters())

    def filtered(filters: SearchFilters) -> Callable[[str], object]:
        return lambda text: searcher.search(text, filters=filters)

    return [
        ("**search, end to end**", searcher.search),
        ("the model alone", lambda text: encoder.encode_queries([text])),
        ("words alone", words),
        ("vectors alone", meaning),
        *((f"search, {name}", filtered(filters)) for name, filters in FILTERS.items()),
        ("counts of all facets", searcher.facets),
    ]


def report(folder: Path, rounds: int) -> str:
    encoder = load_encoder(Settings.from_environment())
    encoder.encode_queries(QUESTIONS)
    before = resident_gigabytes()
    begin = time.perf_counter()
    index = Index.open(folder / INDEX)
    opening = time.perf_counter() - begin
    calls = calls_to_time(Searcher(index, encoder), index, encoder)
    timed = [(name, *milliseconds(call, rounds)) for name, call in calls]
    recall = recall_at_10(index, encoder.encode_queries(QUESTIONS), np.load(folder / NEAREST_FILE))
    built = json.loads((folder / BUILD_FILE).read_text(encoding="utf-8"))
    facts = [
        ("passages", f"{len(index):,}"),
        ("shards", str(len(read_shard_list(folder / INDEX).shards))),
        ("on disk, GB", f"{size_of(folder / INDEX):.2f}"),
        ("opening, s", f"{opening:.2f}"),
        ("recall@10 of the vectors, against float32", f"{recall:.3f}"),
        ("resident memory with the model before opening, GB", f"{before:.2f}"),
        ("resident memory after all searches, GB", f"{resident_gigabytes():.2f}"),
        ("building without encoding, s", f"{built['seconds']:.0f}"),
        ("resident memory while building, GB", f"{built['gigabytes']:.2f}"),
    ]
    return as_markdown(facts, timed, rounds)


def as_markdown(
    facts: Sequence[tuple[str, str]], timed: Sequence[tuple[str, list[float], list[float]]], rounds: int
) -> str:
    """The report."""
    lines = [
        "# Search at scale",
        "",
        f"{date.today()}, commit {commit()}, {os.cpu_count()} cores shared with other work; passages recombined from "
        f"those of the default corpus; {rounds} rounds of {len(QUESTIONS)} questions after one that is not counted. "
        "Command: `python -m benchmarks.scale`.",
        "",
        "| | |",
        "| --- | --- |",
        *(f"| {name} | {value} |" for name, value in facts),
        "",
        f"| warm, in the process; load of the machine {os.getloadavg()[0]:.1f} | p50 ms | p95 ms "
        "| processor p50 ms | processor p95 ms |",
        "| --- | --- | --- | --- | --- |",
        *(f"| {name} | {percentiles(clock)} | {percentiles(processor)} |" for name, clock, processor in timed),
        "",
        "Two threads share the vectors: on an idle machine a search takes less by the clock than of the processor.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--output", type=Path, default=REPORT)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = arguments.folder or Path(temporary)
        if not (folder / NEAREST_FILE).exists():
            # In a process of its own, so that its memory does not count for the search.
            with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
                pool.submit(build, folder, arguments.rows).result()
        text = report(folder, arguments.rounds)
    arguments.output.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


if __name__ == "__main__":
    main()
