"""Rows of links, each after what it offers; they take little room above a list of results."""

from collections.abc import Mapping

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("link_rows", '<dl class="link-rows"></dl>')


def draw_link_rows(rows: Mapping[str, Mapping[str, Destination]], key: str) -> None:
    """Draw the rows that have links, by their titles."""
    data = [
        {"title": title, "links": [{"label": label, "destination": target} for label, target in links.items()]}
        for title, links in rows.items()
        if links
    ]
    _DRAW({"rows": data}, key)
