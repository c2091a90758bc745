"""Groups of filters with counts; choosing one is following a link, so every choice is in the address.

The browser makes the links (``filterAddress`` in ``dom.js``): a page offers hundreds, of which a reader follows one.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from web.components.browser import as_data, browser_component
from web.links import Destination

MAX_OPTIONS = 50
"""Values of a group that are listed; one further down is better put into the question."""

_DRAW = browser_component("facets", '<nav class="facets" aria-label="筛选"></nav>')


@dataclass(frozen=True, slots=True)
class Filtering:
    """How a view is filtered by a property, which its address calls ``parameter``.

    The ``chosen`` values are added to ``without``, the view that does not filter by it; when it is ``alone``, one takes
    the place of another.
    """

    parameter: str
    without: Destination
    chosen: Sequence[str]
    alone: bool = False


@dataclass(frozen=True, slots=True)
class FacetOption:
    """One ``value`` to filter by, as the address writes it."""

    label: str
    count: int
    value: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of one property; ``unlisted`` more there are, and the group starts unfolded when it is ``open``."""

    title: str
    filtering: Filtering
    options: list[FacetOption]
    unlisted: int
    open: bool

    @property
    def selected(self) -> list[FacetOption]:
        """The values that are filtered by."""
        return [option for option in self.options if option.value in self.filtering.chosen]


def facet_group(
    title: str,
    filtering: Filtering,
    counts: Mapping[str, int],
    name: Callable[[str], str] = str,
    is_open: bool = True,
) -> FacetGroup:
    """An option for each counted value, called by its ``name``; the chosen ones first, even if they leave nothing."""
    chosen = filtering.chosen
    values = {**dict.fromkeys(chosen, 0), **counts}
    listed = list(values.items())[: max(MAX_OPTIONS, len(chosen))]
    options = [FacetOption(name(value), count, value) for value, count in listed]
    return FacetGroup(title, filtering, options, len(values) - len(listed), is_open)


def draw_facets(groups: Iterable[FacetGroup], key: str, note: str = "") -> None:
    """Draw the groups that leave a choice, and under them what the counts mean."""
    offered = [
        {
            "title": group.title,
            "filtering": as_data(group.filtering),
            "options": [as_data(option) for option in group.options],
            "unlisted": group.unlisted,
            "open": group.open,
        }
        for group in groups
        if len(group.options) > 1 or group.selected
    ]
    _DRAW({"groups": offered, "note": note}, key)
