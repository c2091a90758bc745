"""原文: a whole document with its outline and its statements, opened where the address says."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import streamlit as st

from kg.errors import InputError, NotFoundError
from kg.labels import MODALITIES
from kg.questions import fill_question, run_question
from kg.store import GraphStore
from kg.types import Level
from web.components.cards import Card, draw_cards
from web.components.reader import OutlineEntry, Place, TextMark, draw_reader
from web.labels import KINDS
from web.links import destination, document_key, place_destination
from web.query_links import draw_query_link
from web.resources import KNOWLEDGE_BASE

Row = Mapping[str, Any]

# Levels that have a number or heading to be found by.
OUTLINE_LEVELS = {
    Level.PART,
    Level.CHAPTER,
    Level.SECTION,
    Level.ARTICLE,
    Level.HEADING_1,
    Level.HEADING_2,
    Level.HEADING_3,
    Level.HEADING_4,
}


def show_document() -> None:
    """Draw the view that the address describes."""
    store = KNOWLEDGE_BASE.get().store
    documents: dict[str, Row] = {document_key(str(row["iri"])): row for row in run_question(store, "documents")}
    key = st.query_params.get("document", "")
    draw_picker(documents, key)
    if not key:
        draw_catalogue(documents)
        return
    if key not in documents:
        raise NotFoundError(f"知识库里没有编号为“{key}”的文件。请从上面的列表里选择。")
    iri = documents[key]["iri"]
    facts: Row = run_question(store, "document", document=iri)[0]
    text = facts["text"]
    st.text(describe(facts))
    draw_query_link(fill_question("document_statements", document=str(iri)), "看这份文件的举措和规范的 SPARQL")
    draw_reader(text, outline_of(store, iri), marks_of(store, iri), linked_place(len(text)), key="reader")


def draw_picker(documents: Mapping[str, Row], key: str) -> None:
    """The list of documents; choosing one opens its address."""
    # The address decides, not what the widget remembers from an earlier document.
    st.session_state["picked"] = key if key in documents else None
    st.selectbox(
        "文件",
        list(documents),
        index=None,
        format_func=lambda option: documents[option]["title"],
        key="picked",
        on_change=open_picked,
        placeholder="选择文件",
        label_visibility="collapsed",
        filter_mode="contains",
    )


def open_picked() -> None:
    """Callback of the list."""
    picked = st.session_state["picked"]
    st.query_params.from_dict({"document": picked} if picked else {})


def draw_catalogue(documents: Mapping[str, Row]) -> None:
    """All documents, each a link."""
    cards = [
        Card(
            rank=rank,
            tone="provision",
            badge=row["kind"] or "文件",
            source=describe({**row, "kind": None}),
            text=row["title"],
            destination=destination("document", {"document": key}),
        )
        for rank, (key, row) in enumerate(documents.items(), start=1)
    ]
    draw_cards(cards, key="catalogue")


def describe(facts: Row) -> str:
    """Kind, number, issuers, dates and status in one line."""
    parts = [
        facts["kind"],
        facts["number"],
        "、".join(facts.get("issuers", [])),
        f"{facts['issued']} 发布" if facts["issued"] else None,
        f"{facts['in_force']} 施行" if facts["in_force"] else None,
        facts["status"],
    ]
    return " · ".join(part for part in parts if part)


def linked_place(length: int) -> Place | None:
    """The place in the address, if any. Raises ``InputError`` for one that the text does not have."""
    start, end = st.query_params.get("start", ""), st.query_params.get("end", "")
    if not start and not end:
        return None
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= length):
        raise InputError(f"链接里的位置“{start}–{end}”不在这份文件里（全文 {length} 字）。请检查链接的 start 与 end。")
    return Place(start=int(start), end=int(end))


def outline_of(store: GraphStore, document_iri: str) -> list[OutlineEntry]:
    """The numbered and headed provisions of a document."""
    rows: Sequence[Row] = run_question(store, "document_outline", document=document_iri)
    depths: dict[str, int] = {}
    entries = []
    for row in rows:
        listed = row["level"] in OUTLINE_LEVELS
        depths[row["iri"]] = depths.get(row["parent"], -1) + listed
        if listed:
            # 第一章 总则, but 一、总体要求
            spaced = row["heading"] and row["number"] and row["number"].startswith("第")
            label = f"{row['number']} {row['heading']}" if spaced else row["label"]
            entries.append(OutlineEntry(label, row["start"], depths[row["iri"]]))
    return entries


def marks_of(store: GraphStore, document_iri: str) -> list[TextMark]:
    """Measures, norms and actors of a document, with what is known of each."""
    key = document_key(document_iri)

    def marks(rows: Sequence[Row]) -> Iterator[TextMark]:
        for row in rows:
            kind = row.get("kind", "actor")
            place = place_destination(key, row["start"], row["end"])
            yield TextMark(kind, KINDS[kind], row["start"], row["end"], statement_facts(row), place)

    return [
        *marks(run_question(store, "document_statements", document=document_iri)),
        *marks(run_question(store, "document_actors", document=document_iri)),
    ]


def statement_facts(row: Row) -> list[tuple[str, str]]:
    """What is known of a statement, named for people."""
    facts = [
        ("名称", row.get("label")),
        ("效力", MODALITIES.get(row.get("modality") or "")),
        ("标志词", row.get("marker")),
        ("责任主体（含推断）", "、".join(row.get("agents", []))),
        ("承担者（含推断）", "、".join(row.get("bearers", []))),
        ("作用对象（含推断）", "、".join(row.get("targets", []))),
        ("期限（含推断）", "、".join(row.get("deadlines", []))),
        ("政策工具（推断）", "、".join(row.get("instruments", []))),
        ("出处", row.get("place")),
    ]
    return [(name, value) for name, value in facts if value]


show_document()
