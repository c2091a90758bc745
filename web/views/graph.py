"""图谱: actors, documents, programmes and topics, and what links them, explored by click."""

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from embeddings.references import DocumentNames
from embeddings.tokens import fold
from kg.document_names import named_documents
from kg.errors import KeceError
from kg.exploration import Exploration
from kg.neighbourhood import EdgeFilter
from kg.questions import run_question
from kg.things import THING_KINDS, Thing, find_thing, named_things, things_called
from web.components.box import draw_box
from web.components.facets import draw_facets
from web.components.links import draw_links
from web.graph_layout import Layout
from web.graph_results import (
    draw_edges,
    draw_evidence,
    draw_files,
    draw_paths,
    draw_picture,
    draw_things,
    relation_facet,
)
from web.graph_view import LOOKS, GraphView, exploration_for, round_thing, view_in_address
from web.markdown import plain
from web.resources import KNOWLEDGE_BASE

EXAMPLES = ("actor/中国科协", "actor/学会", "document/4510761917c72c05", "programme/科创中国", "topic/科技人才培养")
MOST_CANDIDATES = 40
ANY_YEAR = "不限"


def show_graph() -> None:
    """Draw the view that the address describes."""
    view = view_in_address()
    generation = str(KNOWLEDGE_BASE.get().folder)
    draw_question(view, generation)
    if not view.question.start:
        show_examples()
        return
    for name, lead in ((view.question.start, view.starting), (view.question.end, view.ending)):
        if name and not is_thing(name):
            draw_links({titled(thing): lead(thing.key).destination for thing in candidates(name)}, key="candidates")
            return
    view = view.by_keys(lambda name: find(name).key)
    found, layout = exploration_for(view.question, generation)
    main, side = st.columns([2.2, 1], gap="medium")
    with main:
        draw_look(view)
        draw_graph(view, found, layout)
        draw_files(view, found)
    with side:
        draw_evidence(view, found, generation)
        draw_paths(view, found)
        draw_things(view, found)
        draw_facets([relation_facet(view, found)], key="facets", note="数字是已展开的事物在这种关系里的连线数。")


def draw_graph(view: GraphView, found: Exploration, layout: Layout) -> None:
    """The neighbourhood in the way that the address asks for."""
    if not found.graph.edges:
        st.info("没有符合条件的连线。请去掉一些关系或年份的限制，或换一个起点。")
    elif view.look == "table":
        draw_edges(view, found)
    else:
        draw_picture(view, found, layout)


def draw_question(view: GraphView, generation: str) -> None:
    """The boxes for start and end, and the years."""
    start, end, years = st.columns([1.4, 1.4, 1], vertical_alignment="bottom")
    with start:
        draw_box(
            label_of(view.question.start),
            label="起点",
            placeholder="起点：主体、文件、计划、主题、类别或政策工具，按回车",
            address=lambda typed: view.starting(typed).destination,
        )
    if not view.question.start:
        return
    with end:
        draw_box(
            label_of(view.question.end),
            label="终点",
            placeholder="终点（可以不写）：找它们之间的路径",
            address=lambda typed: view.ending(typed).destination,
            key="end_asked",
        )
    chosen, known = view.question.chosen, years_of(generation)
    with years, st.container(horizontal=True):
        draw_year(view, "从", chosen.first_year, known, lambda year: replace(chosen, first_year=year))
        draw_year(view, "到", chosen.last_year, known, lambda year: replace(chosen, last_year=year))


def draw_year(
    view: GraphView, title: str, chosen: int | None, years: list[str], narrowed: Callable[[int | None], EdgeFilter]
) -> None:
    """A choice of a year in which documents were issued; the address decides what is chosen."""
    key = f"year_{title}"

    def choose() -> None:
        year = st.session_state[key]
        st.query_params.from_dict(
            view.filtered(narrowed(None if year == ANY_YEAR else int(year))).destination["parameters"]
        )

    options = [ANY_YEAR, *years]
    if chosen is not None and str(chosen) not in options:
        options.append(str(chosen))
    st.session_state[key] = str(chosen) if chosen is not None else ANY_YEAR
    st.selectbox(
        f"{title}哪一年",
        options,
        key=key,
        on_change=choose,
        format_func=lambda year: f"{title} {year}",
        label_visibility="collapsed",
    )


def draw_look(view: GraphView) -> None:
    """The switch between drawing and table."""

    def choose() -> None:
        st.query_params.from_dict(view.looking(st.session_state["look"]).destination["parameters"])

    st.session_state["look"] = view.look
    st.segmented_control(
        "看法", list(LOOKS), key="look", format_func=LOOKS.__getitem__, on_change=choose, required=True,
        label_visibility="collapsed",
    )  # fmt: skip


def show_examples() -> None:
    """Where to start, for someone who has not started yet."""
    st.caption(
        "从一个主体、文件、计划、主题、类别或政策工具开始，看它与什么相连、连线背后是哪些原文；点开即可继续。例如："
    )
    iris = [find_or_none(key) for key in EXAMPLES]
    draw_links({titled(thing): round_thing(thing.key) for thing in iris if thing is not None}, key="examples")


def candidates(name: str) -> list[Thing]:
    """What ``name`` may mean: things called so, documents of this short name, then things whose names hold it."""
    store = KNOWLEDGE_BASE.get().store
    documents = [each.document.iri for each in DocumentNames(named_documents(store)).find(fold(name))]
    called = things_called(store, name)
    exact = [thing for thing in called if thing.label == name]
    found = exact or [*named_things(store, documents).values(), *called][:MOST_CANDIDATES]
    if found:
        st.caption(plain(f"“{name}”可以指下面这些，请选一个："))
    else:
        st.info(plain(f"图谱里没有名称含有“{name}”的主体、文件、计划、主题、类别或政策工具。请换一个名称。"))
    return found


def titled(thing: Thing) -> str:
    """A thing's name with its kind."""
    return f"{thing.label}（{THING_KINDS[thing.kind]}）"


def find(name: str) -> Thing:
    """The thing that ``name`` means. Raises as :func:`kg.things.find_thing`."""
    knowledge_base = KNOWLEDGE_BASE.get()
    return find_thing(knowledge_base.store, knowledge_base.settings.base_iri, name)


def find_or_none(name: str) -> Thing | None:
    """The thing that ``name`` means, if it means one."""
    try:
        return find(name)
    except KeceError:
        return None


def is_thing(name: str) -> bool:
    """Whether ``name`` means one thing."""
    return find_or_none(name) is not None


def label_of(name: str) -> str:
    """The label of the thing that ``name`` means; else the name itself, which its reader may have mistyped."""
    thing = find_or_none(name) if name else None
    return thing.label if thing is not None else name


@st.cache_data(max_entries=2, show_spinner=False)
def years_of(generation: str) -> list[str]:
    """Years in which documents were issued."""
    rows = run_question(KNOWLEDGE_BASE.get().store, "documents_by_property")
    return sorted(str(row["value"]) for row in rows if row["facet"] == "year")


show_graph()
