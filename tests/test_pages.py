"""Each page without a browser: one answer, one empty result, one error message."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from embeddings.facets import FACETS
from embeddings.knowledge_base import build_knowledge_base
from embeddings.tokens import fold
from kg.organization_roles import ROLES
from kg.read import read_source
from kg.settings import PROJECT_ROOT, Settings
from kg.types import Source
from tests.conftest import STATUTE_TEXT
from tests.factories import DATED_TEXT
from web.labels import FACET_TITLES
from web.links import VIEWS
from web.resources import KNOWLEDGE_BASE

QUESTION = "办得不好的学会会不会被撤销"


def open_page(view: str, **parameters: str | Sequence[str]) -> AppTest:
    app = AppTest.from_file(str(PROJECT_ROOT / "web" / "main.py"), default_timeout=60)
    app.run()
    for name, value in parameters.items():
        app.query_params[name] = value
    app.switch_page(f"views/{view}.py").run()
    assert not app.exception
    return app


def drawn(app: AppTest, component: str) -> dict[str, Any]:
    """What a component of ours was given to draw."""
    protos = [element.proto for element in app.get("bidi_component")]
    return next(json.loads(proto.json) for proto in protos if proto.component_name == f"kece_{component}")


def drawn_all(app: AppTest, component: str) -> list[dict[str, Any]]:
    """The same of every place where the component is drawn, in order."""
    protos = [element.proto for element in app.get("bidi_component")]
    return [json.loads(proto.json) for proto in protos if proto.component_name == f"kece_{component}"]


@pytest.fixture
def served(default_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", default_settings)


@pytest.fixture
def alone(default_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A knowledge base of one document is served."""
    statute = tmp_path / "statute.txt"
    statute.write_text(STATUTE_TEXT, encoding="utf-8")
    settings = replace(Settings(home=default_home), knowledge_base_folder=tmp_path / "knowledge-base")
    build_knowledge_base([read_source(statute)], settings, lambda *_: None)
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", settings)


@pytest.fixture
def dated(default_home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A knowledge base of one notice with dated deadlines is served."""
    settings = replace(Settings(home=default_home), knowledge_base_folder=tmp_path / "knowledge-base")
    build_knowledge_base([Source(name="dated.txt", text=DATED_TEXT)], settings, lambda *_: None)
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", settings)


@pytest.fixture
def not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", Settings(home=tmp_path))


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in ("organizations", "query")])
@pytest.mark.usefixtures("not_built")
def test_page_without_a_knowledge_base_says_how_to_build_one(view: str) -> None:
    assert "请先运行" in open_page(view).error[0].value


@pytest.mark.usefixtures("not_built")
@pytest.mark.parametrize(
    ("view", "parameter"), [("search", "q"), ("organizations", "name"), ("similar", "iri"), ("concerned", "iri")]
)
def test_asking_without_a_knowledge_base_says_how_to_build_one(view: str, parameter: str) -> None:
    assert "请先运行" in open_page(view, **{parameter: "中国科协"}).error[0].value


@pytest.mark.usefixtures("served")
def test_search_starts_with_examples_and_what_there_is() -> None:
    app = open_page("search")
    assert not app.error
    assert len(drawn(app, "links")["links"]) >= 3
    (contents,) = drawn(app, "link_rows")["rows"]
    assert [link["destination"]["path"] for link in contents["links"]] == ["documents", "overview", "organizations"]
    documents = KNOWLEDGE_BASE.get().manifest["counts"]["documents"]
    assert contents["links"][0]["label"] == f"{documents:,} 份文件"


@pytest.mark.usefixtures("served")
def test_question_without_words_shows_the_start_again() -> None:
    app = open_page("search", q="？？！")
    assert "检索词" in app.error[0].value
    assert len(drawn(app, "links")["links"]) >= 3


@pytest.mark.usefixtures("served")
def test_hits_are_sorted_grouped_and_cited() -> None:
    app = open_page("search", q="科技人才", sort="date", group="document", kind="norm")
    groups = drawn(app, "cards")["groups"]
    days = [re.findall(r"\d{4}-\d\d-\d\d", group["detail"])[0] for group in groups]
    assert len(days) > 2
    assert days == sorted(days, reverse=True)
    assert {card["rank"] for group in groups for card in group["cards"]} == set(range(1, 21))
    assert "在最相关的 20 条中按文件日期由新到旧排列" in app.caption[0].value
    for group in groups:
        for card in group["cards"]:
            cited = dict(card["citations"])
            assert cited["文号"].startswith(group["heading"])
            assert cited["文号"].endswith(card["source"])
            assert card["source"] in cited["GB/T 7714—2015"]
    alone = groups[0]["links"][0][1]["parameters"]
    assert alone["document"] == [groups[0]["destination"]["parameters"]["document"]]
    segments = [segment for group in drawn(app, "segments")["groups"] for segment in group["segments"]]
    assert [segment["label"] for segment in segments if segment["selected"]] == ["日期", "按文件"]
    flat = next(segment["destination"]["parameters"] for segment in segments if segment["label"] == "逐条")
    assert flat == {"q": "科技人才", "kind": ["norm"], "sort": "date"}
    forces = [
        dict(card["facts"])["效力"][:2]
        for card in drawn(open_page("search", **flat | {"sort": "force"}), "cards")["cards"]
    ]
    assert forces == sorted(forces, key=["义务", "禁止", "许可", "倡导"].index)


@pytest.mark.usefixtures("served")
def test_failed_search_names_the_filters_in_its_way() -> None:
    app = open_page("search", q="科普经费", kind="measure", modality="prohibition", level="national")
    assert "没有找到" in app.info[0].value
    rows = {row["title"]: row["links"] for row in drawn(app, "link_rows")["rows"]}
    labels = [link["label"].split("，")[0] for link in rows["去掉筛选"]]
    assert labels == ["不限类型（举措）", "不限效力（禁止）", "清除全部筛选"]  # all are national
    parameters = rows["去掉筛选"][0]["destination"]["parameters"]
    assert parameters == {"q": "科普经费", "modality": ["prohibition"], "level": ["national"]}
    assert drawn(open_page("search", **parameters), "cards")["cards"]


@pytest.mark.usefixtures("served")
def test_search_shows_ranked_cards_with_source_marks_and_place() -> None:
    app = open_page("search", q=QUESTION)
    cards = drawn(app, "cards")["cards"]
    assert [card["rank"] for card in cards] == list(range(1, len(cards) + 1))
    assert any("退出" in card["text"] for card in cards[:3])
    first = cards[0]
    assert first["source"].startswith("《")
    assert {"document", "start", "end"} == first["destination"]["parameters"].keys()
    assert first["note"]["text"]
    assert all(0 <= start < end <= len(card["text"]) for card in cards for start, end in card["marks"])


@pytest.mark.usefixtures("served")
def test_search_with_filters_shows_only_what_they_allow() -> None:
    app = open_page("search", q="科普", modality="prohibition", kind="norm")
    assert {card["badge"] for card in drawn(app, "cards")["cards"]} == {"规范"}
    assert [option["label"] for group in drawn(app, "facets")["groups"] for option in selected(group)] == [
        "规范",
        "禁止",
    ]


def selected(group: dict[str, Any]) -> list[dict[str, Any]]:
    """The options of a facet that are filtered by."""
    return [option for option in group["options"] if option["value"] in group["filtering"]["chosen"]]


def toggled(filtering: dict[str, Any], value: str) -> dict[str, Any]:
    """The parameters of the address that a click on a value leads to, as ``filterAddress`` of ``dom.js`` has them."""
    others = [] if filtering["alone"] else [each for each in filtering["chosen"] if each != value]
    values = others if value in filtering["chosen"] else [*others, value]
    return {**filtering["without"]["parameters"], **({filtering["parameter"]: values} if values else {})}


def chips(app: AppTest) -> list[str]:
    return [chip["label"] for group in drawn(app, "chips")["selected"] for chip in group["chips"]]


def without_chip(app: AppTest, label: str) -> dict[str, Any]:
    """The parameters of the address that a click on a chip leads to."""
    (address,) = [
        toggled(group["filtering"], chip["value"])
        for group in drawn(app, "chips")["selected"]
        for chip in group["chips"]
        if chip["label"] == label
    ]
    return address


@pytest.mark.usefixtures("served")
def test_filters_of_several_facets_are_combined_and_each_is_taken_away_by_its_chip() -> None:
    chosen = {
        "q": "科学技术",
        "modality": ["obligation", "prohibition"],
        "actor_kinds": "政府部门",
        "level": "national",
    }
    app = open_page("search", **chosen)
    cards = drawn(app, "cards")["cards"]
    assert {dict(card["facts"])["效力"][:2] for card in cards} <= {"义务", "禁止"}
    assert chips(app) == ["效力：义务", "效力：禁止", "主体类别：政府部门", "层级：国家"]
    without = without_chip(app, "效力：禁止")
    assert without == {**chosen, "modality": ["obligation"], "actor_kinds": ["政府部门"], "level": ["national"]}
    assert chips(open_page("search", **without)) == ["效力：义务", "主体类别：政府部门", "层级：国家"]
    assert drawn(app, "chips")["clear"]["parameters"] == {"q": "科学技术"}


@pytest.mark.usefixtures("served")
def test_address_holds_every_facet() -> None:
    assert FACET_TITLES.keys() == FACETS.keys()
    app = open_page("search", q="科普", **dict.fromkeys(FACETS, "0" * 16))
    assert [chip.split("：")[0] for chip in chips(app)] == list(FACET_TITLES.values())
    kept = without_chip(app, chips(app)[0])
    assert kept == {"q": "科普", **{facet: ["0" * 16] for facet in FACETS if facet != "kind"}}
    (row, *_) = drawn(app, "link_rows")["rows"]
    assert [(link["label"], link["destination"]["parameters"]) for link in row["links"]] == [
        ("清除全部筛选", {"q": "科普"})
    ]


@pytest.mark.usefixtures("served")
def test_group_is_offered_only_where_it_leaves_a_choice() -> None:
    groups = {group["title"]: group["options"] for group in drawn(open_page("search", q="科普"), "facets")["groups"]}
    assert all(len(options) > 1 for options in groups.values())
    assert [title for title in FACET_TITLES.values() if title in groups] == list(groups)
    years = [option["label"] for option in groups["年份"]]
    assert years == sorted(years, reverse=True)
    measures = drawn(open_page("search", q="科普", kind="measure"), "facets")["groups"]
    assert "效力" not in {group["title"] for group in measures}  # only norms have one
    assert "类型" in {group["title"] for group in measures}


@pytest.mark.usefixtures("served")
def test_reason_ends_in_a_sum_that_comes_out() -> None:
    for card in drawn(open_page("search", q=QUESTION), "cards")["cards"]:
        _, line, meaning = card["note"]["text"].split("\n")
        total, *parts = [float(number) for number in re.findall(r"-?\d+\.\d\d", line.replace("−", "-"))]
        assert len(parts) == 3
        assert total == pytest.approx(sum(parts), abs=1e-9)
        assert "图谱" in meaning


@pytest.mark.usefixtures("served")
def test_search_says_how_it_read_the_question() -> None:
    (notices,) = [text.value for text in open_page("search", q="科谱法对经费怎么规定").text]
    assert notices.split("\n") == ["“科谱”按“科普”查找。", "“科普法”指《中华人民共和国科学技术普及法》。"]
    assert not open_page("search", q=QUESTION).text


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("answered", "messages"), [(False, 1), (True, 0), (None, 0)])
def test_search_that_answers_nothing_says_so_above_the_nearest(
    answered: bool | None, messages: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("embeddings.search.is_answered", lambda features, model: answered)
    st.cache_resource.clear()
    app = open_page("search", q="糖醋排骨的糖和醋按什么比例放")
    assert sum("没有直接回答" in message.value for message in app.info) == messages
    assert drawn(app, "cards")["cards"]


def similar_link(card: dict[str, Any]) -> dict[str, str]:
    """Parameters of the link to the view of similar statements."""
    (parameters,) = [target["parameters"] for label, target in card["links"] if label == "相近表述"]
    return dict(parameters)


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize("question", [QUESTION, "聘用境外科学技术人员"])
def test_similar_statements_stand_beside_the_one_asked_about(question: str) -> None:
    card = drawn(open_page("search", q=question, kind="norm"), "cards")["cards"][0]
    app = open_page("similar", **similar_link(card))
    (asked,) = drawn(app, "cards")["cards"]
    assert (asked["text"], asked["source"]) == (card["text"], card["source"])
    comparisons = drawn(app, "comparison")["comparisons"]
    assert [comparison["rank"] for comparison in comparisons] == list(range(1, 11))
    for comparison in comparisons:
        assert comparison["here"]["text"] == card["text"]
        assert comparison["source"].split("》")[0] != card["source"].split("》")[0]
        here, there = (
            [side["text"][start:end] for start, end in side["marks"]]
            for side in (comparison["here"], comparison["there"])
        )
        assert [fold(words) for words in here] == [fold(words) for words in there]
        for aspect in comparison["aspects"]:
            shared = set(aspect["here"]) & set(aspect["there"])
            everything = set(aspect["here"]) | set(aspect["there"])
            assert aspect["verdict"] == ("同" if shared == everything else "部分相同" if shared else "不同")
        assert "效力" in {aspect["name"] for aspect in comparison["aspects"]}
    assert any(comparison["here"]["marks"] for comparison in comparisons)


@pytest.mark.usefixtures("served")
def test_only_statements_are_compared() -> None:
    for card in drawn(open_page("search", q=QUESTION), "cards")["cards"]:
        assert bool(card["links"]) == (card["badge"] != "条文")


@pytest.mark.usefixtures("served")
def test_similar_statements_of_nothing_and_of_an_unknown_iri_are_told_what_to_do() -> None:
    assert "请从检索结果里点" in open_page("similar").info[0].value
    assert "没有编号为" in open_page("similar", iri="https://kece.example/id/nothing").error[0].value


@pytest.mark.usefixtures("alone")
def test_statement_of_the_only_document_has_none_similar() -> None:
    card = drawn(open_page("search", q="不得挪用科普经费", kind="norm"), "cards")["cards"][0]
    app = open_page("similar", **similar_link(card))
    assert drawn(app, "cards")["cards"][0]["text"] == card["text"]
    assert "没有找到相近的表述" in app.info[0].value


@pytest.mark.usefixtures("served")
def test_search_that_finds_nothing_says_so() -> None:
    assert "没有找到" in open_page("search", q="科普", document="0" * 16).info[0].value


@pytest.mark.usefixtures("served")
def test_catalogue_leads_to_the_text_with_its_marks() -> None:
    catalogue = [card for group in drawn_all(open_page("document"), "cards") for card in group["cards"]]
    plan = next(card for card in catalogue if "科协系统深化改革" in card["text"])
    reader = drawn(open_page("document", **plan["destination"]["parameters"]), "reader")
    assert "推进科协系统深化改革" in reader["text"]
    assert sum(kind == "measure" for kind, *_ in reader["marks"]) >= 110
    assert {kind for kind, *_ in reader["marks"]} == set(reader["kinds"])
    marks = [(kind, reader["text"][start:end], reader["notes"][note]) for kind, start, end, note, _ in reader["marks"]]
    assert ("programme", "科创中国", "计划与平台 · 科创中国") in marks
    assert any("规范的承担者" in note for kind, words, note in marks if (kind, words) == ("actor", "学会"))
    assert ("文号", "科协发智字〔2021〕41号") in map(tuple, reader["head"]["facts"])
    assert [entry["label"] for entry in reader["outline"] if entry["depth"] == 0][1:3] == [
        "二、总体要求",
        "三、重点举措",
    ]
    assert (reader["target"], reader["hidden"]) == (None, [])


@pytest.mark.usefixtures("served")
def test_catalogue_is_filtered_by_words_of_title_and_number() -> None:
    texts = [card["text"] for card in drawn(open_page("document", title="科学技术 法"), "cards")["cards"]]
    assert texts and all("科学技术" in text and "法" in text for text in texts)
    assert "科协系统" in drawn(open_page("document", title="〔2021〕41"), "cards")["cards"][0]["text"]
    assert "没有题名或文号含有" in open_page("document", title="糖醋排骨").info[0].value


@pytest.mark.usefixtures("served")
def test_unknown_document_and_impossible_place_are_said() -> None:
    assert "知识库里没有编号为" in open_page("document", document="0" * 16).error[0].value
    key = drawn(open_page("document"), "cards")["cards"][0]["destination"]["parameters"]["document"]
    assert "不在这份文件里" in open_page("document", document=key, start="9", end="3").error[0].value


@pytest.mark.usefixtures("served")
def test_hostile_parameter_is_shown_as_text() -> None:
    message = open_page("document", document="![](http://outside.example/x.png)").error[0].value
    assert "![](" not in message


@pytest.mark.usefixtures("served")
def test_organization_gets_its_kind_and_statements_by_role_with_reasons() -> None:
    app = open_page("organizations")
    app.text_input[0].set_value("中国物理学会").run()
    assert app.query_params["name"] == "中国物理学会"
    assert (app.multiselect(key="kinds").value, app.selectbox(key="level").value) == (["全国学会"], "national")
    known = {line["aspect"]: line["values"] for line in drawn(app, "facts")["lines"]}
    assert known["类别"][0][0] == "全国学会" and "学会" in known["类别"][0][1]
    assert [value for value, _ in known["上位类别"]] == ["学会", "社会组织", "科协系统", "单位", "社会力量"]
    counts = {option["label"]: option["count"] for option in drawn(app, "facets")["groups"][0]["options"]}
    assert list(counts) == [role for role in ROLES if role in counts]
    headings = [heading.value for heading in app.subheader]
    assert headings[: len(counts)] == [f"{role}（{count}）" for role, count in counts.items()]
    by_role = drawn_all(app, "cards")
    assert [len(drawing["cards"]) for drawing in by_role[: len(counts)]] == [min(10, n) for n in counts.values()]
    assert all(card["note"]["text"] for drawing in by_role for card in drawing["cards"])


@pytest.mark.usefixtures("served")
def test_role_is_filtered_by_and_shown_fifty_at_a_time() -> None:
    app = open_page("organizations", name="中国物理学会")
    group = drawn(app, "facets")["groups"][0]
    option = group["options"][0]
    only = open_page("organizations", **toggled(group["filtering"], option["value"]))
    (count,) = [option["count"] for option in selected(drawn(only, "facets")["groups"][0])]
    assert only.subheader[0].value == f"{option['label']}（{count}）"
    assert len(drawn(only, "cards")["cards"]) == 50 < count
    more = next(
        links for drawing in drawn_all(only, "links") for links in drawing["links"] if links["label"] == "显示更多"
    )
    assert len(drawn(open_page("organizations", **more["destination"]["parameters"]), "cards")["cards"]) == 100


@pytest.mark.usefixtures("served")
def test_what_was_understood_is_changed_in_the_address() -> None:
    app = open_page("organizations", name="中国物理学会")
    before = drawn(app, "cards")["cards"]
    app.multiselect(key="kinds").set_value(["高等学校"]).run()
    assert app.query_params["kind"] == "高等学校"
    assert drawn(app, "cards")["cards"] != before
    assert any("高等学校" in card["note"]["text"] for card in drawn(app, "cards")["cards"])
    app.selectbox(key="region").set_value("浙江省").run()
    app.selectbox(key="level").set_value("").run()
    app.multiselect(key="fields").set_value([]).run()
    assert app.query_params["level"] == app.query_params["field"] == ""
    assert app.query_params["region"] == "浙江省"
    assert not app.multiselect(key="fields").value
    again = open_page("organizations", **{name: app.query_params[name] for name in app.query_params})
    assert again.multiselect(key="kinds").value == ["高等学校"]
    assert (again.selectbox(key="level").value, again.selectbox(key="region").value) == ("", "浙江省")
    assert drawn(again, "cards") == drawn(app, "cards")
    back = next(link for drawing in drawn_all(again, "links") for link in drawing["links"] if "恢复" in link["label"])
    assert back["destination"]["parameters"] == {"name": "中国物理学会"}


@pytest.mark.usefixtures("served")
def test_kinds_taken_away_altogether_leave_only_what_names_it() -> None:
    app = open_page("organizations", name="中国物理学会")
    app.multiselect(key="kinds").set_value([]).run()
    assert app.query_params["kind"] == ""
    assert "没有找到" in app.info[-1].value
    app.text_input[0].set_value("高等学校").run()  # corrections are those of the one before
    assert app.multiselect(key="kinds").value == ["高等学校"]


@pytest.mark.usefixtures("served")
def test_organization_is_described_in_plain_words() -> None:
    app = open_page("organizations")
    app.text_area[0].set_value("我们是做人工智能的民营企业，在浙江").run()
    assert app.query_params["describe"] == "我们是做人工智能的民营企业，在浙江"
    assert app.multiselect(key="kinds").value == ["民营企业"]
    assert app.multiselect(key="fields").value == ["人工智能"]
    assert app.selectbox(key="region").value == "浙江省"
    near = drawn_all(app, "cards")[-1]["cards"]
    assert 0 < len(near) <= 10 and all("人工智能" in card["note"]["text"] for card in near)
    assert any(heading.value.startswith("按意义相近") for heading in app.subheader)


@pytest.mark.usefixtures("served")
def test_what_could_not_be_told_is_said_and_nothing_found_too() -> None:
    app = open_page("organizations", name="喵喵喵")
    told, found = (message.value for message in app.info)
    assert "没有说明是哪一类单位" in told and "没有找到" in found


@pytest.mark.usefixtures("served")
@pytest.mark.parametrize(("parameter", "message"), [("kind", "没有“火星”这一类别"), ("level", "没有“火星”这一层级")])
def test_correction_that_cannot_be_is_said(parameter: str, message: str) -> None:
    assert message in open_page("organizations", name="学会", **{parameter: "火星"}).error[0].value


@pytest.mark.usefixtures("served")
def test_organization_without_dated_deadlines_has_no_line_of_time() -> None:
    app = open_page("organizations", name="中国物理学会")
    assert "期限" not in [heading.value for heading in app.subheader]
    assert not app.table


@pytest.mark.usefixtures("dated")
def test_dated_deadlines_are_drawn_and_listed() -> None:
    app = open_page("organizations", name="中国化学会")
    assert "期限" in [heading.value for heading in app.subheader]
    assert [str(day) for day in app.table[0].value.index] == ["2025\\-06\\-30", "2026\\-12\\-31"]
    (chart,) = app.get("vega_lite_chart")
    encoding = json.loads(chart.proto.spec)["encoding"]
    assert encoding["color"]["field"] == encoding["shape"]["field"] == "角色"
    facts = [dict(card["facts"]) for card in drawn(app, "cards")["cards"]]
    assert "于2025年6月30日前（2025-06-30）" in [fact.get("期限") for fact in facts]


@pytest.mark.usefixtures("served")
def test_what_holds_for_some_of_a_kind_only_is_marked() -> None:
    cards = drawn(open_page("organizations", name="高等学校", role="必须做", limit="1000"), "cards")["cards"]
    marked = [card for card in cards if card["caution"]]
    assert {card["caution"] for card in marked} == {"须核实"} and len(marked) < len(cards)
    reserved = re.compile("须看是否|没有写明是哪|要看上文|一般属于")
    assert all(bool(reserved.search(card["note"]["text"])) == bool(card["caution"]) for card in cards)


@pytest.mark.usefixtures("served")
def test_two_organizations_are_compared() -> None:
    app = open_page("organizations", name="中国物理学会")
    app.text_input[1].set_value("高等学校").run()
    assert app.query_params["other"] == "高等学校"
    group = drawn(app, "facets")["groups"][0]
    options = group["options"]
    titles = ["都有关", "只与中国物理学会有关", "只与高等学校有关"]
    assert [option["label"] for option in options] == titles
    assert [heading.value for heading in app.subheader] == [
        f"{option['label']}（{option['count']}）" for option in options
    ]
    both, first, second = ([card["text"] for card in drawing["cards"]] for drawing in drawn_all(app, "cards"))
    assert len(both) == len(first) == len(second) == 10
    only = open_page("organizations", **toggled(group["filtering"], options[2]["value"]))
    assert [heading.value for heading in only.subheader] == [f"{titles[2]}（{options[2]['count']}）"]
    assert [card["text"] for card in drawn(only, "cards")["cards"]][:10] == second
    app.text_input[1].set_value("").run()
    assert "other" not in app.query_params
    same = open_page("organizations", name="高等学校", other="高等学校")
    assert [option["count"] for option in drawn(same, "facets")["groups"][0]["options"]][1:] == [0, 0]


def link_of(card: dict[str, Any], label: str) -> dict[str, Any]:
    (parameters,) = [target["parameters"] for name, target in card["links"] if name == label]
    return dict(parameters)


@pytest.mark.usefixtures("served")
def test_statement_leads_to_the_kinds_it_concerns_and_each_to_its_page() -> None:
    card = drawn(open_page("organizations", name="高等学校"), "cards")["cards"][0]
    app = open_page("concerned", **link_of(card, "涉及哪些单位"))
    asked, *roles = drawn_all(app, "cards")
    assert asked["cards"][0]["text"] == card["text"]
    kind = next(one for drawing in roles for one in drawing["cards"] if one["text"] == "高等学校")
    assert dict(kind["facts"])["下位类别"] == "高等职业学校"
    assert kind["destination"] == {"path": "organizations", "parameters": {"name": "高等学校"}}
    searched = drawn(open_page("search", q=QUESTION, kind="norm"), "cards")["cards"][0]
    assert (
        drawn(open_page("concerned", **link_of(searched, "涉及哪些单位")), "cards")["cards"][0]["text"]
        == searched["text"]
    )


@pytest.mark.usefixtures("served")
def test_kinds_concerned_by_nothing_and_by_an_unknown_iri_are_told_what_to_do() -> None:
    assert "请从机构页" in open_page("concerned").info[0].value
    assert "没有编号为" in open_page("concerned", iri="https://kece.example/id/nothing").error[0].value


@pytest.mark.usefixtures("served")
def test_about_gives_counts_sources_and_licences() -> None:
    app = open_page("about")
    assert int(app.metric[0].value) >= 2
    sources = app.dataframe[0].value
    assert set(sources["来源"]) - {""}
    assert set(sources["许可"]) - {""}
    rates = {row[0]["value"]: [cell["value"] for cell in row[1:]] for row in drawn(app, "table")["rows"]}
    assert rates.keys() == {"主体", "举措", "责任主体与作用对象", "规范", "规范的承担者"}
    assert all(0 < float(share.removesuffix("%")) < 50 for row in rates.values() for share in row[:2])


def test_unexpected_failure_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", None)
    assert "页面出错了" in open_page("about").error[0].value
