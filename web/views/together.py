"""写在一起: the measures and norms that name two actors."""

import streamlit as st

from kg.labels import KINDS
from kg.namespaces import Iris
from kg.questions import Row, fill_question, run_question
from web.components.cards import Card, draw_cards
from web.components.links import draw_links
from web.links import destination, document_key, place_destination
from web.markdown import plain
from web.query_links import draw_query_link
from web.resources import KNOWLEDGE_BASE
from web.statement_card import statement_links

MAX_STATEMENTS = 200


def show_together() -> None:
    """Draw the statements that name the two actors in the address."""
    first, second = (st.query_params.get(name, "").strip() for name in ("first", "second"))
    if not first or not second:
        st.info("这里列出同时写到两个主体的举措和规范。请从“概览”的“谁与谁写在一起”点条数进入。")
        draw_links({"去概览": destination("overview", {})}, key="to_overview")
        return
    knowledge_base = KNOWLEDGE_BASE.get()
    store, iris = knowledge_base.store, Iris(knowledge_base.settings.base_iri)
    actors = {"first_actor": iris.actor(first).value, "second_actor": iris.actor(second).value}
    found = run_question(store, "shared_statements", **actors)
    st.subheader(plain(f"同时写到“{first}”和“{second}”的陈述（{len(found)}）"), anchor=False)
    if not found:
        st.info("没有哪条举措或规范的原文同时写到它们。请核对名称，或从“概览”进入。")
        return
    statements = run_question(
        store, "statements_in_full", statements=[str(row["iri"]) for row in found[:MAX_STATEMENTS]]
    )
    statements.sort(key=lambda row: (str(row["document_title"]), int(str(row["start"]))))
    if len(found) > MAX_STATEMENTS:
        st.caption(f"只列 {MAX_STATEMENTS} 条。")
    draw_cards([statement_card(rank, row) for rank, row in enumerate(statements, start=1)], key="cards")
    draw_query_link(fill_question("shared_statements", **actors))


def statement_card(rank: int, row: Row) -> Card:
    """A row of ``statements_in_full`` as shown."""
    iri = str(row["iri"])
    kind = iri.rsplit("/", 2)[1]
    return Card(
        rank=rank,
        tone=kind,
        badge=KINDS[kind],
        source=f"《{row['document_title']}》 {row['place']}",
        text=str(row["text"]),
        destination=place_destination(document_key(str(row["document"])), int(str(row["start"])), int(str(row["end"]))),
        links=statement_links(iri),
    )


show_together()
