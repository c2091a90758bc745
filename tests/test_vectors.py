"""The dense index against brute force."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.vectors import VectorIndex, write_vectors
from kg.errors import StoreError


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    """In half precision, so that what is written is what is compared."""
    values = np.random.default_rng(7).normal(size=(500, 48)).astype(np.float32)
    return (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float16).astype(np.float32)


@pytest.fixture(scope="module")
def index(vectors: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    paths = [tmp_path_factory.mktemp("vectors") / "vectors.faiss" for _ in range(3)]
    for path, part in zip(paths, np.split(vectors, [200, 201]), strict=True):
        write_vectors(part, path)
    return VectorIndex(paths, 48)


def test_search_equals_brute_force(vectors: np.ndarray, index: VectorIndex) -> None:
    scores = vectors @ vectors[3]
    found = index.search(vectors[3], 20)
    assert [row for row, _ in found] == np.argsort(-scores)[:20].tolist()
    assert [score for _, score in found] == pytest.approx(np.sort(scores)[::-1][:20].tolist(), abs=1e-5)


def test_a_filter_keeps_all_of_the_allowed_rows_and_nothing_else(vectors: np.ndarray, index: VectorIndex) -> None:
    allowed = np.zeros(len(vectors), np.bool_)
    allowed[[0, 7, 8, 499]] = True
    scores = vectors @ vectors[3]
    assert [row for row, _ in index.search(vectors[3], 20, allowed)] == sorted([0, 7, 8, 499], key=lambda r: -scores[r])


@pytest.mark.parametrize("nearest_allowed", [True, False])
def test_a_filter_that_allows_most_loses_nothing(
    vectors: np.ndarray, index: VectorIndex, nearest_allowed: bool
) -> None:
    scores = vectors @ vectors[3]
    allowed = np.ones(len(vectors), np.bool_)
    allowed[np.argsort(-scores)[50:60] if nearest_allowed else np.argsort(-scores)[:200]] = False
    expected = [row for row in np.argsort(-scores).tolist() if allowed[row]][:20]
    assert [row for row, _ in index.search(vectors[3], 20, allowed)] == expected


def test_vectors_come_back_from_every_file(vectors: np.ndarray, index: VectorIndex) -> None:
    rows = np.array([499, 0, 200, 201, 7])
    assert np.array_equal(index.vectors(rows), vectors[rows])
    assert index.cosines(vectors[3], [200, 3])[3] == pytest.approx(float(vectors[3] @ vectors[3]), abs=1e-6)
    assert index.cosines(vectors[3], []) == {}


def test_shape(index: VectorIndex) -> None:
    assert index.shape == (500, 48)


@pytest.mark.parametrize("content", [None, b"", b"not an index"])
def test_a_missing_or_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "vectors.faiss"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"vectors\.faiss"):
        VectorIndex([path], 48)
