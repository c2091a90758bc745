"""概览: the corpus at a glance, each figure with the table behind it and links to the statements."""

import altair as alt
import streamlit as st

from kg.citation_counts import CitationCount, citation_counts
from kg.named_together import Pair, pairs_named_together
from kg.questions import Row, run_question
from web.overview_charts import citation_chart, deadline_chart, named_together_chart
from web.overview_sections import (
    citation_section,
    deadline_section,
    document_instrument_section,
    duty_section,
    instrument_section,
    pair_section,
    property_section,
    topic_section,
)
from web.resources import KNOWLEDGE_BASE
from web.sections import draw_section

MAX_PAIRS = 100
PROPERTIES = ("year", "level", "document_kind", "issuers")


def show_overview() -> None:
    """Draw all sections."""
    generation = str(KNOWLEDGE_BASE.get().folder)
    st.caption("全部数字都由图谱查询得出，点名称或数字看背后的文件和陈述；每张表都可以按列排序和下载。")
    properties = rows_of("documents_by_property", generation)
    for place, facet in zip([*st.columns(2), *st.columns(2)], PROPERTIES, strict=True):
        with place:
            draw_section(property_section(properties, facet), facet)
    instruments = rows_of("policy_instruments", generation)
    draw_section(instrument_section(instruments), "instruments")
    draw_section(document_instrument_section(instruments), "document_instruments")
    draw_section(duty_section(rows_of("actors_by_duties", generation)), "duties")
    pairs = pairs_of(generation)
    draw_section(pair_section(pairs), "pairs")
    draw_chart(named_together_chart(pairs), 520, "谁与谁写在一起的连线图，线越粗写在一起的陈述越多，内容同上面的表")
    deadlines = rows_of("deadlines", generation)
    draw_section(deadline_section(deadlines), "deadlines")
    draw_chart(deadline_chart(deadlines), 220, "各年到期的期限数，内容同上面的表")
    citations = citations_of(generation)
    draw_section(citation_section(citations), "citations")
    draw_chart(citation_chart(citations), 520, "引用矩阵：行是引用的文件，列是被引用的文件，格中是次数，内容同上面的表")
    draw_section(topic_section(rows_of("topic_counts", generation)), "topics")


def draw_chart(chart: alt.Chart | alt.LayerChart | None, height: int, alternative: str) -> None:
    """The chart, if there is anything to draw; ``height`` in pixels."""
    if chart is not None:
        st.altair_chart(chart, height=height, alt=alternative)


# Each question is asked once a generation, which its folder names.
@st.cache_data(max_entries=20, show_spinner="正在统计……")
def rows_of(question: str, generation: str) -> list[Row]:
    """The answer to a named question without parameters."""
    return run_question(KNOWLEDGE_BASE.get().store, question)


@st.cache_data(max_entries=2, show_spinner="正在统计……")
def pairs_of(generation: str) -> tuple[Pair, ...]:
    """Actors that are most often named together."""
    return pairs_named_together(KNOWLEDGE_BASE.get().store, MAX_PAIRS)


@st.cache_data(max_entries=2, show_spinner="正在统计……")
def citations_of(generation: str) -> tuple[CitationCount, ...]:
    """Which document cites which."""
    return citation_counts(KNOWLEDGE_BASE.get().store)


show_overview()
