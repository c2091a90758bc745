"""The index of a knowledge base: the passages table, the vectors and the words, in one folder."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from embeddings.facets import BooleanArray, allowed_rows, rows_with
from embeddings.lexical import LexicalIndex, build_lexical_index
from embeddings.passages import indexed_texts, open_passages, write_passages
from embeddings.query import Question
from embeddings.types import Encoder, FloatArray, Progress, SearchFilters
from embeddings.vectors import VectorIndex, build_vector_index
from kg.errors import StoreError

PASSAGES_FILE = "passages.arrow"
VECTORS_FILE = "vectors.faiss"
LEXICAL_FOLDER = "lexical"


def build_index(table: pa.Table, encoder: Encoder, directory: Path, progress: Progress | None = None) -> None:
    """Index ``table`` (columns of ``PASSAGES_SCHEMA``) into ``directory``; each distinct text is encoded once.

    ``progress`` counts encoded texts: nearly all of the time goes there.
    """
    directory.mkdir(parents=True, exist_ok=True)
    texts = indexed_texts(table)
    distinct = {text: position for position, text in enumerate(dict.fromkeys(texts))}
    vectors = encoder.encode_passages(list(distinct), progress)
    build_vector_index(vectors[np.array([distinct[text] for text in texts], np.int64)], directory / VECTORS_FILE)
    build_lexical_index(table, texts, directory / LEXICAL_FOLDER)
    write_passages(table, directory / PASSAGES_FILE)


class Index:
    """An open index, only read; may be used by several threads at once. A row is a passage's position in it."""

    def __init__(self, table: pa.Table, words: LexicalIndex, vectors: VectorIndex) -> None:
        self._table = table
        self._words = words
        self._vectors = vectors

    @classmethod
    def open(cls, directory: Path) -> Index:
        """Open what :func:`build_index` wrote.

        Raises :class:`StoreError` when a part is missing or damaged or the parts do not belong together.
        """
        table = open_passages(directory / PASSAGES_FILE)
        vectors, words = VectorIndex(directory / VECTORS_FILE), LexicalIndex(directory / LEXICAL_FOLDER)
        if not table.num_rows == vectors.shape[0] == len(words):
            raise StoreError(
                f"索引 {directory} 前后不一致：检索表有 {table.num_rows} 条，向量 {vectors.shape[0]} 条，"
                f"词语索引 {len(words)} 条；请重新建库：python cli.py build"
            )
        return cls(table, words, vectors)

    def __len__(self) -> int:
        return int(self._table.num_rows)

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return self._vectors.shape[1]

    def search_words(self, question: Question, limit: int, filters: SearchFilters) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their BM25 scores, best first."""
        return self._words.search(question, limit, filters)

    def search_vectors(
        self, vector: FloatArray, limit: int, filters: SearchFilters, left_out: str | None = None
    ) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their cosines to a unit vector (dimensions,), best first.

        Rows of the document ``left_out`` (IRI) are none of them.
        """
        allowed = self.allowed(filters)
        if left_out is not None:
            elsewhere = ~rows_with(self._table.column("document"), [left_out])
            allowed = elsewhere if allowed is None else allowed & elsewhere
        return self._vectors.search(vector, limit, allowed)

    def cosines(self, vector: FloatArray, rows: Sequence[int]) -> dict[int, float]:
        """Row → cosine with a unit vector (dimensions,)."""
        return self._vectors.cosines(vector, rows)

    def vector(self, row: int) -> FloatArray:
        """The unit vector (dimensions,) of a row."""
        return self._vectors.vector(row)

    def value(self, column: str, row: int) -> Any:
        """What a row has in a column of ``PASSAGES_SCHEMA``: text, number, list of texts or None."""
        return self._table.column(column)[row].as_py()

    def values(self, column: str, rows: Sequence[int]) -> list[Any]:
        """What some rows have in a column, in their order."""
        values: list[Any] = self._table.column(column).take(pa.array(rows, pa.int64())).to_pylist()
        return values

    def holds(self, token: str) -> bool:
        """Whether any row holds a token of :mod:`embeddings.tokens`."""
        return self._words.document_count(token) > 0

    def document_count(self, token: str) -> int:
        """In how many rows a token occurs."""
        return self._words.document_count(token)

    def record(self, row: int) -> dict[str, Any]:
        """All columns of a row."""
        return {name: self.value(name, row) for name in self._table.column_names}

    def rows_of_iri(self, iri: str) -> list[int]:
        """The rows of the statement or provision with this IRI; none where it is not searched."""
        return self._words.rows_of_iri(iri)

    def rows_at(self, document_iri: str, start: int, end: int) -> list[int]:
        """The rows of a document that lie within ``[start, end)`` of its text (code points), in text order."""
        rows = np.flatnonzero(rows_with(self._table.column("document"), [document_iri]))
        spans = self._table.select(["start", "end"]).take(pa.array(rows))
        inside = (spans.column("start").to_numpy() >= start) & (spans.column("end").to_numpy() <= end)
        return [int(row) for row in rows[inside]]

    def allowed(self, filters: SearchFilters) -> BooleanArray | None:
        """(rows,) whether the filters allow a row; None: all are allowed."""
        return allowed_rows(self._table, filters)

    def facet_counts(self, question: Question | None, filters: SearchFilters) -> dict[str, dict[str, int]]:
        """Facet → value → number of passages: see :meth:`embeddings.lexical.LexicalIndex.facet_counts`."""
        return self._words.facet_counts(question, filters)
