"""The deadlines of what concerns an organization, on a line of time and as a table."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import pandas as pd
import streamlit as st

from kg.concerns import Concern
from kg.organization_roles import ROLES
from web.markdown import plain

# By role; the colours differ in lightness too, and each role has a shape of its own.
_COLOURS = ("#8a1c1c", "#1f5673", "#3f7f4f", "#b5770d", "#5b6673")
_SHAPES = ("diamond", "square", "triangle-up", "circle", "cross")
_ROW_PIXELS = 34
_PADDING_PIXELS = 16


def draw_deadlines(concerns: Sequence[Concern]) -> None:
    """A point for each deadline that has a date, and the same as a table; nothing without any."""
    table = deadline_table(concerns)
    if table.empty:
        return
    st.subheader("期限", anchor=False)
    roles = [role for role in ROLES if role in set(table["角色"])]
    st.altair_chart(
        _chart(table, roles), height=_ROW_PIXELS * len(roles) + 50, alt="各条期限的最后一日，内容同下面的表格"
    )
    with st.expander(f"期限表（{len(table)} 项）"):
        shown = table.assign(最后一日=table["最后一日"].dt.strftime("%Y-%m-%d"))
        st.table(shown.map(lambda value: plain(str(value))).set_index("最后一日"))


def deadline_table(concerns: Sequence[Concern]) -> pd.DataFrame:
    """The dated deadlines, earliest first: 最后一日, 期限, 角色, 原文, 文件."""
    dated = [
        (pd.Timestamp(deadline.last_day), deadline.words, concern.role, concern.text, concern.document)
        for concern in concerns
        for deadline in concern.deadlines
        if deadline.last_day is not None
    ]
    return pd.DataFrame(sorted(dated), columns=["最后一日", "期限", "角色", "原文", "文件"])


def _chart(table: pd.DataFrame, roles: list[str]) -> alt.Chart:
    chosen = [ROLES.index(role) for role in roles]
    colours = alt.Scale(domain=roles, range=[_COLOURS[at] for at in chosen])
    shapes = alt.Scale(domain=roles, range=[_SHAPES[at] for at in chosen])
    chart: alt.Chart = alt.Chart(table).mark_point(filled=True, size=130, opacity=0.85)
    return chart.encode(
        x=alt.X(
            "最后一日:T",
            title=None,
            axis=alt.Axis(format="%Y-%m-%d", labelAngle=0, tickCount=4),
            scale=alt.Scale(padding=_PADDING_PIXELS),
        ),
        y=alt.Y("角色:N", title=None, sort=roles),
        color=alt.Color("角色:N", legend=None, scale=colours),
        shape=alt.Shape("角色:N", legend=None, scale=shapes),
        tooltip=[alt.Tooltip("最后一日:T", format="%Y-%m-%d"), "期限", "角色", "原文", "文件"],
    )
