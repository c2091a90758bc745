"""What was understood of an organization, in parts that its user may change; each change goes into the address."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from kg.labels import LEVELS
from kg.organization_profile import OrganizationProfile, provinces
from kg.organization_question import CORRECTIONS, OrganizationQuestion
from kg.taxonomy import kind_labels
from kg.understanding import understandings
from web.components.facts import draw_facts
from web.components.links import draw_links
from web.markdown import plain
from web.organizations import OrganizationView

NOT_LIMITED = "不限"
_SEVERAL = "several"
"""Shown where the name gives several levels; choosing it says nothing."""


def draw_understanding(view: OrganizationView, profile: OrganizationProfile) -> None:
    """The kinds, level, region and fields to be changed, the reasons of all, and what could not be told."""
    with st.container(border=True):
        kinds, fields, level, region = st.columns([2.4, 1.8, 1, 1.2])
        with kinds:
            _draw_several(
                view,
                "kinds",
                "类别",
                sorted(set(kind_labels().values())),
                [kind.label for kind in profile.kinds],
            )
        with fields:
            told = [field.label for field in profile.fields]
            _draw_several(view, "fields", "领域", told, told, accept_new_options=True)
        with level:
            _draw_level(view, [level.label for level in profile.levels])
        with region:
            _draw_one(
                view, "region", "地区", ["", *provinces()], profile.region.label if profile.region is not None else ""
            )
        draw_facts(understandings(profile), key="known")
        if any(name in view.question.parameters() for name in CORRECTIONS):
            as_told = OrganizationQuestion(view.question.name, view.question.description)
            draw_links({"恢复自动判断": view.asking(as_told).destination}, key="as_told")
    if profile.unknown:
        st.info(plain("\n".join(profile.unknown)).replace("\n", "  \n"))


def _draw_several(
    view: OrganizationView, part: str, label: str, options: Sequence[str], chosen: Sequence[str], **more: Any
) -> None:
    st.session_state[part] = list(chosen)
    st.multiselect(
        label,
        options,
        key=part,
        on_change=_changing(view, part, lambda value: tuple(dict.fromkeys(filter(None, map(str.strip, value))))),
        placeholder="未指定，可输入" if more else "未指定，可选择",
        filter_mode="contains",
        select_all=False,
        **more,
    )


def _draw_level(view: OrganizationView, levels: Sequence[str]) -> None:
    names = {"": NOT_LIMITED, **LEVELS, _SEVERAL: "、".join(LEVELS[level] for level in levels)}
    several = len(levels) > 1
    options = [option for option in names if option != _SEVERAL or several]
    _draw_one(view, "level", "层级", options, _SEVERAL if several else next(iter(levels), ""), names)


def _draw_one(
    view: OrganizationView,
    part: str,
    label: str,
    options: Sequence[str],
    chosen: str,
    names: dict[str, str] | None = None,
) -> None:
    shown = names or {"": NOT_LIMITED}
    st.session_state[part] = chosen
    st.selectbox(
        label,
        options,
        key=part,
        format_func=lambda option: shown.get(option, option),
        on_change=_changing(view, part, lambda value: None if value == _SEVERAL else value),
        filter_mode="contains",
    )


def _changing(view: OrganizationView, part: str, read: Callable[[Any], Any]) -> Callable[[], None]:
    """What writes the part's new value into the address."""

    def change() -> None:
        question = view.question.corrected(**{part: read(st.session_state[part])})
        st.query_params.from_dict(view.asking(question).destination["parameters"])

    return change
