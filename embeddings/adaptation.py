"""Training the adapter of questions (:mod:`embeddings.query_adapter`) with sentence-transformers' Dense and PEFT.

The language model and the vectors of passages stay as they are. What is trained is a LoRA on a dense layer behind
the model, by the softmax over the passages of a collection of the cosines with the question: all passages that
answer a question count as right, each against those that do not. Importing this module loads torch (seconds).
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from peft import LoraConfig, PeftModel, get_peft_model
from sentence_transformers.base.modules import Dense
from torch.nn.functional import normalize, softplus

from embeddings.types import FloatArray

RANK = 64
EPOCHS = 8
LEARNING_RATE = 2e-3  # falls to 0 in equal steps
TEMPERATURE = 0.015
BATCH_QUESTIONS = 64
QUESTIONS_PER_EPOCH = 2048  # of one collection; more are taken in turn by chance
EXCLUDED = -1e9  # the score of a passage that is left out of a softmax


@dataclass(frozen=True, slots=True)
class Collection:
    """Questions and the passages that they are asked of.

    ``questions`` (n, d) and ``passages`` (m, d) are unit vectors; ``answers`` the rows of ``passages`` that answer
    each question, at least one. ``share``: what its loss counts for. ``every_answer``: whether all answers of a
    question are to be found (judged ones), or any of them (passages that overlap each other).
    """

    questions: FloatArray
    passages: FloatArray
    answers: Sequence[Sequence[int]]
    share: float
    every_answer: bool


def train_adapter(collections: Sequence[Collection], seed: int) -> PeftModel:
    """A LoRA on an identity layer of the vectors' size, trained; the same seed on the same machine gives the same."""
    torch.manual_seed(seed)
    dimensions = collections[0].passages.shape[1]
    dense = Dense(
        dimensions, dimensions, bias=False, activation_function=torch.nn.Identity(), init_weight=torch.eye(dimensions)
    )
    model = get_peft_model(dense, LoraConfig(r=RANK, lora_alpha=RANK, target_modules=["linear"]))
    passages = [torch.from_numpy(collection.passages) for collection in collections]
    trained = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimizer = torch.optim.AdamW(trained, lr=LEARNING_RATE)
    batches = list(_batches(collections, random.Random(seed)))
    for step, (number, rows) in enumerate(batches):
        collection = collections[number]
        scores = _adapt(model, collection.questions[rows]) @ passages[number].T / TEMPERATURE
        loss = _loss(scores, [collection.answers[row] for row in rows], collection.every_answer) * collection.share
        for group in optimizer.param_groups:
            group["lr"] = LEARNING_RATE * (1 - step / len(batches))
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
    return model.eval()


def merged_map(model: PeftModel) -> FloatArray:
    """The map that :func:`embeddings.query_adapter.load_query_adapter` gives once the adapter is saved."""
    layer: Any = model.get_submodule("base_model.model.linear")  # a LoRA layer, which torch knows as a Module only
    merged: FloatArray = (layer.weight + layer.get_delta_weight("default")).detach().numpy().T.copy()
    return merged


def save_adapter(model: PeftModel, folder: Path) -> None:
    """Write the adapter in PEFT's own format, in half precision."""
    model.half().save_pretrained(str(folder))
    (folder / "README.md").unlink()  # an empty model card


def _adapt(model: PeftModel, questions: FloatArray) -> torch.Tensor:
    features = model({"sentence_embedding": torch.from_numpy(np.ascontiguousarray(questions))})
    return normalize(features["sentence_embedding"], dim=-1)


def _batches(collections: Sequence[Collection], generator: random.Random) -> Iterator[tuple[int, list[int]]]:
    """(number of the collection, rows of its questions), all epochs, collections mixed."""
    for _ in range(EPOCHS):
        epoch = []
        for number, collection in enumerate(collections):
            rows = generator.sample(range(len(collection.questions)), len(collection.questions))[:QUESTIONS_PER_EPOCH]
            epoch += [(number, rows[i : i + BATCH_QUESTIONS]) for i in range(0, len(rows), BATCH_QUESTIONS)]
        generator.shuffle(epoch)
        yield from epoch


def _loss(scores: torch.Tensor, answers: Sequence[Sequence[int]], every_answer: bool) -> torch.Tensor:
    """Mean negative log-probability of the answers: of each one against all passages that do not answer, or of any."""
    questions = torch.tensor([number for number, rows in enumerate(answers) for _ in rows])
    columns = torch.tensor([row for rows in answers for row in rows])
    right = torch.zeros_like(scores, dtype=torch.bool)
    right[questions, columns] = True
    wrong = scores.masked_fill(right, EXCLUDED).logsumexp(1)
    if not every_answer:
        return softplus(wrong - scores.masked_fill(~right, EXCLUDED).logsumexp(1)).mean()
    weights = torch.tensor([1 / len(rows) for rows in answers for _ in rows])
    return (softplus(wrong[questions] - scores[questions, columns]) * weights).sum() / len(answers)
