"""Registering a component whose parts lie beside this file: ``<name>.js``, ``<name>.css``, and ``dom.js`` shared."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import streamlit as st

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

HERE = Path(__file__).parent


Component = Callable[[dict[str, Any], str], None]
"""Draws data (JSON values) at the present place of the page, under a key of its own."""


def browser_component(name: str, html: str, base: str = "", parts: Sequence[str] = ()) -> Component:
    """A component drawn by ``<name>.js`` into ``html``, with the helpers of ``dom.js`` and of each ``<part>.js``.

    Its styles are those of ``<base>.css``, which several components may share, and of ``<name>.css``.
    """
    renderer = st.components.v2.component(
        f"kece_{name}",
        html=html,
        css="".join((HERE / f"{part}.css").read_text(encoding="utf-8") for part in (base, name) if part),
        js="".join((HERE / f"{part}.js").read_text(encoding="utf-8") for part in ("dom", *parts, name)),
    )

    def draw(data: dict[str, Any], key: str) -> None:
        renderer(data=data, key=key)

    return draw


def as_data(record: "DataclassInstance") -> dict[str, Any]:
    """The fields of a record by name; not ``asdict``, which copies every text and list, a sixth of drawing a page."""
    return {field.name: getattr(record, field.name) for field in fields(record)}
