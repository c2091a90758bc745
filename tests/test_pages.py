"""Each page without a browser: one answer, one empty result, one error message."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kg.settings import PROJECT_ROOT, Settings
from web.links import VIEWS
from web.resources import KNOWLEDGE_BASE

QUESTION = "办得不好的学会会不会被撤销"


def open_page(view: str, **parameters: str) -> AppTest:
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
def not_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", Settings(home=tmp_path))


@pytest.mark.parametrize("view", [view for view in VIEWS if view not in ("search", "organizations", "query")])
@pytest.mark.usefixtures("not_built")
def test_page_without_a_knowledge_base_says_how_to_build_one(view: str) -> None:
    assert "请先运行" in open_page(view).error[0].value


@pytest.mark.usefixtures("not_built")
@pytest.mark.parametrize(("view", "parameter"), [("search", "q"), ("organizations", "name")])
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
