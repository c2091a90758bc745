"""关于: what is in the knowledge base, where it comes from, and what the words mean."""

import pandas as pd
import streamlit as st

from kg.questions import run_question
from kg.store import GraphStore
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

PROGRAMS = """
- `/sparql`：SPARQL 1.1 查询（GET 或 POST），结果可以是 JSON、XML、CSV、TSV、Turtle、N-Triples。
- `/api/search?q=…&limit=…`：检索，返回 JSON。
- `/api/organizations/measures?name=…&describe=…`：与某机构有关的举措与规范，返回 JSON。
  可加 kind、level、region、field（改正对它的判断）、role、limit。
- `/api/organizations/compare?name=…&other=…`：与两个机构都有关、只与其中一个有关的，返回 JSON。
- `/api/organizations/concerned?iri=…`：一条举措或规范涉及哪些机构类别，返回 JSON。
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
    """Draw the counts, the sources, the definitions and the interfaces."""
    knowledge_base = KNOWLEDGE_BASE.get()
    counts = knowledge_base.manifest["counts"]
    st.header("知识库")
    line = st.container(horizontal=True, gap="large")
    for name, label in COUNTS.items():
        line.metric(label, f"{counts[name]:,}", width="content")
    st.caption(f"检索模型：{knowledge_base.manifest['model']}")
    st.header("定义")
    st.markdown(DEFINITIONS)
    st.header("来源与许可")
    st.dataframe(source_table(knowledge_base.store), hide_index=True)
    st.header("供程序使用")
    st.markdown(PROGRAMS)


def source_table(store: GraphStore) -> pd.DataFrame:
    """Every document with its origin and licence."""
    documents = run_question(store, "documents")
    facts = [run_question(store, "document", document=str(row["iri"]))[0] for row in documents]
    return pd.DataFrame([{title: row[name] or "" for name, title in SOURCE_COLUMNS.items()} for row in facts])


show_about()
