"""The dense index against brute force."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from embeddings.vectors import VectorIndex, build_vector_index
from kg.errors import StoreError


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    values = np.random.default_rng(7).normal(size=(500, 48)).astype(np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def index(vectors: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> VectorIndex:
    path = tmp_path_factory.mktemp("vectors") / "vectors.faiss"
    build_vector_index(vectors, path)
    return VectorIndex(path)


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


def test_shape(index: VectorIndex) -> None:
    assert index.shape == (500, 48)


@pytest.mark.parametrize("content", [None, b"", b"not an index"])
def test_a_missing_or_damaged_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "vectors.faiss"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(StoreError, match=r"vectors\.faiss"):
        VectorIndex(path)
