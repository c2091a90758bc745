"""Ways on from page 检索 where nothing was asked yet, and where a question found nothing that answers it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from embeddings.facets import chosen_values
from embeddings.knowledge_base import KnowledgeBase
from embeddings.types import SearchFilters, SearchResult
from web.components.link_rows import draw_link_rows
from web.components.links import draw_links
from web.components.past_questions import draw_past_questions
from web.filters import value_name
from web.labels import FACET_TITLES
from web.links import Destination, destination
from web.search_view import SearchView

EXAMPLES = [
    "外国科学家能不能在学会担任职务",
    "私营公司怎么建立科协",
    "办得不好的学会会不会被撤销",
    "科研机构把专利成果作价入股怎么奖励发明人",
]
MOST_NEAR = 6


def show_start(counts: Mapping[str, int]) -> None:
    """What to ask, what there is, and what was asked before; ``counts`` are those of the manifest."""
    st.caption("检索政策原文里的举措、规范与条文。每条结果都注明文件与位置，点开即见原文。例如：")
    draw_links({example: SearchView(example).destination for example in EXAMPLES}, key="examples")
    statements = f"{counts['measures']:,} 条举措、{counts['norms']:,} 条规范"
    contents = {
        f"{counts['documents']:,} 份文件": destination("documents", {}),
        f"{statements}，按工具、主体、期限、主题看": destination("overview", {}),
        "按单位看": destination("organizations", {}),
    }
    draw_link_rows({"知识库里有": contents}, key="contents")
    draw_past_questions(key="past")


def show_reading(
    view: SearchView, result: SearchResult, knowledge_base: KnowledgeBase, titles: Mapping[str, str]
) -> None:
    """How the question was read, and what to do where it is probably not answered."""
    if result.notices:
        st.text("\n".join(result.notices))
    if result.hits and result.answered is not False:
        return
    if not result.hits:
        cause = "没有一条同时符合所选的筛选" if chosen_values(view.filters) else "知识库里没有可检索的内容"
        st.info(f"没有找到：{cause}。")
    else:
        st.info(
            "知识库里很可能没有直接回答这个问题的内容，下面是最接近的。可以换一种说法，说出机构、事项或文件的名称。"
        )
    show_ways_on(view, knowledge_base, titles)


def show_ways_on(view: SearchView, knowledge_base: KnowledgeBase, titles: Mapping[str, str]) -> None:
    """The same question with fewer filters, names of the graph that are near it, and what there is."""
    names = knowledge_base.suggestions.near(view.question, MOST_NEAR)
    rows = {
        "去掉筛选": fewer_filters(view, knowledge_base, titles),
        "图谱里相近的名称": {
            f"{name.text}（{name.passages:,} 条）": SearchView(name.text).destination for name in names
        },
        "收录的文件": {"文档页": destination("documents", {})},
    }
    draw_link_rows(rows, key="ways_on")


def fewer_filters(view: SearchView, knowledge_base: KnowledgeBase, titles: Mapping[str, str]) -> dict[str, Destination]:
    """Links to the view without the filters of one facet, as far as these alone are in the way, and without any."""
    chosen = chosen_values(view.filters)
    links = {}
    for facet, values in chosen.items():
        without = view.without(facet)
        left = knowledge_base.searcher.count(without.filters)
        if left:
            named = "、".join(value_name(facet, value, titles) for value in values)
            links[f"不限{FACET_TITLES[facet]}（{named}），还有 {left:,} 条可查"] = without.destination
    if len(chosen) > 1 or (chosen and not links):
        links["清除全部筛选"] = view.filtered(SearchFilters()).destination
    return links
