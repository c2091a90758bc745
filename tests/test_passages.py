"""The passages table: read from a graph, written and opened."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from embeddings.passages import PASSAGES_SCHEMA, document_passages, indexed_texts, open_passages, write_passages
from kg.errors import StoreError
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.settings import Settings
from kg.store import GraphStore, build_store
from kg.types import Document


@pytest.fixture(scope="module")
def table(plan: Document, tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    iris = Iris(Settings().base_iri)
    folder = tmp_path_factory.mktemp("passages") / "store"
    build_store([*vocabulary_quads(iris), *document_quads(plan, extract_statements(plan), iris)], folder)
    return document_passages(GraphStore.open(folder), iris.document(plan.key).value)


def test_every_passage_is_a_slice_of_its_document(table: pa.Table, plan: Document) -> None:
    rows = table.to_pylist()
    assert {row["kind"] for row in rows} == {"measure", "norm", "provision"}
    assert all(row["text"] == plan.text[row["start"] : row["end"]] for row in rows)
    assert {row["document_title"] for row in rows} == {plan.title}
    assert len({row["iri"] for row in rows}) == len(rows)


def test_measures_and_norms_of_the_plan_are_all_there(table: pa.Table, plan: Document) -> None:
    statements = extract_statements(plan)
    kinds = table.column("kind").to_pylist()
    assert kinds.count("measure") == len(statements.measures) > 100
    assert kinds.count("norm") == len(statements.norms) > 5


def test_norms_say_their_modality_and_actors_are_lists_of_names(table: pa.Table) -> None:
    duties = [row for row in table.to_pylist() if row["kind"] == "norm" and row["modality"] == "obligation"]
    assert duties
    assert any("各级科协组织" in row["actors"] for row in table.to_pylist())


def test_rows_are_in_text_order(table: pa.Table) -> None:
    places = [(row["document"], row["start"], row["end"], row["iri"]) for row in table.to_pylist()]
    assert places == sorted(places)


def test_facets_are_those_of_document_and_statement(table: pa.Table) -> None:
    rows = table.to_pylist()
    assert {(row["document_kind"], row["year"]) for row in rows} == {("方案", "2021")}
    assert any({"全国学会", "学会"} <= set(row["actor_kinds"]) for row in rows)  # a kind and its broader one
    sides = {"供给型", "环境型", "需求型"}
    typed = [set(row["instruments"]) for row in rows if row["kind"] == "measure" and row["instruments"]]
    assert typed
    assert all(len(instruments) == 2 and len(instruments & sides) == 1 for instruments in typed)
    assert any("党建强会计划" in row["programmes"] for row in rows)


def test_a_provision_has_what_the_statements_inside_it_have(table: pa.Table) -> None:
    rows = table.to_pylist()
    statements = [row for row in rows if row["kind"] != "provision"]
    for provision in (row for row in rows if row["kind"] == "provision"):
        inside = [row for row in statements if provision["start"] <= row["start"] and row["end"] <= provision["end"]]
        assert set(provision["topics"]) == {topic for row in inside for topic in row["topics"]}


def test_indexed_text_ends_with_the_quote_and_begins_with_its_title(table: pa.Table, plan: Document) -> None:
    for row, text in zip(table.to_pylist(), indexed_texts(table), strict=True):
        assert text.startswith(plan.title)
        assert text.endswith(row["text"])


def test_a_table_written_is_the_table_opened(table: pa.Table, tmp_path: Path) -> None:
    write_passages(table, tmp_path / "passages.arrow")
    assert open_passages(tmp_path / "passages.arrow").equals(table)
    assert table.schema == PASSAGES_SCHEMA


@pytest.mark.parametrize("content", [None, b"", b"not a table"])
def test_a_missing_or_damaged_table_is_named(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "passages.arrow").write_bytes(content)
    with pytest.raises(StoreError, match=r"passages\.arrow"):
        open_passages(tmp_path / "passages.arrow")


def test_a_table_of_another_version_is_refused(tmp_path: Path) -> None:
    write_passages(pa.table({"iri": ["urn:1"]}), tmp_path / "passages.arrow")
    with pytest.raises(StoreError, match="另一版本"):
        open_passages(tmp_path / "passages.arrow")
