"""关于: what is in the knowledge base, where it comes from, and what the words mean."""

import pandas as pd
import streamlit as st

from kg.questions import run_question
from kg.store import GraphStore
from web.components.table import Cell, draw_table
from web.error_rates import load_error_rates
from web.generation import built_at
from web.labels import COUNTS
from web.resources import KNOWLEDGE_BASE

DEFINITIONS = """
- **主体**：文中提到的机构、机构类别、职务或人群。
- **举措**：文件承诺或要求由某主体去做的一项具体行动。结果里显示到它最后一个目的为止。
- **规范**：带有“应当”“不得”“可以”“鼓励”一类标志词的语句，说明谁必须做、不得做、可以做或受鼓励去做什么。
- **条文**：法律的条，或其他文件中有正文的段落。

每条陈述都记着它在原文里的起止位置，显示的文字就是原文的那一段，一字不改。
抽取由程序按规则完成，会有遗漏和错误；引用之前请点开原文核对。
"""

RATED = {"actor": "主体", "measure": "举措", "role": "责任主体与作用对象", "norm": "规范", "bearer": "规范的承担者"}
"""Kinds of :mod:`web.error_rates`."""

CITING = """
- 引用原文里的一处：检索结果的“引用格式”给出文号、GB/T 7714—2015 和 BibTeX 三种写法；原文页每句话都可以复制链接和出处。
- 引用本知识库：写明“科策：科技政策知识图谱”、知识库建成的日期（{built}）和数据的地址；程序改进后重建的图谱会有变化，
  要让别人能核对，请同时保存导出的表格或[数据](dumps/)。
"""

PROGRAMS = """
- `/sparql`：SPARQL 1.1 查询（GET 或 POST），结果可以是 JSON、XML、CSV、TSV、Turtle、N-Triples。
- `/api/search?q=…&limit=…`：检索，返回 JSON。
- `/api/organizations/measures?name=…&describe=…`：与某机构有关的举措与规范，返回 JSON。
  可加 kind、level、region、field（改正对它的判断）、role、limit。
- `/api/organizations/compare?name=…&other=…`：与两个机构都有关、只与其中一个有关的，返回 JSON。
- `/api/organizations/concerned?iri=…`：一条举措或规范涉及哪些机构类别，返回 JSON。
- `/api/coding-table?document=…`：编码表，每条举措和规范一行；文件写 IRI、文号、题名或编号，可以几份，不写则为全部。
  返回 CSV，请求头写 Accept: application/json 则返回 JSON。
- `/api/documents/compare?first=…&second=…`：两份文件或两个版本逐条对比，返回 JSON。
- `/api/graph?start=…`：图谱中的邻居，给出 end 则为两者间的最短路径，返回 JSON 或 GraphML。
- `/api/suggest?q=…`：名称补全，返回 JSON。
- [`/api/openapi.json`](api/openapi.json)：以上接口的 OpenAPI 描述。
- `/healthz`：服务状态与知识库规模。
- [`/ontology`](ontology.html)：本体与概念表的说明，也有 Turtle、JSON-LD 等格式。
- `/id/…`：文件、条款、陈述、主体的 IRI 都可以打开，浏览器得到网页，程序得到数据。
- [`/dumps/`](dumps/)：下载全部数据或一份文件的数据；`/void`、`/dcat`：数据集的说明。
"""

SOURCE_COLUMNS = {
    "title": "文件",
    "kind": "种类",
    "number": "文号",
    "issued": "发布",
    "in_force": "施行",
    "status": "效力",
    "source": "来源",
    "licence": "许可",
}


def show_about() -> None:
    """Draw the counts, the definitions, the error rates, the sources, how to cite, and the interfaces."""
    knowledge_base = KNOWLEDGE_BASE.get()
    counts = knowledge_base.manifest["counts"]
    st.header("知识库")
    line = st.container(horizontal=True, gap="large")
    for name, label in COUNTS.items():
        line.metric(label, f"{counts[name]:,}", width="content")
    st.caption(f"检索模型：{knowledge_base.manifest['model']}")
    st.header("定义")
    st.markdown(DEFINITIONS)
    st.header("测得的错误率")
    show_error_rates()
    st.header("来源与许可")
    st.dataframe(source_table(knowledge_base.store), hide_index=True)
    st.header("怎样引用")
    st.markdown(CITING.format(built=built_at(knowledge_base).date().isoformat()))
    st.header("供程序使用")
    st.markdown(PROGRAMS)


def show_error_rates() -> None:
    """What was measured on documents that no rule was written against."""
    rates = load_error_rates()
    st.caption(
        f"作者先读 {rates[0].documents} 份文件的节选并标注，再与程序的结果比较；"
        "规则不针对这些文件编写，也不看它们的错误。"
        "“错的”是抽出的当中不对的比例，“漏的”是应当抽出而没有抽出的比例。"
    )
    rows = [
        [Cell(RATED[rate.kind]), Cell(f"{rate.wrong:.1%}"), Cell(f"{rate.missing:.1%}"), Cell(rate.annotated)]
        for rate in rates
    ]
    draw_table("测得的错误率", ("种类", "错的", "漏的", "标注的处数"), rows, key="error_rates")


def source_table(store: GraphStore) -> pd.DataFrame:
    """Every document with its origin and licence."""
    documents = run_question(store, "documents")
    facts = [run_question(store, "document", document=str(row["iri"]))[0] for row in documents]
    return pd.DataFrame([{title: row[name] or "" for name, title in SOURCE_COLUMNS.items()} for row in facts])


show_about()
