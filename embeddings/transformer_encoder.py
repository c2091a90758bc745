"""Any sentence-transformers model as an encoder; importing this module loads torch (seconds)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from sentence_transformers import SentenceTransformer

from embeddings.types import FloatArray, Progress
from kg.errors import InputError

CHUNK_TEXTS = 64  # texts between two calls of ``progress``
_OPTIONS: dict[str, Any] = {"normalize_embeddings": True, "show_progress_bar": False, "convert_to_numpy": True}


class SentenceTransformerEncoder:
    """A model by its name on a hub or its local folder, with its own prompts; an :class:`embeddings.types.Encoder`."""

    def __init__(self, model: str) -> None:
        """Load the model; raises :class:`InputError` when there is none of this name."""
        self.name = model
        try:
            self._model = SentenceTransformer(model)
        except (OSError, ValueError) as error:
            raise InputError(
                f"打不开语言模型“{model}”：KECE_MODEL 应为 sentence-transformers 模型的名称或本机文件夹；"
                f"置空则用自带的默认模型（{error}）"
            ) from error

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """(len(texts), dimensions) vectors of questions."""
        return np.asarray(self._model.encode_query(list(texts), **_OPTIONS), np.float32)

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """(len(texts), dimensions) vectors of texts to be found."""
        vectors: FloatArray = np.empty((len(texts), self._model.get_embedding_dimension() or 0), np.float32)
        by_length = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        for first in range(0, len(texts), CHUNK_TEXTS):
            rows = by_length[first : first + CHUNK_TEXTS]
            vectors[rows] = self._model.encode_document([texts[row] for row in rows], **_OPTIONS)
            if progress:
                progress(first + len(rows), len(texts))
        return vectors
