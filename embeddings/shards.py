"""How an index lies on disk: shards that are never changed, and a list of them.

    index/
        index.json               shards, documents removed from each, length of a vector; replaced atomically
        shard-0/passages.arrow   the rows
        shard-0/vectors.faiss    a vector a row
        lexical/                 the words of all shards

So a new generation can share the files of the one before by hard links.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from embeddings.facets import BooleanArray, rows_with
from embeddings.passages import open_passages
from kg.errors import StoreError

INDEX_FOLDER = "index"
LIST_FILE = "index.json"
PASSAGES_FILE = "passages.arrow"
VECTORS_FILE = "vectors.faiss"
LEXICAL_FOLDER = "lexical"


@dataclass(frozen=True, slots=True)
class Shard:
    """A shard, and the documents (IRIs) that have been removed since it was written."""

    number: int
    removed: tuple[str, ...] = ()

    def folder(self, directory: Path) -> Path:
        """Its folder in the index at ``directory``."""
        return directory / f"shard-{self.number}"

    def passages(self, directory: Path) -> pa.Table:
        """Its rows, those of removed documents included."""
        return open_passages(self.folder(directory) / PASSAGES_FILE)

    def kept_rows(self, table: pa.Table) -> BooleanArray:
        """(rows,) which rows of ``table``, its passages, are not of removed documents."""
        return np.logical_not(rows_with(table.column("document"), self.removed))


@dataclass(frozen=True, slots=True)
class ShardList:
    """The shards of an index in order; ``dimensions`` is the length of a vector, ``written`` how many there were."""

    dimensions: int
    written: int = 0  # no number is given twice
    shards: tuple[Shard, ...] = ()


def read_shard_list(directory: Path) -> ShardList:
    """The list of the index in ``directory``; raises :class:`StoreError` when it is missing or damaged."""
    try:
        content = json.loads((directory / LIST_FILE).read_text(encoding="utf-8"))
        shards = tuple(Shard(shard["number"], tuple(shard["removed"])) for shard in content["shards"])
        return ShardList(content["dimensions"], content["written"], shards)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"索引 {directory / LIST_FILE} 缺失、已损坏或是由另一版本写的；请重新建库：python cli.py build"
        ) from error


def write_shard_list(shards: ShardList, directory: Path) -> None:
    """Put the list in place of the one before."""
    new = directory / f"{LIST_FILE}.new"
    new.write_text(json.dumps(asdict(shards), ensure_ascii=False, indent=1), encoding="utf-8")
    new.replace(directory / LIST_FILE)
