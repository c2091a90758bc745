"""Pages 概览, 文档 and 写在一起 without a browser, and the figures behind them over small real texts."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from kg.citation_counts import citation_counts
from kg.document_counts import document_counts, untouched
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.named_together import actor_label, pairs_named_together
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.store import GraphStore
from kg.types import Source, Span
from tests.conftest import STATUTE_TEXT
from tests.factories import DATED_TEXT
from tests.test_pages import alone, dated, drawn_all, not_built, open_page, served

__all__ = ["alone", "dated", "not_built", "served"]
IRIS = Iris("https://kece.example/")


def store_of(*texts: str) -> GraphStore:
    documents = [parse_document(Source(name="text.txt", text=text)) for text in texts]
    quads = [quad for document in documents for quad in document_quads(document, extract_statements(document), IRIS)]
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *quads])


def table_of(app: AppTest, title: str) -> dict[str, Any]:
    return next(data for data in drawn_all(app, "table") if data["title"] == title)


def column(table: dict[str, Any], name: str) -> list[Any]:
    return [row[table["header"].index(name)]["value"] for row in table["rows"]]


def destinations(table: dict[str, Any], name: str) -> list[Any]:
    return [row[table["header"].index(name)]["destination"] for row in table["rows"]]


def test_counts_of_a_document_are_those_of_its_statements() -> None:
    (counted,) = document_counts(store_of(STATUTE_TEXT))
    assert counted.title == "某省科学普及条例"
    counts = counted.counts
    assert (counts["obligation"], counts["prohibition"], counts["permission"]) == (1, 1, 1)
    assert counts["silent"] == 0 or counts["silent"] < counts["provisions"]


def test_spans_without_a_common_character_are_untouched() -> None:
    others = [Span(2, 5), Span(3, 4), Span(9, 10)]
    assert untouched([Span(0, 2), Span(4, 6), Span(5, 9), Span(9, 10), Span(10, 12)], others) == 3
    assert untouched([Span(0, 3)], []) == 1


def test_actors_of_one_statement_are_named_together_once() -> None:
    store = store_of(
        "关于加强合作的意见\n高等学校应当与民营企业、科研机构联合培养人才。\n高等学校应当向民营企业开放设备。\n"
    )
    pairs = {frozenset(pair.labels): pair for pair in pairs_named_together(store, 10)}
    assert pairs[frozenset(("高等学校", "民营企业"))].documents == 1
    assert pairs[frozenset(("高等学校", "民营企业"))].statements > pairs[frozenset(("高等学校", "科研机构"))].statements
    assert len(pairs_named_together(store, 1)) == 1


def test_label_of_an_actor_is_read_back_from_its_iri() -> None:
    label = "“双一流”高校 A/B（100%）"
    assert actor_label(IRIS.actor(label).value) == label


def test_documents_without_citations_of_each_other_have_no_citation_counts() -> None:
    assert citation_counts(store_of(STATUTE_TEXT, DATED_TEXT)) == ()


@pytest.mark.usefixtures("served")
def test_overview_draws_every_section_with_links_and_files() -> None:
    app = open_page("overview")
    assert not app.error
    titles = [data["title"] for data in drawn_all(app, "table")]
    assert len(titles) == 11 == len(set(titles))
    years = table_of(app, "各年份的文件")
    assert column(years, "年份") == sorted(column(years, "年份"))
    assert destinations(years, "年份")[0]["path"] == "documents"
    duties = table_of(app, "承担义务最多的主体")
    totals = column(duties, "合计")
    assert totals == sorted(totals, reverse=True)
    assert destinations(duties, "义务")[1]["parameters"]["modality"] == "obligation"
    downloads = [button.label for button in app.get("download_button")]
    assert downloads.count("下载 CSV") == downloads.count("下载 XLSX") == 11


@pytest.mark.usefixtures("served")
def test_shares_of_instruments_add_up_and_sides_stand_together() -> None:
    table = table_of(open_page("overview"), "政策工具构成")
    assert sum(column(table, "占比（%）")) == pytest.approx(100, abs=1)
    sides = column(table, "大类")
    assert list(dict.fromkeys(sides)) == ["供给型", "环境型", "需求型"]
    assert sides == sorted(sides, key=["供给型", "环境型", "需求型"].index)
    by_document = table_of(open_page("overview"), "各文件的政策工具构成")
    assert sum(column(by_document, "合计")) == sum(column(table, "举措"))


@pytest.mark.usefixtures("dated")
def test_deadlines_come_by_day_and_lead_to_their_words() -> None:
    table = table_of(open_page("overview"), "期限")
    assert column(table, "最后一日") == ["2025-06-30", "2025-09-15", "2026-12-31"]
    place = destinations(table, "期限")[0]["parameters"]
    assert DATED_TEXT[int(place["start"]) : int(place["end"])] in column(table, "期限")[0]


@pytest.mark.usefixtures("alone")
def test_overview_of_a_single_text_says_what_it_has_not() -> None:
    app = open_page("overview")
    assert not app.error
    assert any("没有这一项" in info.value for info in app.info)


@pytest.mark.usefixtures("served")
def test_pair_leads_to_as_many_statements_as_were_counted() -> None:
    pairs = table_of(open_page("overview"), "谁与谁写在一起")
    row = next(index for index, number in enumerate(column(pairs, "陈述")) if number <= 60)
    parameters = destinations(pairs, "陈述")[row]["parameters"]
    app = open_page("together", **parameters)
    (cards,) = drawn_all(app, "cards")
    assert len(cards["cards"]) == column(pairs, "陈述")[row]
    assert all(name in card["text"] for card in cards["cards"][:3] for name in parameters.values())


@pytest.mark.usefixtures("served")
def test_actors_never_named_together_are_said_to_be_so() -> None:
    assert "没有哪条" in open_page("together", first="甲", second="乙").info[0].value
    assert "概览" in open_page("together").info[0].value


@pytest.mark.usefixtures("served")
def test_documents_lists_all_with_totals_and_a_coding_table() -> None:
    app = open_page("documents")
    documents, coding = table_of(app, "收录的文件"), table_of(app, "编码表")
    totals = {metric.label: int(metric.value.replace(",", "")) for metric in app.metric}
    assert totals["文件"] == len(documents["rows"])
    assert totals["举措"] == sum(column(documents, "举措"))
    assert column(coding, "编号")[0].startswith("1-")
    assert len(coding["rows"]) == 20


@pytest.mark.usefixtures("served")
def test_documents_are_filtered_and_coded_as_the_address_says() -> None:
    whole = table_of(open_page("documents"), "收录的文件")
    key = destinations(whole, "文件")[5]["parameters"]["document"]
    app = open_page("documents", document_kind="法律", document=[key])
    kept = table_of(app, "收录的文件")
    assert set(column(kept, "文种")) == {"法律"}
    assert 0 < len(kept["rows"]) < len(whole["rows"])
    coding = table_of(app, "编码表")
    assert set(column(coding, "文件")) == {column(whole, "文件")[5]}
    assert column(coding, "编号")[0].startswith("6-")


@pytest.mark.usefixtures("served")
def test_filters_that_leave_no_document_say_so() -> None:
    app = open_page("documents", year="1066")
    assert "没有符合筛选的文件" in app.info[0].value
    assert not app.error
