"""文档: what is loaded, by document, and the coding table of chosen documents."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import streamlit as st

from kg.coding_table import HEADER, CodedStatement, code_documents
from kg.document_counts import COUNTS, DocumentCounts, document_counts
from kg.errors import NotFoundError
from kg.labels import LEVELS
from web.coding_files import draw_coding_files
from web.components.chips import draw_chips
from web.components.facets import FacetGroup, Filtering, draw_facets, facet_group
from web.components.table import Cell, Look, draw_table
from web.labels import FACET_TITLES
from web.links import Destination, destination, document_key, place_destination
from web.resources import KNOWLEDGE_BASE
from web.sections import Section, draw_section

PREVIEWED = 20
"""Rows of the coding table on the page."""


@dataclass(frozen=True)
class DocumentsView:
    """What the page shows: documents of these kinds, levels, years and issuers (none: all), and those to be coded."""

    document_kind: tuple[str, ...] = ()
    level: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    issuers: tuple[str, ...] = ()
    document: tuple[str, ...] = ()

    @property
    def destination(self) -> Destination:
        """The link to it."""
        return destination(
            "documents", {**{facet: getattr(self, facet) for facet in VALUES}, "document": self.document}
        )


VALUES: dict[str, Callable[[DocumentCounts], tuple[str, ...]]] = {
    "document_kind": lambda document: (document.kind,) if document.kind else (),
    "level": lambda document: (document.level,) if document.level else (),
    "year": lambda document: (document.year,) if document.year else (),
    "issuers": lambda document: document.issuers,
}
"""What the documents are filtered by."""


def show_documents() -> None:
    """Draw the view that the address describes."""
    generation = str(KNOWLEDGE_BASE.get().folder)
    documents = counts_of(generation)
    view = DocumentsView(**{name: tuple(st.query_params.get_all(name)) for name in (*VALUES, "document")})
    chosen = [document for document in documents if is_chosen(document, view)]
    groups = [group_of(facet, view, documents) for facet in VALUES]
    side, main = st.columns([1, 3.2], gap="medium")
    with side:
        draw_facets(groups, key="facets")
    with main:
        draw_chips(groups, clear=DocumentsView(document=view.document).destination, key="chips")
        draw_totals(chosen)
        draw_section(documents_section(chosen), "documents")
        check_keys(view, documents)
        draw_coding(view, chosen, generation)


def check_keys(view: DocumentsView, documents: Sequence[DocumentCounts]) -> None:
    """Raise ``NotFoundError`` where a document is to be coded that there is not."""
    keys = {document_key(document.iri) for document in documents}
    unknown = [key for key in view.document if key not in keys]
    if unknown:
        raise NotFoundError(f"知识库里没有编号为“{unknown[0]}”的文件。请从上表点题名，或重新打开“文档”页选择。")


def is_chosen(document: DocumentCounts, view: DocumentsView, leave_out: str = "") -> bool:
    """Whether the filters, the one called ``leave_out`` apart, let the document through."""
    wanted = {facet: getattr(view, facet) for facet in VALUES if facet != leave_out}
    return all(not values or set(values) & set(VALUES[facet](document)) for facet, values in wanted.items())


def group_of(facet: str, view: DocumentsView, documents: Sequence[DocumentCounts]) -> FacetGroup:
    """The values of a facet with the number of documents that the other filters leave."""
    left = [document for document in documents if is_chosen(document, view, leave_out=facet)]
    counts = Counter(value for document in left for value in VALUES[facet](document))
    ordered = sorted(counts.items(), reverse=True) if facet == "year" else counts.most_common()
    names: Mapping[str, str] = LEVELS if facet == "level" else {}
    return facet_group(
        FACET_TITLES[facet],
        Filtering(facet, replace(view, **{facet: ()}).destination, getattr(view, facet)),
        dict(ordered),
        lambda value: names.get(value, value),
    )


def draw_totals(documents: Sequence[DocumentCounts]) -> None:
    """The sums over the documents that are shown."""
    line = st.container(horizontal=True, gap="medium")
    line.metric("文件", f"{len(documents):,}", width="content")
    for name, label in COUNTS.items():
        if name != "actors":  # one actor may be in several documents
            line.metric(label, f"{sum(document.counts[name] for document in documents):,}", width="content")


def documents_section(documents: Sequence[DocumentCounts]) -> Section:
    """A row for each document."""
    return Section(
        title="收录的文件",
        note="点题名看原文，点列名排序。“未查明的主体”离开文件不知道指谁，文件里也没有写明；“未认定的引用”"
        "所指的文件不在知识库里；“没有陈述的条段”没有抽到举措或规范，可以点开原文核对是否有遗漏。",
        question="document_counts",
        header=("文件", "文种", "层级", "年份", *COUNTS.values()),
        rows=[
            [
                Cell(document.title, destination("document", {"document": document_key(document.iri)})),
                Cell(document.kind),
                Cell(LEVELS.get(document.level, document.level)),
                Cell(document.year),
                *(Cell(document.counts[name]) for name in COUNTS),
            ]
            for document in documents
        ],
        look=Look(wide=("文件",)),
        empty="没有符合筛选的文件。请去掉一部分筛选。",
    )


def draw_coding(view: DocumentsView, documents: Sequence[DocumentCounts], generation: str) -> None:
    """The choice of documents to be coded, the first rows of their coding table, and all of it as files."""
    st.subheader("编码表", anchor=False)
    st.caption(
        "每条举措和规范一行。编号是“文件-章-条-句”：文件在知识库中的次序，第几章（或“一、”），第几条（或其下的标题），"
        "该条中的第几条陈述；在第一章或第一条之前的记作 0。主体、对象、承担者包括推断的。"
    )
    titles = {document_key(document.iri): document.title for document in documents}
    draw_picker(view, titles)
    keys = [key for key in view.document if key in titles] or list(titles)
    chosen = tuple(document.iri for document in documents if document_key(document.iri) in keys)
    if not chosen:
        return
    draw_coding_files([document for document in documents if document.iri in chosen], generation)
    rows = [
        [Cell(number, _place(statement)), *(Cell(value) for value in values)]
        for statement in preview_of(chosen, generation)
        for number, *values in [statement.cells()]
    ]
    if rows:
        draw_table("编码表", HEADER, rows, key="coding", look=Look(wide=("文件", "内容", "主体", "承担者", "IRI")))
        st.caption(f"这里预览前 {len(rows)} 行，点编号看原文。下载的文件含所选 {len(chosen)} 份文件的全部行。")
    else:
        st.info("所选文件里没有抽到举措或规范。")


def draw_picker(view: DocumentsView, titles: Mapping[str, str]) -> None:
    """The list of documents; choosing changes the address."""

    def choose() -> None:
        picked = tuple(st.session_state["coded"])
        st.query_params.from_dict(replace(view, document=picked).destination["parameters"])

    # The address decides, not what the widget remembers.
    st.session_state["coded"] = [key for key in view.document if key in titles]
    st.multiselect(
        "要编码的文件",
        list(titles),
        format_func=lambda key: titles[key],
        key="coded",
        on_change=choose,
        placeholder="选择文件；不选则为上表的全部文件",
    )


def _place(statement: CodedStatement) -> Destination:
    return place_destination(document_key(statement.document_iri), statement.start, statement.end)


@st.cache_data(max_entries=2, show_spinner="正在统计……")
def counts_of(generation: str) -> tuple[DocumentCounts, ...]:
    """All documents of the generation in this folder."""
    return document_counts(KNOWLEDGE_BASE.get().store)


@st.cache_data(max_entries=50, show_spinner="正在编码……")
def preview_of(documents: tuple[str, ...], generation: str) -> list[CodedStatement]:
    """The first rows of the coding table."""
    return list(islice(code_documents(KNOWLEDGE_BASE.get().store, documents), PREVIEWED))


show_documents()
