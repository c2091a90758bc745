"""Question → ranked hits with reasons: words (BM25) and meaning (vectors) under filters, fused and merged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from embeddings.explain import explain, find_marks
from embeddings.fusion import Ranking, fuse
from embeddings.index import LEXICAL_FOLDER, PASSAGES_FILE, VECTORS_FILE
from embeddings.lexical import LexicalIndex
from embeddings.passages import open_passages
from embeddings.query import Question, load_synonyms, understand
from embeddings.types import ALL_SIGNALS, Encoder, FloatArray, Hit, SearchFilters, Signal
from embeddings.vectors import VectorIndex
from kg.errors import InputError, StoreError
from kg.types import Span

BooleanArray = npt.NDArray[np.bool_]

CANDIDATES = 100  # of each list: what the z-scores of embeddings.fusion are taken over
RANK_CANDIDATES = 300  # of each list in `rank`: what 100 answers need lies in part beyond the first 100
CANDIDATES_PER_HIT = 5  # a place has a provision, a norm and a few measures: merged, some places must remain
REPEATED_SHARE = 0.3  # see _repeats
FACETS = {"kind": "kinds", "document": "documents", "modality": "modalities"}  # column → filter


class Searcher:
    """Search over one index; may be used by several threads at once."""

    def __init__(self, table: pa.Table, words: LexicalIndex, vectors: VectorIndex, encoder: Encoder) -> None:
        self._table = table
        self._words = words
        self._vectors = vectors
        self._encoder = encoder
        self._synonyms = load_synonyms()

    @classmethod
    def open(cls, directory: Path, encoder: Encoder) -> Searcher:
        """Open what :func:`embeddings.index.build_index` wrote; ``encoder`` is the one it was built with.

        Raises :class:`StoreError` when a part is missing or damaged or the parts do not belong together.
        """
        table = open_passages(directory / PASSAGES_FILE)
        vectors = VectorIndex(directory / VECTORS_FILE)
        dimensions = encoder.encode_queries([""]).shape[1]
        if vectors.shape != (table.num_rows, dimensions):
            raise StoreError(
                f"索引 {directory} 前后不一致：有 {table.num_rows} 条文本，向量为 {vectors.shape}，"
                f"而模型“{encoder.name}”的向量为 {dimensions} 维；请重新建库：python cli.py build"
            )
        return cls(table, LexicalIndex(directory / LEXICAL_FOLDER), vectors, encoder)

    def search(self, text: str, limit: int = 10, filters: SearchFilters | None = None) -> list[Hit]:
        """The best ``limit`` places for a question, at most one hit a place (see :func:`_repeats`).

        Raises :class:`InputError` when ``text`` holds nothing to search for or ``limit`` is below 1.
        """
        if limit < 1:
            raise InputError(f"结果条数应为正整数，得到 {limit}")
        filters = filters or SearchFilters()
        question = understand(text, self._synonyms)
        count = max(CANDIDATES, CANDIDATES_PER_HIT * limit)
        by_words = self._words.search(question, count, filters)
        vector = self._question_vector(question)
        by_meaning = self._vectors.search(vector, count, self._allowed(filters))
        meaning_ranks = {row: rank for rank, (row, _) in enumerate(by_meaning, start=1)}
        others = self._vectors.cosines(vector, [row for row, _ in by_words if row not in meaning_ranks])
        kept = self._merge(fuse(by_words, by_meaning, others), limit)
        return [
            self._hit(rank, row, score, question, meaning_ranks.get(row))
            for rank, (row, score) in enumerate(kept, start=1)
        ]

    def rank(
        self, text: str, limit: int, filters: SearchFilters | None = None, signals: frozenset[Signal] = ALL_SIGNALS
    ) -> list[tuple[int, float]]:
        """The best ``limit`` rows by some of the signals, with their scores; overlapping passages are not merged.

        Raises :class:`InputError` as :meth:`search` does.
        """
        filters = filters or SearchFilters()
        question = understand(text, self._synonyms if Signal.GRAPH in signals else {})
        count = max(RANK_CANDIDATES, limit)
        by_words = self._words.search(question, count, filters) if Signal.WORDS in signals else []
        if Signal.MEANING not in signals:
            return by_words[:limit]
        vector = self._question_vector(question)
        by_meaning = self._vectors.search(vector, count, self._allowed(filters))
        near = {row for row, _ in by_meaning}
        others = self._vectors.cosines(vector, [row for row, _ in by_words if row not in near])
        return fuse(by_words, by_meaning, others)[:limit]

    def facets(self, text: str = "", filters: SearchFilters | None = None) -> dict[str, dict[str, int]]:
        """Number of passages by kind, document (IRI) and modality: field → value → count, most first.

        Counted are the passages with at least one word of ``text`` (all passages for an empty one). Each field is
        counted under the filters of the other fields, so that the counts say what choosing another value gives.
        """
        filters = filters or SearchFilters()
        matching = np.ones(self._table.num_rows, np.bool_)
        if text.strip():
            matching[:] = False
            matching[self._words.matching_rows(understand(text, self._synonyms))] = True
        counts: dict[str, dict[str, int]] = {}
        for column in FACETS:
            allowed = self._allowed(filters, leave_out=column)
            rows = np.flatnonzero(matching if allowed is None else matching & allowed)
            values = self._table.column(column).take(pa.array(rows)).drop_null()
            pairs = [(entry["values"], entry["counts"]) for entry in pc.value_counts(values).to_pylist()]
            counts[column] = dict(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))
        return counts

    def _question_vector(self, question: Question) -> FloatArray:
        """The mean of the variants' vectors, length 1: (dimensions,)."""
        mean: FloatArray = self._encoder.encode_queries(question.variants).mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    def _allowed(self, filters: SearchFilters, leave_out: str = "") -> BooleanArray | None:
        """(rows,) whether the filters allow a row, those on column ``leave_out`` apart; None: all are allowed."""
        masks = [
            pc.is_in(self._table.column(column), pa.array(values, pa.string())).to_numpy()
            for column, field in FACETS.items()
            if column != leave_out and (values := getattr(filters, field))
        ]
        return np.logical_and.reduce(masks) if masks else None

    def _merge(self, ranking: Ranking, limit: int) -> list[tuple[int, float]]:
        """The best ``limit`` of ``ranking`` without repetitions."""
        kept: list[tuple[int, float]] = []
        spans: dict[str, list[Span]] = {}
        for row, score in ranking:
            if len(kept) == limit:
                break
            span = Span(self._value("start", row), self._value("end", row))
            better = spans.setdefault(self._value("document", row), [])
            if not any(_repeats(span, other) for other in better):
                better.append(span)
                kept.append((row, score))
        return kept

    def _hit(self, rank: int, row: int, score: float, question: Question, meaning_rank: int | None) -> Hit:
        values = {name: self._value(name, row) for name in self._table.column_names}
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

    def _value(self, column: str, row: int) -> Any:
        return self._table.column(column)[row].as_py()


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
