"""Two documents beside each other, as page 对比 shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import streamlit as st

from embeddings.compared_units import ComparedUnit
from embeddings.comparison_proposals import propose_comparisons
from embeddings.comparison_table import comparison_table
from embeddings.document_comparison import (
    CHANGES,
    FACT_CHANGES,
    READINGS,
    Change,
    ComparedRow,
    DocumentComparison,
    Reading,
    compare_documents,
    read_reading,
)
from embeddings.knowledge_base import KnowledgeBase
from kg.questions import fill_question
from web.components.cards import Card, draw_cards
from web.components.comparison import AspectRow, Comparison, MarkMeaning, Quote, draw_comparisons
from web.components.figures import Figure, draw_figures
from web.components.links import draw_links
from web.generation import OfGeneration
from web.links import Destination, destination, document_key, place_destination, read_limit
from web.markdown import plain
from web.query_links import draw_query_link
from web.resources import KNOWLEDGE_BASE
from web.sections import draw_table_downloads

PAGE_SIZE = 50

PROPOSALS = OfGeneration(lambda knowledge_base: propose_comparisons(knowledge_base.store))


@dataclass(frozen=True)
class ComparisonView:
    """What the address asks for: two documents by what they are called, how to read them, and which rows."""

    first: str = ""
    second: str = ""
    reading: Reading | None = None  # None: judged by the two
    shown: str = ""  # a tag of the rows; "": all
    limit: int = PAGE_SIZE

    @property
    def destination(self) -> Destination:
        """The link to it."""
        return destination(
            "compare",
            {
                "first": self.first,
                "second": self.second,
                "reading": self.reading or "",
                "show": self.shown,
                "limit": self.limit if self.limit != PAGE_SIZE else "",
            },
        )

    def picked(self, side: str, key: str) -> ComparisonView:
        """The same with another document as ``side``, "first" or "second"."""
        first, second = (key, self.second) if side == "first" else (self.first, key)
        return ComparisonView(first, second)

    def showing(self, tag: str) -> ComparisonView:
        """The same with only the rows of a tag, or with all again."""
        return replace(self, shown="" if tag == self.shown else tag, limit=PAGE_SIZE)


def comparison_view_in_address() -> ComparisonView:
    """What the address asks for; raises ``InputError`` for an unknown reading."""
    return ComparisonView(
        first=st.query_params.get("first", "").strip(),
        second=st.query_params.get("second", "").strip(),
        reading=read_reading(st.query_params.get("reading", "")),
        shown=st.query_params.get("show", ""),
        limit=read_limit(st.query_params.get("limit", ""), PAGE_SIZE),
    )


# Filters and "显示更多" ask again for the same; the folder names the generation that answered.
@st.cache_data(max_entries=50, show_spinner="正在对比……")
def document_comparison_for(first: str, second: str, reading: Reading | None, generation: str) -> DocumentComparison:
    """The comparison of two documents by their keys."""
    knowledge_base = KNOWLEDGE_BASE.get()
    return compare_documents(knowledge_base.index, knowledge_base.store, first, second, reading)


def show_proposals(knowledge_base: KnowledgeBase, names: Mapping[str, str]) -> None:
    """What the page is for, and documents worth comparing, each pair a link; ``names`` are by the documents' keys."""
    st.caption(
        "选两份文件，逐条对照它们的举措和规范：同一文件的两个版本看哪些保留、修改、新增、删去；"
        "国家文件与地方文件看哪些有呼应、哪些没有。"
    )
    proposals = PROPOSALS.get(knowledge_base)
    if not proposals:
        return
    st.subheader("可以对比的文件", anchor=False)
    pairs = [(proposal, document_key(proposal.first), document_key(proposal.second)) for proposal in proposals]
    draw_cards(
        [
            Card(
                rank=rank,
                tone="provision",
                badge="对比",
                source=proposal.reason,
                text=f"《{names[first]}》与《{names[second]}》",
                destination=ComparisonView(first, second).destination,
            )
            for rank, (proposal, first, second) in enumerate(pairs, start=1)
        ],
        key="proposals",
    )


def show_document_comparison(view: ComparisonView, compared: DocumentComparison) -> None:
    """How the two were read, the figures, and the rows that are chosen."""
    rows = compared.chosen([view.shown] if view.shown else [])
    show_reading(view, compared)
    draw_figures("对比结果", list(figures(view, compared)), key="figures")
    if not rows:
        st.info("没有这样的条目。请点上面的其他数字，或再点一次取消筛选。")
        return
    st.caption(explanation(compared))
    draw_comparisons(
        [comparison_of(rank, row, compared.reading) for rank, row in enumerate(rows[: view.limit], start=1)],
        key="rows",
    )
    if len(rows) > view.limit:
        more = {f"显示更多：共 {len(rows)} 行": replace(view, limit=view.limit + PAGE_SIZE).destination}
        draw_links({**more, "全部显示": replace(view, limit=len(rows)).destination}, key="more")
    st.caption(f"下载的文件含{'所选的' if view.shown else '全部'} {len(rows)} 行。")
    draw_table_downloads(comparison_table(compared, [view.shown] if view.shown else []), key="comparison")
    draw_query_link(
        fill_question("echoed_measures", document=compared.first.iri, other_document=compared.second.iri),
        "看两份文件举措意思远近的 SPARQL",
    )


def show_reading(view: ComparisonView, compared: DocumentComparison) -> None:
    """What the two were taken for, and the way to take them for the other."""
    st.text(
        f"按“{READINGS[compared.reading]}”比较（{compared.reason}）；"
        f"左边 {compared.first.statements} 条，右边 {compared.second.statements} 条举措和规范。"
    )
    (other,) = (reading for reading in Reading if reading is not compared.reading)
    draw_links(
        {
            f"改按“{READINGS[other]}”比较": replace(view, reading=other, shown="", limit=PAGE_SIZE).destination,
            "左右对调": replace(view, first=view.second, second=view.first).destination,
        },
        key="readings",
    )


def figures(view: ComparisonView, compared: DocumentComparison) -> Iterator[Figure]:
    """Each kind of row with its count and share, then the differences of facts that there are."""
    for tag, count in compared.counts.items():
        of_all = tag in CHANGES[compared.reading]
        if count or (of_all and tag != Change.POSSIBLE) or tag == view.shown:
            whole = len(compared.rows) if of_all else compared.paired
            share = f"{count / whole:.0%}" if whole else ""
            yield Figure(compared.names[tag], count, share, tag == view.shown, view.showing(tag).destination)


def explanation(compared: DocumentComparison) -> str:
    """How to read the rows."""
    names = compared.names
    inferred = [f"“{names[change]}”" for change in (Change.ECHOED, Change.POSSIBLE) if compared.counts[change]]
    parts = [
        "每行左边出自前一份，右边出自后一份，点原文看出处。",
        f"“{names[Change.CHANGED]}”的行里，删除线是左边独有的词，双下划线是右边独有的词。",
        f"{''.join(inferred)}是按意思推断的，标出的是两边共有的词语，请读原文核对。" if inferred else "",
        "一条里面含着的别的举措不另列；对应两条的，两行都列出。比例是占全部行的；效力、期限、数量是占两边都有的行的。",
    ]
    return plain("".join(parts))


def comparison_of(rank: int, row: ComparedRow, reading: Reading) -> Comparison:
    """A row as drawn."""
    marks: tuple[MarkMeaning, MarkMeaning] = ("removed", "added")
    if row.change in (Change.ECHOED, Change.POSSIBLE):
        marks = ("shared", "shared")
    return Comparison(
        rank=rank,
        tone=row.change,
        badge=CHANGES[reading][row.change],
        source="",
        remark=remark(row),
        here=quote(row.first, row.first_marks, marks[0]),
        there=quote(row.second, row.second_marks, marks[1]),
        aspects=[AspectRow(aspect.name, aspect.here, aspect.there) for aspect in row.aspects],
        sides=(row.first.place if row.first else "—", row.second.place if row.second else "—"),
        flags=[FACT_CHANGES[fact] for fact in row.facts],
    )


def remark(row: ComparedRow) -> str:
    """How near the two are, and whether one of them is in another row, too."""
    parts = []
    if row.change is Change.CHANGED:
        parts.append(f"字句相同 {row.wording:.0%}")
    if row.change in (Change.ECHOED, Change.POSSIBLE):
        parts.append(f"意思接近度 {row.closeness:.2f}")
    if row.basis == "place":
        parts.append("按条款位置对应")
    if row.shared:
        parts.append("其中一条也对应另一行")
    return "；".join(parts)


def quote(unit: ComparedUnit | None, marks: tuple[tuple[int, int], ...], meaning: MarkMeaning) -> Quote | None:
    """A side of a row, which leads to its place."""
    if unit is None:
        return None
    place = place_destination(document_key(unit.document_iri), unit.start, unit.end)
    return Quote(unit.text, marks, place, meaning)
