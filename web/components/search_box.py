"""The box of page 检索: a question, with names and past questions offered as one types."""

from pathlib import Path

from web.components.browser import browser_component
from web.labels import NAME_KINDS
from web.links import Destination, destination

_DRAW = browser_component(
    "search_box",
    (Path(__file__).parent / "search_box.html").read_text(encoding="utf-8"),
    base="forget",
    parts=("past",),
)


def draw_search_box(question: str, label: str, placeholder: str, view: Destination, key: str) -> None:
    """A box that shows ``question``; entering another one opens ``view``, which has none, with it."""
    data = {
        "value": question,
        "label": label,
        "placeholder": placeholder,
        "destination": view,
        "document": destination("document", {})["path"],
        "kinds": NAME_KINDS,
    }
    _DRAW(data, key)
