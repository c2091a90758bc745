"""Citations as they are written in laws, measures and notices, and what they lead to in a corpus."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Quad

from kg.citation_graph import CitationLinks
from kg.extract.citations import find_citations
from kg.extract.provision_lists import find_provision_lists
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.numbering import chinese_number, integer_of
from kg.parse import parse_document
from kg.questions import run_question
from kg.store import GraphStore
from kg.title_forms import number_form, title_form
from kg.types import Citation, Document, Source, Statements
from kg.validate import validate_store

IRIS = Iris("https://kece.example/")

LAW = """中华人民共和国科学技术进步法
第一条 为了全面促进科学技术进步，制定本法。
第二条 国家鼓励科学技术研究开发。
国家保护知识产权。
第三条 科学技术人员享有下列权利：
（一）参加学术交流；
（二）获得报酬。
"""
MEASURES = """某省科学技术进步条例
第一条 根据《中华人民共和国科学技术进步法》（以下简称科技进步法）和有关法律、法规，结合本省实际，制定本条例。
第二条 科学技术人员依照科技进步法第三条第二项的规定获得报酬。
有前款情形的，适用《科学技术进步法》第二条第一款、第二款。
第三条 违反本条例第二条第一款规定的，由科学技术行政部门责令改正；违反第一条规定的，予以警告。
第四条 本条例自2022年3月1日起施行。1996年8月11日发布的《某省科技进步条例》同时废止。
"""


def document(text: str, **facts: object) -> Document:
    return parse_document(Source(text=text, name="样例", **facts))  # type: ignore[arg-type]


def cited(text: str) -> list[Citation]:
    return list(find_citations(document(text)))


def article(words: str) -> list[Citation]:
    """Citations of an article in a regulation whose first line is its title."""
    return cited(f"某省科普办法\n第一条 为了科普，制定本办法。\n第二条 {words}\n")


def parts(citation: Citation) -> list[str]:
    return [provision.text for provision in citation.provisions]


@pytest.mark.parametrize(
    ("words", "title", "number"),
    [
        ("按照《国务院关于印发新一代人工智能发展规划的通知》（国发〔2017〕35号）要求执行。", None, "国发〔2017〕35号"),
        ("按照《新一代人工智能发展规划》(国发[2017] 35号)执行。", "新一代人工智能发展规划", "国发[2017] 35号"),
        ("落实《国务院对确需保留的行政审批项目设定行政许可的决定》（国务院令第412号）。", None, "国务院令第412号"),
        ("依据市人民政府第59号令公布的《北京市社会力量办学若干规定》办理。", None, "市人民政府第59号令"),
        ("依据《国务院关于修改〈中华人民共和国专利法实施细则〉的决定》办理。", None, None),
        ("按照《关于印发《科普基地管理办法》的通知》执行。", "关于印发《科普基地管理办法》的通知", None),
        ("按照国发〔2015〕32号文件精神执行。", "", "国发〔2015〕32号"),
        ("按照国务院令第412号执行。", "", "国务院令第412号"),
    ],
)
def test_title_and_number_of_a_document(words: str, title: str | None, number: str | None) -> None:
    citation = article(words)[-1]
    assert citation.number == number
    if title == "":
        assert citation.title is None and citation.rule == "number"
    else:
        assert citation.title == (title or words[words.index("《") + 1 : words.rindex("》")])


@pytest.mark.parametrize(
    ("words", "relation", "binding"),
    [
        ("根据《促进法》和《条例》，制定本办法。", "based_on", True),
        ("违法的，依照《治安管理处罚法》的规定处罚。", "based_on", False),
        ("参照《中小企业划型标准规定》执行。", "based_on", False),
        ("为贯彻落实《国家标准化发展纲要》，现就有关工作通知如下。", "implements", True),
        ("各地要认真贯彻落实《国家标准化发展纲要》，制定本地区方案。", "implements", False),
        ("1996年8月11日发布的《某省专利保护条例》同时废止。", "repeals", True),
        ("《旧办法》（某发〔2001〕2号）、《旧规定》自本办法施行之日起废止。", "repeals", True),
        ("将《某省专利条例》第三条修改为：“科普是公益事业。”", "amends", True),
        ("对《某省专利条例》作如下修改。", "amends", True),
        ("加快修订《某省科学技术进步条例》。", "amends", False),
        ("违反《某省专利条例》的，责令改正。", "cites", False),
        ("按照要求制定《应急预案》。", "cites", False),
        ("落实国务院印发的《新一代人工智能发展规划》。", "implements", False),
        ("相继颁布实施《网络安全法》。", "cites", False),
        ("根据《关于修改〈专利法〉的决定》第三次修正。", "cites", False),
    ],
)
def test_relation_by_the_words_around(words: str, relation: str, binding: bool) -> None:
    titled = [citation for citation in article(words) if citation.title]
    assert titled and {(citation.relation, citation.binding) for citation in titled} == {(relation, binding)}


@pytest.mark.parametrize(
    ("words", "title", "provisions"),
    [
        ("依照刑法有关规定追究刑事责任。", "刑法", []),
        ("有专利法第二十四条规定的情形的，给予补助。", "专利法", ["第二十四条"]),
        ("依照中华人民共和国民法典第四百九十七条办理。", "中华人民共和国民法典", ["第四百九十七条"]),
        ("学校违反教育法、教师法规定的，予以警告。", "教师法", []),
        ("依照《专利法》第二条第二款、第三款和第九条办理。", "专利法", ["第二条第二款", "第三款", "第九条"]),
    ],
)
def test_statute_by_name_and_provisions(words: str, title: str, provisions: list[str]) -> None:
    citation = article(words)[-1]
    assert (citation.title, parts(citation)) == (title, provisions)


@pytest.mark.parametrize(
    "words",
    [
        "按照行政处罚法律的规定办理。",
        "依照专利方法直接获得的产品。",
        "依照家庭学校教育法第三条办理。",
        "依照专利合作条约第二条办理。",
        "本项目由县科协负责。",
        "对前三项污染物征税。",
        "采取前条件。",
        "提出三条措施。",
    ],
)
def test_what_only_looks_like_a_citation(words: str) -> None:
    assert article(words) == []


@pytest.mark.parametrize(
    ("words", "rule", "provisions"),
    [
        ("违反本办法第三条、第五条第一项规定的，责令改正。", "self", ["第三条", "第五条第一项"]),
        ("依照本办法第十条至第十二条的规定处理。", "self", ["第十条至第十二条"]),
        ("符合本办法第一条之一第（一）、（二）项规定。", "self", ["第一条之一第（一）", "（二）项"]),
        ("前款规定的期限为十日。", "relative", ["前款"]),
        ("有前款第一项、第三项情形的，予以公告。", "relative", ["前款第一项", "第三项"]),
        ("本条第一款所称科普，是指普及科学。", "relative", ["本条第一款"]),
        ("违反第一条规定的，予以警告。", "article", ["第一条"]),
    ],
)
def test_citation_of_the_document_itself(words: str, rule: str, provisions: list[str]) -> None:
    citation = article(words)[-1]
    assert citation.internal and (citation.rule, parts(citation)) == (rule, provisions)


def test_abbreviation_is_given_in_full_and_its_declaration_is_no_citation() -> None:
    citations = article(
        "根据《国务院关于投资体制改革的决定》（国发〔2004〕20号，以下简称《决定》）精神，落实《决定》第三条。"
    )
    assert [(citation.title, citation.rule) for citation in citations] == [
        ("国务院关于投资体制改革的决定", "title"),
        ("国务院关于投资体制改革的决定", "abbreviation"),
    ]


def test_decision_that_amends_a_law_cites_that_laws_articles_not_its_own() -> None:
    text = "关于修改《某省专利条例》的决定\n第一条 将第三条修改为：“科普是公益事业。”\n第二条 删去第五条。\n"
    assert [citation for citation in cited(text) if citation.internal] == []


@pytest.mark.parametrize(
    ("figures", "number"), [("一百二十", 120), ("十", 10), ("二〇二一", 2021), ("３０", 30), ("第", None), ("零", None)]
)
def test_figures_as_a_number(figures: str, number: int | None) -> None:
    assert integer_of(figures) == number


@given(st.integers(1, 99))
def test_chinese_number_and_back(number: int) -> None:
    assert integer_of(chinese_number(number)) == number


@given(st.text(alphabet="第一二十（()）条款项至、和前本之 法\n", max_size=60))
def test_every_cited_provision_is_its_slice_and_lists_do_not_overlap(text: str) -> None:
    lists = list(find_provision_lists(text))
    assert all(one.span.end <= other.span.start for one, other in itertools.pairwise(lists))
    for found in lists:
        assert found.provisions
        assert all(p.text == p.span.slice(text) and found.span.contains(p.span) for p in found.provisions)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("中华人民共和国科学技术进步法", "科学技术进步法"),
        ("科学技术进步法（2021年修订）", "科学技术进步法"),
        ("某省科普办法(试行)", "某省科普办法"),
        ("国务院关于印发新一代人工智能发展规划的通知", "新一代人工智能发展规划"),
        ("国务院关于印发〈新一代人工智能发展规划〉的通知", "《新一代人工智能发展规划》"),
        ("“十四五”智能制造发展规划", "十四五 智能制造发展规划"),
        ("山东省实施<标准化法>办法", "山东省实施〈标准化法〉办法"),
    ],
)
def test_forms_of_one_title_have_one_core(one: str, other: str) -> None:
    assert title_form(one).core == title_form(other).core


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某省规划纲要（草案）", "某省规划纲要"),
        ("职业教育法", "某省职业教育条例"),
        ("智能制造发展规划（2016—2020年）", "智能制造发展规划（2021—2025年）"),
    ],
)
def test_titles_that_are_only_alike_are_different(one: str, other: str) -> None:
    assert title_form(one).core != title_form(other).core


@pytest.mark.parametrize("number", ["国发〔2015〕32号", "国发[2015]32号", "国发（2015）第32号", "国发【2015】 ３２号"])
def test_forms_of_one_number(number: str) -> None:
    assert number_form(number) == "国发〔2015〕32号"


def build(*documents: Document) -> list[Quad]:
    """Graphs of a corpus as a build writes them."""
    links = CitationLinks(IRIS)
    quads = list(vocabulary_quads(IRIS))
    for one in documents:
        statements = Statements(citations=tuple(find_citations(one)))
        links.add(one, statements.citations)
        quads += document_quads(one, statements, IRIS)
    return [*quads, *links.quads()]


def law(**facts: object) -> Document:
    return document(LAW, kind="法律", **facts)


def measures() -> Document:
    return document(MEASURES, issued=date(2022, 1, 20))


def links_of(store: GraphStore) -> dict[str, list[str]]:
    """Words of each citation to the places of the provisions, or the title of the document, that it leads to."""
    rows = store.select(
        """SELECT ?quote ?target { ?citation a kp:Citation ; kp:mention/oa:hasSelector/oa:exact ?quote .
             { ?citation kp:resolvedProvision/kp:place ?target } UNION
             { ?citation kp:resolvedDocument/dcterms:title ?target } } ORDER BY ?quote ?target"""
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(str(row["quote"]), []).append(str(row["target"]))
    return found


def test_citations_lead_to_documents_and_provisions() -> None:
    store = GraphStore.in_memory(build(law(issued=date(2021, 12, 24)), measures()))
    title = "中华人民共和国科学技术进步法"
    assert links_of(store) == {
        f"《{title}》": [title],
        "科技进步法第三条第二项": [title, "第三条第（二）项"],
        "前款": ["第二条第一款"],
        "《科学技术进步法》第二条第一款、第二款": [title, "第二条第一款", "第二条第二款"],
        "本条例第二条第一款": ["第二条第一款"],
        "第一条": ["第一条"],
    }
    assert validate_store(store) == []


def test_order_of_documents_makes_no_difference() -> None:
    one, other = law(issued=date(2021, 12, 24)), measures()
    assert set(build(one, other)) == set(build(other, one))


def test_document_rests_on_the_law_that_its_first_article_names() -> None:
    one, other = law(issued=date(2021, 12, 24)), measures()
    rows = run_question(GraphStore.in_memory(build(one, other)), "document_relations")
    assert [(row["title"], row["relation"], row["cited_title"]) for row in rows] == [
        (other.title, "based_on", one.title)
    ]


def test_unknown_titles_are_listed_most_cited_first() -> None:
    store = GraphStore.in_memory(build(measures()))
    rows = run_question(store, "unresolved_titles")
    assert [(row["title"], row["citations"]) for row in rows] == [
        ("中华人民共和国科学技术进步法", 2),
        ("某省科技进步条例", 1),
        ("科学技术进步法", 1),
    ]


def test_where_a_document_and_a_provision_are_cited() -> None:
    one, other = law(issued=date(2021, 12, 24)), measures()
    store = GraphStore.in_memory(build(one, other))
    rows = run_question(store, "citing_documents", document=IRIS.document(one.key).value)
    assert [(row["place"], row["provisions"]) for row in rows] == [
        ("第一条", []),
        ("第二条第一款", ["第三条第（二）项"]),
        ("第二条第二款", ["第二条第一款", "第二条第二款"]),
    ]
    paragraph = next(p for p in other.provisions if p.place == "第二条第一款")
    cited_at = run_question(store, "provision_citations", provision=IRIS.provision(other.key, paragraph.span).value)
    assert [(row["place"], row["quote"]) for row in cited_at] == [
        ("第二条第二款", "前款"),
        ("第三条", "本条例第二条第一款"),
    ]


def reasons(*documents: Document) -> list[str]:
    store = GraphStore.in_memory(build(*documents))
    rows = store.select("SELECT ?reason { ?i rdf:predicate kp:resolvedDocument ; kp:reason ?reason } ORDER BY ?reason")
    return [str(row["reason"]) for row in rows]


def test_version_in_force_on_the_citing_documents_day_is_meant() -> None:
    old, new = law(issued=date(2007, 12, 29)), law(issued=date(2021, 12, 24))
    later = law(issued=date(2023, 1, 1))
    found = reasons(old, new, later, measures())
    assert len(found) == 3
    assert {"的 3 个版本，取本文件日期（2022-01-20）时施行的一个（2021-12-24）" in reason for reason in found} == {True}


def test_provisions_of_a_later_version_are_not_linked() -> None:
    store = GraphStore.in_memory(build(law(issued=date(2023, 1, 1)), measures()))
    assert links_of(store)["科技进步法第三条第二项"] == ["中华人民共和国科学技术进步法"]
    assert all("晚于本文件日期" in reason for reason in reasons(law(issued=date(2023, 1, 1)), measures()))


@pytest.mark.parametrize(
    ("title", "number", "words"),
    [
        ("某市科普实施方案", "某发〔2020〕1号", "《某市科普实施方案》（某发〔2021〕2号）"),  # another number
        ("政府工作报告", None, "《政府工作报告》"),  # a title of many documents
        ("某省科普办法（2015年修订）", None, "《某省科普办法》（2020年修订）"),
        ("山东省关于印发科普工作方案的通知", None, "《国务院关于印发科普工作方案的通知》"),  # another issuer
        ("某省科普纲要", None, "《某省科普纲要（草案）》"),
    ],
)
def test_doubtful_citation_stays_open(title: str, number: str | None, words: str) -> None:
    known = document("一、总体要求\n加强科普。", title=title, number=number, issued=date(2015, 1, 1))
    citing = document(f"某县科普通知\n一、任务\n按照{words}执行。", issued=date(2022, 1, 1))
    assert not [r for r in reasons(known, citing) if title in r]


def test_two_plans_of_one_title_are_two_documents() -> None:
    plans = [
        document(f"一、任务\n完成第{n}项。", title="科普工作方案（全省）", issued=date(2015, n, 1)) for n in (1, 2)
    ]
    assert reasons(*plans, document("一、任务\n落实《科普工作方案（全省）》。", issued=date(2022, 1, 1))) == []


def test_number_decides() -> None:
    known = document("一、任务\n加强科普。", title="某省科普规划", number="某政发〔2020〕1号")
    citing = document("某县通知\n一、任务\n按照某政发[2020]第1号文件执行。")
    assert reasons(known, citing) == ["文号“某政发[2020]第1号”与《某省科普规划》相同"]


def test_document_repeals_neither_itself_nor_its_other_versions() -> None:
    text = "某省科普条例\n第一条 科普是公益事业。\n第二条 1995年发布的《某省科普条例》同时废止。\n"
    assert reasons(*(document(text, issued=date(year, 1, 1)) for year in (2010, 2020))) == []


def test_document_repeals_an_earlier_one() -> None:
    old = document("某省信息化条例\n第一条 信息化是任务。\n", issued=date(2010, 1, 1))
    new = document("某省数字条例\n第一条 《某省信息化条例》同时废止。\n", issued=date(2020, 1, 1))
    rows = run_question(GraphStore.in_memory(build(old, new)), "document_relations")
    assert [(row["title"], row["relation"], row["cited_title"]) for row in rows] == [(new.title, "repeals", old.title)]


def test_no_triple_is_in_two_graphs() -> None:
    quads = set(build(law(issued=date(2021, 12, 24)), measures()))
    assert len(quads) == len({quad.triple for quad in quads})


def test_text_broken_at_the_line_has_no_countable_paragraphs() -> None:
    text = (
        "某省科普条例\n第一条 科普是公\n益事业，应当加强。\n前款规定由科协执行。\n第二条 依照本条例第一条第一款执行。\n"
    )
    store = GraphStore.in_memory(build(document(text)))
    assert links_of(store) == {"本条例第一条第一款": ["第一条"]}


def test_article_that_occurs_twice_is_not_linked() -> None:
    text = "某通知\n第一条 甲。\n第二条 依照本通知第一条执行。\n第一条 乙。\n"
    assert links_of(GraphStore.in_memory(build(document(text)))) == {}
