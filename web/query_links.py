"""The way from a result on any page to the query behind it."""

from web.components.links import draw_links
from web.links import destination

TITLE = "看这一结果的 SPARQL"


def draw_query_link(sparql: str, title: str = TITLE, key: str = "sparql") -> None:
    """A link to page SPARQL with the query in its address; ``key`` tells several on a page apart."""
    draw_links({title: destination("query", {"query": sparql})}, key=key)
