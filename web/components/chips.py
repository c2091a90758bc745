"""The filters that are on, each a link that takes it away."""

from collections.abc import Iterable

from web.components.browser import as_data, browser_component
from web.components.facets import FacetGroup
from web.links import Destination

_DRAW = browser_component("chips", '<nav aria-label="已选筛选"><ul class="chips"></ul></nav>', base="wrapped")


def draw_chips(groups: Iterable[FacetGroup], clear: Destination, key: str) -> None:
    """Draw the selected values of ``groups``; ``clear`` is the view without any of them. Nothing when none is."""
    selected = [
        {
            "filtering": as_data(group.filtering),
            "chips": [{"label": f"{group.title}：{option.label}", "value": option.value} for option in group.selected],
        }
        for group in groups
        if group.selected
    ]
    if selected:
        _DRAW({"selected": selected, "clear": clear}, key)
