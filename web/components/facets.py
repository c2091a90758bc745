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
class FacetOption:
    """One ``value`` to filter by, as the address writes it."""

    label: str
    count: int
    value: str


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """The values of one property, which the address calls ``parameter``; ``unlisted`` more there are.

    The ``chosen`` ones are added to ``without``, the view that does not filter by the property; when it is ``alone``,
    one takes the place of another. The group starts unfolded when it is ``open``.
    """

    title: str
    parameter: str
    without: Destination
    chosen: Sequence[str]
    options: list[FacetOption]
    unlisted: int
    open: bool
    alone: bool

    @property
    def selected(self) -> list[FacetOption]:
        """The values that are filtered by."""
        return [option for option in self.options if option.value in self.chosen]


def facet_group(
    title: str,
    parameter: str,
    without: Destination,
    chosen: Sequence[str],
    counts: Mapping[str, int],
    name: Callable[[str], str] = str,
    is_open: bool = True,
    alone: bool = False,
) -> FacetGroup:
    """An option for each counted value, called by its ``name``; the chosen ones first, even those that leave nothing.

    See :class:`FacetGroup` for the others.
    """
    values = {**dict.fromkeys(chosen, 0), **counts}
    listed = list(values.items())[: max(MAX_OPTIONS, len(chosen))]
    options = [FacetOption(name(value), count, value) for value, count in listed]
    return FacetGroup(title, parameter, without, chosen, options, len(values) - len(listed), is_open, alone)


def draw_facets(groups: Iterable[FacetGroup], key: str, note: str = "") -> None:
    """Draw the groups that leave a choice, and under them what the counts mean."""
    offered = [
        as_data(group) | {"options": [as_data(option) for option in group.options]}
        for group in groups
        if len(group.options) > 1 or group.selected
    ]
    _DRAW({"groups": offered, "note": note}, key)
