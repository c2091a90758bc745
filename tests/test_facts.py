"""Conditions, programmes, and which facts belong to which statement: said or concluded; their quads and questions."""

from __future__ import annotations

import pytest

from kg.classification import Classifier, load_instrument_rules
from kg.extract import extract_statements
from kg.extract.programmes import find_programmes
from kg.facts import FactIndex, FactsOfStatement
from kg.graph import document_quads, vocabulary_quads
from kg.lexicon import load_rows
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.questions import run_question
from kg.store import GraphStore
from kg.types import Document, Source, Statements
from kg.validate import validate_store
from kg.vocabulary import ask_vocabulary

PLAN = """某省推进科技创新行动方案
某省人民政府
2021年10月14日
一、重点任务
1.培育主体。到2025年，建设省级实验室30家左右，培育高新技术企业5万家以上。
二、2022年重点工作
1.完善投入。设立科技成果转化专项资金，支持符合条件的企业参与“科创中国”行动。
三、保障措施
1.加强落实。各地应当于2021年12月31日前制定实施方案，每年报送情况。
"""
LAW = """某条例
第一条 科技部门应当自收到申请之日起20个工作日内作出决定。
第二条 违反本条例规定，未按照要求报送的，由科技部门责令改正，给予警告；情节严重的，处一万元以上五万元以下罚款。
第三条 未经批准，任何单位不得转让仪器。除法律另有规定外，科技部门应当公开目录。
"""
IRIS = Iris("https://kece.example/")


def read(text: str) -> tuple[Document, Statements]:
    document = parse_document(Source(text=text, name="样例"))
    return document, extract_statements(document)


def facts_by_words(text: str) -> dict[str, FactsOfStatement]:
    document, statements = read(text)
    index = FactIndex(document, statements)
    return {m.text: index.facts_of(m.extent) for m in statements.measures} | {
        n.text: index.facts_of(n.span) for n in statements.norms
    }


@pytest.fixture(scope="module")
def store() -> GraphStore:
    quads = [quad for text in (PLAN, LAW) for quad in document_quads(*read(text), IRIS)]
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *quads])


def test_deadline_at_the_head_of_a_sentence_is_said_of_the_first_measure_and_concluded_of_the_next() -> None:
    facts = facts_by_words(PLAN)
    first, second = facts["到2025年，建设省级实验室30家左右"], facts["培育高新技术企业5万家以上"]
    assert [time.value for time in first.times] == ["2025"] and first.inherited_deadline is None
    assert second.times == () and second.inherited_deadline == first.times[0]
    assert second.deadline_rule == "deadline_of_sentence"
    assert [str(quantity.value) for quantity in second.quantities] == ["50000"]


def test_heading_gives_its_deadline_to_what_stands_below_it() -> None:
    facts = facts_by_words(PLAN)["设立科技成果转化专项资金"]
    assert facts.inherited_deadline is not None and facts.deadline_rule == "deadline_of_heading"
    assert facts.inherited_deadline.value == "2022"


def test_condition_is_said_of_the_norm_and_concluded_of_what_follows_in_its_segment() -> None:
    text, facts = LAW, facts_by_words(LAW)
    condition = "违反本条例规定，未按照要求报送的"
    ordered = next(fact for words, fact in facts.items() if words.endswith("责令改正"))
    assert [span.slice(text) for span in ordered.conditions] == [condition]
    warned = facts["给予警告"]
    assert warned.conditions == () and warned.inherited_condition is not None
    assert warned.inherited_condition.slice(text) == condition


@pytest.mark.parametrize(
    ("sentence", "condition"),
    [
        ("未经批准，任何单位不得转让仪器。", "未经批准"),
        ("除法律另有规定外，科技部门应当公开目录。", "除法律另有规定外"),
        ("经国务院批准，试验区可以扩大范围。", "经国务院批准"),
        ("在不变更权属的前提下，完成人可以转化成果。", "在不变更权属的前提下"),
        ("必要时，主管部门可以组织论证。", "必要时"),
        ("单位有下列情形之一的，应当退回资金。", "单位有下列情形之一的"),
        ("抽查时应当查看记录。", "抽查时"),
        ("鼓励符合条件的企业申报项目。", "符合条件的"),
        ("支持有条件的地方建设园区。", "有条件的"),
        ("因工作需要，单位应当调整计划。", "因工作需要"),
    ],
)
def test_condition_of_a_norm(sentence: str, condition: str) -> None:
    text = f"第一条 {sentence}"
    _, statements = read(text)
    assert [span.slice(text) for span in statements.facts.conditions] == [condition]


@pytest.mark.parametrize(
    "sentence",
    ["同时，应当加强监督。", "经济部门应当制定计划。", "因地制宜，应当发展产业。", "这是大家都知道的，应当坚持。"],
)
def test_no_condition(sentence: str) -> None:
    _, statements = read(f"第一条 {sentence}")
    assert statements.facts.conditions == ()


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("实施“科创中国”行动。", ["科创中国"]),
        ("探索揭榜挂帅等方式。", ["揭榜挂帅"]),
        ("参与国家重点研发计划项目。", ["国家重点研发计划"]),
        ("申请国家自然科学基金资助。", ["国家自然科学基金"]),
        ("深入实施新一轮找矿突破战略行动。", ["找矿突破战略行动"]),
        ("设立科技成果转化引导基金。", ["科技成果转化引导基金"]),
        ("开展“技能照亮前程”培训行动。", ["技能照亮前程"]),
        ("推进“五位一体”总体布局。", []),
        ("实施“十四五”规划。", []),
        ("实施年度工作计划。", []),
        ("整治“形象工程”。", []),
        ("国家科学技术奖励委员会负责评审。", []),
        ("落实《实施科创中国行动方案》。", []),
    ],
)
def test_programmes_named(text: str, names: list[str]) -> None:
    _, statements = read(f"第一条 {text}")
    assert [programme.name for programme in statements.programmes] == names
    assert find_programmes("", None, []) == ()


@pytest.mark.parametrize(
    ("measure", "instrument", "word"),
    [
        ("设立科技成果转化专项资金", "资金投入", "专项资金"),
        ("建设省级实验室", "基础设施建设", "实验室"),
        ("培养青年科技人才", "人才培养", "科技人才"),
        ("落实研发费用加计扣除政策", "税收优惠", "加计扣除"),
        ("鼓励金融机构开展知识产权质押融资", "金融支持", "融资"),
        ("依法追究刑事责任", "法规管制", "刑事责任"),
        ("加强政府采购支持力度", "政府采购", "政府采购"),
        ("制定人工智能国家标准", "标准规范", "国家标准"),
        ("开展国际科技合作", "对外合作", "国际科技合作"),
        ("促进科技成果转化", "应用示范", "成果转化"),
    ],
)
def test_instrument_type_is_given_with_the_word_that_decides(measure: str, instrument: str, word: str) -> None:
    document, statements = read(f"第一条 国家应当{measure}。")
    assignment = Classifier(document, statements).instrument_of(statements.measures[0])
    assert assignment is not None
    assert (assignment.concept, assignment.reason) == (instrument, f"含有“{word}”→{instrument}")


def test_no_rule_no_type_and_the_agent_decides_nothing() -> None:
    for text in ("第一条 各地应当认真研究。", "第一条 知识产权局应当认真研究。"):
        document, statements = read(text)
        assert [Classifier(document, statements).instrument_of(measure) for measure in statements.measures] == [None]


def test_every_rule_and_topic_word_leads_to_a_concept() -> None:
    notations = {
        row["notation"].value for row in ask_vocabulary("SELECT ?notation { ?concept skos:notation ?notation }")
    }
    assert {rule.concept for rule in load_instrument_rules()} - notations == {"不归类"}
    assert {row[0] for row in load_rows("topic_words.tsv")} <= notations


def test_topics_by_words_and_by_heading() -> None:
    document, statements = read("某方案\n一、科学普及\n1.夯实基础。加强阵地建设。建设人工智能平台。\n")
    classifier = Classifier(document, statements)
    topics = [[topic.concept for topic in classifier.topics_of(measure.extent)] for measure in statements.measures]
    assert topics == [["科学普及"], ["人工智能"]]


def test_facts_make_a_sound_graph(store: GraphStore) -> None:
    assert validate_store(store) == []


def test_inherited_deadline_is_in_the_derived_graph_with_its_reason(store: GraphStore) -> None:
    rows = store.select(
        """SELECT ?rule ?reason ?value { GRAPH ?derived { ?m kp:deadline ?deadline }
             ?document kp:derivedGraph ?derived . ?m kp:mention/oa:hasSelector/oa:exact "培育高新技术企业5万家以上" .
             ?deadline kp:value ?value . ?inference rdf:subject ?m ; rdf:object ?deadline ; kp:rule ?rule ;
             kp:reason ?reason }"""
    )
    assert rows == [{"rule": "deadline_of_sentence", "reason": "同句前文写明“到2025年”", "value": "2025"}]


def test_instruments_of_a_document_with_their_shares(store: GraphStore) -> None:
    document, _ = read(PLAN)
    rows = run_question(store, "policy_instruments", document=IRIS.document(document.key).value)
    assert sum(row["percent"] for row in rows) == pytest.approx(100, abs=0.5)  # type: ignore[misc,arg-type]
    assert {row["instrument"] for row in rows} >= {"资金投入", "基础设施建设"}
    assert {row["side"] for row in rows} <= {"供给型", "环境型", "需求型"}
    assert all(row["document_title"] == document.title for row in rows)


def test_obligations_come_by_last_day_then_without(store: GraphStore) -> None:
    rows = run_question(store, "dated_norms")
    dated = [row["last_day"] for row in rows if row["last_day"]]
    assert dated == ["2021-12-31"] and rows[0]["words"] == "于2021年12月31日前"
    limits = [(row["words"], row["value"]) for row in rows if row["kind"] == "limit"]
    assert limits == [("自收到申请之日起20个工作日内", "P20D")]


def test_strength_orders_norms_in_sparql(store: GraphStore) -> None:
    rows = store.select("SELECT ?marker { ?n kp:marker ?marker ; kp:strength/kp:rank ?rank } ORDER BY DESC(?rank)")
    assert next(iter(rows))["marker"] == "不得" and {row["marker"] for row in rows} == {"不得", "应当"}
    assert store.select("SELECT ?m { ?m a kp:Measure ; kp:strength ?strength }") == []
