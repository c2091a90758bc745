"""A neighbourhood as page 图谱 shows it: drawing or table, files, paths, and the statements behind a line."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from hashlib import sha256
from itertools import pairwise
from typing import Literal

import streamlit as st

from kg.edge_evidence import Evidence, edges_between, evidence_sparql
from kg.exploration import Exploration
from kg.graph_files import EDGE_HEADER, GRAPHML_TYPE, edge_table, graphml
from kg.labels import KINDS
from kg.neighbourhood import MAX_THINGS, RELATIONS, Edge, neighbours_sparql
from kg.things import THING_KINDS, Thing
from web.components.cards import Card, Note, draw_cards
from web.components.facets import FacetGroup, Filtering, facet_group
from web.components.links import draw_links
from web.components.table import Cell, Look, draw_table
from web.graph_chart import HEIGHT_PIXELS, edge_words, graph_option, pairs_of
from web.graph_layout import Layout
from web.graph_view import GraphView, evidence_for, round_thing
from web.links import Destination, destination, document_key, place_destination
from web.markdown import plain
from web.organizations import named_view
from web.query_links import draw_query_link
from web.sections import draw_table_downloads
from web.statement_card import statement_links

MOST_EVIDENCE = 50
"""Statements of a relation that are listed at once."""
_BADGES = {**KINDS, "citation": "引用", "mention": "提及", "document": "文件"}


def draw_picture(view: GraphView, found: Exploration, layout: Layout) -> None:
    """The drawing: a click on a thing opens or closes it, one on a line lists what is behind it."""
    graph = found.graph
    ends = {found.start.iri} | ({found.end.iri} if found.end is not None else set())
    chosen = [thing.iri for thing in graph.things.values() if thing.key in view.between]
    renderer: Literal["svg", "canvas"] = "svg" if view.look == "svg" else "canvas"
    option = graph_option(graph, layout, ends, chosen, "SVG" if renderer == "svg" else "PNG")
    # Another drawing is another chart: what is selected in one is an index into its own things.
    key = "graph_" + sha256(json.dumps(view.destination).encode()).hexdigest()[:16]
    st.echarts_chart(
        option,
        height=HEIGHT_PIXELS,
        key=key,
        on_select=partial(follow_click, view, found, key),
        renderer=renderer,
        alt=f"{found.start.label}的关系图：{len(graph.things)} 个事物，{len(pairs_of(graph.edges))} 条连线，内容同“表”",
    )
    st.caption(
        "点图形展开或收起它的邻居，点连线看背后的原文；拖动可移动，滚轮可缩放，点图例可隐去一类。粗边的已展开。用键盘请换到“表”。"
    )


def follow_click(view: GraphView, found: Exploration, key: str) -> None:
    """Go to the view that a click in the drawing asks for."""
    for selected in st.session_state[key]["selection"]["selected"]:
        index = selected["data_indices"][0]
        if selected["data_type"] == "edge":
            first, second = list(pairs_of(found.graph.edges))[index]
            view = view.between_things(found.graph.things[first].key, found.graph.things[second].key)
        else:
            view = opened_or_closed(view, found, list(found.graph.things.values())[index])
    st.query_params.from_dict(view.destination["parameters"])


def opened_or_closed(view: GraphView, found: Exploration, thing: Thing) -> GraphView:
    """The view after a click on ``thing``; the start stays open."""
    return view if found.end is None and thing == found.start else view.toggled(thing.key)


def draw_edges(view: GraphView, found: Exploration) -> None:
    """The same as a table, whose links do what clicks in the drawing do."""
    things = found.graph.things

    def thing_cells(thing: Thing) -> list[Cell]:
        after = opened_or_closed(view, found, thing)
        return [Cell(thing.label, after.destination if after != view else None), Cell(THING_KINDS[thing.kind])]

    rows = [
        [
            *thing_cells(things[edge.source]),
            Cell(RELATIONS[edge.relation]),
            *thing_cells(things[edge.target]),
            Cell(edge.number, view.between_things(things[edge.source].key, things[edge.target].key).destination),
        ]
        for edge in found.graph.edges
    ]
    st.caption("点名称展开或收起它的邻居，点条数看背后的原文。")
    draw_table("关系", EDGE_HEADER, rows, "edges", Look(bar="依据条数", folded=30))


def draw_files(view: GraphView, found: Exploration) -> None:
    """The neighbourhood as files, and the query behind it."""
    graph = found.graph
    table = edge_table(graph)
    line = st.container(horizontal=True, vertical_alignment="center")
    line.download_button(
        "下载 GraphML", partial(graphml, graph), "科策图谱.graphml", GRAPHML_TYPE, on_click="ignore", key="graphml"
    )
    with line:
        draw_table_downloads(table, "edge_files")
    draw_query_link(neighbours_sparql(graph.opened or tuple(graph.things), view.question.chosen))


def relation_facet(view: GraphView, found: Exploration) -> FacetGroup:
    """The relations of the opened things, with the number of edges of each."""
    chosen = view.question.chosen
    return facet_group(
        "关系",
        Filtering("relation", view.filtered(replace(chosen, relations=())).destination, chosen.relations),
        found.graph.relations,
        RELATIONS.__getitem__,
    )


def draw_things(view: GraphView, found: Exploration) -> None:
    """What is open, with how much of it is left out, and the ways on from the thing opened last."""
    graph = found.graph
    if graph.left_out:
        numbers = "、".join(f"“{graph.things[iri].label}”{number} 个" for iri, number in graph.left_out.items())
        st.caption(plain(f"没有画出的邻居：{numbers}。画出的是依据最多的。"))
    links: dict[str, Destination] = {}
    if graph.left_out and view.question.most < MAX_THINGS and len(graph.things) < MAX_THINGS:
        links["画出更多邻居"] = view.longer().destination
    last = found.start
    for name in view.question.opened:
        last = next(thing for thing in graph.things.values() if thing.key == name)
        links[f"收起“{last.label}”"] = view.toggled(name).destination
    if last != found.start:
        links[f"以“{last.label}”为起点"] = view.starting(last.key).destination
        links[f"找“{found.start.label}”到“{last.label}”的路径"] = view.ending(last.key).destination
    draw_links(links | other_views(last), key="ways")


def other_views(thing: Thing) -> dict[str, Destination]:
    """Where else in the app more is said of a thing."""
    if thing.kind == "document":
        return {f"看原文：{thing.label}": destination("document", {"document": document_key(thing.iri)})}
    if thing.kind in ("actor", "actor-kind"):
        return {f"与“{thing.label}”有关的举措与规范": named_view(thing.label)}
    facet = {"topic": "topics", "programme": "programmes", "policy-instrument": "instruments"}[thing.kind]
    return {f"检索“{thing.label}”": destination("search", {"q": thing.label, facet: thing.label})}


def draw_paths(view: GraphView, found: Exploration) -> None:
    """The paths, each step with what links its two things and the way to the statements."""
    if found.end is None:
        return
    if not found.paths.paths:
        st.info("它们之间没有找到路径。可以去掉一些关系或年份的限制再试。")
        return
    shown, every = len(found.paths.paths), found.paths.equally_short
    steps = len(found.paths.paths[0]) - 1
    more = f"，列出依据最多的 {shown} 条" if every > shown else ""
    st.caption(f"最短的路径有 {steps} 步，共 {every} 条{more}。点一步看背后的原文。")
    things = found.graph.things
    for number, path in enumerate(found.paths.paths, start=1):
        links = {}
        for first, second in pairwise(path):
            words = edge_words(edges_between(found.paths.edges, first, second))
            title = f"{things[first].label} — {things[second].label}（{words}）"
            links[title] = view.between_things(things[first].key, things[second].key).destination
        st.markdown(f"**路径 {number}**")
        draw_links(links, key=f"path_{number}")


def draw_evidence(view: GraphView, found: Exploration, generation: str) -> None:
    """The statements behind the chosen line, relation by relation."""
    ends = [thing for key in view.between for thing in found.graph.things.values() if thing.key == key]
    if len(ends) != 2:
        return
    edges = edges_between(found.graph.edges, ends[0].iri, ends[1].iri)
    st.subheader(plain(f"{ends[0].label} — {ends[1].label}"), anchor=False)
    for number, edge in enumerate(edges):
        draw_edge(edge, found, evidence_for(edge, view.question.chosen, generation), f"evidence_{number}")
    draw_links({"收起原文": view.between_things().destination}, key="close")
    if edges:
        draw_query_link(evidence_sparql(edges[0], view.question.chosen), "看这条连线的 SPARQL")


def draw_edge(edge: Edge, found: Exploration, evidence: Sequence[Evidence], key: str) -> None:
    """What is behind one relation."""
    st.caption(f"{RELATIONS[edge.relation]}（{len(evidence)}）")
    first = evidence[:MOST_EVIDENCE]
    cards = [evidence_card(number, each, found.graph.things[edge.source]) for number, each in enumerate(first, start=1)]
    draw_cards(cards, key)
    if len(evidence) > len(first):
        st.caption(f"只列前 {len(first)} 条；全部见下面的 SPARQL。")


def evidence_card(number: int, evidence: Evidence, source: Thing) -> Card:
    """A statement with its words, or a conclusion with its reason."""
    words = evidence.words
    if words is None:
        return Card(
            rank=number,
            tone="provision",
            badge="推断",
            source=source.label,
            text=evidence.reason or "词表中的上下位关系",
            destination=round_thing(source.key),
        )
    return Card(
        rank=number,
        tone=evidence.kind if evidence.kind in KINDS else "provision",
        badge=_BADGES[evidence.kind],
        source=f"《{words.document_title}》 {words.place}",
        text=words.text,
        destination=place_destination(document_key(words.document), words.start, words.end),
        note=Note(title="为什么", text=evidence.reason) if evidence.reason else None,
        links=statement_links(evidence.iri) if evidence.kind in ("measure", "norm") else [],
    )
