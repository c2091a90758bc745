"""An encoder that keeps the vectors of the questions it was asked last."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from embeddings.types import Encoder, FloatArray, Progress


class CachingEncoder:
    """Encodes as another :class:`embeddings.types.Encoder` does; may be used by several threads at once.

    Whoever narrows a question, turns to its next page or sorts what it found asks the same again.
    """

    def __init__(self, encoder: Encoder, kept: int) -> None:
        """``kept``: how many calls are kept, each of some kilobytes."""
        self.name = encoder.name
        self._encoder = encoder
        self._vectors = lru_cache(kept)(self._encode_queries)

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """(len(texts), dimensions) vectors of questions; not to be written to."""
        return self._vectors(tuple(texts))

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """(len(texts), dimensions) vectors of texts to be found; none is kept."""
        return self._encoder.encode_passages(texts, progress)

    def _encode_queries(self, texts: tuple[str, ...]) -> FloatArray:
        # All texts of a call together: the model's arithmetic of one depends on those beside it in the last digits.
        vectors = self._encoder.encode_queries(texts)
        vectors.flags.writeable = False
        return vectors
