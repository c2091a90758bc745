"""An index of passages, opened: their table, their vectors and their words, as one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from embeddings.facets import BooleanArray, allowed_rows, rows_with, value_counts
from embeddings.lexical import LexicalIndex
from embeddings.passages import PASSAGES_SCHEMA
from embeddings.query import Question
from embeddings.shards import LEXICAL_FOLDER, VECTORS_FILE, read_shard_list
from embeddings.types import FloatArray, SearchFilters
from embeddings.vectors import VectorIndex
from kg.errors import StoreError


class Index:
    """An open index, only read; may be used by several threads at once.

    A row is a passage's position in it. Rows of removed documents keep their place and are never found.
    """

    def __init__(self, table: pa.Table, kept: BooleanArray | None, words: LexicalIndex, vectors: VectorIndex) -> None:
        self._table = table
        self._kept = kept
        self._words = words
        self._vectors = vectors

    @classmethod
    def open(cls, directory: Path) -> Index:
        """Open what an :class:`embeddings.index_writer.IndexWriter` wrote.

        Raises :class:`StoreError` when a part is missing or damaged or the parts do not belong together.
        """
        found = read_shard_list(directory)
        tables = [shard.passages(directory) for shard in found.shards]
        first_rows = np.cumsum([0, *(table.num_rows for table in tables)])
        numbers = {shard.number: int(row) for shard, row in zip(found.shards, first_rows, strict=False)}
        kept = [shard.kept_rows(table) for shard, table in zip(found.shards, tables, strict=True)]
        index = cls(
            pa.concat_tables([PASSAGES_SCHEMA.empty_table(), *tables]),
            np.concatenate(kept) if any(shard.removed for shard in found.shards) else None,
            LexicalIndex(directory / LEXICAL_FOLDER, numbers),
            VectorIndex([shard.folder(directory) / VECTORS_FILE for shard in found.shards], found.dimensions),
        )
        index._check(directory)
        return index

    def _check(self, directory: Path) -> None:
        rows, vectors, kept, words = self._table.num_rows, self._vectors.shape[0], len(self), len(self._words)
        if rows != vectors or kept != words:
            raise StoreError(
                f"索引 {directory} 前后不一致：检索表有 {rows} 条，向量 {vectors} 条；其中可检索 {kept} 条，"
                f"词语索引 {words} 条；请重新建库：python cli.py build"
            )

    def __len__(self) -> int:
        """Number of passages, those of removed documents apart."""
        return int(self._table.num_rows if self._kept is None else self._kept.sum())

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
        vector: FloatArray = self._vectors.vectors(np.array([row], np.int64))[0]
        return vector

    def vectors(self, rows: Sequence[int]) -> FloatArray:
        """(len(rows), dimensions) the unit vectors of some rows."""
        return self._vectors.vectors(np.asarray(rows, np.int64))

    def value(self, column: str, row: int) -> Any:
        """What a row has in a column of ``PASSAGES_SCHEMA``: text, number, list of texts or None."""
        return self._table.column(column)[row].as_py()

    def values(self, column: str, rows: Sequence[int]) -> list[Any]:
        """What some rows have in a column, in their order."""
        # Shard by shard: taken from all at once, the codes of all shards would be made one set first.
        chunks = self._table.column(column).chunks
        first_rows = np.cumsum([0, *map(len, chunks)])
        wanted = np.asarray(rows, np.int64)
        chunk_of_row = np.searchsorted(first_rows, wanted, side="right") - 1
        values: list[Any] = [None] * len(wanted)
        for number in np.unique(chunk_of_row):
            places = np.flatnonzero(chunk_of_row == number)
            taken = chunks[number].take(pa.array(wanted[places] - first_rows[number]))
            if pa.types.is_dictionary(taken.type):
                taken = taken.cast(taken.type.value_type)  # texts become Python values six times as fast as codes
            for place, value in zip(places, taken.to_pylist(), strict=True):
                values[place] = value
        return values

    def holds(self, token: str) -> bool:
        """Whether any row holds a token of :mod:`embeddings.tokens`."""
        return self._words.document_count(token) > 0

    def record(self, row: int) -> dict[str, Any]:
        """All columns of a row."""
        return {name: self.value(name, row) for name in self._table.column_names}

    def rows_of_iri(self, iri: str) -> list[int]:
        """The rows of the statement or provision with this IRI; none where it is not searched."""
        return self._words.rows_of_iri(iri)

    def rows_at(self, document_iri: str, start: int, end: int) -> list[int]:
        """The rows of a document that lie within ``[start, end)`` of its text (code points), in text order."""
        rows = np.flatnonzero(self._only_kept(rows_with(self._table.column("document"), [document_iri])))
        spans = self._table.select(["start", "end"]).take(pa.array(rows))
        inside = (spans.column("start").to_numpy() >= start) & (spans.column("end").to_numpy() <= end)
        return [int(row) for row in rows[inside]]

    def allowed(self, filters: SearchFilters) -> BooleanArray | None:
        """(rows,) whether a row may be found under the filters; None: all may."""
        allowed = allowed_rows(self._table, filters)
        return self._kept if allowed is None else self._only_kept(allowed)

    def _only_kept(self, rows: BooleanArray) -> BooleanArray:
        return rows if self._kept is None else rows & self._kept

    def count(self, filters: SearchFilters) -> int:
        """Number of passages that may be found under the filters."""
        allowed = self.allowed(filters)
        return len(self) if allowed is None else int(allowed.sum())

    def value_counts(self, facet: str) -> dict[str, int]:
        """All values of a facet with their numbers of passages, most first."""
        column = self._table.column(facet)
        return value_counts(column if self._kept is None else column.filter(pa.array(self._kept)))

    def facet_counts(self, question: Question | None, filters: SearchFilters) -> dict[str, dict[str, int]]:
        """Facet → value → number of passages: see :meth:`embeddings.lexical.LexicalIndex.facet_counts`."""
        return self._words.facet_counts(question, filters)
