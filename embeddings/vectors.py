"""The dense index: exact inner products of unit vectors, kept in half precision, with filters."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import faiss
import numpy as np
import numpy.typing as npt

from embeddings.types import FloatArray
from kg.errors import StoreError

Rows = npt.NDArray[np.int64]

MORE = 4  # times the number wanted are looked for where more than half of the rows are allowed
THREADS = 2  # that share the files of a question; one file is one thread's


def write_vectors(vectors: FloatArray, path: Path) -> None:
    """Write ``vectors`` (rows, dimensions), unit length, to ``path``, two bytes a number."""
    index = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
    index.add(vectors)
    faiss.write_index(index, str(path))


class VectorIndex:
    """Open vectors of one or more files, their rows counted through; they stay in the memory-mapped files."""

    def __init__(self, paths: Sequence[Path], dimensions: int) -> None:
        """Open what :func:`write_vectors` wrote; raises :class:`StoreError` when one is missing or damaged."""
        # One question is too little to share out: with two threads it took ten times as long on two busy cores.
        faiss.omp_set_num_threads(1)
        self._parts = [_open(path) for path in paths]
        if any(part.d != dimensions for part in self._parts):
            raise StoreError("向量文件的维数不一致；请重新建库：python cli.py build")
        self._first_rows = np.cumsum([0, *(part.ntotal for part in self._parts)], dtype=np.int64)
        self._dimensions = dimensions
        self._threads = ThreadPoolExecutor(THREADS)

    @property
    def shape(self) -> tuple[int, int]:
        """(rows, dimensions)."""
        return int(self._first_rows[-1]), self._dimensions

    def search(
        self, query: FloatArray, limit: int, allowed: npt.NDArray[np.bool_] | None = None
    ) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their cosines, best first.

        ``query`` is one unit vector (dimensions,); ``allowed`` (rows,) says which rows may be found, None all.
        """

        def search_part(number: int) -> tuple[Rows, FloatArray]:
            first, last = self._first_rows[number], self._first_rows[number + 1]
            return self._search_part(number, query, limit, None if allowed is None else allowed[first:last])

        numbers = range(len(self._parts))
        found = map(search_part, numbers) if len(self._parts) == 1 else self._threads.map(search_part, numbers)
        parts = [(np.empty(0, np.int64), np.empty(0, np.float32)), *found]
        rows, scores = (np.concatenate(arrays) for arrays in zip(*parts, strict=True))
        best = np.lexsort((rows, -scores))[:limit]
        return list(zip(rows[best].tolist(), scores[best].tolist(), strict=True))

    def _search_part(
        self, number: int, query: FloatArray, limit: int, allowed: npt.NDArray[np.bool_] | None
    ) -> tuple[Rows, FloatArray]:
        part, first = self._parts[number], self._first_rows[number]
        if allowed is None:
            rows, scores = _nearest(part, query, limit)
            return first + rows, scores
        if 2 * np.count_nonzero(allowed) > len(allowed):
            # Asking of every row whether it is allowed takes as long as the search: rather some more are looked for.
            rows, scores = _nearest(part, query, MORE * limit)
            kept = allowed[rows]
            if np.count_nonzero(kept) >= limit or len(rows) == part.ntotal:
                return first + rows[kept][:limit], scores[kept][:limit]
        bits = np.packbits(allowed, bitorder="little")
        # faiss gives these classes constructors for numpy when it is loaded, which mypy cannot see.
        selector = faiss.IDSelectorBitmap(bits)  # type: ignore[call-arg,arg-type]
        rows, scores = _nearest(part, query, limit, faiss.SearchParameters(sel=selector))  # type: ignore[call-arg]
        return first + rows, scores

    def vectors(self, rows: Rows) -> FloatArray:
        """(len(rows), dimensions) the unit vectors of some rows."""
        vectors = np.zeros((len(rows), self._dimensions), np.float32)
        numbers = np.searchsorted(self._first_rows, rows, side="right") - 1
        for number in np.unique(numbers):
            here = numbers == number
            vectors[here] = self._parts[number].reconstruct_batch(rows[here] - self._first_rows[number])
        return vectors

    def cosines(self, query: FloatArray, rows: Sequence[int]) -> dict[int, float]:
        """Row → cosine with the unit vector ``query`` (dimensions,)."""
        return dict(zip(rows, (self.vectors(np.asarray(rows, np.int64)) @ query).tolist(), strict=True))


def _nearest(
    part: faiss.Index, query: FloatArray, limit: int, parameters: faiss.SearchParameters | None = None
) -> tuple[Rows, FloatArray]:
    scores, rows = part.search(query[None, :], min(limit, part.ntotal), params=parameters)
    found = rows[0] >= 0
    return rows[0][found], scores[0][found]


def _open(path: Path) -> faiss.Index:
    try:
        return faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise StoreError(f"向量索引 {path} 缺失或已损坏；请重新建库：python cli.py build（{error}）") from error
