"""The index of a judged collection, kept so that a second evaluation starts at once.

FOLDER/benchmarks/CORPUS-AND-MODEL/
    vectors-MODEL.npz      what the model made of the passages: nearly all of the time goes there
    index-CODE/            the index, made anew when the code that makes it has changed
"""

from __future__ import annotations

import hashlib
import inspect
import shutil
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from embeddings import facets, index, index_writer, lexical, passages, plain_bm25, shards, tokens, vectors
from embeddings.beir import CollectionPassage, JudgedCollection
from embeddings.plain_bm25 import PlainBm25
from embeddings.search import Searcher
from embeddings.types import Encoder, FloatArray, Progress
from kg.errors import StoreError

Report = Callable[[str, int, int], None]
"""Called with the stage's name, steps done and steps in all."""

INDEX = "index"
YARDSTICK = "plain-bm25"
_BUILDERS = (facets, index, index_writer, lexical, passages, plain_bm25, shards, tokens, vectors)


class RememberingEncoder:
    """An encoder that keeps passages' vectors in a folder, and questions' in memory: five systems ask each question."""

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._path = folder / f"vectors-{_digest([encoder.name])}.npz"
        self._queries: dict[str, FloatArray] = {}

    def encode_queries(self, texts: Sequence[str]) -> FloatArray:
        """(len(texts), dimensions) vectors of questions."""
        unknown = [text for text in texts if text not in self._queries]
        if unknown:
            self._queries |= zip(unknown, self._encoder.encode_queries(unknown), strict=True)
        return np.stack([self._queries[text] for text in texts])

    def encode_passages(self, texts: Sequence[str], progress: Progress | None = None) -> FloatArray:
        """(len(texts), dimensions) vectors of texts to be found."""
        if not texts:
            return self._encoder.encode_passages(texts)
        keys = [_digest([text]) for text in texts]
        known = self._read()
        unknown = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if unknown:
            made = self._encoder.encode_passages(list(unknown.values()), progress)
            known |= zip(unknown, made, strict=True)
            self._write(known)
        return np.stack([known[key] for key in keys])

    def _read(self) -> dict[str, FloatArray]:
        """Digest of a text → its vector."""
        if not self._path.exists():
            return {}
        with np.load(self._path) as arrays:
            return dict(zip(arrays["texts"].tolist(), arrays["vectors"], strict=True))

    def _write(self, known: dict[str, FloatArray]) -> None:
        draft = self._path.with_suffix(".draft")
        with draft.open("wb") as file:
            np.savez(file, texts=np.array(list(known)), vectors=np.stack(list(known.values())))
        draft.replace(self._path)


def open_collection(
    collection: JudgedCollection, encoder: Encoder, home: Path, report: Report, adapter: FloatArray | None = None
) -> tuple[Searcher, PlainBm25]:
    """Our search over the collection and the yardstick; their rows are positions in ``collection.passages``.

    ``adapter`` is the map for question vectors (:mod:`embeddings.query_adapter`).

    Raises :class:`StoreError` when the folder cannot be written or what is there is damaged.
    """
    directory = index_collection(collection, encoder, home, report)
    remembering = RememberingEncoder(encoder, directory.parent)
    return Searcher.open(directory / INDEX, remembering, adapter=adapter), PlainBm25(directory / YARDSTICK)


def index_collection(collection: JudgedCollection, encoder: Encoder, home: Path, report: Report) -> Path:
    """The folder of our index and the yardstick's, built where that has not been done with this corpus, model and code.

    Its parent keeps the vectors (see :class:`RememberingEncoder`). ``home`` is KECE_HOME.

    Raises :class:`StoreError` when the folder cannot be written.
    """
    folder = home / "benchmarks" / _digest([encoder.name, *_fields(collection.passages)])
    directory = folder / f"index-{_digest(inspect.getsource(module) for module in _BUILDERS)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not directory.exists():
            _build(collection.passages, RememberingEncoder(encoder, folder), directory, report)
    except OSError as error:
        raise StoreError(f"评测索引写不进 {folder}（{error.strerror}）；请检查该目录的权限和剩余空间。") from error
    return directory


def _build(collection: Sequence[CollectionPassage], encoder: Encoder, directory: Path, report: Report) -> None:
    """Build aside and rename, so that a killed build leaves nothing that is taken for an index; then drop old ones."""
    table = passages_table(collection)
    with tempfile.TemporaryDirectory(prefix=".building-", dir=directory.parent) as scratch:
        draft = Path(scratch) / directory.name
        index_writer.build_index(table, encoder, draft / INDEX, lambda done, total: report("编码语料", done, total))
        report("建立索引", 0, 1)
        plain_bm25.build_plain_bm25(passages.indexed_texts(table), draft / YARDSTICK)
        report("建立索引", 1, 1)
        if not directory.exists():  # another process may have been first: its index is as good
            draft.rename(directory)
    for old in directory.parent.glob("index-*"):
        if old != directory:
            shutil.rmtree(old, ignore_errors=True)


def passages_table(collection: Sequence[CollectionPassage]) -> pa.Table:
    """The passages as a table to be indexed: each is a document of its own under its title."""
    rows: list[dict[str, Any]] = [
        {
            "iri": passage.key,
            "kind": "provision",
            "document": passage.key,
            "document_title": passage.title,
            "place": "",
            "start": 0,
            "end": len(passage.text),
            "text": passage.text,
            "heading": "",
            "lead": "",
            "issuers": [],
        }
        | {name: [] for name in passages.STATEMENT_LISTS}
        for passage in collection
    ]
    return pa.Table.from_pylist(rows, schema=passages.PASSAGES_SCHEMA)


def _fields(collection: Iterable[CollectionPassage]) -> Iterable[str]:
    for passage in collection:
        yield from (passage.key, passage.title, passage.text)


def _digest(parts: Iterable[str]) -> str:
    """A short name for a sequence of texts."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode()
        digest.update(len(content).to_bytes(8, "big") + content)
    return digest.hexdigest()[:16]
