"""Sections of a page that are a table: heading, what it means, the table, and the same as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from kg.questions import fill_question
from kg.table import TABLE_FORMATS, Table
from web.components.table import PLAIN, Cell, Look, draw_table
from web.media_types import MEDIA_TYPES
from web.query_links import draw_query_link


@dataclass(frozen=True, slots=True)
class Section:
    """A table as shown; ``note`` says how to read it, ``question`` is the named query behind it."""

    title: str
    note: str
    question: str
    header: tuple[str, ...]
    rows: Sequence[Sequence[Cell]]
    look: Look = PLAIN
    empty: str = "知识库的文件里没有这一项。"

    @property
    def table(self) -> Table:
        """What the files hold."""
        return Table(self.title, self.header, tuple(tuple(cell.value for cell in row) for row in self.rows))


def draw_section(section: Section, key: str) -> None:
    """The heading and, unless it is empty, the table with its files."""
    st.subheader(section.title, anchor=False)
    if not section.rows:
        st.info(section.empty)
        return
    st.caption(section.note)
    draw_table(section.title, section.header, section.rows, key, section.look)
    draw_table_downloads(section.table, key)
    draw_query_link(fill_question(section.question), key=f"{key}_sparql")


def draw_table_downloads(table: Table, key: str) -> None:
    """The table as files, made when they are asked for."""
    line = st.container(horizontal=True)
    for ending, write in TABLE_FORMATS.items():
        line.download_button(
            f"下载 {ending[1:].upper()}",
            partial(write, table),
            f"科策{table.title}{ending}",
            MEDIA_TYPES[ending],
            key=f"{key}{ending}",
            on_click="ignore",
        )
