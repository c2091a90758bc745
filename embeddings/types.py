"""What the parts of search hand to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]

Progress = Callable[[int, int], None]
"""Called with (texts done, texts in all)."""


class Encoder(Protocol):
    """A language model for search; vectors are float32 of length 1, one row a text."""

    @property
    def name(self) -> str:
        """Says which model made the vectors; an index is searched only with the model that built it."""

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """(len(texts), dimensions) vectors of questions."""

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """(len(texts), dimensions) vectors of texts to be found."""
