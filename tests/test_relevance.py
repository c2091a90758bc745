"""Relevance on the default corpus with the default model, as a search team keeps it: what must come, where, what must
not, and which ways of asking must not matter.

None of these questions is in the half of ``benchmarks/questions.jsonl`` that is never looked at.
"""

from __future__ import annotations

from itertools import pairwise

import pytest

from embeddings.knowledge_base import KnowledgeBase
from embeddings.search import Searcher
from embeddings.types import Hit, SearchFilters
from kg.settings import Settings

PLAN = "“十四五”时期推进科协系统深化改革重点任务工作方案"


@pytest.fixture(scope="module")
def searcher(default_settings: Settings) -> Searcher:
    return KnowledgeBase.open(default_settings).searcher


def hits(searcher: Searcher, question: str, limit: int = 10, **filters: tuple[str, ...]) -> tuple[Hit, ...]:
    return searcher.search(question, limit, SearchFilters(**filters)).hits


def rank_of(found: tuple[Hit, ...], words: str) -> int | None:
    """Rank of the first hit whose text holds the words."""
    return next((hit.rank for hit in found if words in hit.text), None)


@pytest.mark.parametrize(
    ("question", "words", "within"),
    [
        ("外国科学家能不能在学会担任职务", "外籍及港澳台科学家在学会任职", 3),
        ("私营公司怎么建立科协", "民营企业", 3),
        ("办得不好的学会会不会被撤销", "退出机制", 3),
        ("个人信息出境安全评估", "向境外提供", 3),
        ("论文造假怎么处理", "学术不端", 3),
        ("高新技术企业所得税税率", "15％", 1),
        ("发明专利保护多少年", "发明专利权的期限为二十年", 1),
        ("谁负责全国的科普工作", "国务院科学技术行政部门", 3),
        ("公共图书馆要不要收费", "免费", 5),
    ],
)
def test_what_answers_comes_first(searcher: Searcher, question: str, words: str, within: int) -> None:
    rank = rank_of(hits(searcher, question), words)
    assert rank is not None
    assert rank <= within


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("科普法第二十条", ("中华人民共和国科学技术普及法", "第二十条")),
        ("科學技術普及法第20條", ("中华人民共和国科学技术普及法", "第二十条")),
        ("《专利法》第四十二条", ("中华人民共和国专利法", "第四十二条")),
        ("科技进步法103条", ("中华人民共和国科学技术进步法", "第一百零三条")),
    ],
)
def test_a_named_article_comes_before_all_else(searcher: Searcher, question: str, place: tuple[str, str]) -> None:
    result = searcher.search(question, limit=3)
    assert result.answered is True
    assert result.hits[0].document == place[0]
    assert result.hits[0].place.startswith(place[1])


def test_a_document_number_leads_to_its_document(searcher: Searcher) -> None:
    assert {hit.document for hit in hits(searcher, "科协发智字〔2021〕41号", 5)} == {PLAN}


def test_all_statements_on_a_matter_are_found(searcher: Searcher) -> None:
    found = hits(searcher, "专利权的期限", 20)
    assert all(rank_of(found, words) for words in ("二十年", "专利权期限补偿"))


@pytest.mark.parametrize(
    ("question", "better", "worse"),
    [
        ("不准挪用科普经费", "挪用", "奖励"),
        ("学会退出机制", "退出机制", "学会党建"),
        ("科技期刊评价", "期刊", "农业"),
    ],
)
def test_the_nearer_comes_before_the_farther(searcher: Searcher, question: str, better: str, worse: str) -> None:
    found = hits(searcher, question, 50)
    first, second = rank_of(found, better), rank_of(found, worse)
    assert first is not None
    assert second is None or first < second


@pytest.mark.parametrize(
    ("question", "foreign"),
    [
        ("私营公司怎么建立科协", "种子"),
        ("外国科学家能不能在学会担任职务", "核设施"),
        ("论文评价", "农业机械"),
        ("科普经费", "著作权"),
    ],
)
def test_what_is_about_something_else_does_not_come(searcher: Searcher, question: str, foreign: str) -> None:
    assert rank_of(hits(searcher, question, 10), foreign) is None


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("科普经费，挪用？", "科普经费 挪用"),
        ("　科普经费　挪用　", "科普经费 挪用"),
        ("ＡＩ　ｖ３", "AI v3"),
        ("學會退出機制", "学会退出机制"),
        ("科學技術普及經費", "科学技术普及经费"),
    ],
)
def test_width_punctuation_and_script_make_no_difference(searcher: Searcher, written: str, plain: str) -> None:
    assert [hit.iri for hit in hits(searcher, written)] == [hit.iri for hit in hits(searcher, plain)]


@pytest.mark.parametrize(
    ("misspelt", "right"),
    [("科谱活动经费", "科普活动经费"), ("只识产权保护", "知识产权保护")],
)
def test_a_misspelt_word_finds_what_the_right_one_does_and_says_so(
    searcher: Searcher, misspelt: str, right: str
) -> None:
    result = searcher.search(misspelt)
    assert [hit.iri for hit in result.hits] == [hit.iri for hit in hits(searcher, right)]
    assert any("查找" in notice for notice in result.notices)


@pytest.mark.parametrize("question", ["奖", "法", "科普", "a", "2021"])
def test_a_very_short_question_is_answered(searcher: Searcher, question: str) -> None:
    assert len(hits(searcher, question)) == 10


def test_a_long_question_is_answered(searcher: Searcher) -> None:
    story = "我们是一家在高新区的民营企业，主要做半导体设备，" * 3
    found = hits(searcher, story + "想知道企业的研究开发费用能不能在税前加计扣除")
    assert rank_of(found, "加计扣除") is not None
    assert len(hits(searcher, story * 25)) == 10


@pytest.mark.parametrize(
    "question",
    ["番茄炒蛋要不要放糖", "怎么给手机换电池", "明天北京会下雨吗", "梅西进了几个球", "how to sort a list in python"],
)
def test_a_question_that_nothing_answers_says_so(searcher: Searcher, question: str) -> None:
    assert searcher.search(question).answered is False


@pytest.mark.parametrize("question", ["发明专利保护多少年", "学会退出机制", "科普法第二十条", "个人信息出境安全评估"])
def test_a_question_that_is_answered_does_not_say_otherwise(searcher: Searcher, question: str) -> None:
    assert searcher.search(question).answered is True


def test_words_for_force_prefer_norms_of_that_force(searcher: Searcher) -> None:
    found = hits(searcher, "能不能挪用科普经费", 3, kinds=("norm",))
    assert any(hit.modality == "prohibition" and "本条是禁止" in hit.why for hit in found)


def test_a_word_for_a_kind_finds_its_other_names(searcher: Searcher) -> None:
    assert rank_of(hits(searcher, "大学要怎么做科普", 5), "高等学校") is not None
    assert rank_of(hits(searcher, "协会怎么参与制定团体标准", 5), "学会") is not None


def test_scores_are_the_sum_of_their_parts_and_go_down(searcher: Searcher) -> None:
    found = hits(searcher, "协会必须做什么", 20)
    assert all(
        hit.score == pytest.approx(hit.score_words + hit.score_meaning + hit.score_graph, abs=2e-4) for hit in found
    )
    assert all(better.score >= worse.score for better, worse in pairwise(found))


def test_filters_combine_and_lose_nothing(searcher: Searcher) -> None:
    chosen = {"modalities": ("prohibition",), "document_kinds": ("法律",), "actor_kinds": ("高等学校",)}
    found = hits(searcher, "学校", 100, **chosen)
    counted = searcher.facets("", SearchFilters(**chosen))
    assert {hit.modality for hit in found} == {"prohibition"}
    assert counted["modality"]["prohibition"] >= len(found) >= 2
    everything = hits(searcher, "学校", 1000, **chosen)
    assert len({hit.iri for hit in everything}) <= counted["modality"]["prohibition"]
    assert {hit.iri for hit in found} <= {hit.iri for hit in everything}


def test_similar_statements_come_from_other_documents_and_are_compared(searcher: Searcher) -> None:
    (hit,) = hits(searcher, "学会退出机制", 1)
    found = searcher.similar(hit.iri, limit=5)
    assert [statement.rank for statement in found] == [1, 2, 3, 4, 5]
    assert all(statement.document != hit.document for statement in found)
    for statement in found:
        shared = [statement.text[start:end] for start, end in statement.marks]
        assert sorted(shared) == sorted(hit.text[start:end] for start, end in statement.marks_here)


def test_a_statement_on_foreigners_is_nearest_to_others_on_foreigners(searcher: Searcher) -> None:
    (hit,) = hits(searcher, "外国科学家能不能在学会担任职务", 1)
    first, *_ = searcher.similar(hit.iri, limit=5)
    assert "外籍" in first.text
    aspects = {aspect.name: aspect for aspect in first.aspects}
    assert aspects["政策工具"].same
    assert "科技人才" in set(aspects["主题"].here) & set(aspects["主题"].there)
