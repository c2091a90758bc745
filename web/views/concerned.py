"""涉及哪些单位: the kinds of organization that a measure or norm concerns, in which role."""

from collections.abc import Sequence
from itertools import groupby

import streamlit as st

from kg.concerned_kinds import ConcernedKind, concerned_kinds
from kg.organization_report import extent_in_words
from kg.questions import fill_question
from web.components.cards import Card, Note, draw_cards
from web.components.links import draw_links
from web.organizations import OrganizationView, named_view
from web.query_links import draw_query_link
from web.resources import KNOWLEDGE_BASE
from web.statement_card import statement_card

FEW = 8
"""Narrower kinds that are told at once; more of them are told with the reason."""


def show_concerned() -> None:
    """Draw the view that the address describes."""
    st.subheader("涉及哪些单位", anchor=False)
    iri = st.query_params.get("iri", "").strip()
    if not iri:
        st.info("这里列出一条举措或规范涉及哪些单位。请从机构页或检索结果里点“涉及哪些单位”进入。")
        draw_links({"去机构页": OrganizationView().destination}, key="to_organizations")
        return
    knowledge_base = KNOWLEDGE_BASE.get()
    draw_cards([statement_card(knowledge_base.searcher.statement(iri))], key="statement")
    concerned = concerned_kinds(knowledge_base.organizations, iri)
    if not concerned:
        st.info("原文没有写明它涉及哪些单位。")
        return
    for role, kinds in groupby(concerned, key=lambda kind: kind.role):
        draw_role(role, tuple(kinds))
    draw_query_link(fill_question("statement_actors", statement=iri))


def draw_role(role: str, kinds: Sequence[ConcernedKind]) -> None:
    """The kinds of one role, each a link to what else concerns them."""
    st.subheader(f"{role}（{len(kinds)}）", anchor=False)
    draw_cards([kind_card(number, kind) for number, kind in enumerate(kinds, start=1)], key=f"kinds_{role}")


def kind_card(number: int, concerned: ConcernedKind) -> Card:
    """A kind, or one body by its name, as shown."""
    name = concerned.kind or concerned.actor
    facts, why = [("范围", extent_in_words(concerned))], concerned.reason
    if len(concerned.narrower) > FEW:
        why += f"\n下位类别：{'、'.join(concerned.narrower)}"
    elif concerned.narrower:
        facts.append(("下位类别", "、".join(concerned.narrower)))
    return Card(
        rank=number,
        tone="provision",
        badge="类别" if concerned.kind else "单位",
        source=f"原文写作“{concerned.actor}”",
        text=name,
        destination=named_view(name),
        facts=facts,
        note=Note(title="为什么", text=why),
    )


show_concerned()
