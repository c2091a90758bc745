"""检索: a question, the ranked statements that answer it, and filters with counts."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from embeddings.facets import chosen_values
from embeddings.search_sparql import search_sparql
from embeddings.types import Hit, SearchFilters, SearchResult
from kg.labels import KINDS, MODALITIES, force
from kg.questions import run_question
from kg.spreadsheet import csv_bytes
from web.components.box import draw_box
from web.components.cards import Card, Note, draw_cards
from web.components.chips import draw_chips
from web.components.facets import draw_facets
from web.components.links import draw_links
from web.filters import MAX_HITS, PAGE_SIZE, chosen_filters, chosen_limit, facet_groups, search_address
from web.query_links import draw_query_link
from web.resources import KNOWLEDGE_BASE
from web.statement_card import statement_card, statement_links

MAX_NAMES = 6
EXAMPLES = [
    "外国科学家能不能在学会担任职务",
    "私营公司怎么建立科协",
    "办得不好的学会会不会被撤销",
    "科研机构把专利成果作价入股怎么奖励发明人",
]
COUNTS_MEANING = "数字是含有问题字词的条数。"
SCORE_MEANING = (
    "字词和意思都以各自前一百条的平均为 0，图谱在写明所问的文件、主体或效力时加分；得分只在同一次检索里可比。"
)


def show_search() -> None:
    """Draw the view that the address describes."""
    question = st.query_params.get("q", "").strip()
    draw_box(
        question,
        label="问题",
        placeholder="输入问题、机构、事项或文号，按回车检索",
        address=lambda asked: search_address(asked, filters_now()),  # the filters stay
    )
    if not question:
        show_examples()
        return
    filters, limit = filters_now(), chosen_limit()
    knowledge_base = KNOWLEDGE_BASE.get()
    result = knowledge_base.searcher.search(question, limit=limit, filters=filters)
    titles = {str(row["iri"]): str(row["title"]) for row in run_question(knowledge_base.store, "documents")}
    groups = facet_groups(question, filters, knowledge_base.searcher.facets(question, filters), titles)
    side, main = st.columns([1, 3.2], gap="medium")
    with side:
        draw_facets(groups, key="facets", note=COUNTS_MEANING)
    with main:
        draw_chips(groups, clear=search_address(question, SearchFilters()), key="chips")
        show_reading(result, bool(chosen_values(filters)))
        if result.hits:
            show_hits(question, filters, result.hits, limit)


def filters_now() -> SearchFilters:
    """The filters in the address."""
    return chosen_filters(KNOWLEDGE_BASE.get().settings.base_iri)


def show_examples() -> None:
    """What to ask, for someone who has asked nothing yet."""
    st.caption("检索政策原文里的举措、规范与条文。每条结果都注明文件与位置，点开即见原文。例如：")
    draw_links({example: search_address(example, SearchFilters()) for example in EXAMPLES}, key="examples")


def show_reading(result: SearchResult, is_filtered: bool) -> None:
    """How the question was read, and what to do where it is probably not answered."""
    if result.notices:
        st.text("\n".join(result.notices))
    if not result.hits:
        remedy = "请清除筛选，或" if is_filtered else "请"
        st.info(f"没有找到。{remedy}换一种说法再试：说出机构、事项或规定的名称，也可以直接用一句话提问。")
    elif result.answered is False:
        remedy = "可以先清除筛选；" if is_filtered else "可以"
        st.info(
            "知识库里很可能没有直接回答这个问题的内容，下面是最接近的。"
            f"{remedy}换一种说法，说出机构、事项或文件的名称；收录了哪些文件，见“原文”页。"
        )


def show_hits(question: str, filters: SearchFilters, hits: Sequence[Hit], limit: int) -> None:
    """The ranked list, its export, and the way to more of it."""
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    line.caption(f"按相关程度排列，前 {len(hits)} 条", width="content")
    line.download_button("下载 CSV", hits_csv(hits), file_name="科策检索结果.csv", mime="text/csv", on_click="ignore")
    draw_cards([hit_card(hit) for hit in hits], key="cards")
    if len(hits) == limit < MAX_HITS:
        draw_links({"显示更多": search_address(question, filters, min(limit + PAGE_SIZE, MAX_HITS))}, key="more")
    draw_query_link(search_sparql(question, filters, limit))


def name_some(actors: Sequence[str]) -> str:
    """The first few names, and how many there are when that is not all."""
    named = "、".join(actors[:MAX_NAMES])
    return named if len(actors) <= MAX_NAMES else f"{named} 等 {len(actors)} 个"


def hit_card(hit: Hit) -> Card:
    """A hit as shown."""
    facts = [("效力", force(hit.modality, hit.strength))] if hit.modality else []
    facts += [("主体", name_some(hit.actors))] if hit.actors else []
    return replace(
        statement_card(hit, hit.rank),
        marks=hit.marks,
        facts=facts,
        note=Note(title="为什么", text=f"{hit.why}\n{score_line(hit)}\n{SCORE_MEANING}"),
        links=[] if hit.kind == "provision" else statement_links(hit.iri),
    )


def score_line(hit: Hit) -> str:
    """How the score came about: 得分 2.31 = 字词 1.20 + 意思 0.90 + 图谱 0.21."""
    parts = {"字词": hit.score_words, "意思": hit.score_meaning, "图谱": hit.score_graph}
    total = sum(round(part, 2) for part in parts.values())  # of what is shown, so that the reader's sum comes out
    terms = " + ".join(f"{name} {part:.2f}" for name, part in parts.items()).replace("-", "−")
    return f"得分 {total:.2f} = {terms}".replace("-", "−")


def hits_csv(hits: Sequence[Hit]) -> bytes:
    """The hits as a table."""
    head = ["序号", "类型", "原文", "文件", "位置", "主体", "效力", "强度"]
    return csv_bytes(
        [*head, "得分", "字词得分", "意思得分", "图谱得分", "为什么", "起", "止", "IRI"],
        [
            [
                hit.rank,
                KINDS[hit.kind],
                hit.text,
                hit.document,
                hit.place,
                "、".join(hit.actors),
                MODALITIES.get(hit.modality or "", ""),
                hit.strength,
                hit.score,
                hit.score_words,
                hit.score_meaning,
                hit.score_graph,
                hit.why,
                hit.start,
                hit.end,
                hit.iri,
            ]
            for hit in hits
        ],
    )


show_search()
