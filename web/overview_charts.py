"""Charts of page 概览 that say more than bars in a table: deadlines, citations, and actors named together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import altair as alt
import pandas as pd

from kg.citation_counts import CitationCount
from kg.named_together import Pair
from kg.questions import Row

MAX_DOCUMENTS = 12
"""Rows and columns of the matrix of citations."""
MAX_LINES = 20
"""Pairs of actors that are drawn."""

_INK, _PALE = "#1f5673", "#d9e6ee"
# Titles along the axes: without the name of the state, and short enough for a narrow screen.
_TITLE = "replace(datum.label, '中华人民共和国', '')"
_SHORT_TITLE = f"length({_TITLE}) > 12 ? slice({_TITLE}, 0, 11) + '…' : {_TITLE}"


def deadline_chart(rows: Sequence[Row]) -> alt.Chart | None:
    """A bar for each year in which deadlines end; None without any (rows of ``deadlines``)."""
    years = Counter(str(row["last_day"])[:4] for row in rows if row["last_day"])
    if not years:
        return None
    table = pd.DataFrame(sorted(years.items()), columns=["年份", "期限数"])
    chart: alt.Chart = alt.Chart(table).mark_bar(color=_INK)
    return chart.encode(
        x=alt.X("年份:O", title=None, axis=alt.Axis(labelAngle=0, labelOverlap=True)),
        y=alt.Y("期限数:Q", axis=alt.Axis(tickMinStep=1)),
        tooltip=["年份", "期限数"],
    )


def citation_chart(counts: Sequence[CitationCount]) -> alt.LayerChart | None:
    """A matrix of the documents that cite most and are cited most, with the numbers in it; None without any."""
    if not counts:
        return None
    citing, cited, cells = Counter[str](), Counter[str](), Counter[tuple[str, str]]()
    for count in counts:
        citing[count.citing_title] += count.citations
        cited[count.cited_title] += count.citations
        cells[count.citing_title, count.cited_title] += count.citations
    rows = [title for title, _ in citing.most_common(MAX_DOCUMENTS)]
    columns = [title for title, _ in cited.most_common(MAX_DOCUMENTS)]
    shown = [(*pair, number) for pair, number in cells.items() if pair[0] in rows and pair[1] in columns]
    table = pd.DataFrame(shown, columns=["引用的文件", "被引用的文件", "次数"])
    base = alt.Chart(table).encode(
        y=alt.Y("引用的文件:N", sort=rows, axis=alt.Axis(labelExpr=_SHORT_TITLE)),
        x=alt.X("被引用的文件:N", sort=columns, axis=alt.Axis(labelExpr=_SHORT_TITLE, labelAngle=-60)),
        tooltip=["引用的文件", "被引用的文件", "次数"],
    )
    return alt.LayerChart(layer=[base.mark_rect(color=_PALE, stroke="white"), base.mark_text().encode(text="次数:Q")])


def named_together_chart(pairs: Sequence[Pair]) -> alt.LayerChart | None:
    """The first pairs as lines between actors on a circle, thicker for more statements; None without any."""
    drawn = pairs[:MAX_LINES]
    if not drawn:
        return None
    labels = list(dict.fromkeys(label for pair in drawn for label in pair.labels))
    points = {
        label: (math.cos(turn), math.sin(turn))
        for label, turn in zip(labels, (2 * math.pi * index / len(labels) for index in range(len(labels))), strict=True)
    }
    lines = pd.DataFrame(
        [(*points[first], *points[second], pair.statements) for pair in drawn for first, second in [pair.labels]],
        columns=["x", "y", "x2", "y2", "陈述"],
    )
    nodes = pd.DataFrame([(label, x, y) for label, (x, y) in points.items()], columns=["主体", "x", "y"])
    plane = alt.Scale(domain=(-1.8, 1.8))
    x, y = alt.X("x:Q", axis=None, scale=plane), alt.Y("y:Q", axis=None, scale=alt.Scale(domain=(-1.15, 1.15)))
    width = alt.StrokeWidth("陈述:Q", scale=alt.Scale(range=(1, 8)), legend=alt.Legend(title="陈述", orient="bottom"))
    named = alt.Chart(nodes).encode(x=x, y=y, tooltip=["主体"])
    layers = [
        alt.Chart(lines).mark_rule(color=_INK, opacity=0.35).encode(x=x, y=y, x2="x2", y2="y2", strokeWidth=width),
        named.mark_point(filled=True, color=_INK, size=60, opacity=1),
        # Outside the circle, on the side where its point is.
        named.transform_filter("datum.x >= 0").mark_text(align="left", dx=7).encode(text="主体"),
        named.transform_filter("datum.x < 0").mark_text(align="right", dx=-7).encode(text="主体"),
    ]
    return alt.LayerChart(layer=layers)
