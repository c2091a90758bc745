"""相近表述: a statement and the nearest ones of other documents, side by side."""

import streamlit as st

from embeddings.similar import SimilarStatement, Statement
from kg.labels import KINDS
from kg.questions import fill_question
from web.components.cards import draw_cards
from web.components.comparison import AspectRow, Comparison, Quote, draw_comparisons
from web.components.links import draw_links
from web.links import destination, document_key, place_destination
from web.query_links import draw_query_link
from web.resources import KNOWLEDGE_BASE
from web.statement_card import statement_card

MAX_SIMILAR = 10


def show_similar() -> None:
    """Draw the view that the address describes."""
    st.subheader("相近表述", anchor=False)
    iri = st.query_params.get("iri", "").strip()
    if not iri:
        st.info("这里比较一条举措或规范与别的文件里的相近表述。请从检索结果里点“相近表述”进入。")
        draw_links({"去检索": destination("search", {})}, key="to_search")
        return
    searcher = KNOWLEDGE_BASE.get().searcher
    statement = searcher.statement(iri)
    st.caption("比较的是这一条")
    draw_cards([statement_card(statement)], key="statement")
    found = searcher.similar(iri, limit=MAX_SIMILAR)
    if not found:
        st.info("别的文件里没有找到相近的表述。知识库收录了哪些文件，见“原文”页。")
        return
    st.caption(f"别的文件里最相近的 {len(found)} 条。标出的是两边共有的词语；接近度看意思远近，只能在这一页里比较。")
    draw_comparisons([comparison(statement, other) for other in found], key="comparisons")
    draw_query_link(fill_question("similar_statements", statement=iri), "看意思最近的十条的 SPARQL")


def comparison(statement: Statement, other: SimilarStatement) -> Comparison:
    """The statement asked about beside another one."""
    return Comparison(
        rank=other.rank,
        tone=other.kind,
        badge=KINDS[other.kind],
        source=f"《{other.document}》 {other.place}",
        remark=f"接近度 {other.closeness:.2f}",
        here=Quote(statement.text, other.marks_here),
        there=Quote(
            other.text,
            other.marks,
            place_destination(document_key(other.document_iri), other.start, other.end),
        ),
        aspects=[AspectRow(aspect.name, aspect.here, aspect.there) for aspect in other.aspects],
    )


show_similar()
