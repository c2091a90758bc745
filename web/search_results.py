"""The hits of a search, as page 检索 shows them: in an order, flat or by document, as files, with the query behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

import streamlit as st

from embeddings.hit_order import HitOrder, by_document, order_hits
from embeddings.knowledge_base import KnowledgeBase
from embeddings.search_export import FORMATS, TITLE, FoundHits
from embeddings.search_sparql import search_sparql
from embeddings.types import Hit, SearchResult
from kg.citation_formats import CitedDocument, bibtex, cited_documents, number_citation, reference
from kg.labels import force
from web.components.cards import Card, CardGroup, Note, draw_card_groups, draw_cards
from web.components.links import draw_links
from web.components.segments import Segment, draw_segments
from web.generation import OfGeneration
from web.labels import ORDERS
from web.links import destination, document_key
from web.media_types import MEDIA_TYPES
from web.query_links import draw_query_link
from web.search_view import SearchView
from web.statement_card import statement_card, statement_links

DOCUMENTS = OfGeneration(lambda knowledge_base: cited_documents(knowledge_base.store))
"""What is said of each document where it is cited."""

MAX_NAMES = 6
SCORE_MEANING = (
    "字词和意思都以各自前一百条的平均为 0，图谱在写明所问的文件、主体或效力时加分；得分只在同一次检索里可比。"
)
_ORDER_IN_WORDS = {HitOrder.FORCE: "效力由强到弱", HitOrder.DATE: "文件日期由新到旧"}


def show_hits(view: SearchView, result: SearchResult, knowledge_base: KnowledgeBase) -> None:
    """The hits as the view has them, and the ways to have them otherwise."""
    found = found_in_order(view, result, knowledge_base)
    draw_ways(view, found)
    if view.grouped:
        draw_card_groups([document_group(view, found, iri) for iri in by_document(found.hits)], key="cards")
    else:
        draw_cards([hit_card(found, hit) for hit in found.hits], key="cards")
    longer = view.longer()
    if longer is not None and len(found.hits) == view.limit:
        draw_links({"显示更多": longer.destination}, key="more")
    draw_query_link(search_sparql(view.question, view.filters, view.limit))


def found_in_order(view: SearchView, result: SearchResult, knowledge_base: KnowledgeBase) -> FoundHits:
    """The hits in the order in which the view has them, so that files have them so, too."""
    documents = DOCUMENTS.get(knowledge_base)
    issued = {iri: document.issued for iri, document in documents.items()}
    hits = order_hits(result.hits, view.order, issued)
    if view.grouped:
        hits = [hit for of_document in by_document(hits).values() for hit in of_document]
    addressed = knowledge_base.settings.has_own_address
    return FoundHits(view.question, result, hits, documents, addressed, date.today())


def draw_ways(view: SearchView, found: FoundHits) -> None:
    """What is shown in which order, the other orders, and the files."""
    line = st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")
    line.caption(order_in_words(view, len(found.hits)), width="content")
    with line.popover("下载", width="content"):
        st.caption(f"本页的 {len(found.hits)} 条")
        for ending, write in FORMATS.items():
            st.download_button(
                f"下载 {'BibTeX' if ending == '.bib' else ending[1:].upper()}",
                partial(write, found),
                TITLE + ending,
                MEDIA_TYPES[ending],
                on_click="ignore",
                width="stretch",
            )
    orders = [Segment(ORDERS[order], order is view.order, replace(view, order=order).destination) for order in HitOrder]
    layouts = [
        Segment("逐条", not view.grouped, replace(view, grouped=False).destination),
        Segment("按文件", view.grouped, replace(view, grouped=True).destination),
    ]
    draw_segments([("排序", orders), ("列法", layouts)], key="ways")


def order_in_words(view: SearchView, shown: int) -> str:
    """What the list holds, and in which order."""
    if view.order is HitOrder.RELEVANCE:
        words = f"按相关程度排列，前 {shown} 条"
    else:
        words = f"在最相关的 {shown} 条中按{_ORDER_IN_WORDS[view.order]}排列，序号是相关名次"
    return f"{words}，按文件归在一起" if view.grouped else words


def document_group(view: SearchView, found: FoundHits, iri: str) -> CardGroup:
    """The hits of a document under its title."""
    document, hits = found.documents[iri], [hit for hit in found.hits if hit.document_iri == iri]
    alone = view.filtered(replace(view.filters, documents=(iri,)))
    return CardGroup(
        heading=f"《{document.title}》",
        detail=" · ".join(filter(None, (document.number, document.issued, f"{len(hits)} 条"))),
        destination=destination("document", {"document": document_key(iri)}),
        cards=[replace(hit_card(found, hit), source=hit.place) for hit in hits],
        links=[("只看这份文件", alone.destination)] if view.filters.documents != (iri,) else [],
    )


def hit_card(found: FoundHits, hit: Hit) -> Card:
    """A hit as shown."""
    facts = [("效力", force(hit.modality, hit.strength))] if hit.modality else []
    facts += [("主体", name_some(hit.actors))] if hit.actors else []
    return replace(
        statement_card(hit, hit.rank),
        marks=hit.marks,
        facts=facts,
        note=Note(title="为什么", text=f"{hit.why}\n{score_line(hit)}\n{SCORE_MEANING}"),
        links=[] if hit.kind == "provision" else statement_links(hit.iri),
        citations=citations(found, hit, found.documents[hit.document_iri]),
    )


def citations(found: FoundHits, hit: Hit, document: CitedDocument) -> list[tuple[str, str]]:
    """The ways of citing a hit."""
    place = found.place(hit)
    address = hit.document_iri if found.addressed else ""
    return [
        ("文号", number_citation(document, hit.place)),
        ("GB/T 7714—2015", reference(document, place, found.accessed)),
        ("BibTeX", bibtex(document, [place], address, found.accessed)),
    ]


def name_some(actors: Sequence[str]) -> str:
    """The first few names, and how many there are when that is not all."""
    named = "、".join(actors[:MAX_NAMES])
    return named if len(actors) <= MAX_NAMES else f"{named} 等 {len(actors)} 个"


def score_line(hit: Hit) -> str:
    """How the score came about: 得分 2.31 = 字词 1.20 + 意思 0.90 + 图谱 0.21."""
    parts = {"字词": hit.score_words, "意思": hit.score_meaning, "图谱": hit.score_graph}
    total = sum(round(part, 2) for part in parts.values())  # of what is shown, so that the reader's sum comes out
    terms = " + ".join(f"{name} {part:.2f}" for name, part in parts.items()).replace("-", "−")
    return f"得分 {total:.2f} = {terms}".replace("-", "−")
