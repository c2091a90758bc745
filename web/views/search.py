"""检索: a question, the ranked statements that answer it, and filters with counts."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from embeddings.types import Hit, SearchFilters
from kg.labels import KINDS, MODALITIES, force
from kg.namespaces import Iris
from kg.questions import run_question
from web.components.box import draw_box
from web.components.cards import Card, Note, draw_cards
from web.components.facets import FacetGroup, draw_facets, facet_options
from web.components.links import draw_links
from web.export import csv_bytes
from web.links import Destination, destination, document_key, place_destination
from web.resources import KNOWLEDGE_BASE

PAGE_SIZE = 20
MAX_HITS = 100
MAX_NAMES = 6
EXAMPLES = [
    "外国科学家能不能在学会担任职务",
    "私营公司怎么建立科协",
    "办得不好的学会会不会被撤销",
    "科研机构把专利成果作价入股怎么奖励发明人",
]


def show_search() -> None:
    """Draw the view that the address describes."""
    question = st.query_params.get("q", "").strip()
    draw_box(
        question,
        label="问题",
        placeholder="输入问题、机构、事项或文号，按回车检索",
        address=lambda asked: address(asked, chosen_filters()),  # the filters stay
    )
    if not question:
        show_examples()
        return
    filters = chosen_filters()
    limit = chosen_limit()
    searcher = KNOWLEDGE_BASE.get().searcher
    result = searcher.search(question, limit=limit, filters=filters)
    side, main = st.columns([1, 3.2], gap="medium")
    with side:
        draw_facets(facet_groups(question, filters, searcher.facets(question, filters)), key="facets")
    with main:
        show_hits(question, filters, list(result.hits), limit)


def show_examples() -> None:
    """What to ask, for someone who has asked nothing yet."""
    st.caption("检索政策原文里的举措、规范与条文。每条结果都注明文件与位置，点开即见原文。例如：")
    draw_links({example: address(example, SearchFilters()) for example in EXAMPLES}, key="examples")


def chosen_filters() -> SearchFilters:
    """The filters in the address."""
    iris = Iris(KNOWLEDGE_BASE.get().settings.base_iri)
    return SearchFilters(
        documents=tuple(iris.document(key).value for key in st.query_params.get_all("document")),
        kinds=tuple(st.query_params.get_all("kind")),
        modalities=tuple(st.query_params.get_all("modality")),
    )


def chosen_limit() -> int:
    """How many hits the address asks for, within bounds."""
    asked = st.query_params.get("limit", "")
    return min(int(asked), MAX_HITS) if asked.isdecimal() and int(asked) else PAGE_SIZE


def address(question: str, filters: SearchFilters, limit: int = PAGE_SIZE) -> Destination:
    """The link to a search; what is as it would be anyway is left out."""
    return destination(
        "search",
        {
            "q": question,
            "kind": filters.kinds,
            "modality": filters.modalities,
            "document": [document_key(iri) for iri in filters.documents],
            "limit": limit if limit != PAGE_SIZE else "",
        },
    )


def facet_groups(question: str, filters: SearchFilters, counts: dict[str, dict[str, int]]) -> list[FacetGroup]:
    """The filters with their counts."""
    documents = run_question(KNOWLEDGE_BASE.get().store, "documents")
    titles = {str(row["iri"]): str(row["title"]) for row in documents}
    return [
        FacetGroup(
            "类型",
            facet_options(
                counts["kind"],
                filters.kinds,
                lambda kind: KINDS.get(kind, kind),
                lambda kinds: address(question, replace(filters, kinds=kinds)),
            ),
        ),
        FacetGroup(
            "效力",
            facet_options(
                counts["modality"],
                filters.modalities,
                lambda modality: MODALITIES.get(modality, modality),
                lambda modalities: address(question, replace(filters, modalities=modalities)),
            ),
        ),
        FacetGroup(
            "文件",
            facet_options(
                counts["document"],
                filters.documents,
                lambda iri: titles.get(iri, document_key(iri)),
                lambda iris: address(question, replace(filters, documents=iris)),
            ),
        ),
    ]


def name_some(actors: Sequence[str]) -> str:
    """The first few names, and how many there are when that is not all."""
    named = "、".join(actors[:MAX_NAMES])
    return named if len(actors) <= MAX_NAMES else f"{named} 等 {len(actors)} 个"


def hit_card(hit: Hit) -> Card:
    """A hit as shown."""
    facts = [("效力", force(hit.modality, hit.strength))] if hit.modality else []
    facts += [("主体", name_some(hit.actors))] if hit.actors else []
    return Card(
        rank=hit.rank,
        tone=hit.kind,
        badge=KINDS[hit.kind],
        source=f"《{hit.document}》 {hit.place}",
        text=hit.text,
        destination=place_destination(document_key(hit.document_iri), hit.start, hit.end),
        marks=hit.marks,
        facts=facts,
        note=Note(title="为什么", text=hit.why),
    )


def show_hits(question: str, filters: SearchFilters, hits: list[Hit], limit: int) -> None:
    """The ranked list, its export, and the way to more of it."""
    if not hits:
        st.info("没有找到。请减少筛选条件，或换一种说法再试：说出机构、事项或规定的名称，也可以直接用一句话提问。")
        return
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    line.caption(f"按相关程度排列，前 {len(hits)} 条", width="content")
    line.download_button("下载 CSV", hits_csv(hits), file_name="科策检索结果.csv", mime="text/csv", on_click="ignore")
    draw_cards([hit_card(hit) for hit in hits], key="cards")
    if len(hits) == limit < MAX_HITS:
        draw_links({"显示更多": address(question, filters, min(limit + PAGE_SIZE, MAX_HITS))}, key="more")


def hits_csv(hits: list[Hit]) -> bytes:
    """The hits as a table."""
    return csv_bytes(
        ["序号", "类型", "原文", "文件", "位置", "主体", "效力", "起", "止", "IRI"],
        [
            [
                hit.rank,
                KINDS[hit.kind],
                hit.text,
                hit.document,
                hit.place,
                "、".join(hit.actors),
                MODALITIES.get(hit.modality or "", ""),
                hit.start,
                hit.end,
                hit.iri,
            ]
            for hit in hits
        ],
    )


show_search()
