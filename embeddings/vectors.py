"""The dense index: exact inner products of unit vectors, with filters."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from embeddings.types import FloatArray
from kg.errors import StoreError


def build_vector_index(vectors: FloatArray, path: Path) -> None:
    """Write the index of ``vectors`` (rows, dimensions), unit length, to ``path``."""
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(path))


class VectorIndex:
    """An open dense index; its vectors stay in the memory-mapped file."""

    def __init__(self, path: Path) -> None:
        """Open what :func:`build_vector_index` wrote; raises :class:`StoreError` when missing or damaged."""
        # One question is too little to share out: with two threads it took ten times as long on two busy cores.
        faiss.omp_set_num_threads(1)
        try:
            self._index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        except RuntimeError as error:
            raise StoreError(f"向量索引 {path} 缺失或已损坏；请重新建库：python cli.py build（{error}）") from error

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, dimensions)."""
        return self._index.ntotal, self._index.d

    def search(
        self, query: FloatArray, limit: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their cosines, best first.

        ``query`` is one unit vector (dimensions,); ``allowed`` (rows,) says which rows may be found, None all.
        """
        parameters = None
        if allowed is not None:
            bits = np.packbits(allowed, bitorder="little")
            # faiss gives these classes constructors for numpy when it is loaded, which mypy cannot see.
            selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        scores, rows = self._index.search(query[None, :], min(limit, self._index.ntotal), params=parameters)
        return [(int(row), float(score)) for row, score in zip(rows[0], scores[0], strict=True) if row >= 0]

    def cosines(self, query: FloatArray, rows: Sequence[int]) -> dict[int, float]:
        """Row → cosine with the unit vector ``query`` (dimensions,)."""
        if not rows:
            return {}
        vectors = self._index.reconstruct_batch(np.asarray(rows, np.int64))
        return dict(zip(rows, (vectors @ query).tolist(), strict=True))

    def vector(self, row: int) -> FloatArray:
        """The unit vector (dimensions,) of a row."""
        return np.asarray(self._index.reconstruct(row), np.float32)
