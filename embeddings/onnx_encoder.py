"""The default language model, run by ONNX Runtime without torch."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from onnxruntime import InferenceSession, SessionOptions
from tokenizers import Tokenizer

from embeddings.types import FloatArray, Progress
from kg.errors import StoreError

THREADS = 2
MAXIMUM_TOKENS = 256  # some 400 characters; the few longer articles are cut, BM25 still reads them whole
BATCH_TOKENS = 1024  # padded tokens a batch; larger batches leave the processor's cache and gain nothing


class OnnxEncoder:
    """A folder made by :mod:`embeddings.convert`; an :class:`embeddings.types.Encoder`."""

    def __init__(self, directory: Path) -> None:
        """Load the model (some 0.7 s); raises :class:`StoreError` when a file of the folder is missing or damaged."""
        self.name = directory.name
        options = SessionOptions()
        options.intra_op_num_threads = THREADS
        # Threads that wait by spinning took the processor from what comes next: a third longer per search.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = InferenceSession(directory / "model.onnx", options, providers=["CPUExecutionProvider"])
            self._tokenizer = Tokenizer.from_file(str(directory / "tokenizer.json"))
            prompts = json.loads((directory / "config_sentence_transformers.json").read_text("utf-8"))["prompts"]
        # Both engines raise their own exceptions, some of them bare, for a file they cannot use.
        except Exception as error:
            raise StoreError(
                f"语言模型目录 {directory} 不完整或已损坏；请删除该目录，下次运行会重新生成（{error}）"
            ) from error
        self._query_prompt: str = prompts["query"]
        self._passage_prompt: str = prompts["document"]
        self._tokenizer.enable_truncation(MAXIMUM_TOKENS)
        self._padding = self._tokenizer.token_to_id("<pad>")
        self._dimensions: int = self._session.get_outputs()[0].shape[1]

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """(len(texts), dimensions) vectors of questions."""
        return self._encode([self._query_prompt + text for text in texts], None)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """(len(texts), dimensions) vectors of texts to be found."""
        return self._encode([self._passage_prompt + text for text in texts], progress)

    def _encode(self, texts: Sequence[str], progress: Progress | None) -> FloatArray:
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(texts)]
        vectors = np.empty((len(texts), self._dimensions), np.float32)
        done = 0
        for rows in _batches([len(ids) for ids in tokens]):
            (vectors[rows],) = self._session.run(None, self._padded([tokens[row] for row in rows]))
            done += len(rows)
            if progress:
                progress(done, len(texts))
        return vectors

    def _padded(self, tokens: Sequence[Sequence[int]]) -> dict[str, np.ndarray[tuple[int, int], np.dtype[np.int64]]]:
        shape = len(tokens), max(map(len, tokens))
        input_ids = np.full(shape, self._padding, np.int64)
        mask = np.zeros(shape, np.int64)
        for row, ids in enumerate(tokens):
            input_ids[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        return {"input_ids": input_ids, "attention_mask": mask}


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Rows in batches of like length, longest first, each at most ``BATCH_TOKENS`` padded tokens (or one row).

    Longest first, so that memory is at its height at once and the time left is never underestimated.
    """
    batch: list[int] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > BATCH_TOKENS:
            yield batch
            batch = []
        batch.append(row)
    if batch:
        yield batch
