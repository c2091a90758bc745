"""Two organizations beside each other, as page 机构 shows them."""

from __future__ import annotations

import streamlit as st

from kg.organization_comparison import OrganizationComparison
from kg.understanding import understandings
from web.components.cards import Card, draw_cards
from web.components.facets import Filtering, draw_facets, facet_group
from web.components.facts import draw_facts
from web.components.links import draw_links
from web.concern_cards import concern_card, shared_card
from web.markdown import plain
from web.organizations import PARTS, OrganizationView, comparison_for, named_view

FIRST_OF_PART = 10
"""Results of each part that are shown while no part is chosen."""


def show_comparison(view: OrganizationView, generation: str) -> None:
    """Who the two are, what concerns both, and what only one."""
    compared = comparison_for(view.question, view.other, view.limit if view.part else FIRST_OF_PART, generation)
    first, second = compared.first.title, compared.second.title
    for column, part, profile in zip(st.columns(2), PARTS[1:], (compared.first, compared.second), strict=True):
        with column, st.container(border=True):
            st.text(profile.title)
            draw_facts(understandings(profile), key=f"known_{part}")
            for unknown in profile.unknown:
                st.caption(plain(unknown))
    titles = dict(zip(PARTS, ("都有关", f"只与{first}有关", f"只与{second}有关"), strict=True))
    counts = dict(zip(PARTS, (compared.both_count, compared.only_first_count, compared.only_second_count), strict=True))
    chosen = (view.part,) if view.part else ()
    side, main = st.columns([1, 3.2], gap="medium")
    with side:
        filtering = Filtering("part", view.of_part("").destination, chosen, alone=True)
        parts = facet_group("对比", filtering, counts, titles.__getitem__)
        draw_facets([parts], key="facets")
        only = {f"只看{first}": view.beside("").destination, f"只看{second}": named_view(second)}
        draw_links(only, key="alone")
    with main:
        for part, cards in part_cards(compared).items():
            if part in (chosen or PARTS):
                draw_part(view, part, titles[part], counts[part], cards)


def part_cards(compared: OrganizationComparison) -> dict[str, list[Card]]:
    """The cards of each part."""
    titles = compared.first.title, compared.second.title
    return {
        "both": [shared_card(shared, *titles) for shared in compared.both],
        "first": [concern_card(concern) for concern in compared.only_first],
        "second": [concern_card(concern) for concern in compared.only_second],
    }


def draw_part(view: OrganizationView, part: str, title: str, count: int, cards: list[Card]) -> None:
    """A part under its heading, and the way to more of it."""
    st.subheader(f"{title}（{count}）", anchor=False)
    if not cards:
        st.caption("没有。")
        return
    draw_cards(cards, key=f"part_{part}")
    if count > len(cards):
        longer = view.longer() if view.part else view.of_part(part)
        draw_links({f"显示更多：共 {count} 条": longer.destination}, key=f"more_{part}")
