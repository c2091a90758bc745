"""Groups of filters with counts; choosing one is following a link, so every choice is in the address."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from web.components.browser import browser_component
from web.links import Destination

MAX_OPTIONS = 50
"""Values of a group that are listed; one further down is better put into the question."""

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
    """The values of one property; ``unlisted`` more there are, and the group starts unfolded when it is ``open``."""

    title: str
    options: list[FacetOption]
    unlisted: int
    open: bool

    @property
    def selected(self) -> list[FacetOption]:
        """The values that are filtered by."""
        return [option for option in self.options if option.selected]


def facet_group(
    title: str,
    counts: Mapping[str, int],
    chosen: Sequence[str],
    name: Callable[[str], str],
    address: Callable[[tuple[str, ...]], Destination],
    is_open: bool = True,
) -> FacetGroup:
    """An option for each counted value, the chosen ones first, even those that leave nothing.

    ``address`` gives the link to the view that filters by these values of the property.
    """
    values = {**dict.fromkeys(chosen, 0), **counts}
    listed = list(values.items())[: max(MAX_OPTIONS, len(chosen))]
    options = []
    for value, count in listed:
        selected = value in chosen
        others = tuple(item for item in chosen if item != value)
        options.append(FacetOption(name(value), count, selected, address(others if selected else (*others, value))))
    return FacetGroup(title, options, len(values) - len(listed), is_open)


def draw_facets(groups: Iterable[FacetGroup], key: str, note: str = "") -> None:
    """Draw the groups that leave a choice, and under them what the counts mean."""
    offered = [asdict(group) for group in groups if len(group.options) > 1 or group.selected]
    _DRAW({"groups": offered, "note": note}, key)
