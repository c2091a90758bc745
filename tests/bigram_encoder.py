"""An encoder whose nearness is shared characters: ranking tests need vectors that mean something, at once."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np

from embeddings.tokens import tokenize
from embeddings.types import FloatArray, Progress

DIMENSIONS = 256


class BigramEncoder:
    """Counts of hashed character pairs, length 1."""

    name = "character-bigrams"

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        vectors = np.full((len(texts), DIMENSIONS), 1e-6, np.float32)
        for row, text in enumerate(texts):
            for token in tokenize(text):
                vectors[row, zlib.crc32(token.text.encode()) % DIMENSIONS] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        if progress:
            progress(len(texts), len(texts))
        return self.encode_queries(texts)


class CountingEncoder(BigramEncoder):
    """Remembers the texts it encodes."""

    def __init__(self) -> None:
        self.passages: list[str] = []
        self.queries: list[str] = []

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        self.queries += texts
        return super().encode_queries(texts)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        self.passages += texts
        return BigramEncoder().encode_passages(texts, progress)
