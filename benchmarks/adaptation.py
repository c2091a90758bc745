"""Training the adapter of questions, and what it gains on questions that it was not trained on.

    python -m benchmarks.adaptation BEIR_DIR [--split train] [--output FOLDER]

Five folds of the questions; those that share an article are in the same fold. Each fold is ranked over all passages
with an adapter that was trained on the other four and on questions made by rule of the default knowledge base. The
adapter of all questions is then asked the tuning half of ``questions.jsonl``, on which nothing was trained, and written
to ``--output`` (default: where search reads it).

The passages' vectors are those that ``python cli.py evaluate-search`` keeps; the first time they take half an hour.
Needs tests/requirements.txt.
"""

from __future__ import annotations

import argparse
import random
import re
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from benchmarks.questions import DEFAULT_FILE, DEPTH, JudgedQuestion, Place, document_texts, place_of, read_questions
from embeddings.adaptation import Collection, merged_map, save_adapter, train_adapter
from embeddings.beir import JudgedCollection, read_collection
from embeddings.collection_index import INDEX as COLLECTION_INDEX
from embeddings.collection_index import RememberingEncoder, index_collection
from embeddings.evaluation import DEPTH as RANKED
from embeddings.evaluation import MEASURES, SIGNALS, Values, estimate_means, measure
from embeddings.index import Index
from embeddings.knowledge_base import INDEX, KnowledgeBase
from embeddings.onnx_encoder import OnnxEncoder
from embeddings.packaged_weights import default_model_directory
from embeddings.query_adapter import ADAPTER_FOLDER
from embeddings.search import Searcher
from embeddings.shards import read_shard_list
from embeddings.training_pairs import make_pairs
from embeddings.types import Encoder, FloatArray, SearchFilters
from kg.settings import Settings

SEED = 20261124
FOLDS = 5
RULE_PAIRS = 4000
RULE_SHARE = 1.0  # of the loss of the rule-made questions
HARD = 40  # passages nearest to each training question: its softmax is taken over those of all
OTHERS = 3000  # passages drawn by chance that are in the softmax too
SYSTEMS = ("dense", "hybrid")
POLICY_MEASURES = ("right in first 3", "right in first 10", "MRR@10")

Figures = Mapping[str, Values]
"""System → (measures, questions)."""


def split_into_folds(answers: Sequence[Sequence[int]], contents: Sequence[str]) -> list[list[int]]:
    """Numbers of questions by fold; those with an answer of the same content, directly or by a chain, together."""
    group = list(range(len(answers)))

    def first_of(number: int) -> int:
        while group[number] != number:
            number = group[number]
        return number

    owners: dict[str, int] = {}
    for number, rows in enumerate(answers):
        for row in rows:
            owner = owners.setdefault(re.sub(r"\W", "", contents[row]), number)
            group[first_of(number)] = first_of(owner)
    members: dict[int, list[int]] = defaultdict(list)
    for number in range(len(answers)):
        members[first_of(number)].append(number)
    groups = list(members.values())
    random.Random(SEED).shuffle(groups)
    folds: list[list[int]] = [[] for _ in range(FOLDS)]
    for numbers in sorted(groups, key=len, reverse=True):
        min(folds, key=len).extend(numbers)
    return [sorted(fold) for fold in folds]


@dataclass(frozen=True, slots=True)
class Training:
    """The questions of a judged collection by key, vectors of the untrained model, and the rows that answer."""

    keys: Sequence[str]
    questions: FloatArray
    passages: FloatArray
    answers: Sequence[Sequence[int]]

    def hard_for(self, numbers: Sequence[int]) -> Collection:
        """Some of the questions, with the passages that are hard for any of them and some others."""
        chosen = self.questions[list(numbers)]
        nearest = np.argpartition(-chosen @ self.passages.T, HARD, axis=1)[:, :HARD]
        others = np.random.default_rng(SEED).choice(len(self.passages), min(OTHERS, len(self.passages)), replace=False)
        right = [row for number in numbers for row in self.answers[number]]
        kept = np.unique(np.concatenate([nearest.ravel(), others, right]))
        places = {int(row): place for place, row in enumerate(kept)}
        answers = [[places[row] for row in self.answers[number]] for number in numbers]
        return Collection(chosen, self.passages[kept], answers, share=1.0, every_answer=True)


def rule_questions(index: Path, encoder: Encoder) -> Collection:
    """Questions made by rule of the passages of an index."""
    pairs = make_pairs(
        pa.concat_tables([shard.passages(index) for shard in read_shard_list(index).shards]), RULE_PAIRS, SEED
    )
    opened = Index.open(index)
    passages = np.stack([opened.vector(row) for row in range(len(opened))])
    questions = encoder.encode_queries([pair.question for pair in pairs])
    return Collection(questions, passages, [pair.rows for pair in pairs], share=RULE_SHARE, every_answer=False)


def rank_questions(searcher: Searcher, collection: JudgedCollection, keys: Sequence[str]) -> dict[str, Values]:
    """Figures of the questions ``keys``, by system."""
    judgements = {key: collection.judgements[key] for key in keys}
    figures = {}
    for system in SYSTEMS:
        ranked = {
            key: [
                collection.passages[row].key
                for row, _ in searcher.rank(collection.questions[key], RANKED, SearchFilters(), SIGNALS[system])
            ]
            for key in keys
        }
        figures[system] = measure(judgements, ranked)
    return figures


def ask_policy(
    knowledge_base: KnowledgeBase, encoder: Encoder, adapter: FloatArray | None, questions: Sequence[JudgedQuestion]
) -> Figures:
    """Figures ``POLICY_MEASURES`` of the nearest passages and of search as users have it."""
    searcher = knowledge_base.searcher_with(encoder, adapter)
    index = Index.open(knowledge_base.folder / INDEX)
    found: dict[str, list[list[Place]]] = {system: [] for system in SYSTEMS}
    for question in questions:
        rows = [row for row, _ in searcher.rank(question.text, DEPTH, SearchFilters(), SIGNALS["dense"])]
        columns = (index.values(name, rows) for name in ("document_title", "start", "end"))
        found["dense"].append([Place(*values) for values in zip(*columns, strict=True)])
        found["hybrid"].append([place_of(hit) for hit in searcher.search(question.text, DEPTH).hits])
    return {system: _policy_values(questions, places) for system, places in found.items()}


def _policy_values(questions: Sequence[JudgedQuestion], found: Sequence[Sequence[Place]]) -> Values:
    values: npt.NDArray[np.float64] = np.zeros((len(POLICY_MEASURES), len(questions)))
    for number, (question, places) in enumerate(zip(questions, found, strict=True)):
        rank = next((rank for rank, place in enumerate(places, start=1) if question.answers_at(place)), 0)
        values[:, number] = 0 < rank <= 3, rank > 0, 1 / rank if rank else 0
    return values


def print_gain(title: str, names: Sequence[str], before: Figures, after: Figures) -> None:
    """A table: without, with, and the difference with its 95% interval."""
    print(f"\n| {title} | {' | '.join(names)} |\n| --- |{' --- |' * len(names)}")
    for system in SYSTEMS:
        for label, figures in (("untrained", before), ("adapted", after)):
            print(f"| {system}, {label} | {' | '.join(f'{mean:.3f}' for mean in figures[system].mean(axis=1))} |")
        gains = estimate_means(after[system] - before[system])
        print(f"| gain | {' | '.join(f'{gain.mean:+.3f} [{gain.low:+.3f}, {gain.high:+.3f}]' for gain in gains)} |")


def read_training(collection: JudgedCollection, index: Path, encoder: Encoder) -> Training:
    keys = list(collection.questions)
    rows = {passage.key: row for row, passage in enumerate(collection.passages)}
    grades = [collection.judgements[key] for key in keys]
    opened = Index.open(index)
    return Training(
        keys=keys,
        questions=encoder.encode_queries([collection.questions[key] for key in keys]),
        passages=np.stack([opened.vector(row) for row in range(len(opened))]),
        answers=[[rows[key] for key, grade in graded.items() if grade > 0] for graded in grades],
    )


def print_folds(collection: JudgedCollection, index: Path, encoder: Encoder, by_rule: Collection) -> None:
    """Each fold ranked by the untrained model and by an adapter trained on the others, and all folds together."""
    training = read_training(collection, index, encoder)
    untrained = Searcher.open(index, encoder)
    befores, afters = [], []
    for fold in split_into_folds(training.answers, [passage.text for passage in collection.passages]):
        start = time.perf_counter()
        numbers = sorted(set(range(len(training.keys))) - set(fold))
        adapter = merged_map(train_adapter([training.hard_for(numbers), by_rule], SEED))
        seconds = time.perf_counter() - start
        keys = [training.keys[number] for number in fold]
        befores.append(rank_questions(untrained, collection, keys))
        afters.append(rank_questions(Searcher.open(index, encoder, adapter=adapter), collection, keys))
        title = f"{len(fold)} questions, {seconds:.0f} s"
        print_gain(title, list(MEASURES), befores[-1], afters[-1])
    before, after = (
        {system: np.concatenate([figures[system] for figures in all_folds], axis=1) for system in SYSTEMS}
        for all_folds in (befores, afters)
    )
    print_gain(f"all {len(training.keys)} questions, out of fold", list(MEASURES), before, after)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--split", default="train")
    parser.add_argument("--output", type=Path, default=ADAPTER_FOLDER)
    parser.add_argument("--only-write", action="store_true", help="leave the folds out")
    arguments = parser.parse_args()
    settings = Settings.from_environment()
    collection = read_collection(arguments.folder, arguments.split)
    encoder = OnnxEncoder(default_model_directory(settings.models))
    directory = index_collection(collection, encoder, settings.home, lambda *_: None)
    remembering = RememberingEncoder(encoder, directory.parent)
    knowledge_base = KnowledgeBase.open(settings)
    by_rule = rule_questions(knowledge_base.folder / INDEX, encoder)
    if not arguments.only_write:
        print_folds(collection, directory / COLLECTION_INDEX, remembering, by_rule)
    training = read_training(collection, directory / COLLECTION_INDEX, remembering)
    model = train_adapter([training.hard_for(range(len(training.keys))), by_rule], SEED)
    judged = read_questions(DEFAULT_FILE, document_texts(knowledge_base.store))
    policy = [question for question in judged if question.split == "tuning" and question.answers]
    before = ask_policy(knowledge_base, remembering, None, policy)
    after = ask_policy(knowledge_base, remembering, merged_map(model), policy)
    print_gain(f"{len(policy)} questions of policy", POLICY_MEASURES, before, after)
    save_adapter(model, arguments.output)


if __name__ == "__main__":
    main()
