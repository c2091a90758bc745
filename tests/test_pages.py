"""Each page without a browser: one answer, one empty result, one error message."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from embeddings.facets import FACETS
from embeddings.knowledge_base import build_knowledge_base
from embeddings.tokens import fold
from kg.read import read_source
from kg.settings import PROJECT_ROOT, Settings
from tests.conftest import STATUTE_TEXT
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
def not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", Settings(home=tmp_path))


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in ("search", "organizations", "query")])
@pytest.mark.usefixtures("not_built")
def test_page_without_a_knowledge_base_says_how_to_build_one(view: str) -> None:
    assert "请先运行" in open_page(view).error[0].value


@pytest.mark.usefixtures("not_built")
@pytest.mark.parametrize(("view", "parameter"), [("search", "q"), ("organizations", "name"), ("similar", "iri")])
def test_asking_without_a_knowledge_base_says_how_to_build_one(view: str, parameter: str) -> None:
    assert "请先运行" in open_page(view, **{parameter: "中国科协"}).error[0].value


@pytest.mark.usefixtures("served")
def test_search_starts_with_examples_and_no_error() -> None:
    app = open_page("search")
    assert not app.error
    assert len(drawn(app, "links")["links"]) >= 3


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
def test_search_typed_in_goes_to_the_address() -> None:
    app = open_page("search")
    app.text_input[0].set_value(QUESTION).run()
    assert app.query_params["q"] == QUESTION
    assert drawn(app, "cards")["cards"]


@pytest.mark.usefixtures("served")
def test_search_with_filters_shows_only_what_they_allow() -> None:
    app = open_page("search", q="科普", modality="prohibition", kind="norm")
    assert {card["badge"] for card in drawn(app, "cards")["cards"]} == {"规范"}
    selected = [
        option["label"] for group in drawn(app, "facets")["groups"] for option in group["options"] if option["selected"]
    ]
    assert selected == ["规范", "禁止"]


def chips(app: AppTest) -> list[str]:
    return [chip["label"] for chip in drawn(app, "chips")["chips"]]


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
    without = drawn(app, "chips")["chips"][1]["destination"]["parameters"]
    assert without == {**chosen, "modality": ["obligation"], "actor_kinds": ["政府部门"], "level": ["national"]}
    assert chips(open_page("search", **without)) == ["效力：义务", "主体类别：政府部门", "层级：国家"]
    assert drawn(app, "chips")["clear"]["parameters"] == {"q": "科学技术"}


@pytest.mark.usefixtures("served")
def test_address_holds_every_facet() -> None:
    assert FACET_TITLES.keys() == FACETS.keys()
    app = open_page("search", q="科普", **dict.fromkeys(FACETS, "0" * 16))
    assert [chip.split("：")[0] for chip in chips(app)] == list(FACET_TITLES.values())
    kept = drawn(app, "chips")["chips"][0]["destination"]["parameters"]
    assert kept == {"q": "科普", **{facet: ["0" * 16] for facet in FACETS if facet != "kind"}}
    assert "清除筛选" in app.info[0].value


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
    catalogue = drawn(open_page("document"), "cards")["cards"]
    plan = next(card for card in catalogue if "科协系统深化改革" in card["text"])
    reader = drawn(open_page("document", **plan["destination"]["parameters"]), "reader")
    assert "推进科协系统深化改革" in reader["text"]
    assert sum(mark["kind"] == "measure" for mark in reader["marks"]) >= 110
    assert {mark["kind"] for mark in reader["marks"]} == {"actor", "measure", "norm"}
    assert [entry["label"] for entry in reader["outline"] if entry["depth"] == 0][1:3] == [
        "二、总体要求",
        "三、重点举措",
    ]
    assert reader["target"] is None


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
    assert "全国学会" in app.text[0].value
    cards = drawn(app, "cards")["cards"]
    assert cards
    assert all(card["note"]["text"] for card in cards)
    roles = drawn(app, "facets")["groups"][0]["options"]
    only = open_page("organizations", **roles[-1]["destination"]["parameters"])
    assert {dict(card["facts"])["角色"] for card in drawn(only, "cards")["cards"]} == {roles[-1]["label"]}


@pytest.mark.usefixtures("served")
def test_organization_that_nothing_concerns_is_told_what_to_try() -> None:
    assert "没有找到" in open_page("organizations", name="喵喵喵").info[0].value


@pytest.mark.usefixtures("served")
def test_query_page_answers_and_says_what_is_wrong() -> None:
    app = open_page("query")
    app.button[0].click().run()
    assert len(app.dataframe[0].value) >= 2
    app.text_area[0].set_value("SELECT * { ?s a <urn:nothing> }")
    app.button[0].click().run()
    assert "没有结果" in app.info[0].value
    app.text_area[0].set_value("SELECT * {")
    app.button[0].click().run()
    assert "语法错误" in app.error[0].value


@pytest.mark.usefixtures("served")
def test_about_gives_counts_sources_and_licences() -> None:
    app = open_page("about")
    assert int(app.metric[0].value) >= 2
    sources = app.dataframe[0].value
    assert set(sources["来源"]) - {""}
    assert set(sources["许可"]) - {""}


def test_unexpected_failure_ends_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", None)
    assert "页面出错了" in open_page("about").error[0].value
