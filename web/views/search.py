"""检索: a question, the ranked statements that answer it, and filters with counts."""

import streamlit as st

from embeddings.types import SearchFilters, SearchResult
from kg.errors import InputError
from web.components.chips import draw_chips
from web.components.facets import draw_facets
from web.components.search_box import draw_search_box
from web.errors import show_failure
from web.filters import facet_groups
from web.resources import KNOWLEDGE_BASE
from web.search_help import show_reading, show_start
from web.search_results import DOCUMENTS, show_hits
from web.search_view import view_in_address

COUNTS_MEANING = "数字是含有问题字词的条数。"


def show_search() -> None:
    """Draw the view that the address describes."""
    knowledge_base = KNOWLEDGE_BASE.get()
    view = view_in_address(knowledge_base.settings.base_iri)
    draw_search_box(
        view.question,
        label="问题",
        placeholder="输入问题、机构、事项或文号",
        view=view.asking("").destination,  # filters and order stay
        key="asked",
    )
    if not view.question:
        show_start(knowledge_base.manifest["counts"])
        return
    try:
        result, counts = answer_for(view.question, view.limit, view.filters, str(knowledge_base.folder))
    except InputError as error:  # nothing in it to search for
        show_failure(error)
        show_start(knowledge_base.manifest["counts"])
        return
    titles = {iri: document.title for iri, document in DOCUMENTS.get(knowledge_base).items()}
    groups = facet_groups(view, counts, titles)
    side, main = st.columns([1, 3.2], gap="medium")
    with side:
        draw_facets(groups, key="facets", note=COUNTS_MEANING)
    with main:
        draw_chips(groups, clear=view.filtered(SearchFilters()).destination, key="chips")
        show_reading(view, result, knowledge_base, titles)
        if result.hits:
            show_hits(view, result, knowledge_base)


# Sorting, grouping, paging back and a link that many open ask the same again. Nobody changes what is kept.
@st.cache_resource(max_entries=500, show_spinner=False)
def answer_for(
    question: str, limit: int, filters: SearchFilters, generation: str
) -> tuple[SearchResult, dict[str, dict[str, int]]]:
    """The hits and the counts of the facets, of the generation in this folder."""
    searcher = KNOWLEDGE_BASE.get().searcher
    return searcher.search(question, limit, filters), searcher.facets(question, filters)


show_search()
