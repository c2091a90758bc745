"""The questions that were asked in this tab, from the browser's own memory, with a way to clear it."""

from web.components.browser import browser_component
from web.links import destination

_DRAW = browser_component(
    "past_questions",
    '<section class="past" hidden></section>',
    base="forget",
    parts=("past",),
)

MOST_SHOWN = 8


def draw_past_questions(key: str) -> None:
    """Links to the last of them; nothing where there are none."""
    _DRAW({"most": MOST_SHOWN, "path": destination("search", {})["path"]}, key)
