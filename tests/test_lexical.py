"""The lexical index: BM25 against its formula, filters, synonyms as whole words, damage."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from embeddings.facets import FACETS
from embeddings.lexical import SYNONYM_WEIGHT, LexicalIndex, LexicalWriter
from embeddings.passages import PASSAGES_SCHEMA
from embeddings.query import Question, understand
from embeddings.tokens import single_characters, tokenize
from embeddings.types import SearchFilters
from kg.errors import StoreError

TEXTS = ["科普场馆免费开放", "民营企业建立科协", "民办学校与国营企业", "科技期刊", "奖"]
KINDS = ["norm", "measure", "measure", "provision", "measure"]
MODALITIES = ["obligation", None, None, None, None]
ACTORS = [["场馆"], ["企业", "科协"], ["企业"], [], []]
YEARS = ["2021", None, "2022", "2022", None]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> LexicalIndex:
    directory = tmp_path_factory.mktemp("lexical") / "index"
    rows = [
        {"iri": f"d:1/{row}", "kind": kind, "document": "d:1", "modality": modality, "actors": actors, "year": year}
        for row, (kind, modality, actors, year) in enumerate(zip(KINDS, MODALITIES, ACTORS, YEARS, strict=True))
    ]
    writer = LexicalWriter(directory)
    writer.add(pa.Table.from_pylist(rows, schema=PASSAGES_SCHEMA), TEXTS)
    writer.commit()
    return LexicalIndex(directory)


def rows(index: LexicalIndex, question: Question, filters: SearchFilters | None = None) -> list[int]:
    return [row for row, _ in index.search(question, 10, filters or SearchFilters())]


def bm25(token: str, row: int) -> float:
    """Robertson and Zaragoza 2009, k1 1.2, b 0.75."""
    documents = [[token.text for token in tokenize(text)] + single_characters(text) for text in TEXTS]
    having = sum(token in document for document in documents)
    inverse = math.log(1 + (len(documents) - having + 0.5) / (having + 0.5))
    frequency, length = documents[row].count(token), len(documents[row])
    average = sum(map(len, documents)) / len(documents)
    return inverse * frequency * 2.2 / (frequency + 1.2 * (0.25 + 0.75 * length / average))


def test_scores_are_those_of_the_formula(index: LexicalIndex) -> None:
    question = replace(understand("科技 期刊", {}), characters=())
    ((row, score),) = index.search(question, 10, SearchFilters())
    assert row == 3
    assert score == pytest.approx(bm25("科技", 3) + bm25("期刊", 3), rel=1e-4)


def test_a_lone_character_is_found(index: LexicalIndex) -> None:
    assert rows(index, understand("奖", {})) == [4]


def test_a_synonym_counts_as_a_whole_word_only(index: LexicalIndex) -> None:
    question = replace(understand("私企", {"私企": ("民营企业",)}), characters=())
    ((row, score),) = index.search(question, 10, SearchFilters())  # not 民办学校与国营企业, which has 企业
    assert row == 1
    assert score == pytest.approx(SYNONYM_WEIGHT * sum(bm25(pair, 1) for pair in ("民营", "营企", "企业")), rel=0.5)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (SearchFilters(), {0, 1, 3}),
        (SearchFilters(kinds=("measure",)), {1}),
        (SearchFilters(kinds=("measure", "norm")), {0, 1}),
        (SearchFilters(modalities=("obligation",)), {0}),
        (SearchFilters(modalities=("obligation",), kinds=("measure",)), set()),
        (SearchFilters(documents=("d:1",)), {0, 1, 3}),
        (SearchFilters(documents=("d:2",)), set()),
        (SearchFilters(actors=("科协", "场馆")), {0, 1}),
        (SearchFilters(actors=("科协", "场馆"), years=("2021",)), {0}),
    ],
)
def test_filters_keep_what_they_allow(index: LexicalIndex, filters: SearchFilters, expected: set[int]) -> None:
    assert set(rows(index, understand("科普科协科技", {}), filters)) == expected


def test_filters_do_not_change_scores(index: LexicalIndex) -> None:
    question = understand("科协", {})
    assert index.search(question, 1, SearchFilters(kinds=("measure",))) == index.search(question, 1, SearchFilters())


def test_facets_count_what_holds_a_word_or_a_synonym(index: LexicalIndex) -> None:
    question = understand("私企科普", {"私企": ("民营企业",)})  # single characters do not count: 科技期刊 has 科
    counts = index.facet_counts(question, SearchFilters())
    assert counts["kind"] == {"measure": 1, "norm": 1}
    assert counts["actors"] == {"企业": 1, "科协": 1, "场馆": 1}
    assert list(counts) == list(FACETS)


def test_a_facet_is_counted_under_the_filters_of_the_others(index: LexicalIndex) -> None:
    counts = index.facet_counts(None, SearchFilters(actors=("企业",), years=("2022",)))
    assert counts["kind"] == {"measure": 1}
    assert counts["actors"] == {"企业": 1}  # of the year, whoever acts
    assert counts["year"] == {"2022": 1}  # of 企业, whatever the year


def test_a_row_is_found_by_its_iri(index: LexicalIndex) -> None:
    assert index.rows_of_iri("d:1/3") == [3]
    assert index.rows_of_iri("d:1") == []


def test_a_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        LexicalIndex(tmp_path / "nowhere")
