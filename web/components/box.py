"""The input box on top of a page, whose content is in the address."""

from collections.abc import Callable

import streamlit as st

from web.links import Destination

_KEY = "asked"


def draw_box(value: str, label: str, placeholder: str, address: Callable[[str], Destination]) -> None:
    """A box that shows ``value``; entering something else opens its ``address``, which is in the same view."""

    def ask() -> None:
        st.query_params.from_dict(address(st.session_state[_KEY].strip())["parameters"])

    # The address decides, not what the box remembers: back and forward, links and filters all change it.
    st.session_state[_KEY] = value
    st.text_input(label, key=_KEY, type="search", label_visibility="collapsed", placeholder=placeholder, on_change=ask)
