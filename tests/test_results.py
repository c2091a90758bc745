"""Results as tables, charts and files: kinds of columns, sums, arrows, times, and what a workbook holds."""

from __future__ import annotations

import io

from openpyxl import load_workbook
from pyoxigraph import Literal, NamedNode, QuerySolutions, Store, Triple

from kg.namespaces import KP, XSD
from kg.table import table_csv, table_workbook
from web.query_results import as_file
from web.result_charts import MOST_BARS, bars, lines, network, possible_charts, timeline
from web.result_table import Kind, ResultTable, original_address, short_iri, table_of, table_of_triples


def table(variables: str, *rows: str) -> ResultTable:
    query = f"PREFIX xsd: <{XSD}> SELECT {variables} {{ VALUES ({variables}) {{ {' '.join(rows)} }} }}"
    result = Store().query(query)
    assert isinstance(result, QuerySolutions)
    return table_of(result)


TOPICS = table("?topic ?year ?number", '("甲" 2020 1)', '("甲" 2021 2)', '("乙" 2021 5)', '("乙" UNDEF 7)')


def test_columns_know_what_their_values_are() -> None:
    found = table(
        "?iri ?text ?number ?day ?mixed ?none",
        '(<urn:a> "a"@zh 1.5 "2020-01-02"^^xsd:date 1 UNDEF)',
        '(<urn:b> "b" 2 UNDEF "x" UNDEF)',
    )
    assert [column.kind for column in found.columns] == [
        Kind.IRI,
        Kind.TEXT,
        Kind.NUMBER,
        Kind.DATE,
        Kind.TEXT,
        Kind.TEXT,
    ]
    assert found.rows()[1] == ["urn:b", "b", 2, None, "x", None]
    assert TOPICS.column("year").kind is Kind.YEAR


def test_charts_are_offered_where_the_columns_allow() -> None:
    assert possible_charts(TOPICS) == ["条形图", "折线图", "时间线"]
    assert possible_charts(table("?a ?b", '("x" <urn:y>)')) == ["关系网"]
    assert possible_charts(table("?a", "(1)")) == []


def test_bars_add_up_and_show_the_largest_on_top() -> None:
    option = bars(TOPICS, "topic", "number").option
    assert option["yAxis"]["data"] == ["甲", "乙"]  # drawn from below
    assert option["series"][0]["data"] == [3, 12]


def test_bars_left_out_are_counted() -> None:
    many = table("?name ?number", *(f'("{number}" {number})' for number in range(MOST_BARS + 2)))
    chart = bars(many, "name", "number")
    assert len(chart.option["series"][0]["data"]) == MOST_BARS
    assert f"共 {MOST_BARS + 2} 项" in chart.note


def test_lines_have_a_value_for_each_time_and_none_where_there_is_nothing() -> None:
    option = lines(TOPICS, "year", "number", "topic").option
    assert option["xAxis"]["data"] == ["2020", "2021"]
    assert {line["name"]: line["data"] for line in option["series"]} == {"乙": [None, 5], "甲": [1, 2]}
    assert lines(TOPICS, "year", "number", None).option["series"][0]["data"] == [1, 7]


def test_network_draws_each_arrow_once_between_named_nodes() -> None:
    found = table("?a ?b ?r", '("甲" "乙" "r")', '("甲" "乙" "r")', '("乙" "丙" "r")', '("丙" UNDEF "r")')
    series = network(found, "a", "b", "r").option["series"][0]
    assert [(link["source"], link["target"]) for link in series["links"]] == [("甲", "乙"), ("乙", "丙")]
    assert {node["id"]: node["value"] for node in series["data"]} == {"甲": 1, "乙": 2, "丙": 1}


def test_timeline_puts_events_of_one_day_above_each_other() -> None:
    found = table(
        "?day ?what",
        *(
            f'("{day}"^^xsd:date "{what}")'
            for day, what in [("2021-01-01", "乙"), ("2021-01-01", "甲"), ("2020-01-01", "丙")]
        ),
    )
    points = timeline(found, "day", "what").option["series"][0]["data"]
    assert [point["value"] for point in points] == [["2020-01-01", 1], ["2021-01-01", 1], ["2021-01-01", 2]]


def test_graph_is_a_table_of_subject_predicate_object() -> None:
    triples = [Triple(NamedNode("urn:a"), NamedNode(f"{KP}partner"), Literal("b"))]
    assert table_of_triples(triples).rows() == [["urn:a", f"{KP}partner", "b"]]


def test_names_are_short_and_places_are_found() -> None:
    assert short_iri(f"{KP}Measure") == "kp:Measure"
    assert short_iri("urn:a") == "urn:a"
    base = "https://kece.example/id/document/0123456789abcdef"
    assert original_address(base) == "document?document=0123456789abcdef"
    assert original_address(f"{base}/norm/50-67") == "document?document=0123456789abcdef&start=50&end=67"
    assert original_address("https://kece.example/id/actor/学会") is None


def test_files_keep_numbers_and_leave_out_what_is_unbound() -> None:
    file = as_file(table("?text ?number", '("=1+1" 2.5)', '("b" UNDEF)'))
    sheet = load_workbook(io.BytesIO(table_workbook(file))).active
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == [
        ["text", "number"],
        ["=1+1", 2.5],
        ["b", ""],
    ]
    assert sheet["A2"].data_type == "s"
    assert table_csv(file).decode("utf-8-sig").splitlines() == ["text,number", "'=1+1,2.5", "b,"]
