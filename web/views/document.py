"""原文: a whole document with its outline and what the graph knows of it, opened where the address says."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import streamlit as st

from kg.errors import InputError, NotFoundError
from kg.questions import run_question
from web.components.box import draw_box
from web.components.cards import Card, draw_cards
from web.components.reader import Place, draw_reader
from web.generation import OfGeneration
from web.links import destination, document_key
from web.reading import reading_of
from web.resources import KNOWLEDGE_BASE

Row = Mapping[str, Any]

DOCUMENTS: OfGeneration[dict[str, Row]] = OfGeneration(
    lambda knowledge_base: {
        document_key(str(row["iri"])): row for row in run_question(knowledge_base.store, "documents")
    }
)
"""All documents by key, rows of question ``documents``."""
FEW = 12
"""Documents that are listed without groups."""
NO_KIND = "其他文件"


def show_document() -> None:
    """Draw the view that the address describes."""
    knowledge_base = KNOWLEDGE_BASE.get()
    documents = DOCUMENTS.get(knowledge_base)
    key = st.query_params.get("document", "")
    if not key:
        draw_catalogue(documents, st.query_params.get("title", "").strip())
        return
    draw_picker(documents, key)
    if key not in documents:
        raise NotFoundError(f"知识库里没有编号为“{key}”的文件。请从上面的列表里选择。")
    reading = reading_of(documents[key]["iri"], str(knowledge_base.folder))
    hidden = [kind for kind in reading.kinds if kind in st.query_params.get_all("hide")]
    draw_reader(replace(reading, hidden=hidden, target=linked_place(len(reading.text))), key="reader")


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


def draw_catalogue(documents: Mapping[str, Row], wanted: str) -> None:
    """The documents whose title or number holds all words of ``wanted``, each a link, by kind where they are many."""
    draw_box(
        wanted,
        label="题名或文号",
        placeholder="输入题名或文号里的词，按回车筛选",
        address=lambda typed: destination("document", {"title": typed}),
    )
    found = {key: row for key, row in documents.items() if holds(row, wanted.split())}
    if not found:
        st.info("没有题名或文号含有这些词的文件。请换一个词，或清空上面的框看全部文件。")
        return
    st.caption(f"{len(found)} 份文件" if len(found) == len(documents) else f"{len(documents)} 份中的 {len(found)} 份")
    if len(found) <= FEW:
        draw_documents(found, key="catalogue")
        return
    by_kind = sorted(found, key=lambda key: found[key]["kind"] or NO_KIND)
    groups = [(kind, list(keys)) for kind, keys in groupby(by_kind, key=lambda key: found[key]["kind"] or NO_KIND)]
    for kind, keys in sorted(groups, key=lambda group: -len(group[1])):
        st.subheader(f"{kind}（{len(keys)}）", anchor=False)
        draw_documents({key: found[key] for key in keys}, key=f"catalogue_{kind}")


def holds(row: Row, words: Sequence[str]) -> bool:
    """Whether a document's title and number hold all the words."""
    return all(word in f"{row['title']} {row['number'] or ''}" for word in words)


def draw_documents(documents: Mapping[str, Row], key: str) -> None:
    """Documents as cards, each a link to its text."""
    cards = [
        Card(
            rank=rank,
            tone="provision",
            badge=row["kind"] or "文件",
            source=describe(row),
            text=row["title"],
            destination=destination("document", {"document": document}),
        )
        for rank, (document, row) in enumerate(documents.items(), start=1)
    ]
    draw_cards(cards, key=key)


def describe(row: Row) -> str:
    """Number, dates and status in one line."""
    parts = [
        row["number"],
        f"{row['issued']} 发布" if row["issued"] else None,
        f"{row['in_force']} 施行" if row["in_force"] else None,
        row["status"],
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


show_document()
