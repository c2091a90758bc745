"""Choices of which one is taken, each a link, so that every choice is in the address."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.components.browser import as_data, browser_component
from web.links import Destination

_DRAW = browser_component("segments", '<nav class="segments" aria-label="排列"></nav>')


@dataclass(frozen=True, slots=True)
class Segment:
    """One way to have it; ``selected``: it is so now."""

    label: str
    selected: bool
    destination: Destination


def draw_segments(groups: Sequence[tuple[str, Sequence[Segment]]], key: str) -> None:
    """Draw each choice after its name."""
    data = [{"label": label, "segments": [as_data(segment) for segment in segments]} for label, segments in groups]
    _DRAW({"groups": data}, key)
