"""What concerns an organization, as page 机构 shows it: by role, as files, and with the queries behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import groupby

import streamlit as st

from embeddings.organization_search import NearStatement
from kg.checklist import FORMATS
from kg.concerns import Concern
from kg.organization_roles import ROLES
from kg.organizations import QUESTIONS, OrganizationAnswer
from kg.questions import load_question
from web.components.cards import draw_cards
from web.components.facets import FacetGroup, Filtering, facet_group
from web.components.links import draw_links
from web.concern_cards import concern_card, near_card
from web.deadlines import draw_deadlines
from web.media_types import MEDIA_TYPES
from web.organizations import OrganizationView
from web.query_links import TITLE, draw_query_link
from web.resources import KNOWLEDGE_BASE


def role_facet(view: OrganizationView, counts: Mapping[str, int]) -> FacetGroup:
    """The roles with their counts, in the order of force."""
    present = {role: count for role, count in counts.items() if count}
    return facet_group("角色", Filtering("role", view.of_roles(()).destination, view.roles), present)


def show_results(view: OrganizationView, answer: OrganizationAnswer, dated: Sequence[Concern]) -> None:
    """What the texts say of the organization: files of all, deadlines (``dated``), and cards under their roles."""
    count = sum(answer.counts[role] for role in view.roles or ROLES)
    if not count:
        st.info("没有找到与它有关的举措或规范。请换用全称，或在上面选定它的类别，如“全国学会”“高等学校”“民营企业”。")
        return
    draw_downloads(view, answer.profile.title, count)
    draw_deadlines(dated)
    for role, concerns in groupby(answer.results, key=lambda concern: concern.role):
        draw_role(view, role, list(concerns), answer.counts[role])
    if view.roles and len(answer.results) < count:
        draw_links({"显示更多": view.longer().destination}, key="more")


def draw_role(view: OrganizationView, role: str, concerns: Sequence[Concern], count: int) -> None:
    """The cards of a role, and while no role is chosen the way to all of it."""
    st.subheader(f"{role}（{count}）", anchor=False)
    draw_cards([concern_card(concern) for concern in concerns], key=f"cards_{role}")
    if not view.roles and count > len(concerns):
        draw_links({f"显示更多：“{role}”共 {count} 条": view.of_roles((role,)).destination}, key=f"more_{role}")


def draw_downloads(view: OrganizationView, title: str, count: int) -> None:
    """All results as files, made when they are asked for."""
    line = st.container(horizontal=True, vertical_alignment="center")
    line.caption(f"共 {count} 条，按角色、远近和效力排列。标“须核实”的只涉及这一类单位中的一部分。")
    for ending, write in FORMATS.items():
        line.download_button(
            f"下载 {ending[1:].upper()}",
            partial(write_all, view, write),
            f"与{title}有关的清单{ending}",
            MEDIA_TYPES[ending],
            on_click="ignore",
        )


def write_all(view: OrganizationView, write: Callable[[OrganizationAnswer], bytes]) -> bytes:
    """A file of all results of the roles that are chosen."""
    return write(KNOWLEDGE_BASE.get().organizations.measures_for(view.question.profile(), None, view.roles or ROLES))


def show_near(near: Sequence[NearStatement]) -> None:
    """What is only near the organization's field, apart from what the texts say of it."""
    if near:
        st.subheader(f"按意义相近（{len(near)}）", anchor=False)
        st.caption("这些条目原文没有写到这个单位或它的类别，只是与它的领域意义相近，供参考，不计入上面的数目和清单。")
        draw_cards([near_card(number, statement) for number, statement in enumerate(near, start=1)], key="near")


def show_sparql(sparql: str) -> None:
    """The named queries behind the answer, and the one that finds the statements, filled in."""
    if not sparql:
        return
    with st.expander(TITLE):
        titles = (load_question(name).title.split(" / ")[0] for name in QUESTIONS)
        st.caption("结果由这几个查询得出：" + "、".join(titles) + "。下面是找出陈述的一个，主体已经填好。")
        draw_query_link(sparql, "在 SPARQL 页打开")
        st.code(sparql, language="sparql", height=320)
