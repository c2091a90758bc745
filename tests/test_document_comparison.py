"""Two versions of a real law and texts beside it: what is paired with what, what is marked, and what is written."""

from __future__ import annotations

import io
from dataclasses import replace
from itertools import pairwise

import numpy as np
import openpyxl
import pyarrow as pa
import pytest

from embeddings.alignment import Side, align, corresponding
from embeddings.comparison_proposals import propose_comparisons
from embeddings.comparison_table import HEADER, comparison_lines, comparison_table
from embeddings.document_comparison import Change, ComparedRow, DocumentComparison, Reading, compare_documents
from embeddings.index import Index
from embeddings.index_writer import build_index
from embeddings.passages import document_passages
from embeddings.word_changes import shared_words, word_changes
from kg.corpus import law_source
from kg.errors import InputError, NotFoundError
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.store import GraphStore
from kg.table import table_workbook
from kg.types import Source
from tests.bigram_encoder import BigramEncoder
from tests.conftest import STATUTE_TEXT

IRIS = Iris("https://kece.example/")
OLD, NEW = "de6142b062cb", "29beec36d3b0"  # 仲裁法 2017, 2025
STRICTER = STATUTE_TEXT.replace("可以设立", "应当设立").replace("保障经费", "在三十日内安排不少于十万元的经费")


def opening(law: str) -> Source:
    """The first chapter of a law."""
    source = law_source(law)
    return replace(source, text=source.text[: source.text.index("第二章")])


class Corpus:
    """A graph and an index of texts, without a language model."""

    def __init__(self, sources: list[Source], directory: str) -> None:
        documents = [parse_document(source) for source in sources]
        quads = [quad for one in documents for quad in document_quads(one, extract_statements(one), IRIS)]
        self.iris = [IRIS.document(one.key).value for one in documents]
        self.store = GraphStore.in_memory([*vocabulary_quads(IRIS), *quads])
        tables = [document_passages(self.store, iri) for iri in self.iris]
        build_index(pa.concat_tables(tables).unify_dictionaries(), BigramEncoder(), directory)
        self.index = Index.open(directory)

    def compare(self, first: int | str, second: int | str, reading: Reading | None = None) -> DocumentComparison:
        names = [self.iris[one] if isinstance(one, int) else one for one in (first, second)]
        return compare_documents(self.index, self.store, *names, reading)


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    sources = [opening(OLD), opening(NEW), Source(STATUTE_TEXT, "a"), Source(STRICTER, "b", title="某市科学普及办法")]
    return Corpus(sources, tmp_path_factory.mktemp("compared") / "index")


@pytest.fixture(scope="module")
def compared(corpus: Corpus) -> DocumentComparison:
    return corpus.compare(0, 1)


def row_of(compared: DocumentComparison, words: str) -> ComparedRow:
    """The row in which either side begins with ``words``."""
    return next(
        row for row in compared.rows for unit in (row.first, row.second) if unit and unit.text.startswith(words)
    )


def marked(text: str, marks: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in marks]


def test_what_two_versions_keep_change_add_and_drop(compared: DocumentComparison) -> None:
    assert (compared.reading, compared.reason) == (Reading.VERSIONS, "题名相同")
    kept = row_of(compared, "仲裁实行一裁终局的制度")
    assert kept.change is Change.KEPT and kept.first and kept.second and not kept.first_marks
    assert (kept.first.place, kept.second.place) == ("第九条第一款", "第十条第一款")
    changed = row_of(compared, "平等主体")
    assert changed.change is Change.CHANGED and changed.first and changed.second
    assert marked(changed.first.text, changed.first_marks) == ["公民", "和其他组织"]
    assert marked(changed.second.text, changed.second_marks) == ["自然人", "、非法人组织"]
    added = row_of(compared, "仲裁应当遵循诚信原则")
    assert added.change is Change.ADDED and added.first is None
    dropped = [row.first.text for row in compared.rows if row.change is Change.DROPPED and row.first]
    assert dropped == ["应当双方自愿，达成仲裁协议"]


def test_same_words_repeated_are_paired_by_their_articles(compared: DocumentComparison) -> None:
    refusals = [row for row in compared.rows if row.first and row.first.text.endswith("不予受理")]
    assert [row.second.place if row.second else None for row in refusals] == ["第四条", "第五条", "第十条第一款"]


def test_rows_hold_every_statement_in_the_order_of_both_texts(compared: DocumentComparison) -> None:
    first = [row.first.start for row in compared.rows if row.first]
    second = [row.second.start for row in compared.rows if row.second]
    assert (len(first), len(second)) == (compared.first.statements, compared.second.statements)
    assert all(one < other for one, other in pairwise(first))
    assert all(one < other for one, other in pairwise(second))
    assert sum(compared.counts[change] for change in Change) == len(compared.rows)


def test_what_is_required_more_strictly_is_told(corpus: Corpus) -> None:
    compared = corpus.compare(2, 3)
    assert compared.reading is Reading.VERSIONS and "字句相近" in compared.reason
    stronger = row_of(compared, "县级科协")
    assert stronger.facts == ("stronger",)
    assert [(aspect.name, aspect.here, aspect.there) for aspect in stronger.aspects] == [
        ("效力", ("许可（可以）",), ("义务（应当）",))
    ]
    terms = row_of(compared, "县级以上人民政府")
    assert set(terms.facts) == {"deadline", "quantity"}
    back = row_of(corpus.compare(3, 2), "县级科协")
    assert back.facts == ("weaker",)


def test_different_documents_claim_no_history_and_the_reader_may_say_what_they_are(corpus: Corpus) -> None:
    compared = corpus.compare(0, 2)
    assert compared.reading is Reading.DOCUMENTS
    assert {compared.names[change] for change in Change} >= {"呼应", "可能呼应", "另有", "没有呼应"}
    assert compared.rows[-1].change is Change.ADDED
    asked = corpus.compare(0, 2, Reading.VERSIONS)
    assert (asked.reading, asked.reason) == (Reading.VERSIONS, "由使用者指定")


def test_what_cannot_be_compared_is_said(corpus: Corpus, compared: DocumentComparison) -> None:
    with pytest.raises(InputError, match="两处都是"):
        corpus.compare(0, 0)
    with pytest.raises(InputError, match="有 2 份"):
        corpus.compare("中华人民共和国仲裁法", 2)
    with pytest.raises(NotFoundError, match="火星法"):
        corpus.compare("火星法", 2)
    with pytest.raises(InputError, match="show"):
        compared.to_json(["moved"])


def test_files_and_lines_say_the_same_as_the_rows(compared: DocumentComparison) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(table_workbook(comparison_table(compared)))).active
    head, *rows = sheet.iter_rows(values_only=True)
    assert head == HEADER and len(rows) == len(compared.rows)
    named = [dict(zip(head, row, strict=True)) for row in rows]
    (row,) = [row for row in named if str(row["甲：原文"]).startswith("平等主体")]
    assert (row["类别"], row["甲：位置"], row["乙：位置"]) == ("修改", "第二条", "第三条第一款")
    assert (row["甲：不同的字句"], row["乙：不同的字句"]) == ("公民；和其他组织", "自然人；、非法人组织")
    assert len(comparison_table(compared, ["changed"]).rows) == compared.counts["changed"]
    lines = list(comparison_lines(compared, ["changed"], 1))
    assert lines[0] == "《中华人民共和国仲裁法》（2017-09-01）与《中华人民共和国仲裁法》（2025-09-12）对比"
    assert lines[-1] == f"另有 {compared.counts['changed'] - 1} 条：加大 --limit，或用 --export 写成文件。"
    assert any("平等主体的[-公民-]、法人[-和其他组织-]之间" in line for line in lines)


def test_versions_and_local_texts_are_proposed(corpus: Corpus) -> None:
    (versions,) = [one for one in propose_comparisons(corpus.store) if "版本" in one.reason]
    assert (versions.first, versions.second) == (corpus.iris[0], corpus.iris[1])
    assert "2017、2025" in versions.reason


@pytest.mark.parametrize(
    ("first", "second", "removed", "added"),
    [
        ("仲裁委员会应当由当事人协议选定", "仲裁机构应当由当事人协议选定", ["仲裁委员会"], ["仲裁机构"]),
        ("逐步提高科普投入水平", "逐步提高科普投入水平", [], []),
        ("开展科学技术普及(以下称科普)", "开展科學技術普及（以下称科普）", [], []),
        ("𠮷林省应当支持科普", "𠮷林省应当支持和保障科普", [], ["和保障"]),
    ],
)
def test_words_that_differ_are_marked_in_code_points(
    first: str, second: str, removed: list[str], added: list[str]
) -> None:
    here, there = word_changes(first, second)
    assert (marked(first, here), marked(second, there)) == (removed, added)


def test_words_that_both_have_are_marked_whole() -> None:
    first, second = "支持高等学校加强人工智能相关学科专业建设", "鼓励驻青高校加强人工智能相关学科专业建设"
    here, there = shared_words(first, second)
    assert marked(first, here) == marked(second, there) == ["加强人工智能相关学科专业建设"]


def test_articles_correspond_by_what_they_hold_else_by_number() -> None:
    places = ["第八条", "第九条第一款", "第十条"], ["第八条", "第九条", "第十条第二款", "第十一条"]
    matrix = corresponding(*places, [(0, 1), (1, 2)])
    assert matrix[0].tolist() == [0, 1, 0, 0] and matrix[1].tolist() == [0, 0, 0.5, 0]
    assert matrix[2].tolist() == [0, 0, 0, 0]  # the second 第十条 is the first one's 第九条


def test_documents_without_statements_are_aligned_with_nothing() -> None:
    nothing = Side([], [], np.empty((0, 4), np.float32))
    one = Side(["支持科普"], ["第一条"], np.ones((1, 4), np.float32) / 2)
    assert align(nothing, one, by_place=True) == align(one, nothing, by_place=False) == []
    (pair,) = align(one, one, by_place=True)
    assert (pair.first, pair.second, pair.basis, pair.shared) == (0, 0, "words", False)
