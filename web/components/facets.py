"""Groups of filters with counts; choosing one is following a link, so every choice is in the address."""

from collections.abc import Callable, Mapping, Sequence
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


def facet_options(
    counts: Mapping[str, int],
    chosen: Sequence[str],
    name: Callable[[str], str],
    address: Callable[[tuple[str, ...]], Destination],
) -> list[FacetOption]:
    """An option for each counted value, and for each chosen one even when it leaves nothing.

    ``address`` gives the link to the view that filters by these values of the property.
    """
    options = []
    for value, count in {**dict.fromkeys(chosen, 0), **counts}.items():
        selected = value in chosen
        others = tuple(item for item in chosen if item != value)
        options.append(FacetOption(name(value), count, selected, address(others if selected else (*others, value))))
    return options


def draw_facets(groups: list[FacetGroup], key: str) -> None:
    """Draw the groups that have options."""
    _DRAW({"groups": [asdict(group) for group in groups if group.options]}, key)
