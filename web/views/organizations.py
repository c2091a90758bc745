"""机构: what concerns an organization or a kind of organization, in which role, and why."""

import streamlit as st

from kg.organization_question import OrganizationQuestion
from web.components.box import draw_box
from web.components.facets import draw_facets
from web.components.links import draw_links
from web.organization_comparison import show_comparison
from web.organization_results import role_facet, show_near, show_results, show_sparql
from web.organizations import OrganizationView, answer_for, findings_for, named_view, sparql_for, view_in_address
from web.resources import EXAMPLE_ORGANIZATIONS, KNOWLEDGE_BASE
from web.understanding import draw_understanding

DESCRIBED_EXAMPLE = "我们是做半导体设备的民营企业，有研发中心，在苏州"


def show_organization() -> None:
    """Draw the view that the address describes."""
    view = view_in_address()
    draw_question(view)
    if view.question.is_empty:
        show_examples()
        return
    generation = str(KNOWLEDGE_BASE.get().folder)
    if view.other:
        show_comparison(view, generation)
        return
    found = findings_for(view.question, generation)
    answer, dated = answer_for(view, generation)
    draw_understanding(view, found.profile)
    side, main = st.columns([1, 3.2], gap="medium")
    with side:
        draw_facets([role_facet(view, answer.counts)], key="facets")
    with main:
        show_results(view, answer, dated)
        show_near(found.by_meaning)
        show_sparql(sparql_for(view.question, generation))


def draw_question(view: OrganizationView) -> None:
    """The boxes for the name, the description and, once there is one of these, the other organization."""
    name, other = st.columns([1.6, 1])
    with name:
        draw_box(
            view.question.name,
            label="单位",
            placeholder="输入单位的名称或类别，按回车",
            address=lambda typed: view.named(typed).destination,
        )
    if not view.question.is_empty:
        with other:
            draw_box(
                view.other,
                label="与另一单位对比",
                placeholder="与另一单位对比：输入名称或类别",
                address=lambda typed: view.beside(typed).destination,
                key="other_asked",
            )

    def describe() -> None:
        described = view.described(st.session_state["described"].strip())
        st.query_params.from_dict(described.destination["parameters"])

    st.session_state["described"] = view.question.description
    st.text_area(
        "用几句话说明（可以不写）",
        key="described",
        height=68,
        placeholder="如：" + DESCRIBED_EXAMPLE,
        on_change=describe,
    )


def show_examples() -> None:
    """What to ask, for someone who has asked nothing yet."""
    st.caption("写出单位的名称或类别，或用几句话说明它，看哪些举措与规范同它有关、为什么有关。例如：")
    described = OrganizationView(OrganizationQuestion(description=DESCRIBED_EXAMPLE))
    examples = {example: named_view(example) for example in EXAMPLE_ORGANIZATIONS}
    draw_links({**examples, DESCRIBED_EXAMPLE: described.destination}, key="examples")


show_organization()
