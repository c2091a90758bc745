from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import InputError
from kg.front_matter import document_kind, level_and_region
from kg.parse import document_key, parse_document
from kg.types import Document, Level, Source
from tests.conftest import STATUTE_TEXT

LINES = """一、总体要求|（一）加强组织。要落实。|1.推进改革。完善机制。|——坚持领导。|第一章 总则|第二条 企业应当备案。
（二）其他情形；|普通一段。|某市人民政府：|2021年1月2日|关于科普工作的通知|《|科协发〔2021〕4号|附件1""".replace(
    "\n", "|"
).split("|")
OUTLINE_TEXT = st.lists(st.sampled_from(LINES), max_size=25).map("\n".join)


def parse(text: str) -> Document:
    return parse_document(Source(text=text, name="试验"))


def test_plan_with_notice_gives_title_number_dates_and_addressees(plan: Document) -> None:
    assert plan.title == "“十四五”时期推进科协系统深化改革重点任务工作方案"
    assert (plan.kind, plan.number, plan.issuers) == ("方案", "科协发智字〔2021〕41号", ("中国科协",))
    assert (plan.issued, plan.level) == (date(2021, 10, 14), "national")
    assert [span.slice(plan.text) for span in plan.addressees] == [
        "各全国学会、协会、研究会",
        "各省、自治区、直辖市、副省级城市科协",
        "新疆生产建设兵团科协",
        "中国科协机关各部门、各直属单位",
        "各有关单位",
    ]


def test_plan_outline_has_places_headings_and_operative_parts(plan: Document) -> None:
    by_place = {provision.place: provision for provision in plan.provisions}
    task = by_place["三、重点举措 5."]
    assert task.heading == "调整优化学会布局"
    assert task.body.slice(plan.text).startswith("建立动态调整和更新机制,")
    assert task.operative
    assert not by_place["一、背景形势 第2段"].operative
    assert not by_place["二、总体要求 1."].operative  # 指导思想
    assert by_place["二、总体要求 2. ——突出学会主体"].operative
    assert plan.provisions[0].level is Level.NOTICE


def test_statute_has_articles_paragraphs_and_items() -> None:
    document = parse(STATUTE_TEXT)
    assert (document.title, document.kind) == ("某省科学普及条例", "行政法规")
    places = [(p.level.value, p.place) for p in document.provisions]
    assert places == [
        ("chapter", "第一章 总则"),
        ("article", "第一条"),
        ("paragraph", "第一条"),
        ("article", "第二条"),
        ("paragraph", "第二条第一款"),
        ("paragraph", "第二条第二款"),
        ("article", "第三条"),
        ("paragraph", "第三条"),
        ("item", "第三条第（一）项"),
        ("item", "第三条第（二）项"),
    ]
    article = document.provisions[6]
    assert article.span.slice(document.text).endswith("挪用科普经费。")


def test_text_without_outline_gives_title_and_paragraphs() -> None:
    document = parse("只有一段话，没有编号。\n还有一段。")
    assert document.title == "试验"
    assert [p.place for p in document.provisions] == ["第1段", "第2段"]
    assert all(p.operative for p in document.provisions)


def test_chapter_and_article_on_one_line_are_two() -> None:
    document = parse("第一章 总则 第一条 为了科普，制定本办法。\n第二条 学会应当守法。")
    assert [p.level.value for p in document.provisions] == ["chapter", "article", "paragraph", "article", "paragraph"]


def test_reference_to_an_article_at_the_start_of_a_line_is_no_new_article() -> None:
    document = parse("第一条 企业应当备案。\n第一条规定的期限为三日。")
    assert [p.place for p in document.provisions] == ["第一条", "第一条第一款", "第一条第二款"]


@pytest.mark.parametrize(
    ("title", "level", "kind"),
    [
        ("关于加强科普工作的指导意见", "national", "意见"),
        ("上海市专利保护条例", "provincial", "地方性法规"),
        ("生物安全条例", "national", "行政法规"),
        ("政务数据资源管理暂行办法", None, "规范性文件"),
        ("国务院关于印发“十四五”规划的通知", "national", "规划"),
        ("智能制造发展规划（2016-2020年）", None, "规划"),
        ("讲话", None, None),
    ],
)
def test_kind_comes_from_the_last_words_of_the_title(title: str, level: str | None, kind: str | None) -> None:
    assert document_kind(title, level) == kind


@pytest.mark.parametrize(
    ("issuer", "expected"),
    [
        ("国务院办公厅", ("national", None)),
        ("山东省人民政府", ("provincial", "山东省")),
        ("山东省济南市人民政府", ("municipal", "山东省")),
        ("北京市经济和信息化局", ("provincial", "北京市")),
        ("包头市人民政府办公室", ("municipal", None)),
        ("工业和信息化部", ("national", None)),
    ],
)
def test_level_and_region_come_from_the_issuer(issuer: str, expected: tuple[str | None, str | None]) -> None:
    assert level_and_region((issuer,), "") == expected


def test_key_depends_on_number_or_on_title_and_date_only() -> None:
    day = date(2019, 1, 1)
    assert document_key("国发〔2019〕5号", "甲", None, "a") == document_key("国发〔2019〕5号", "乙", day, "b")
    assert document_key(None, "甲", day, "a") == document_key(None, "甲", day, "b")
    assert document_key(None, "甲", day, "a") != document_key(None, "甲", date(2020, 1, 1), "a")
    assert document_key(None, "number", day, "") != document_key("number", "", day, "")


def test_reports_with_one_title_and_no_date_are_different_documents() -> None:
    first, second = (parse(f"政府工作报告\n各位代表：\n{text}。") for text in ("甲", "乙"))
    assert (first.title, first.key == second.key) == (second.title, False)


def test_notice_without_the_plan_it_promulgates_has_its_paragraphs_once() -> None:
    document = parse("某局关于印发方案的通知\n各科室：\n请认真执行。\n某局\n2021年1月2日\n某方案")
    assert [p.level.value for p in document.provisions] == ["notice", *["paragraph"] * 4]


def test_blank_text_is_refused() -> None:
    with pytest.raises(InputError, match="没有正文"):
        parse(" \n ")


@given(OUTLINE_TEXT.filter(str.strip))
def test_provisions_form_a_tree_of_nested_spans(text: str) -> None:
    document = parse(text)
    assert document.provisions
    for provision in document.provisions:
        assert 0 <= provision.span.start <= provision.span.end <= len(text)
        assert provision.span.contains(provision.body)
        if provision.parent is not None:
            assert provision.parent < provision.index
            assert document.provisions[provision.parent].span.contains(provision.span)
        for sentence in provision.sentences:
            assert provision.body.contains(sentence.span)
    bodies = [p.body for p in document.provisions if p.body.start < p.body.end]
    assert all(a.end <= b.start for a, b in pairwise(bodies))
