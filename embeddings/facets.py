"""The properties that passages are filtered by and counted over.

The values of a facet that has broader ones (kinds of actors, topics, instruments) hold these too, so that choosing
学会 finds what names a 全国学会.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from embeddings.types import SearchFilters
from kg.errors import InputError

BooleanArray = npt.NDArray[np.bool_]

FACETS = {
    "kind": "kinds",
    "document": "documents",
    "document_kind": "document_kinds",
    "level": "levels",
    "year": "years",
    "issuers": "issuers",
    "modality": "modalities",
    "strength": "strengths",
    "actors": "actors",
    "actor_kinds": "actor_kinds",
    "topics": "topics",
    "instruments": "instruments",
    "programmes": "programmes",
}
"""Column of the passages table → field of :class:`SearchFilters`."""


def filters_of(values: Mapping[str, Sequence[str]]) -> SearchFilters:
    """Filters by facet; raises :class:`InputError` for a facet that there is not."""
    unknown = [facet for facet in values if facet not in FACETS]
    if unknown:
        raise InputError(f"没有名为“{unknown[0]}”的筛选项。可用：{'、'.join(FACETS)}。")
    return SearchFilters(**{FACETS[facet]: tuple(chosen) for facet, chosen in values.items()})


def chosen_values(filters: SearchFilters, leave_out: str = "") -> dict[str, tuple[str, ...]]:
    """Facet → values, of the facets that are filtered by; the one called ``leave_out`` apart."""
    chosen = {facet: getattr(filters, field) for facet, field in FACETS.items() if facet != leave_out}
    return {facet: values for facet, values in chosen.items() if values}


def allowed_rows(table: pa.Table, filters: SearchFilters) -> BooleanArray | None:
    """(rows,) whether the filters allow a row of a passages table; None: all are allowed."""
    masks = [rows_with(table.column(facet), values) for facet, values in chosen_values(filters).items()]
    return np.logical_and.reduce(masks) if masks else None


def rows_with(column: pa.ChunkedArray, values: Iterable[str]) -> BooleanArray:
    """(rows,) whether a row of a facet's column has any of the values."""
    wanted = pa.array(values, pa.string())
    return np.concatenate([_rows_of_chunk(chunk, wanted) for chunk in column.chunks] or [np.zeros(0, np.bool_)])


def value_counts(column: pa.ChunkedArray) -> dict[str, int]:
    """Values of a facet's column with the number of rows that have them, most first."""
    counts: Counter[str] = Counter()
    for chunk in column.chunks:  # each has codes of its own
        values = chunk.flatten() if pa.types.is_list(chunk.type) else chunk
        for value in pc.value_counts(values.cast(pa.string()).drop_null()).to_pylist():
            counts[value["values"]] += value["counts"]
    return dict(counts.most_common())


def _rows_of_chunk(chunk: pa.Array, wanted: pa.Array) -> BooleanArray:
    if not pa.types.is_list(chunk.type):
        return _coded_rows(chunk, wanted)
    offsets = chunk.offsets.to_numpy()
    # How many wanted values stand before each value: a row has one where this grows between its first and its last.
    before = np.zeros(len(chunk.values) + 1, np.int32)
    np.cumsum(_coded_rows(chunk.values, wanted), out=before[1:])
    return np.asarray(before[offsets[1:]] > before[offsets[:-1]])


def _coded_rows(coded: pa.DictionaryArray, wanted: pa.Array) -> BooleanArray:
    """Compared are the few different values, not the many rows."""
    is_wanted = pc.is_in(coded.dictionary, wanted).to_numpy(zero_copy_only=False)
    if not is_wanted.any():
        return np.zeros(len(coded), np.bool_)
    codes = coded.indices
    if codes.null_count:
        is_wanted, codes = np.append(is_wanted, False), codes.fill_null(len(is_wanted))
    return np.asarray(is_wanted[codes.to_numpy()], np.bool_)
