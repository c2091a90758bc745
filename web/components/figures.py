"""Figures in a line, each a link that shows only what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.components.browser import as_data, browser_component
from web.links import Destination

_DRAW = browser_component("figures", '<nav class="figures"></nav>', base="wrapped")


@dataclass(frozen=True, slots=True)
class Figure:
    """A count under its label; ``note`` says its share; ``destination`` chooses it, or all again when ``selected``."""

    label: str
    count: int
    note: str
    selected: bool
    destination: Destination


def draw_figures(title: str, figures: Sequence[Figure], key: str) -> None:
    """Draw the figures in their order under the name ``title``."""
    _DRAW({"title": title, "figures": [as_data(figure) for figure in figures]}, key)
