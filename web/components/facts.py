"""Lines of what is known, each with its reason."""

from collections.abc import Iterable
from itertools import groupby

from kg.understanding import Understanding
from web.components.browser import browser_component

_DRAW = browser_component("facts", '<dl class="known"></dl>')


def draw_facts(known: Iterable[Understanding], key: str) -> None:
    """Draw a line for each aspect, in their order; nothing where nothing is known."""
    lines = [
        {"aspect": aspect, "values": [[one.value, one.reason] for one in of_aspect]}
        for aspect, of_aspect in groupby(known, key=lambda one: one.aspect)
    ]
    if lines:
        _DRAW({"lines": lines}, key)
