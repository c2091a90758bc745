"""Masks of facets against reading every row."""

from __future__ import annotations

from dataclasses import fields

import pyarrow as pa
import pytest

from embeddings.facets import FACETS, allowed_rows, value_counts
from embeddings.passages import PASSAGES_SCHEMA
from embeddings.types import SearchFilters

ROWS = [
    {"kind": "measure", "document": "d:1", "year": "2021", "actors": ["学会", "企业"], "topics": ["人才"]},
    {"kind": "measure", "document": "d:1", "year": "2021", "actors": [], "topics": []},
    {"kind": "norm", "document": "d:2", "year": None, "actors": ["企业"], "topics": ["人才", "科普"]},
    {"kind": "provision", "document": "d:2", "year": None, "actors": ["科协", "学会"], "topics": []},
]


def table(*parts: slice) -> pa.Table:
    """The rows in one table; each part has codes of its own."""
    return pa.concat_tables(pa.Table.from_pylist(ROWS[part], schema=PASSAGES_SCHEMA) for part in parts)


def test_every_facet_is_a_column_and_every_filter_has_its_facet() -> None:
    assert set(FACETS) <= set(PASSAGES_SCHEMA.names)
    assert set(FACETS.values()) == {field.name for field in fields(SearchFilters)}


@pytest.mark.parametrize("parts", [[slice(None)], [slice(1), slice(1, 1), slice(1, None)]])
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (SearchFilters(kinds=("norm", "provision")), [2, 3]),
        (SearchFilters(years=("2021",)), [0, 1]),
        (SearchFilters(actors=("学会",)), [0, 3]),
        (SearchFilters(actors=("学会", "企业")), [0, 2, 3]),
        (SearchFilters(actors=("学会", "企业"), topics=("人才",)), [0, 2]),
        (SearchFilters(actors=("企业",), years=("2021",), documents=("d:1",)), [0]),
        (SearchFilters(programmes=("无此计划",)), []),
    ],
)
def test_of_each_field_any_value_and_all_fields(
    parts: list[slice], filters: SearchFilters, expected: list[int]
) -> None:
    allowed = allowed_rows(table(*parts), filters)
    assert allowed is not None
    assert allowed.nonzero()[0].tolist() == expected


def test_no_filter_allows_all() -> None:
    assert allowed_rows(table(slice(None)), SearchFilters()) is None


@pytest.mark.parametrize("parts", [[slice(None)], [slice(1), slice(1, 1), slice(1, None)]])
def test_values_are_counted_over_all_parts(parts: list[slice]) -> None:
    whole = table(*parts)
    assert value_counts(whole.column("actors")) == {"学会": 2, "企业": 2, "科协": 1}
    assert value_counts(whole.column("year")) == {"2021": 2}
