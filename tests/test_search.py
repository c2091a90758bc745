"""Search over the plan's own words, with an encoder of character pairs, and over the real model for the hard ones."""

from __future__ import annotations

import json
import shutil
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pytest

from embeddings.encoder import load_encoder
from embeddings.index_writer import build_index
from embeddings.passages import PASSAGES_SCHEMA, STATEMENT_LISTS, indexed_texts, open_passages, write_passages
from embeddings.search import Searcher, _repeats
from embeddings.types import Hit, SearchFilters
from kg.errors import InputError, StoreError
from kg.settings import Settings
from kg.types import Document, Span
from tests.bigram_encoder import BigramEncoder

STATUTE = "县级以上人民政府应当将科普工作纳入规划，保障经费。任何单位不得挪用科普经费。"


def passage(kind: str, document: str, text: str, start: int, **values: str) -> dict[str, object]:
    return {
        "iri": f"urn:{document}:{kind}:{start}-{start + len(text)}",
        "kind": kind,
        "document": f"urn:{document}",
        "document_title": {"plan": "深化改革方案", "statute": "科学普及条例"}[document],
        "place": "一",
        "start": start,
        "end": start + len(text),
        "text": text,
        "heading": "",
        "lead": "",
        "document_kind": None,
        "level": None,
        "year": None,
        "modality": None,
        "strength": None,
        **{name: [] for name in ("issuers", *STATEMENT_LISTS)},
    } | values


@pytest.fixture(scope="module")
def table(plan: Document) -> pa.Table:
    """Every clause of the plan as a measure, its paragraphs as provisions, and two norms of a statute."""
    rows = [
        passage("measure", "plan", clause.slice(plan.text), clause.start)
        for provision in plan.provisions
        if provision.operative
        for sentence in provision.sentences
        for clause in sentence.clauses
    ]
    rows += [
        passage("provision", "plan", provision.body.slice(plan.text), provision.body.start)
        for provision in plan.provisions
        if provision.operative and provision.sentences
    ]
    duty, ban = STATUTE.split("。")[:2]
    rows.append(passage("provision", "statute", STATUTE, 0))
    rows.append(passage("norm", "statute", duty, 0, modality="obligation", strength="应当"))
    rows.append(passage("norm", "statute", ban, len(duty) + 1, modality="prohibition", strength="不得"))
    return pa.Table.from_pylist(rows, schema=PASSAGES_SCHEMA)


@pytest.fixture(scope="module")
def index(table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("search") / "index"
    build_index(table, BigramEncoder(), directory)
    return directory


@pytest.fixture(scope="module")
def searcher(index: Path) -> Searcher:
    return Searcher.open(index, BigramEncoder())


@pytest.fixture(scope="module")
def real_searcher(table: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """The same passages, with the default language model."""
    encoder = load_encoder(Settings.from_environment())
    directory = tmp_path_factory.mktemp("real") / "index"
    build_index(table, encoder, directory)
    return Searcher.open(directory, encoder)


def test_a_hit_quotes_its_place_exactly(searcher: Searcher, plan: Document) -> None:
    hits = [hit for hit in searcher.search("科技期刊评价", limit=20).hits if hit.document == "深化改革方案"]
    assert len(hits) > 5
    assert all(hit.text == plan.text[hit.start : hit.end] for hit in hits)


def test_ranks_and_scores_go_down(searcher: Searcher) -> None:
    hits = searcher.search("科协组织建设", limit=15).hits
    assert [hit.rank for hit in hits] == list(range(1, 16))
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("外国科学家能不能在学会担任职务", "外籍及港澳台科学家在学会任职"),
        ("私营公司怎么建立科协", "民营企业"),
        ("办得不好的学会会不会被撤销", "退出机制"),
    ],
)
def test_a_question_in_other_words_finds_its_measure(real_searcher: Searcher, question: str, answer: str) -> None:
    assert any(answer in hit.text for hit in real_searcher.search(question, limit=3).hits)


@pytest.mark.parametrize("question", ["科普经费,挪用", "科普经费，挪用", "　科普经费 挪用？"])
def test_width_and_punctuation_do_not_matter(searcher: Searcher, question: str) -> None:
    assert searcher.search(question, limit=1).hits[0].text == "任何单位不得挪用科普经费"


def test_one_place_is_shown_once(searcher: Searcher) -> None:
    hits = searcher.search("挪用科普经费", limit=10).hits
    statute = [hit for hit in hits if hit.document == "科学普及条例"]
    assert [hit.kind for hit in statute] == ["norm", "norm"]  # not the provision that holds both


def test_marks_are_the_shared_words_and_the_synonyms(searcher: Searcher) -> None:
    hit = searcher.search("私营公司怎么建立科协", limit=1).hits[0]
    assert [hit.text[start:end] for start, end in hit.marks] == ["民营企业", "建立科协组织"]


def test_why_names_words_synonyms_and_nearness(searcher: Searcher) -> None:
    why = searcher.search("私营公司怎么建立科协", limit=1).hits[0].why
    assert "“建立科协”" in why
    assert "私营公司→民营企业" in why
    assert "意思相近（第 1 位）" in why


def test_a_hit_as_json_has_every_field(searcher: Searcher) -> None:
    hit = searcher.search("科普", limit=1).hits[0]
    loaded = json.loads(json.dumps(hit.to_json(), ensure_ascii=False))
    assert list(loaded) == [field.name for field in fields(Hit)]
    assert loaded["text"] == hit.text


@pytest.mark.parametrize(
    ("filters", "kinds", "documents"),
    [
        (SearchFilters(kinds=("norm",)), {"norm"}, {"urn:statute"}),
        (SearchFilters(documents=("urn:plan",), kinds=("provision",)), {"provision"}, {"urn:plan"}),
        (SearchFilters(modalities=("prohibition",)), {"norm"}, {"urn:statute"}),
    ],
)
def test_filters_hold_for_words_and_meaning(
    searcher: Searcher, filters: SearchFilters, kinds: set[str], documents: set[str]
) -> None:
    hits = searcher.search("科普经费", limit=50, filters=filters).hits
    assert {hit.kind for hit in hits} == kinds
    assert {hit.document_iri for hit in hits} == documents


def test_a_filter_loses_nothing_of_the_filtered_set(searcher: Searcher) -> None:
    hits = searcher.search("学会", limit=50, filters=SearchFilters(kinds=("norm",))).hits
    assert {hit.start for hit in hits} == {0, len(STATUTE.split("。", maxsplit=1)[0]) + 1}


def test_a_filter_that_allows_nothing_finds_nothing(searcher: Searcher) -> None:
    assert searcher.search("科普", filters=SearchFilters(documents=("urn:none",))).hits == ()


def test_facets_count_all_passages_without_a_question(searcher: Searcher, table: pa.Table) -> None:
    counts = searcher.facets()
    assert counts["modality"] == {"obligation": 1, "prohibition": 1}
    assert sum(counts["kind"].values()) == sum(counts["document"].values()) == table.num_rows


def test_facets_count_what_holds_a_word_under_the_other_filters(searcher: Searcher, table: pa.Table) -> None:
    texts = indexed_texts(table)
    kinds = table.column("kind").to_pylist()
    expected = sum("期刊" in text and kind == "measure" for text, kind in zip(texts, kinds, strict=True))
    counts = searcher.facets("期刊", SearchFilters(documents=("urn:plan",)))
    assert expected > 3
    assert counts["kind"]["measure"] == expected
    narrowed = searcher.facets("期刊", SearchFilters(documents=("urn:plan",), kinds=("measure",)))
    assert narrowed["kind"] == counts["kind"]  # a field is not narrowed by its own filter
    assert narrowed["document"]["urn:plan"] == expected


@pytest.mark.parametrize("text", ["", " \t\n", "？？"])
def test_an_empty_question_is_an_error(searcher: Searcher, text: str) -> None:
    with pytest.raises(InputError, match="检索词"):
        searcher.search(text)


def test_a_limit_below_1_is_an_error(searcher: Searcher) -> None:
    with pytest.raises(InputError, match="0"):
        searcher.search("科普", limit=0)


@pytest.mark.parametrize(
    ("better", "span", "repeats"),
    [
        (Span(0, 100), Span(10, 90), True),  # a measure that is most of its norm
        (Span(10, 90), Span(0, 500), True),  # the paragraph around a better measure
        (Span(0, 500), Span(10, 40), False),  # a measure in a long paragraph is a find of its own
        (Span(0, 50), Span(50, 90), False),  # neighbours
        (Span(0, 100), Span(60, 200), True),  # a good part is shared
        (Span(0, 100), Span(90, 200), False),
    ],
)
def test_what_repeats_a_better_hit(better: Span, span: Span, repeats: bool) -> None:
    assert _repeats(span, better) is repeats


def test_the_title_is_searched_but_not_quoted(searcher: Searcher) -> None:
    hits = searcher.search("科学普及条例", limit=3).hits
    assert hits[0].document == "科学普及条例"
    assert "条例" not in hits[0].text


def test_texts_that_occur_twice_are_encoded_once(table: pa.Table, tmp_path: Path) -> None:
    seen: list[int] = []
    doubled = pa.concat_tables([table, table])
    build_index(doubled, BigramEncoder(), tmp_path, lambda done, total: seen.append(total))
    assert seen == [len(set(indexed_texts(table)))]
    assert open_passages(tmp_path / "shard-0" / "passages.arrow").num_rows == 2 * table.num_rows


@pytest.mark.parametrize("part", ["index.json", "shard-0/passages.arrow", "shard-0/vectors.faiss", "lexical"])
def test_a_missing_part_is_named(index: Path, tmp_path: Path, part: str) -> None:
    copy = tmp_path / "index"
    shutil.copytree(index, copy)
    path = copy / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with pytest.raises(StoreError, match=part):
        Searcher.open(copy, BigramEncoder())


def test_parts_of_two_builds_are_refused(index: Path, table: pa.Table, tmp_path: Path) -> None:
    copy = tmp_path / "index"
    shutil.copytree(index, copy)
    write_passages(table.slice(1), copy / "shard-0" / "passages.arrow")
    with pytest.raises(StoreError, match="不一致"):
        Searcher.open(copy, BigramEncoder())
