"""The coding table of chosen documents as files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import streamlit as st

from kg.coding_table import CodedStatement, code_documents, coding_table
from kg.document_counts import DocumentCounts
from kg.table import TABLE_FORMATS
from web.long_work import Progress, result_of
from web.media_types import MEDIA_TYPES
from web.resources import KNOWLEDGE_BASE

STATEMENTS = ("measures", "obligation", "prohibition", "permission", "encouragement")
"""What a row of the table may be, keys of ``kg.document_counts.COUNTS``."""
AT_ONCE = 3_000
"""Rows up to which a file is made when it is clicked on, in about two seconds."""
_WANTED = "coding_files"

Files = dict[str, bytes]


def draw_coding_files(documents: Sequence[DocumentCounts], generation: str) -> None:
    """The files of few rows; of many ones a button that has them made first."""
    chosen = tuple(document.iri for document in documents)
    rows = sum(document.counts[name] for document in documents for name in STATEMENTS)
    if rows <= AT_ONCE:
        offer({ending: partial(coding_file, chosen, ending) for ending in TABLE_FORMATS})
        return
    key = ("coding", generation, chosen)
    if st.session_state.get(_WANTED) != key:
        st.button(f"生成编码表文件（{rows:,} 行）", on_click=partial(st.session_state.__setitem__, _WANTED, key))
        return
    files = result_of(key, "生成编码表", partial(coding_files, chosen))
    if files is not None:
        offer(files)


def offer(files: Mapping[str, bytes | Callable[[], bytes]]) -> None:
    """A button for each file, by its ending."""
    line = st.container(horizontal=True)
    for ending, content in files.items():
        line.download_button(
            f"下载编码表 {ending[1:].upper()}",
            content,
            f"科策编码表{ending}",
            MEDIA_TYPES[ending],
            on_click="ignore",
        )


def coding_file(documents: Sequence[str], ending: str) -> bytes:
    """The coding table of the documents (IRIs) in the format of ``ending``."""
    return TABLE_FORMATS[ending](coding_table(tuple(code_documents(KNOWLEDGE_BASE.get().store, documents))))


def coding_files(documents: Sequence[str], progress: Progress) -> Files:
    """The coding table in all formats; progress is told by document, then by file."""
    coded: list[CodedStatement] = []
    begun: set[str] = set()
    steps = len(documents) + len(TABLE_FORMATS)
    for statement in code_documents(KNOWLEDGE_BASE.get().store, documents):
        if statement.document_iri not in begun:
            progress.tell(len(begun), steps)
            begun.add(statement.document_iri)
        coded.append(statement)
    table = coding_table(coded)
    files = {}
    for number, (ending, write) in enumerate(TABLE_FORMATS.items()):
        progress.tell(len(documents) + number, steps)
        files[ending] = write(table)
    return files
