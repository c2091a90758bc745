"""The input box on top of a page, whose content is in the address."""

from collections.abc import Callable

import streamlit as st

from web.links import Destination


def draw_box(
    value: str, label: str, placeholder: str, address: Callable[[str], Destination], key: str = "asked"
) -> None:
    """A box that shows ``value``; entering something else opens its ``address``, which is in the same view."""

    def ask() -> None:
        st.query_params.from_dict(address(st.session_state[key].strip())["parameters"])

    # The address decides, not what the box remembers: back and forward, links and filters all change it.
    st.session_state[key] = value
    st.text_input(label, key=key, type="search", label_visibility="collapsed", placeholder=placeholder, on_change=ask)
