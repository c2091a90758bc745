"""Registering a component whose parts lie beside this file: ``<name>.js``, ``<name>.css``, and ``dom.js`` shared."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import streamlit as st

HERE = Path(__file__).parent


Component = Callable[[dict[str, Any], str], None]
"""Draws data (JSON values) at the present place of the page, under a key of its own."""


def browser_component(name: str, html: str, base: str = "", helper: str = "") -> Component:
    """A component drawn by ``<name>.js`` into ``html``, with the helpers of ``dom.js`` and of ``<helper>.js``.

    Its styles are those of ``<base>.css``, which several components may share, and of ``<name>.css``.
    """
    renderer = st.components.v2.component(
        f"kece_{name}",
        html=html,
        css="".join((HERE / f"{part}.css").read_text(encoding="utf-8") for part in (base, name) if part),
        js="".join((HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("dom", helper, name) if part),
    )

    def draw(data: dict[str, Any], key: str) -> None:
        renderer(data=data, key=key)

    return draw
