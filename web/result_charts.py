"""Charts of a result table, as options of ECharts: pure functions of the columns that are chosen."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from kg.store import Value
from web.result_table import Column, Kind, ResultTable, short_iri

Option = dict[str, Any]

MOST_BARS = 40
MOST_LINES = 12
MOST_EDGES = 400
MOST_EVENTS = 500
LABEL_CHARACTERS = 24
BAR_PIXELS, LEAST_PIXELS = 26, 320
NETWORK_PIXELS = 620
_LABELS = (Kind.TEXT, Kind.IRI)
_NAME_OF_SINGLE = "全部"


@dataclass(frozen=True)
class Chart:
    """A chart: what ECharts draws, its height, and what was left out of it (empty: nothing)."""

    option: Option
    height_pixels: int
    note: str = ""


def possible_charts(table: ResultTable) -> list[str]:
    """Names of the charts for which the table has the columns."""
    numbers, labels = table.of_kind(Kind.NUMBER), table.of_kind(*_LABELS)
    years, dates = table.of_kind(Kind.YEAR), table.of_kind(Kind.DATE)
    possible = {
        "条形图": bool(numbers and (labels or years or dates)),
        "折线图": bool(numbers and (years or dates)),
        "关系网": len(labels) >= 2,
        "时间线": bool((dates or years) and labels),
    }
    return [name for name, is_possible in possible.items() if is_possible]


def bars(table: ResultTable, label: str, number: str) -> Chart:
    """The largest numbers, added up where a label stands in several rows."""
    sums = _sums(table.column(label), table.column(number))
    largest = sorted(sums.items(), key=lambda item: -item[1])[:MOST_BARS]
    labels = [shortened(name) for name, _ in reversed(largest)]
    option: Option = {
        "tooltip": {"trigger": "axis"},
        "grid": {"left": 8, "right": 48, "top": 8, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "value"},
        "yAxis": {"type": "category", "data": labels},
        "series": [
            {
                "type": "bar",
                "name": number,
                "data": [value for _, value in reversed(largest)],
                "label": {"show": True, "position": "right"},
            }
        ],
    }
    note = f"共 {len(sums)} 项，只画最大的 {MOST_BARS} 项。" if len(sums) > MOST_BARS else ""
    return Chart(option, max(LEAST_PIXELS, BAR_PIXELS * len(largest)), note)


def lines(table: ResultTable, time: str, number: str, series: str | None) -> Chart:
    """Numbers over years or dates, a line for each of the largest values of ``series``."""
    names = table.column(series).values if series else [_NAME_OF_SINGLE] * table.length
    sums: dict[str, dict[str, float]] = defaultdict(lambda: defaultdict(float))
    for at, name, value in zip(table.column(time).values, names, table.column(number).values, strict=True):
        if at is not None and isinstance(value, int | float):
            sums[_text(name)][str(at)] += value
    drawn = sorted(sums, key=lambda name: -sum(sums[name].values()))[:MOST_LINES]
    times = sorted({at for name in drawn for at in sums[name]})
    option: Option = {
        "tooltip": {"trigger": "axis"},
        "legend": {"type": "scroll", "top": 0, "show": series is not None},
        "grid": {"left": 8, "right": 24, "top": 48, "bottom": 8, "containLabel": True},
        "xAxis": {"type": "category", "data": times},
        "yAxis": {"type": "value"},
        "series": [
            {
                "type": "line",
                "name": shortened(name),
                "data": [sums[name].get(at) for at in times],
                "connectNulls": True,
            }
            for name in drawn
        ],
    }
    note = f"共 {len(sums)} 条线，只画最大的 {MOST_LINES} 条。" if len(sums) > MOST_LINES else ""
    return Chart(option, 420, note)


def network(table: ResultTable, source: str, target: str, relation: str | None) -> Chart:
    """Two columns as nodes; each row is an arrow between them, named by ``relation``."""
    names = table.column(relation).values if relation else [""] * table.length
    rows = zip(table.column(source).values, table.column(target).values, names, strict=True)
    edges = list(dict.fromkeys((_text(a), _text(b), _text(c)) for a, b, c in rows if a is not None and b is not None))
    drawn = edges[:MOST_EDGES]
    degrees: dict[str, int] = defaultdict(int)
    for first, second, _ in drawn:
        degrees[first] += 1
        degrees[second] += 1
    option: Option = {
        "tooltip": {},
        "series": [
            {
                "type": "graph",
                "layout": "force",
                "roam": True,
                "zoom": 0.7,
                "force": {"repulsion": 160, "edgeLength": 70},
                "label": {"show": True, "position": "right"},
                "labelLayout": {"hideOverlap": True},
                "emphasis": {"focus": "adjacency"},
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 6,
                "edgeLabel": {"show": relation is not None and len(drawn) <= MOST_BARS, "formatter": "{c}"},
                "data": [
                    {"id": node, "name": shortened(node), "value": degree, "symbolSize": 8 + min(40, 3 * degree**0.5)}
                    for node, degree in degrees.items()
                ],
                "links": [{"source": first, "target": second, "value": name} for first, second, name in drawn],
            }
        ],
    }
    note = f"共 {len(edges)} 条边，只画前 {MOST_EDGES} 条。" if len(edges) > MOST_EDGES else ""
    return Chart(option, NETWORK_PIXELS, note)


def timeline(table: ResultTable, time: str, label: str) -> Chart:
    """Events on an axis of time, those of one day above each other."""
    events = [
        (str(at), _text(name))
        for at, name in zip(table.column(time).values, table.column(label).values, strict=True)
        if at is not None and name is not None
    ]
    events = sorted(dict.fromkeys(events))
    above: dict[str, int] = defaultdict(int)
    points = []
    for at, name in events[:MOST_EVENTS]:
        above[at] += 1
        points.append({"name": shortened(name), "value": [at, above[at]]})
    option: Option = {
        "tooltip": {"formatter": "{b}"},
        "grid": {"left": 16, "right": 120, "top": 16, "bottom": 24, "containLabel": True},
        "xAxis": {"type": "time"},
        "yAxis": {"show": False, "min": 0},
        "series": [
            {
                "type": "scatter",
                "symbolSize": 10,
                "data": points,
                "label": {"show": True, "position": "right", "formatter": "{b}"},
                "labelLayout": {"hideOverlap": True},
            }
        ],
    }
    note = f"共 {len(events)} 项，只画最早的 {MOST_EVENTS} 项。" if len(events) > MOST_EVENTS else ""
    return Chart(option, max(LEAST_PIXELS, BAR_PIXELS * max(above.values(), default=0)), note)


def shortened(name: str) -> str:
    """A name as it fits beside a mark."""
    return name if len(name) <= LABEL_CHARACTERS else f"{name[: LABEL_CHARACTERS - 1]}…"


def _sums(labels: Column, numbers: Column) -> dict[str, float]:
    sums: dict[str, float] = defaultdict(float)
    for label, value in zip(labels.values, numbers.values, strict=True):
        if label is not None and isinstance(value, int | float):
            sums[_text(label)] += value
    return sums


def _text(value: Value) -> str:
    return short_iri(value) if isinstance(value, str) else str(value)
