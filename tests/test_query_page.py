"""Page SPARQL without a browser: the address, the cookbook, results, charts and the way to it from other pages."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

import web.editor.files as editor_files
import web.long_work
from kg.questions import fill_question
from kg.settings import Settings
from tests.test_pages import drawn, drawn_all, open_page
from web.components.editor import completions
from web.resources import KNOWLEDGE_BASE

COUNTS = """SELECT ?title (COUNT(DISTINCT ?measure) AS ?measures) WHERE {
  GRAPH ?graph { ?document a kp:PolicyDocument ; dcterms:title ?title . ?measure a kp:Measure } } GROUP BY ?title"""
NO_FORM = "这台机器没有装 SPARQL 编辑器"


@pytest.fixture
def served(default_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(KNOWLEDGE_BASE, "settings", default_settings)
    # A busy machine takes longer than the second after which the page tells how far the query is.
    monkeypatch.setattr(web.long_work, "PATIENCE_SECONDS", 60)


@pytest.fixture
def no_editor(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The editor's files were never fetched."""
    monkeypatch.setattr(editor_files, "FOLDER", tmp_path_factory.mktemp("empty"))


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The editor's files are there, whatever this machine has."""
    folder = tmp_path_factory.mktemp("installed")
    for file in ("yasqe.esm.js", "yasqe.min.css"):
        (folder / file).touch()
    monkeypatch.setattr(editor_files, "FOLDER", folder)


def click(app: AppTest, label: str) -> None:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception


def view(app: AppTest, name: str) -> dict[str, object]:
    """The chart that is drawn for a view of the result."""
    app.segmented_control[0].set_value(name).run()
    assert not app.exception
    return dict(json.loads(app.get("echarts_chart")[0].proto.spec))


@pytest.mark.usefixtures("served", "no_editor")
def test_without_the_editor_a_plain_text_field_says_so_and_answers() -> None:
    app = open_page("query")
    assert any(NO_FORM in caption.value for caption in app.caption)
    app.text_area[0].set_value(COUNTS)
    click(app, "运行")
    assert len(app.dataframe[0].value) == 47
    assert app.query_params["query"] == COUNTS
    app.text_area[0].set_value("SELECT * { ?s a <urn:nothing> }")
    click(app, "运行")
    assert "没有结果" in app.info[0].value
    app.text_area[0].set_value("SELECT * {")
    click(app, "运行")
    assert "语法错误" in app.error[0].value


@pytest.mark.usefixtures("served", "editor")
def test_query_in_the_address_is_in_the_editor_and_answered() -> None:
    app = open_page("query", query=COUNTS)
    assert drawn(app, "editor")["text"] == COUNTS
    assert list(app.dataframe[0].value.columns) == ["title", "measures"]
    assert not any(NO_FORM in caption.value for caption in app.caption)


@pytest.mark.usefixtures("served", "editor")
def test_cookbook_fills_the_editor_and_runs() -> None:
    app = open_page("query", question="document_kind_norms")
    click(app, "放进编辑器")
    text = drawn(app, "editor")["text"]
    assert "一份文件给一类主体定了什么" in text
    assert "?document" not in text.replace("?document_title", "")
    assert "# parameter" not in text
    assert "query" not in app.query_params
    assert not app.dataframe
    click(app, "放进编辑器并运行")
    assert app.query_params["query"] == text
    assert "modality" in app.dataframe[0].value


@pytest.mark.usefixtures("served", "editor")
def test_question_without_its_parameter_cannot_be_put_into_the_editor() -> None:
    app = open_page("query", question="role_reasons")
    assert all(button.disabled for button in app.button if button.label.startswith("放进编辑器"))
    app.text_input[0].set_value("https://kece.example/a https://kece.example/b").run()
    click(app, "放进编辑器")
    assert "<https://kece.example/a> <https://kece.example/b>" in drawn(app, "editor")["text"]
    app.text_input[0].set_value("no|iri").run()
    click(app, "放进编辑器")
    assert "参数“statements”的值" in app.error[0].value


@pytest.mark.usefixtures("served", "editor")
def test_all_questions_are_listed_by_group_with_links() -> None:
    listed = [link for data in drawn_all(open_page("query"), "links") for link in data["links"]]
    names = [link["destination"]["parameters"]["question"] for link in listed]
    assert len(names) == len(set(names)) > 60
    assert names.index("documents") < names.index("actor_duties") < names.index("role_reasons")


@pytest.mark.usefixtures("served", "editor")
def test_result_is_drawn_as_the_charts_its_columns_allow() -> None:
    app = open_page("query", query=fill_question("topic_years"))
    assert app.segmented_control[0].options == ["表格", "条形图", "折线图", "时间线"]
    assert view(app, "条形图")["series"][0]["type"] == "bar"  # type: ignore[index]
    lines = view(app, "折线图")
    assert lines["xAxis"]["data"] == sorted(lines["xAxis"]["data"])  # type: ignore[index]
    app = open_page("query", query=fill_question("partners"))
    assert view(app, "关系网")["series"][0]["type"] == "graph"  # type: ignore[index]


@pytest.mark.usefixtures("served", "editor")
def test_truth_and_graph_are_shown() -> None:
    assert open_page("query", query="ASK { ?d a kp:PolicyDocument }").info[0].value == "成立"
    app = open_page("query", query="CONSTRUCT { ?a kp:partner ?b } WHERE { ?a kp:partner ?b } LIMIT 9")
    assert "kp:partner" in app.code[0].value
    assert len(view(app, "关系网")["series"][0]["links"]) == 9  # type: ignore[index]
    app = open_page("query", query="CONSTRUCT { ?a a kp:Thing } WHERE { ?a a kp:Thing }")
    assert "没有一条三元组" in app.info[0].value


@pytest.mark.usefixtures("served", "editor")
def test_statements_lead_to_their_words_and_names_are_short() -> None:
    app = open_page("query", query="SELECT ?n ?c { ?n a ?c , kp:Prohibition FILTER(?c = kp:Prohibition) } LIMIT 3")
    frame = app.dataframe[0].value
    assert set(frame["c"]) == {"kp:Prohibition"}
    assert all(address.startswith("document?document=") and "&start=" in address for address in frame["原文"])


@pytest.mark.usefixtures("served", "editor")
def test_search_leads_to_its_query_which_finds_the_same() -> None:
    app = open_page("search", q="科普经费", modality="prohibition", level="national")
    quotes = [card["text"] for card in drawn(app, "cards")["cards"]]
    link = drawn_all(app, "links")[-1]["links"][0]
    assert link["label"] == "看这一结果的 SPARQL"
    frame = open_page("query", query=link["destination"]["parameters"]["query"]).dataframe[0].value
    assert quotes == list(frame["text"])


@pytest.mark.usefixtures("served", "editor")
def test_document_leads_to_the_query_of_its_statements() -> None:
    app = open_page("document", document="4510761917c72c05")
    links = dict(drawn(app, "reader")["head"]["links"])
    query = links["看这份文件的举措和规范的 SPARQL"]["parameters"]["query"]
    frame = open_page("query", query=query).dataframe[0].value
    assert (frame["kind"] == "measure").sum() == 139


@pytest.mark.usefixtures("served", "editor")
def test_organization_leads_to_the_query_behind_it() -> None:
    app = open_page("organizations", name="中国物理学会")
    link = next(link for drawing in drawn_all(app, "links") for link in drawing["links"] if "SPARQL" in link["label"])
    sparql = link["destination"]["parameters"]["query"]
    assert app.code[0].value == sparql.rstrip() and "<parameter:" not in sparql
    page = open_page("query", query=sparql)
    assert len(page.dataframe[0].value) > 100


def test_vocabulary_and_prefixes_are_completed_offline() -> None:
    names = {term["name"]: term["label"] for term in completions()}
    assert names["kp:Measure"] == "举措"
    assert names["actor-kind:全国学会"] == "全国学会"
    assert {"kp:deadline", "oa:exact", "dcterms:title", "skos:broader", "eli:"} <= names.keys()
    assert not any("://" in name for name in names)
