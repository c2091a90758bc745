"""Two organizations beside each other, as the page shows them."""

from __future__ import annotations

import streamlit as st

from kg.organization_comparison import OrganizationComparison
from kg.understanding import understandings
from web.components.cards import draw_cards
from web.components.facts import draw_facts
from web.components.links import draw_links
from web.concern_cards import concern_card, shared_card
from web.organizations import OrganizationView, named_view


def show_comparison(view: OrganizationView, compared: OrganizationComparison) -> None:
    """What concerns both organizations, and what only one."""
    first, second = compared.first.title, compared.second.title
    for profile, key in ((compared.first, "first"), (compared.second, "second")):
        with st.container(border=True):
            st.text(profile.title)
            draw_facts(understandings(profile), key=f"known_{key}")
    draw_links(
        {f"不再对比，只看{first}": view.beside("").destination, f"只看{second}": named_view(second)}, key="alone"
    )
    parts = (
        ("都有关", compared.both_count, [shared_card(shared, first, second) for shared in compared.both]),
        (f"只与{first}有关", compared.only_first_count, [concern_card(concern) for concern in compared.only_first]),
        (f"只与{second}有关", compared.only_second_count, [concern_card(concern) for concern in compared.only_second]),
    )
    for number, (title, count, cards) in enumerate(parts):
        st.subheader(f"{title}（{count}）", anchor=False)
        draw_cards(cards, key=f"part_{number}")
    if any(count > len(cards) for _, count, cards in parts):
        draw_links({"显示更多": view.longer().destination}, key="more")
