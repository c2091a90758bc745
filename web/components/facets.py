"""Groups of filters with counts; choosing one is following a link, so every choice is in the address."""

from dataclasses import asdict, dataclass

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("facets", '<nav class="facets" aria-label="筛选"></nav>')


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One value to filter by; ``destination`` adds it, or takes it away when it is ``selected``."""

    label: str
    count: int
    selected: bool
    destination: Destination


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of one property."""

    title: str
    options: list[FacetOption]


def draw_facets(groups: list[FacetGroup], key: str) -> None:
    """Draw the groups that have options."""
    _DRAW({"groups": [asdict(group) for group in groups if group.options]}, key)
