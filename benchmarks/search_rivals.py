"""Search beside two rivals: the same passages, questions, model and vectors, in one run.

    python -m pip install -r benchmarks/requirements.txt
    python -m benchmarks.search_rivals FOLDER [--split NAME]     a judged collection in BEIR layout
    python -m benchmarks.search_rivals                           our own questions about the default knowledge base

txtai is asked as its manual shows (hybrid), and once more as favourably as its settings allow for Chinese: its own
tokens of two characters and an exact vector index. bm25s with words of jieba and a flat faiss index are put together by
hand with reciprocal rank fusion. Quality is taken from the first 100 passages, time (with encoding the question) from
searches for 10, all systems in turn on the same question.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import bm25s
import faiss
import jieba
import numpy as np
import pyarrow as pa
from txtai import Embeddings

from benchmarks.questions import DEFAULT_FILE, Place, answer_keys, document_texts, place_of, read_questions
from embeddings.beir import read_collection
from embeddings.collection_index import INDEX, RememberingEncoder, index_collection
from embeddings.encoder import load_adapter, load_encoder
from embeddings.evaluation import DEPTH, MEASURES, Values, estimate_means, measure
from embeddings.knowledge_base import KnowledgeBase
from embeddings.passages import indexed_texts
from embeddings.search import Searcher
from embeddings.shards import read_shard_list
from embeddings.types import Encoder, FloatArray
from kg.settings import Settings

SHOWN = 10  # passages asked for where time is measured
WARM_UP = 20  # questions asked before time counts
TIMED = 200  # questions timed at most, drawn at random
RANK_CONSTANT = 60  # of reciprocal rank fusion (Cormack, Clarke and Büttcher 2009)
CANDIDATES_PER_HIT = 10  # of each list in what is put together by hand: as many as txtai takes

Search = Callable[[str, int], Sequence[Any]]
"""Question and number of passages → what was found, best first."""


@dataclass(frozen=True, slots=True)
class Task:
    """Questions by key, ours and how to tell which judged answers any system's results are."""

    name: str
    questions: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]
    systems: Mapping[str, Search]
    keys_of: Callable[[str, Sequence[Any]], list[str]]
    """Key of the question and its results → keys of ``judgements``, best first."""


def txtai_search(texts: Sequence[str], vectors: FloatArray, encoder: Encoder, **settings: Any) -> Search:
    """A txtai index whose vectors are ours; results are rows of ``texts``."""
    rows = {text: row for row, text in enumerate(texts)}

    def transform(inputs: list[str]) -> FloatArray:
        if inputs[0].startswith("passage: "):
            return vectors[[rows[text.removeprefix("passage: ")] for text in inputs]]
        return encoder.encode_queries([text.removeprefix("query: ") for text in inputs])

    embeddings = Embeddings(
        method="external", transform=transform, instructions={"query": "query: ", "data": "passage: "}, **settings
    )
    embeddings.index((row, text, None) for row, text in enumerate(texts))
    return lambda text, limit: [row for row, _ in embeddings.search(text, limit)]


def hand_made_search(texts: Sequence[str], vectors: FloatArray, encoder: Encoder) -> Search:
    """bm25s with jieba's words and a flat faiss index, fused by rank; results are rows of ``texts``."""
    words = bm25s.BM25()
    words.index([jieba.lcut(text) for text in texts], show_progress=False)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)

    def search(text: str, limit: int) -> list[int]:
        count = min(CANDIDATES_PER_HIT * limit, len(texts))
        found, scores = words.retrieve([jieba.lcut(text)], k=count, show_progress=False)
        by_words = found[0][scores[0] > 0].tolist()
        _, near = index.search(encoder.encode_queries([text]), count)
        fused: dict[int, float] = {}
        for ranking in (by_words, near[0].tolist()):
            for rank, row in enumerate(ranking, start=1):
                fused[row] = fused.get(row, 0.0) + 1 / (RANK_CONSTANT + rank)
        return sorted(fused, key=lambda row: -fused[row])[:limit]

    return search


def rivals(texts: Sequence[str], encoder: Encoder, folder: Path) -> dict[str, Search]:
    """Every rival over ``texts``; the vectors are kept in ``folder``."""
    distinct = {text: row for row, text in enumerate(dict.fromkeys(texts))}
    made = RememberingEncoder(encoder, folder).encode_passages(list(distinct))
    vectors = made[[distinct[text] for text in texts]]
    pairs = {"method": "bm25", "terms": True, "normalize": True, "tokenizer": {"ngrams": 2}}
    return {
        "txtai": txtai_search(texts, vectors, encoder, hybrid=True),
        "txtai, pairs, exact": txtai_search(texts, vectors, encoder, scoring=pairs, faiss={"components": "IDMap,Flat"}),
        "bm25s + faiss": hand_made_search(texts, vectors, encoder),
    }


def collection_task(folder: Path, split: str | None, settings: Settings) -> Task:
    collection = read_collection(folder, split)
    encoder = load_encoder(settings)
    directory = index_collection(collection, encoder, settings.home, lambda *_: None)
    searcher = Searcher.open(directory / INDEX, encoder, adapter=load_adapter(settings))
    keys = [passage.key for passage in collection.passages]
    texts = ["\n".join(filter(None, (passage.title, passage.text))) for passage in collection.passages]
    ours: Search = lambda text, limit: [row for row, _ in searcher.rank(text, limit)]  # noqa: E731
    return Task(
        f"{folder.name} ({collection.split}): {len(keys)} passages",
        collection.questions,
        collection.judgements,
        {"ours": ours} | rivals(texts, encoder, directory.parent),
        lambda _, found: [keys[row] for row in found],
    )


def questions_task(settings: Settings) -> Task:
    knowledge_base = KnowledgeBase.open(settings)
    directory = knowledge_base.folder / INDEX
    table = pa.concat_tables([shard.passages(directory) for shard in read_shard_list(directory).shards])
    columns = (table.column(name).to_pylist() for name in ("document_title", "start", "end"))
    places = [Place(*values) for values in zip(*columns, strict=True)]
    asked = read_questions(DEFAULT_FILE, document_texts(knowledge_base.store))
    questions = {str(number): question for number, question in enumerate(asked) if question.answers}
    folder = settings.home / "benchmarks" / "questions"
    folder.mkdir(parents=True, exist_ok=True)
    searcher = knowledge_base.searcher
    ours: Search = lambda text, limit: [place_of(hit) for hit in searcher.search(text, limit).hits]  # noqa: E731
    others = rivals(indexed_texts(table), load_encoder(settings), folder)
    return Task(
        f"our own questions: {len(places)} passages",
        {key: question.text for key, question in questions.items()},
        {key: {str(number): 1 for number in range(len(question.answers))} for key, question in questions.items()},
        {"ours": ours} | {name: _at_places(search, places) for name, search in others.items()},
        lambda key, found: answer_keys(questions[key], found),
    )


def _at_places(search: Search, places: Sequence[Place]) -> Search:
    return lambda text, limit: [places[row] for row in search(text, limit)]


def quality(task: Task) -> dict[str, Values]:
    """(measures, questions) values by system."""
    return {
        name: measure(
            task.judgements,
            {key: task.keys_of(key, search(text, DEPTH)) for key, text in task.questions.items()},
        )
        for name, search in task.systems.items()
    }


def milliseconds(task: Task) -> dict[str, list[float]]:
    """Time of each timed search by system; the systems take turns at going first."""
    texts = list(task.questions.values())
    texts = random.Random(0).sample(texts, min(WARM_UP + TIMED, len(texts)))
    times: dict[str, list[float]] = {name: [] for name in task.systems}
    names = list(times)
    for number, text in enumerate(texts):
        for turn in range(len(names)):
            name = names[(number + turn) % len(names)]
            start = time.perf_counter()
            task.systems[name](text, SHOWN)
            if number >= WARM_UP:
                times[name].append((time.perf_counter() - start) * 1000)
    return times


def report(task: Task) -> Iterator[str]:
    """Both as a Markdown table, and how far ours is from each rival."""
    values, times = quality(task), milliseconds(task)
    timed = len(next(iter(times.values())))
    yield f"{task.name}, {len(task.questions)} questions; time of {timed}\n"
    yield f"| | {' | '.join(MEASURES)} | p50 ms | p95 ms |\n| --- |{' --- |' * (len(MEASURES) + 2)}"
    for name, of_system in values.items():
        p50, p95 = np.percentile(times[name], [50, 95])
        yield f"| {name} | {' | '.join(f'{mean:.3f}' for mean in of_system.mean(axis=1))} | {p50:.1f} | {p95:.1f} |"
    yield f"\n| ours less | {' | '.join(MEASURES)} |\n| --- |{' --- |' * len(MEASURES)}"
    for name in list(values)[1:]:
        estimates = estimate_means(values["ours"] - values[name])
        cells = (f"{each.mean:+.3f} [{each.low:+.3f}, {each.high:+.3f}]" for each in estimates)
        yield f"| {name} | {' | '.join(cells)} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--split")
    arguments = parser.parse_args()
    settings = Settings.from_environment()
    if arguments.folder:
        task = collection_task(arguments.folder, arguments.split, settings)
    else:
        task = questions_task(settings)
    print("\n".join(report(task)))


if __name__ == "__main__":
    main()
