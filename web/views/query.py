"""SPARQL: a query over the graph, its result as a table, and the same as a file."""

from itertools import islice

import pandas as pd
import pyoxigraph
import streamlit as st

from embeddings.sparql import answer_query
from kg.export import READABLE_FORMATS, write_triples
from kg.query_pool import Query
from kg.spreadsheet import csv_bytes
from kg.store import rows
from web.resources import KNOWLEDGE_BASE, QUERY_POOL

MAX_ROWS = 5000  # shown and exported here; programs that want more ask /sparql

EXAMPLE = """# 每份文件各有多少条举措
SELECT ?title (COUNT(DISTINCT ?measure) AS ?measures) WHERE {
  GRAPH ?graph { ?document a kp:PolicyDocument ; dcterms:title ?title . ?measure a kp:Measure . }
}
GROUP BY ?title ORDER BY DESC(?measures)
"""


def show_query() -> None:
    """Draw the query that the address holds, and its result once it is run."""
    with st.form("query", border=False):
        query = st.text_area("SPARQL 查询", EXAMPLE, key="query", bind="query-params", height=240)
        asked = st.form_submit_button("运行", type="primary")
    st.caption("常用前缀（kp、dcterms、skos、oa 等）不必声明。程序请用 /sparql。")
    if asked:
        asked_for = Query(query, READABLE_FORMATS)
        show_result(answer_query(QUERY_POOL, KNOWLEDGE_BASE.get(), asked_for, client="pages").result())


def show_result(result: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | list[pyoxigraph.Triple]) -> None:
    """A table of solutions, a truth value, or Turtle."""
    if isinstance(result, pyoxigraph.QueryBoolean):
        st.info("成立" if result else "不成立")
    elif isinstance(result, list):
        turtle = write_triples(result, "ttl")
        st.download_button("下载 Turtle", turtle, "科策图谱.ttl", "text/turtle", on_click="ignore")
        st.code(turtle.decode("utf-8"), language="turtle", wrap_lines=True)
    else:
        show_solutions(result)


def show_solutions(result: pyoxigraph.QuerySolutions) -> None:
    """The first rows as a table and as CSV."""
    names = [variable.value for variable in result.variables]
    table = [list(row.values()) for row in islice(rows(result), MAX_ROWS + 1)]
    if not table:
        st.info("查询没有结果。请检查前缀、类名与图名，或先去掉一部分条件。")
        return
    more = f"，只列前 {MAX_ROWS} 行" if len(table) > MAX_ROWS else ""
    shown = table[:MAX_ROWS]
    st.caption(f"{len(shown)} 行{more}")
    st.dataframe(pd.DataFrame(shown, columns=names), hide_index=True)
    st.download_button("下载 CSV", csv_bytes(names, shown), "科策查询结果.csv", "text/csv", on_click="ignore")


show_query()
