"""The table of everything that is searched, and the text under which each row is indexed."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path
from typing import Any

import pyarrow as pa

from kg.errors import StoreError
from kg.questions import run_question
from kg.store import GraphStore

# Few different values, many rows: each row holds the number of its value.
_value = pa.dictionary(pa.int32(), pa.string())
_values = pa.list_(_value)

PASSAGES_SCHEMA = pa.schema(
    [
        pa.field("iri", pa.string(), nullable=False),
        pa.field("kind", _value, nullable=False),  # measure, norm or provision
        pa.field("document", _value, nullable=False),  # IRI
        pa.field("document_title", _value, nullable=False),
        pa.field("place", pa.string(), nullable=False),
        pa.field("start", pa.int64(), nullable=False),
        pa.field("end", pa.int64(), nullable=False),
        pa.field("text", pa.string(), nullable=False),
        pa.field("heading", _value, nullable=False),
        pa.field("lead", _value, nullable=False),  # what an item of a list continues
        pa.field("document_kind", _value),
        pa.field("level", _value),
        pa.field("year", _value),  # of issue
        pa.field("issuers", _values, nullable=False),
        pa.field("modality", _value),
        pa.field("strength", _value),
        pa.field("actors", _values, nullable=False),
        pa.field("actor_kinds", _values, nullable=False),  # Chinese labels, broader ones included
        pa.field("topics", _values, nullable=False),  # broader ones included
        pa.field("instruments", _values, nullable=False),  # the type and its side
        pa.field("programmes", _values, nullable=False),
    ]
)

INDEXED_COLUMNS = ("document_title", "heading", "lead", "text")
"""What a row is found by."""

STATEMENT_LISTS = ("actors", "actor_kinds", "topics", "instruments", "programmes")
"""What statements have of their own; a provision has what the statements inside it have."""

Row = dict[str, Any]


def document_passages(store: GraphStore, document: str) -> pa.Table:
    """The measures, norms and provisions of one document (IRI), with the columns of ``PASSAGES_SCHEMA``.

    They stand in text order (start, end, IRI).
    """
    (facets,) = run_question(store, "document_facets", document=document)
    of_document = {name: value for name, value in facets.items() if name != "iri"} | {"document": document}
    kinds: dict[Any, list[Any]] = {}
    for actor in run_question(store, "passage_actor_kinds", document=document):
        kinds.setdefault(actor["label"], []).append(actor["value"])
    rows: list[Row] = [dict(row) for row in run_question(store, "passages", document=document)]
    rows.sort(key=lambda row: (row["start"], row["end"], row["iri"]))
    for row in rows:
        row["heading"], row["lead"] = row["heading"] or "", row["lead"] or ""
        row["actor_kinds"] = sorted({kind for actor in row["actors"] for kind in kinds.get(actor, ())})
    _gather_in_provisions(rows)
    return pa.Table.from_pylist([of_document | row for row in rows], schema=PASSAGES_SCHEMA)


def _gather_in_provisions(rows: list[Row]) -> None:
    """Give each provision what the statements inside its words have; ``rows`` are in text order."""
    statements = [row for row in rows if row["kind"] != "provision"]
    starts = [row["start"] for row in statements]
    for row in rows:
        if row["kind"] == "provision":
            first, last = bisect_left(starts, row["start"]), bisect_left(starts, row["end"])
            inside = [statement for statement in statements[first:last] if statement["end"] <= row["end"]]
            for name in STATEMENT_LISTS:
                row[name] = sorted({value for statement in inside for value in statement[name]})


def indexed_texts(table: pa.Table) -> list[str]:
    """What a row is found by: its text after the document's title, the heading and the words it continues.

    A clause rarely says what it is about; with the title in front, the vectors of statute articles found more
    (recall@100 .871 instead of .847, benchmarks/search.md).
    """
    columns = (table.column(name).to_pylist() for name in INDEXED_COLUMNS)
    return ["\n".join(filter(None, parts)) for parts in zip(*columns, strict=True)]


def write_passages(table: pa.Table, path: Path) -> None:
    """Write the table as an Arrow IPC file, which holds one list of values a column."""
    whole = table.unify_dictionaries().combine_chunks()
    with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, whole.schema) as writer:
        writer.write_table(whole)


def open_passages(path: Path) -> pa.Table:
    """The table in ``path``, memory-mapped; raises :class:`StoreError` when it is missing or damaged."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(path))).read_all()
    except (OSError, pa.ArrowInvalid) as error:
        raise StoreError(f"检索表 {path} 缺失或已损坏；请重新建库：python cli.py build（{error}）") from error
    if table.schema != PASSAGES_SCHEMA:
        raise StoreError(f"检索表 {path} 是由另一版本写的；请重新建库：python cli.py build")
    return table
