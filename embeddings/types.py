"""What the parts of search hand to each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, Protocol

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


class Signal(StrEnum):
    """What passages are ranked by."""

    WORDS = "words"  # BM25
    MEANING = "meaning"  # vectors
    GRAPH = "graph"  # synonyms, kinds of actors, force, documents and articles named


ALL_SIGNALS = frozenset(Signal)


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """Which passages may be found: of each field any of the values, an empty field allows all.

    ``documents`` are IRIs, ``kinds`` of "measure", "norm", "provision", ``modalities`` values of
    :class:`kg.types.Modality`, ``years`` those of issue; the others are names as the passages have them
    (:mod:`embeddings.facets`).
    """

    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    document_kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    years: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    modalities: tuple[str, ...] = ()
    strengths: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    actor_kinds: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that answers a question.

    ``text`` is the exact quote, ``[start, end)`` of the document's canonical text in code points. ``marks`` are
    spans of ``text`` (code points) with words of the question or their synonyms. ``score`` is comparable within
    one search only, higher is better, and the sum of ``score_words``, ``score_meaning`` and ``score_graph``. ``why``
    says in Chinese what matched.
    """

    rank: int
    kind: str
    text: str
    document: str
    place: str
    iri: str
    start: int
    end: int
    score: float
    why: str
    score_words: float
    score_meaning: float
    score_graph: float
    document_iri: str
    heading: str
    modality: str | None
    strength: str | None
    actors: tuple[str, ...]
    marks: tuple[tuple[int, int], ...]

    def to_json(self) -> dict[str, Any]:
        """The hit as JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The hits for a question, best first.

    ``answered`` is False when they are probably only near to what was asked and do not answer it, None where that was
    not judged (:mod:`embeddings.answerability`). ``notices`` say in Chinese how the question was read where that is not
    plain: corrected words, documents recognised.
    """

    hits: tuple[Hit, ...]
    answered: bool | None
    notices: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The result as JSON values."""
        return {
            "hits": [hit.to_json() for hit in self.hits],
            "answered": self.answered,
            "notices": list(self.notices),
        }
