"""A plain list of links to views."""

from collections.abc import Mapping

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("links", '<ul class="links"></ul>')


def draw_links(links: Mapping[str, Destination], key: str) -> None:
    """Draw the links, named by their labels."""
    _DRAW({"links": [{"label": label, "destination": target} for label, target in links.items()]}, key)
