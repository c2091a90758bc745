"""The table of everything that is searched, and the text under which each row is indexed."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from kg.errors import StoreError
from kg.questions import run_question
from kg.store import GraphStore

PASSAGES_SCHEMA = pa.schema(
    [
        pa.field("iri", pa.string(), nullable=False),
        pa.field("kind", pa.string(), nullable=False),  # measure, norm or provision
        pa.field("document", pa.string(), nullable=False),  # IRI
        pa.field("document_title", pa.string(), nullable=False),
        pa.field("place", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("heading", pa.string(), nullable=False),
        pa.field("modality", pa.string()),
        pa.field("strength", pa.string()),
        pa.field("actors", pa.list_(pa.string()), nullable=False),
    ]
)


def read_passages(store: GraphStore) -> pa.Table:
    """All measures, norms and provisions of the graph, with the columns of ``PASSAGES_SCHEMA``, in text order."""
    rows = [row | {"heading": row["heading"] or ""} for row in run_question(store, "passages")]
    table = pa.Table.from_pylist(rows, schema=PASSAGES_SCHEMA)
    return table.sort_by([(column, "ascending") for column in ("document", "start", "end", "iri")])


def indexed_texts(table: pa.Table) -> list[str]:
    """What a row is found by: its text after the document's title and the heading it stands under.

    A clause rarely says what it is about; with the title in front, the vectors of statute articles found more
    (recall@100 .871 instead of .847, benchmarks/search.md).
    """
    columns = (table.column(name).to_pylist() for name in ("document_title", "heading", "text"))
    return ["\n".join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def write_passages(table: pa.Table, path: Path) -> None:
    """Write the table as an Arrow IPC file."""
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, table.schema) as writer:
        writer.write_table(table)


def open_passages(path: Path) -> pa.Table:
    """The table in ``path``, memory-mapped; raises :class:`StoreError` when it is missing or damaged."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(f"检索表 {path} 缺失或已损坏；请重新建库：python cli.py build（{error}）") from error
    if table.schema != PASSAGES_SCHEMA:
        raise StoreError(f"检索表 {path} 是由另一版本写的；请重新建库：python cli.py build")
    return table
