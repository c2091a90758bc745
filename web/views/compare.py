"""对比: two documents, or two versions of one, side by side."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from kg.document_names import NamedDocument, find_document, named_documents
from kg.questions import run_question
from kg.store import GraphStore
from web.document_comparison import (
    ComparisonView,
    comparison_view_in_address,
    document_comparison_for,
    show_document_comparison,
    show_proposals,
)
from web.links import document_key
from web.resources import KNOWLEDGE_BASE

PICKERS = {"first": "第一份文件", "second": "第二份文件"}


def show_comparison() -> None:
    """Draw the view that the address describes."""
    knowledge_base = KNOWLEDGE_BASE.get()
    documents = named_documents(knowledge_base.store)
    names = names_of(knowledge_base.store)
    view = comparison_view_in_address()
    for column, side in zip(st.columns(2), PICKERS, strict=True):
        with column:
            draw_picker(side, view, names, documents)
    # Only now, so that what is said of a wrong name stands below the lists in which to choose another one.
    view = replace(view, first=key_of(documents, view.first), second=key_of(documents, view.second))
    if view.first and view.second:
        generation = str(knowledge_base.folder)
        show_document_comparison(view, document_comparison_for(view.first, view.second, view.reading, generation))
    else:
        show_proposals(knowledge_base, names)


def key_of(documents: Sequence[NamedDocument], name: str) -> str:
    """The key of the document with this name, "" for none; raises as ``find_document``."""
    return document_key(find_document(documents, name).iri) if name else ""


def names_of(store: GraphStore) -> dict[str, str]:
    """Titles by the documents' keys; those of one title are told apart by their date, else by their key."""
    rows = {document_key(str(row["iri"])): row for row in run_question(store, "documents")}
    counts = Counter(str(row["title"]) for row in rows.values())
    return {
        key: f"{row['title']}（{row['issued'] or key}）" if counts[str(row["title"])] > 1 else str(row["title"])
        for key, row in rows.items()
    }


def draw_picker(side: str, view: ComparisonView, names: Mapping[str, str], documents: Sequence[NamedDocument]) -> None:
    """The list of documents for one side; choosing one changes the address."""
    widget = f"picked_{side}"

    def choose() -> None:
        st.query_params.from_dict(view.picked(side, st.session_state[widget] or "").destination["parameters"])

    # The address decides, not what the widget remembers.
    called = [document for document in documents if document.is_called(getattr(view, side))]
    st.session_state[widget] = document_key(called[0].iri) if len(called) == 1 else None
    st.selectbox(
        PICKERS[side],
        list(names),
        index=None,
        format_func=lambda key: names[key],
        key=widget,
        on_change=choose,
        placeholder="选择文件",
        filter_mode="contains",
    )


show_comparison()
