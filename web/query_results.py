"""The result of a query, as page SPARQL shows it: table, charts, and files."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pyoxigraph
import streamlit as st

from kg.export import write_triples
from kg.query_pool import Answer
from kg.store import Value
from kg.table import Table, table_csv, table_workbook
from web.media_types import MEDIA_TYPES
from web.result_charts import Chart, bars, lines, network, possible_charts, timeline
from web.result_table import TRIPLE, Column, Kind, ResultTable, original_address, short_iri, table_of, table_of_triples

Content = bytes | Callable[[], bytes]

MAX_ROWS = 5000
"""Rows that are shown; the files hold all."""

ORIGINAL = "原文"
LIKELY_ENDS = (TRIPLE[0], TRIPLE[2])
TABLE, TURTLE = "表格", "Turtle"
FILE = "科策查询结果"


def show_answer(answer: Answer) -> None:
    """A truth value, a table of solutions, or a graph."""
    result = answer.result()
    if isinstance(result, pyoxigraph.QueryBoolean):
        st.info("成立" if result else "不成立")
    elif isinstance(result, list):
        show_graph(result)
    else:
        table = table_of(result)
        if not table.length:
            st.info("查询没有结果。请检查前缀、类名与图名，或先去掉一部分条件。")
            return
        draw_downloads(table, {"JSON": answer.content})
        draw_table_or_chart(table, [TABLE, *possible_charts(table)])


def show_graph(triples: list[pyoxigraph.Triple]) -> None:
    """The triples of CONSTRUCT or DESCRIBE."""
    if not triples:
        st.info("查询没有结果：没有一条三元组。请先去掉一部分条件。")
        return
    table, turtle = table_of_triples(triples), write_triples(triples, "ttl")
    draw_downloads(table, {"TTL": turtle})
    if draw_table_or_chart(table, [TURTLE, TABLE, "关系网"]) == TURTLE:
        st.code(turtle.decode("utf-8"), language="turtle", wrap_lines=True)


def draw_downloads(table: ResultTable, ready: dict[str, bytes]) -> None:
    """How many rows there are, and files of all of them; those not ``ready`` are made when they are asked for."""
    line = st.container(horizontal=True, vertical_alignment="center")
    more = f"，下面只列前 {MAX_ROWS:,} 行，文件里是全部" if table.length > MAX_ROWS else ""
    line.caption(f"{table.length:,} 行{more}", width="content")
    files: dict[str, Content] = {
        "CSV": lambda: table_csv(as_file(table)),
        "XLSX": lambda: table_workbook(as_file(table)),
        **ready,
    }
    for name, content in files.items():
        ending = f".{name.lower()}"
        line.download_button(
            f"下载 {name}", content, FILE + ending, MEDIA_TYPES[ending], on_click="ignore", key=f"file_{name}"
        )


def as_file(table: ResultTable) -> Table:
    """All rows, with nothing where a variable is unbound."""
    rows = (tuple("" if value is None else value for value in row) for row in table.rows())
    return Table(FILE, tuple(table.names), tuple(rows))


def draw_table_or_chart(table: ResultTable, views: list[str]) -> str:
    """What the reader chose of ``views``, drawn save for Turtle; its name."""
    view = views[0]
    if len(views) > 1:
        view = st.segmented_control("看法", views, default=views[0], required=True, label_visibility="collapsed")
    if view == TABLE:
        draw_table(table)
    elif view != TURTLE:
        chart = chosen_chart(table, view)
        st.echarts_chart(chart.option, height=chart.height_pixels, alt=f"{view}，数据见表格")
        if chart.note:
            st.caption(chart.note)
    return view


def draw_table(table: ResultTable) -> None:
    """The first rows; names of known namespaces are short, and statements lead to their words."""
    frame = pd.DataFrame({column.name: shown_values(column) for column in table.columns})
    configuration = {column.name: st.column_config.NumberColumn(format="%d") for column in table.of_kind(Kind.YEAR)}
    places = {column.name: original_addresses(column) for column in table.of_kind(Kind.IRI)}
    placed = [name for name, addresses in places.items() if addresses]
    order = [name for name in table.names if name not in placed] + placed  # the IRIs themselves tell least
    if placed and ORIGINAL not in frame:
        frame[ORIGINAL] = places[placed[0]]
        order.insert(0, ORIGINAL)
        configuration[ORIGINAL] = st.column_config.LinkColumn(display_text="打开", width="small")
    st.dataframe(frame, hide_index=True, column_config=configuration, column_order=order)


def shown_values(column: Column) -> list[Value]:
    """The first values as they are read."""
    values = column.values[:MAX_ROWS]
    return [short_iri(value) if column.kind is Kind.IRI and isinstance(value, str) else value for value in values]


def original_addresses(column: Column) -> list[str | None] | None:
    """Where the things of a column stand in their texts; None if none of them does."""
    addresses = [original_address(value) if isinstance(value, str) else None for value in column.values[:MAX_ROWS]]
    return addresses if any(addresses) else None


def chosen_chart(table: ResultTable, view: str) -> Chart:
    """A chart of the columns that the reader chooses; those that are likely meant come first."""
    line = st.container(horizontal=True)

    def choose(title: str, columns: list[Column], taken: tuple[str, ...] = ()) -> str:
        names = [column.name for column in columns if column.name not in taken]
        return str(line.selectbox(title, names, key=f"{view}_{title}", width=220))

    def choose_or_none(title: str, columns: list[Column], taken: tuple[str, ...]) -> str | None:
        names = [column.name for column in columns if column.name not in taken]
        chosen = line.selectbox(title, ["（无）", *names], index=min(1, len(names)), key=f"{view}_{title}", width=220)
        return None if chosen == "（无）" else chosen

    labels = table.of_kind(Kind.TEXT) + table.of_kind(Kind.IRI)  # names tell more than IRIs
    numbers = table.of_kind(Kind.NUMBER)
    times = table.of_kind(Kind.YEAR) + table.of_kind(Kind.DATE)
    if view == "条形图":
        return bars(table, choose("名称", labels + times), choose("数值", numbers))
    if view == "折线图":
        time = choose("时间", times)
        return lines(table, time, choose("数值", numbers), choose_or_none("分组", labels, ()))
    if view == "时间线":
        return timeline(table, choose("时间", times), choose("名称", labels))
    ends = [table.column(name) for name in LIKELY_ENDS if name in table.names] or labels
    source = choose("起点", ends)
    target = choose("终点", ends, (source,))
    return network(table, source, target, choose_or_none("关系", labels, (source, target)))
