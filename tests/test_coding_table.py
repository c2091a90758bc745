"""The coding table: numbers that are unique and in text order, exact words, files, and what is not there."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from kg.coding_table import HEADER, CodedStatement, code_documents, coding_table, find_documents, unit_at, unit_numbers
from kg.errors import InputError, NotFoundError
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.read import read_source
from kg.store import GraphStore
from kg.table import table_csv, table_workbook, write_table
from kg.types import Document, Level, Source
from tests.conftest import PLAN, STATUTE_TEXT

IRIS = Iris("https://kece.example/")


def store_of(*documents: Document) -> GraphStore:
    quads = [quad for document in documents for quad in document_quads(document, extract_statements(document), IRIS)]
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *quads])


@pytest.fixture(scope="module")
def statute() -> Document:
    return parse_document(Source(name="statute.txt", text=STATUTE_TEXT))


@pytest.fixture(scope="module")
def store(plan: Document, statute: Document) -> GraphStore:
    return store_of(plan, statute)


@pytest.fixture(scope="module")
def coded(store: GraphStore, plan: Document, statute: Document) -> list[CodedStatement]:
    return list(code_documents(store, [IRIS.document(document.key).value for document in (statute, plan)]))


def numbers(statement: CodedStatement) -> tuple[int, ...]:
    return tuple(map(int, statement.number.split("-")))


def test_numbers_are_unique_and_in_text_order(coded: list[CodedStatement]) -> None:
    listed = [numbers(statement) for statement in coded]
    assert len(set(listed)) == len(listed) > 100
    assert listed == sorted(listed)
    places = [(number[0], statement.start) for number, statement in zip(listed, coded, strict=True)]
    assert places == sorted(places)


def test_numbers_are_those_of_chapters_and_articles(coded: list[CodedStatement]) -> None:
    by_text = {statement.text: statement for statement in coded if statement.document == "某省科学普及条例"}
    assert by_text["县级科协可以设立科普站"].number.split("-")[1:3] == ["1", "2"]
    assert next(text for text in by_text if text.startswith("任何单位不得"))
    assert {numbers(statement)[2] for statement in by_text.values() if "第三条" in statement.place} == {3}
    plan = [statement for statement in coded if statement.place.startswith("三、重点举措 5.")]
    assert plan and {numbers(statement)[1:3] for statement in plan} == {(3, 5)}


def test_text_is_the_slice_of_its_document(coded: list[CodedStatement], plan: Document, statute: Document) -> None:
    texts = {IRIS.document(document.key).value: document.text for document in (plan, statute)}
    assert all(statement.text == texts[statement.document_iri][statement.start : statement.end] for statement in coded)


def test_selection_does_not_change_numbers(
    store: GraphStore, coded: list[CodedStatement], plan: Document, statute: Document
) -> None:
    for document in (plan, statute):
        iri = IRIS.document(document.key).value
        alone = [statement.number for statement in code_documents(store, [iri])]
        assert alone == [statement.number for statement in coded if statement.document_iri == iri]


def test_norm_has_bearer_and_force_and_measure_its_instrument(coded: list[CodedStatement]) -> None:
    norm = next(
        statement for statement in coded if statement.text == "县级科协可以设立科普站" and statement.kind == "norm"
    )
    assert norm.bearers == ("县级科协",) and norm.force == "许可（可以）" and norm.instruments == ()
    assert any(statement.instruments for statement in coded if statement.kind == "measure")
    assert all(not statement.force for statement in coded if statement.kind == "measure")


def test_files_hold_the_rows(coded: list[CodedStatement], tmp_path: Path) -> None:
    table = coding_table(coded)
    head, *rows = csv.reader(io.StringIO(table_csv(table).decode("utf-8-sig")))
    assert tuple(head) == HEADER and len(rows) == len(coded)
    assert [row[HEADER.index("内容")] for row in rows] == [statement.text for statement in coded]
    sheet = load_workbook(io.BytesIO(table_workbook(table))).active
    assert sheet["A2"].value == coded[0].number and sheet.max_row == len(coded) + 1
    write_table(table, tmp_path / "编码.csv")
    assert (tmp_path / "编码.csv").read_bytes() == table_csv(table)
    with pytest.raises(InputError, match="结尾"):
        write_table(table, tmp_path / "编码.pdf")


def test_document_that_is_not_here_is_named(store: GraphStore) -> None:
    with pytest.raises(NotFoundError, match="urn:none"):
        list(code_documents(store, ["urn:none"]))


def test_plan_read_alone_is_the_first_document() -> None:
    plan = parse_document(read_source(PLAN))
    assert next(code_documents(store_of(plan), [IRIS.document(plan.key).value])).number == "1-0-0-1"


LEVELS = st.sampled_from(list(Level))


@given(st.lists(st.tuples(LEVELS, st.integers(0, 3)), max_size=40))
def test_numbers_never_go_back_whatever_the_outline(drawn: list[tuple[Level, int]]) -> None:
    outline = [
        {"iri": str(index), "parent": str(max(index - 1 - back, -1)), "level": level.value, "start": 10 * index}
        for index, (level, back) in enumerate(drawn)
    ]
    units = unit_numbers(outline)
    assert len(units) == len(outline)
    found = [unit_at(units, start) for start in range(0, 10 * len(outline), 5)]
    assert found == sorted(found)
    assert unit_at(units, 0) == (units[0][1:] if units else (0, 0))


@given(
    st.lists(
        st.sampled_from(["第一条 学会应当守法。", "第二章 责任", "一、任务", "（一）学会要改革。", "学会不得营利。"]),
        max_size=12,
    )
)
def test_numbers_of_any_text_are_unique_and_ascend(lines: list[str]) -> None:
    document = parse_document(Source(name="text.txt", text="\n".join(["某办法", *lines])))
    listed = [numbers(row) for row in code_documents(store_of(document), [IRIS.document(document.key).value])]
    assert listed == sorted(set(listed))


def test_documents_are_found_by_iri_key_number_or_title(store: GraphStore, plan: Document, statute: Document) -> None:
    iri = IRIS.document(plan.key).value
    names = [iri, plan.key, plan.title, "科协发智字[2021]41号"]
    assert find_documents(store, names) == (iri,) * 4
    assert set(find_documents(store, [])) == {iri, IRIS.document(statute.key).value}
    with pytest.raises(NotFoundError, match="火星法"):
        find_documents(store, ["火星法"])
