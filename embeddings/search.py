"""Question → ranked hits with reasons: words (BM25) and meaning (vectors) under filters, fused and merged."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from embeddings.explain import explain, find_marks
from embeddings.fusion import Ranking, fuse
from embeddings.index import Index
from embeddings.query import Question, load_synonyms, understand
from embeddings.types import Encoder, FloatArray, Hit, SearchFilters
from kg.errors import InputError, StoreError
from kg.types import Span

CANDIDATES = 100  # of each list: what the z-scores of embeddings.fusion are taken over
CANDIDATES_PER_HIT = 5  # a place has a provision, a norm and a few measures: merged, some places must remain
REPEATED_SHARE = 0.3  # see _repeats


class Searcher:
    """Search over one index; may be used by several threads at once."""

    def __init__(self, index: Index, encoder: Encoder) -> None:
        self._index = index
        self._encoder = encoder
        self._synonyms = load_synonyms()

    @classmethod
    def open(cls, directory: Path, encoder: Encoder) -> Searcher:
        """Open what :func:`embeddings.index_writer.build_index` wrote; ``encoder`` is the one it was built with.

        Raises :class:`StoreError` when a part is missing or damaged or the parts do not belong together.
        """
        index = Index.open(directory)
        dimensions = encoder.encode_queries([""]).shape[1]
        if index.dimensions != dimensions:
            raise StoreError(
                f"索引 {directory} 与模型不一致：索引中的向量为 {index.dimensions} 维，"
                f"模型“{encoder.name}”的为 {dimensions} 维；请重新建库：python cli.py build"
            )
        return cls(index, encoder)

    def search(self, text: str, limit: int = 10, filters: SearchFilters | None = None) -> list[Hit]:
        """The best ``limit`` places for a question, at most one hit a place (see :func:`_repeats`).

        Raises :class:`InputError` when ``text`` holds nothing to search for or ``limit`` is below 1.
        """
        if limit < 1:
            raise InputError(f"结果条数应为正整数，得到 {limit}")
        filters = filters or SearchFilters()
        question = understand(text, self._synonyms)
        count = max(CANDIDATES, CANDIDATES_PER_HIT * limit)
        by_words = self._index.search_words(question, count, filters)
        vector = self._question_vector(question)
        by_meaning = self._index.search_vectors(vector, count, filters)
        meaning_ranks = {row: rank for rank, (row, _) in enumerate(by_meaning, start=1)}
        others = self._index.cosines(vector, [row for row, _ in by_words if row not in meaning_ranks])
        kept = self._merge(fuse(by_words, by_meaning, others), limit)
        return [
            self._hit(rank, row, score, question, meaning_ranks.get(row))
            for rank, (row, score) in enumerate(kept, start=1)
        ]

    def facets(self, text: str = "", filters: SearchFilters | None = None) -> dict[str, dict[str, int]]:
        """Number of passages by facet and value, most first: see :meth:`embeddings.index.Index.facet_counts`.

        Counted are the passages with at least one word of ``text``, all passages for an empty one.
        """
        question = understand(text, self._synonyms) if text.strip() else None
        return self._index.facet_counts(question, filters or SearchFilters())

    def _question_vector(self, question: Question) -> FloatArray:
        """The mean of the variants' vectors, length 1: (dimensions,)."""
        mean: FloatArray = self._encoder.encode_queries(question.variants).mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    def _merge(self, ranking: Ranking, limit: int) -> list[tuple[int, float]]:
        """The best ``limit`` of ``ranking`` without repetitions."""
        kept: list[tuple[int, float]] = []
        spans: dict[str, list[Span]] = {}
        for row, score in ranking:
            if len(kept) == limit:
                break
            span = Span(self._index.value("start", row), self._index.value("end", row))
            better = spans.setdefault(self._index.value("document", row), [])
            if not any(_repeats(span, other) for other in better):
                better.append(span)
                kept.append((row, score))
        return kept

    def _hit(self, rank: int, row: int, score: float, question: Question, meaning_rank: int | None) -> Hit:
        values = self._index.record(row)
        return Hit(
            rank=rank,
            kind=values["kind"],
            text=values["text"],
            document=values["document_title"],
            place=values["place"],
            iri=values["iri"],
            start=values["start"],
            end=values["end"],
            score=round(score, 4),
            why=explain(values["text"], question, meaning_rank),
            document_iri=values["document"],
            heading=values["heading"],
            modality=values["modality"],
            strength=values["strength"],
            actors=tuple(values["actors"]),
            marks=tuple((mark.start, mark.end) for mark in find_marks(values["text"], question)),
        )


def _repeats(span: Span, better: Span) -> bool:
    """Whether a passage tells nothing beyond a better one of the same document.

    It does not when it contains the better one: the reader is led to the narrower, better place. Nor when it
    lies inside and makes up a good part of it, as a measure in a norm or a norm in a short article; a measure
    in a long paragraph is a find of its own. Passages that partly overlap count by the same share.
    """
    shared = min(span.end, better.end) - max(span.start, better.start)
    if shared <= 0:
        return False
    return span.contains(better) or shared >= REPEATED_SHARE * (better.end - better.start)
