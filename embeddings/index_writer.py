"""Building and changing an index, with as much memory as one shard takes."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from embeddings.facets import rows_with
from embeddings.lexical import LexicalWriter
from embeddings.passages import PASSAGES_SCHEMA, indexed_texts, write_passages
from embeddings.shards import (
    LEXICAL_FOLDER,
    LIST_FILE,
    PASSAGES_FILE,
    VECTORS_FILE,
    Shard,
    ShardList,
    read_shard_list,
    write_shard_list,
)
from embeddings.types import Encoder, FloatArray, Progress
from embeddings.vectors import VectorIndex, write_vectors

SHARD_ROWS = 50_000
"""Rows at which a shard is full: some 200 MB while it is written."""


def build_index(table: pa.Table, encoder: Encoder, directory: Path, progress: Progress | None = None) -> None:
    """Index ``table`` (columns of ``PASSAGES_SCHEMA``) into ``directory``, in which there is none yet.

    ``progress`` counts encoded texts, of all that are known so far: nearly all of the time goes there.
    """
    writer = IndexWriter(directory, encoder, progress)
    writer.add(table)
    writer.commit()


class IndexWriter:
    """Adds documents to the index in ``directory``, or to a new one, and removes them."""

    def __init__(self, directory: Path, encoder: Encoder, progress: Progress | None = None) -> None:
        """Open or make the index; raises :class:`StoreError` when the one in ``directory`` is damaged."""
        self._directory = directory
        self._encoder = encoder
        self._progress = progress
        self._encoded = 0
        self._list = (
            read_shard_list(directory)
            if (directory / LIST_FILE).exists()
            else ShardList(encoder.encode_queries([""]).shape[1])
        )
        self._words = LexicalWriter(directory / LEXICAL_FOLDER)
        self._waiting = PASSAGES_SCHEMA.empty_table()

    def add(self, table: pa.Table) -> None:
        """Add passages of documents that the index does not hold."""
        self._waiting = pa.concat_tables([self._waiting, table])
        while self._waiting.num_rows >= SHARD_ROWS:
            full, self._waiting = self._waiting.slice(0, SHARD_ROWS), self._waiting.slice(SHARD_ROWS)
            self._write_shard(full, self._encode(full))

    def remove(self, document_iri: str) -> None:
        """Remove a document that was in the index when it was opened."""
        self._words.remove_document(document_iri)
        shards = tuple(
            replace(shard, removed=(*shard.removed, document_iri))
            if rows_with(shard.passages(self._directory).column("document"), [document_iri]).any()
            else shard
            for shard in self._list.shards
        )
        self._list = replace(self._list, shards=shards)

    def commit(self) -> int:
        """Write what waits, together with what is left of shards that are too small; the last thing to be done.

        Returns the number of passages that the index holds.
        """
        taken = self._take_small_shards()
        table = pa.concat_tables([*(table for table, _ in taken), self._waiting])
        if table.num_rows:
            self._write_shard(table, np.concatenate([*(vectors for _, vectors in taken), self._encode(self._waiting)]))
        write_shard_list(self._list, self._directory)
        return self._words.commit()

    def _take_small_shards(self) -> list[tuple[pa.Table, FloatArray]]:
        """Take away shards of which less than half is left, and those no larger than what is to be written.

        So many small additions do not leave many small shards: from the last to the first, sizes double.
        """
        taken: list[tuple[pa.Table, FloatArray]] = []
        rows = self._waiting.num_rows
        for shard in reversed(self._list.shards):
            table = shard.passages(self._directory)
            kept = np.flatnonzero(shard.kept_rows(table))
            if rows + len(kept) <= SHARD_ROWS and (2 * len(kept) < table.num_rows or len(kept) <= rows):
                taken.insert(0, self._take(shard, table, kept))
                rows += len(kept)
        return taken

    def _take(self, shard: Shard, table: pa.Table, rows: npt.NDArray[np.int64]) -> tuple[pa.Table, FloatArray]:
        folder = shard.folder(self._directory)
        vectors = VectorIndex([folder / VECTORS_FILE], self._list.dimensions).vectors(rows)
        self._words.remove_shard(shard.number)
        self._list = replace(self._list, shards=tuple(other for other in self._list.shards if other != shard))
        shutil.rmtree(folder)
        return table.take(pa.array(rows)), vectors

    def _write_shard(self, table: pa.Table, vectors: FloatArray) -> None:
        self._list = replace(self._list, written=self._list.written + 1)
        shard = Shard(self._list.written - 1)
        folder = shard.folder(self._directory)
        folder.mkdir()
        write_passages(table, folder / PASSAGES_FILE)
        write_vectors(vectors, folder / VECTORS_FILE)
        self._words.add(table, indexed_texts(table), shard.number)
        self._list = replace(self._list, shards=(*self._list.shards, shard))

    def _encode(self, table: pa.Table) -> FloatArray:
        """(rows, dimensions); each distinct text is encoded once."""
        texts = indexed_texts(table)
        distinct = {text: position for position, text in enumerate(dict.fromkeys(texts))}
        vectors = self._encoder.encode_passages(list(distinct), self._report)
        self._encoded += len(distinct)
        return vectors[np.array([distinct[text] for text in texts], np.int64)]

    def _report(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(self._encoded + done, self._encoded + total)
