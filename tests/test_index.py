"""An index in several shards against one in a single shard; documents removed and added."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import embeddings.index_writer
from embeddings.index import Index
from embeddings.index_writer import IndexWriter, build_index
from embeddings.passages import PASSAGES_SCHEMA, STATEMENT_LISTS
from embeddings.query import understand
from embeddings.shards import read_shard_list
from embeddings.types import SearchFilters
from kg.types import Document
from tests.bigram_encoder import BigramEncoder

DOCUMENTS = ("urn:a", "urn:b", "urn:c")
NONE = SearchFilters()
QUESTION = understand("科普期刊和学会", {})


@pytest.fixture(scope="module")
def rows(plan: Document) -> list[dict[str, Any]]:
    """The sentences of the plan, as if they were of three documents."""
    sentences = [sentence.span for provision in plan.provisions for sentence in provision.sentences]
    return [
        {
            "iri": f"{document}/{span.start}",
            "kind": "measure" if span.start % 2 else "norm",
            "document": document,
            "document_title": document,
            "place": "一",
            "start": span.start,
            "end": span.end,
            "text": span.slice(plan.text),
            "heading": "",
            **{name: [] for name in ("issuers", *STATEMENT_LISTS)},
        }
        for number, document in enumerate(DOCUMENTS)
        for span in sentences[number::3]
    ]


def table(rows: list[dict[str, Any]], *documents: str) -> pa.Table:
    return pa.Table.from_pylist([row for row in rows if row["document"] in documents], schema=PASSAGES_SCHEMA)


def found(index: Index, filters: SearchFilters = NONE) -> dict[str, Any]:
    """Whatever an index tells, with IRIs in place of rows."""
    vector = BigramEncoder().encode_queries(["科普期刊和学会"])[0]
    everything = len(index) + 1000
    by_words, by_meaning = (
        sorted((-round(score, 3), index.value("iri", row)) for row, score in ranking)
        for ranking in (
            index.search_words(QUESTION, everything, filters),
            index.search_vectors(vector, everything, filters),
        )
    )
    return {"words": by_words, "meaning": by_meaning, "facets": index.facet_counts(QUESTION, filters)}


def built(rows: list[dict[str, Any]], folder: Path, *documents: str) -> Index:
    build_index(table(rows, *documents), BigramEncoder(), folder)
    return Index.open(folder)


@pytest.mark.parametrize("filters", [NONE, SearchFilters(kinds=("norm",), documents=("urn:a", "urn:c"))])
def test_shards_make_no_difference(
    rows: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filters: SearchFilters
) -> None:
    one = built(rows, tmp_path / "one", *DOCUMENTS)
    monkeypatch.setattr(embeddings.index_writer, "SHARD_ROWS", 10)
    many = built(rows, tmp_path / "many", *DOCUMENTS)
    assert len(read_shard_list(tmp_path / "many").shards) == -(-len(rows) // 10) > 5
    assert found(many, filters) == found(one, filters)
    assert [many.record(row) for row in range(len(rows))] == [one.record(row) for row in range(len(rows))]


def test_an_added_document_is_found_as_if_it_had_always_been_there(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    built(rows, tmp_path / "index", "urn:a", "urn:b")
    writer = IndexWriter(tmp_path / "index", BigramEncoder())
    writer.add(table(rows, "urn:c"))
    assert writer.commit() == len(rows)
    assert found(Index.open(tmp_path / "index")) == found(built(rows, tmp_path / "whole", *DOCUMENTS))


def test_a_removed_document_is_found_nowhere(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    whole = built(rows, tmp_path / "index", *DOCUMENTS)
    writer = IndexWriter(tmp_path / "index", BigramEncoder())
    writer.remove("urn:b")
    writer.commit()
    index, without = Index.open(tmp_path / "index"), built(rows, tmp_path / "without", "urn:a", "urn:c")
    assert len(index) == len(without) < len(whole)
    answer, expected = found(index), found(without)
    assert answer["meaning"] == expected["meaning"]
    assert answer["facets"] == expected["facets"]
    assert {iri for _, iri in answer["words"]} == {iri for _, iri in expected["words"]}
    assert index.rows_at("urn:b", 0, 10**6) == []
    assert index.rows_of_iri(next(row["iri"] for row in rows if row["document"] == "urn:b")) == []


def test_a_document_can_come_back_with_another_text(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    built(rows, tmp_path / "index", *DOCUMENTS)
    writer = IndexWriter(tmp_path / "index", BigramEncoder())
    writer.remove("urn:b")
    writer.add(table(rows, "urn:b").slice(0, 2))
    writer.commit()
    index = Index.open(tmp_path / "index")
    assert [index.record(row) for row in index.rows_at("urn:b", 0, 10**6)] == table(rows, "urn:b").to_pylist()[:2]


def test_small_shards_are_taken_together(
    rows: list[dict[str, Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embeddings.index_writer, "SHARD_ROWS", 64)
    for number in range(20):
        writer = IndexWriter(tmp_path / "index", BigramEncoder())
        writer.add(table(rows, *DOCUMENTS).slice(number, 1))
        writer.commit()
    assert len(read_shard_list(tmp_path / "index").shards) <= 5  # 16 and 4: sizes double
    expected = table(rows, *DOCUMENTS).slice(0, 20)
    build_index(expected, BigramEncoder(), tmp_path / "whole")
    assert found(Index.open(tmp_path / "index")) == found(Index.open(tmp_path / "whole"))


def test_a_shard_mostly_removed_is_written_anew(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    built(rows, tmp_path / "index", *DOCUMENTS)
    for document in ("urn:a", "urn:c"):
        writer = IndexWriter(tmp_path / "index", BigramEncoder())
        writer.remove(document)
        writer.commit()
    (shard,) = read_shard_list(tmp_path / "index").shards
    assert shard.removed == ()
    assert shard.passages(tmp_path / "index").to_pylist() == table(rows, "urn:b").to_pylist()


def test_places_and_rows(rows: list[dict[str, Any]], tmp_path: Path) -> None:
    index = built(rows, tmp_path / "index", *DOCUMENTS)
    (row,) = index.rows_of_iri(rows[40]["iri"])
    assert index.record(row) == dict.fromkeys(PASSAGES_SCHEMA.names) | rows[40]
    start, end = rows[40]["start"], rows[40]["end"]
    assert index.rows_at(rows[40]["document"], start, end) == [row]
    assert index.rows_at(rows[40]["document"], start + 1, end) == []
    vector = index.vector(row)
    assert float(np.linalg.norm(vector)) == pytest.approx(1, abs=1e-3)
    assert index.cosines(vector, [row])[row] == pytest.approx(1, abs=1e-3)


@pytest.mark.parametrize("filters", [NONE, SearchFilters(kinds=("norm",))])
def test_document_that_is_left_out_is_not_found_by_meaning(
    rows: list[dict[str, Any]], tmp_path: Path, filters: SearchFilters
) -> None:
    built(rows, tmp_path, *DOCUMENTS)
    writer = IndexWriter(tmp_path, BigramEncoder())
    writer.remove("urn:c")
    writer.commit()
    index = Index.open(tmp_path)
    vector = BigramEncoder().encode_queries(["科普期刊和学会"])[0]
    everything = index.search_vectors(vector, len(rows), filters)
    elsewhere = index.search_vectors(vector, len(rows), filters, left_out="urn:a")
    assert {index.value("document", row) for row, _ in elsewhere} == {"urn:b"}
    assert elsewhere == [(row, cosine) for row, cosine in everything if index.value("document", row) == "urn:b"]
