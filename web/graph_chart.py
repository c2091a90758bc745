"""A neighbourhood as options of ECharts: kinds by colour and shape, a line for each pair of things."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from kg.neighbourhood import RELATIONS, SYMMETRIC, Edge, Neighbourhood
from kg.things import THING_KINDS
from web.graph_layout import NARROW, WIDE, Layout, Positions, drawn_name, names_to_the_left
from web.result_charts import Option

Pair = tuple[str, str]

HEIGHT_PIXELS = 640
MOST_LABELLED = 20
"""Lines up to which each says its relation in a wide drawing; elsewhere hovering tells."""
MOST_DISTINCT = 150
"""Lines up to which each is drawn in full; more are paler, so that things stay visible between them."""
PICTURE = "科策图谱"
BELOW_LEGEND_PIXELS = 44
"""Top of the buttons where the legend takes two lines and leaves no room beside it."""
NARROW_PIXELS = 560
"""Width up to which things are placed as on a telephone, with shorter names."""

_HEXAGON = "path://M50,0 L100,25 L100,75 L50,100 L0,75 L0,25 Z"
LOOKS = {
    "actor": ("circle", "#1f5673"),
    "document": ("rect", "#8a4b08"),
    "programme": ("diamond", "#6b3fa0"),
    "topic": ("triangle", "#2e6b34"),
    "actor-kind": ("roundRect", "#5b6673"),
    "policy-instrument": (_HEXAGON, "#a02334"),
}
"""Symbol and colour by kind of thing."""
_ROOMY = 80
"""Things up to which symbols have their full size."""
_INK, _LINE, _CHOSEN = "#1d2733", "#6b7783", "#b3261e"


def pairs_of(edges: Iterable[Edge]) -> dict[Pair, list[Edge]]:
    """The edges by the two things they link, whatever their direction; the first edge gives the order of the two."""
    pairs: dict[Pair, list[Edge]] = defaultdict(list)
    for edge in edges:
        pair = edge.source, edge.target
        pairs[pair if pair[::-1] not in pairs else pair[::-1]].append(edge)
    return dict(pairs)


def graph_option(
    graph: Neighbourhood, layout: Layout, ends: Collection[str], chosen: Collection[str], file_type: str
) -> Option:
    """The drawing; ``ends`` are what was asked about (IRIs), ``chosen`` the two things whose line is looked at.

    Its nodes come in the order of ``graph.things``, its links in that of :func:`pairs_of`. ``file_type``: what the
    button saves, PNG or SVG, as the renderer gives it.
    """
    pairs = pairs_of(graph.edges)
    kinds = [kind for kind in THING_KINDS if any(thing.kind == kind for thing in graph.things.values())]
    legend = [{"name": THING_KINDS[kind], "icon": LOOKS[kind][0]} for kind in kinds]
    narrow = {
        "label": {"width": NARROW.name, "fontSize": NARROW.character},
        "edgeLabel": {"show": False},
        "data": list(_nodes(graph, pairs, layout.narrow, kinds, ends)),
    }
    save = {"title": f"保存为 {file_type}", "name": PICTURE, "backgroundColor": "#ffffff", "pixelRatio": 2}
    return {
        "legend": {"data": legend, "top": 0, "left": 0, "itemWidth": 14, "textStyle": {"color": _INK}},
        "tooltip": {"confine": True},
        "toolbox": {"right": 8, "top": 0, "feature": {"restore": {"title": "复原"}, "saveAsImage": save}},
        "series": [
            {
                **_series(len(pairs)),
                "categories": [_category(kind) for kind in kinds],
                "data": list(_nodes(graph, pairs, layout.wide, kinds, ends)),
                "links": [_link(graph, pair, edges, set(pair) == set(chosen)) for pair, edges in pairs.items()],
            }
        ],
        "media": [
            {
                "query": {"maxWidth": NARROW_PIXELS},
                "option": {"series": [narrow], "toolbox": {"top": BELOW_LEGEND_PIXELS}},
            }
        ],
    }


def _series(lines: int) -> Option:
    """How things and this number of lines look and behave."""
    # Not both: where overlapping labels are hidden, ECharts misplaces those of lines.
    if lines <= MOST_LABELLED:
        labels: Option = {"edgeLabel": {"show": True, "formatter": "{c}", "fontSize": 11, "color": "#55606c"}}
    else:
        labels = {"labelLayout": {"hideOverlap": True}}
    return {
        "type": "graph",
        "layout": "none",
        "roam": True,
        "draggable": True,
        "selectedMode": "single",
        "animation": False,
        "label": {"show": True, "color": _INK, "width": WIDE.name, "overflow": "truncate"},
        **labels,
        "edgeSymbolSize": 7,
        "lineStyle": {"color": _LINE, "opacity": 0.75 if lines <= MOST_DISTINCT else 0.35},
        "emphasis": {"focus": "adjacency", "lineStyle": {"color": _INK, "opacity": 1}, "label": {"show": True}},
        "select": {"itemStyle": {"borderColor": _CHOSEN}, "lineStyle": {"color": _CHOSEN}},
    }


def _nodes(
    graph: Neighbourhood, pairs: dict[Pair, list[Edge]], positions: Positions, kinds: list[str], ends: Collection[str]
) -> Iterator[dict[str, Any]]:
    """The things: larger with more behind their lines, with a dark frame where their neighbours are shown."""
    weights: dict[str, int] = defaultdict(int)
    left = names_to_the_left(graph.edges, positions)
    for (first, second), edges in pairs.items():
        for thing in (first, second):
            weights[thing] += sum(edge.number for edge in edges)
    scale = min(1.0, (_ROOMY / len(graph.things)) ** 0.5)
    for iri, node in graph.things.items():
        is_end, is_opened = iri in ends, iri in graph.opened
        yield {
            "id": node.key,
            "name": drawn_name(node),
            "value": THING_KINDS[node.kind],
            "x": positions[iri][0],
            "y": positions[iri][1],
            "category": kinds.index(node.kind),
            "symbolSize": 8 + scale * min(16.0, 2 * math.log2(1 + weights[iri])) + (6 if is_end else 0),
            "itemStyle": {"borderColor": _INK if is_opened else "#ffffff", "borderWidth": 3 if is_opened else 1},
            "label": _label(is_end or is_opened, iri in left),
        }


def _label(is_prominent: bool, is_left: bool) -> dict[str, Any]:
    """How a name is written: away from the lines of its thing."""
    if is_prominent:
        return {"fontWeight": "bold", "fontSize": 14, "position": "bottom"}
    return {"position": "left" if is_left else "right"}


def _category(kind: str) -> Option:
    symbol, colour = LOOKS[kind]
    return {"name": THING_KINDS[kind], "symbol": symbol, "itemStyle": {"color": colour}}


def _link(graph: Neighbourhood, pair: Pair, edges: list[Edge], is_chosen: bool) -> dict[str, Any]:
    one_way = all((edge.source, edge.target) == pair and edge.relation not in SYMMETRIC for edge in edges)
    number = sum(edge.number for edge in edges)
    return {
        "source": graph.things[pair[0]].key,
        "target": graph.things[pair[1]].key,
        "value": edge_words(edges),
        "symbol": ["none", "arrow" if one_way else "none"],
        "lineStyle": {"width": 1 + min(4.0, math.log2(number) / 2), **({"color": _CHOSEN} if is_chosen else {})},
    }


def edge_words(edges: Iterable[Edge]) -> str:
    """The relations of two things with their numbers: 责任主体 12、提到的主体 3."""
    return "、".join(f"{RELATIONS[edge.relation]} {edge.number}" for edge in edges)
