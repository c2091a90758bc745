"""SPARQL: an editor, a cookbook of questions to fill it, and the result of the query that the address holds."""

from dataclasses import dataclass
from functools import partial

import streamlit as st

from embeddings.sparql import answer_query
from kg.export import READABLE_FORMATS
from kg.query_pool import Answer, Query
from web.components.editor import draw_editor
from web.cookbook import KEY as QUESTION
from web.cookbook import draw_contents, draw_cookbook
from web.editor.files import is_installed
from web.long_work import Progress, forget, result_of
from web.query_results import show_answer
from web.resources import KNOWLEDGE_BASE, QUERY_POOL

EXAMPLE = """# 每份文件各有多少条举措
SELECT ?title (COUNT(DISTINCT ?measure) AS ?measures) WHERE {
  GRAPH ?graph { ?document a kp:PolicyDocument ; dcterms:title ?title . ?measure a kp:Measure . }
}
GROUP BY ?title ORDER BY DESC(?measures)
"""

HELP = (
    "常用前缀（kp、dcterms、skos、oa 等）不必声明；输入两个字母或中文即有提示（也可按 Ctrl+空格），Ctrl+Enter 运行。"
    "语义检索写 SERVICE kp:search，相近程度写 kp:similarity。"
    "运行之后，网址就是这条查询，可以发给别人。程序请用 /sparql。"
)

NO_EDITOR = (
    "这台机器没有装 SPARQL 编辑器（安装时没有 npm，或没有取到软件包），这里是普通文本框，没有提示和语法检查。"
    "装好 npm 之后再运行 make run，即可换成编辑器。"
)


@dataclass
class QueryView:
    """What the page shows: the text in the editor, and the query whose result is shown ("": none yet).

    ``given`` counts the texts that were put into the editor, which keeps what is typed as long as it stays.
    """

    text: str = EXAMPLE
    given: int = 0
    asked: str = ""

    @property
    def work(self) -> tuple[str, str, str]:
        """What stands for answering what is asked."""
        return ("query", str(KNOWLEDGE_BASE.get().folder), self.asked)

    def put(self, text: str) -> None:
        """Put a text into the editor."""
        self.text, self.given = text, self.given + 1

    def ask(self, query: str) -> None:
        """Show the result of a query; the address holds it from now on."""
        self.asked = self.text = query
        forget(self.work)  # whoever presses the button again wants it done again
        st.query_params.from_dict({"query": query})


def show_query() -> None:
    """Draw the query that the address holds, its result, and the cookbook."""
    view = view_in_address()
    editor, recipes = st.columns([1.7, 1], gap="medium")
    with recipes:
        chosen = draw_cookbook()
    if chosen:
        query, at_once = chosen
        view.put(query)
        if at_once:
            view.ask(query)
    with editor:
        run = draw_editor(view.text, view.given) if is_installed() else draw_text_area(view)
        st.caption(HELP)
    if run is not None:
        view.ask(run)
    if view.asked:
        answer = result_of(view.work, "查询", partial(answer_to, view.asked))
        if answer is not None:
            show_answer(answer)
    st.subheader("全部问题", anchor=False)
    draw_contents()


def view_in_address() -> QueryView:
    """What this session shows, led by the address where that has changed."""
    view: QueryView = st.session_state.setdefault("query_view", QueryView())
    asked, question = st.query_params.get("query", ""), st.query_params.get("question", "")
    if asked != view.asked:
        view.asked = asked
        view.put(asked or EXAMPLE)
    if question and st.session_state.get("question_in_address") != question:
        st.session_state[QUESTION] = question
    st.session_state["question_in_address"] = question
    return view


def draw_text_area(view: QueryView) -> str | None:
    """A plain text field, where the editor is not installed; the query, once its reader runs it."""
    st.caption(NO_EDITOR)
    with st.form("query", border=False):
        query = st.text_area("SPARQL 查询", view.text, key=f"query_{view.given}", height=320)
        return query if st.form_submit_button("运行", type="primary") else None


def answer_to(query: str, progress: Progress) -> Answer:
    """The answer to a query of a page."""
    return answer_query(QUERY_POOL, KNOWLEDGE_BASE.get(), Query(query, READABLE_FORMATS), "pages", progress.cancelled)


show_query()
