"""Two texts side by side, with the phrases they share and what is the same and what differs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("comparison", '<ol class="comparisons"></ol>')


@dataclass(frozen=True, slots=True)
class Quote:
    """A text with its ``marks``: offsets ``[start, end)`` in code points, ascending."""

    text: str
    marks: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class AspectRow:
    """One fact as the two texts have it."""

    name: str
    here: str
    there: str
    same: bool


@dataclass(frozen=True, slots=True)
class Comparison:
    """A text beside another one; ``destination`` is the place of the other one, ``remark`` how near they are."""

    rank: int
    tone: str
    badge: str
    source: str
    remark: str
    here: Quote
    there: Quote
    destination: Destination
    aspects: Sequence[AspectRow]


def draw_comparisons(comparisons: list[Comparison], key: str) -> None:
    """Draw them in their order."""
    _DRAW({"comparisons": [asdict(comparison) for comparison in comparisons]}, key)
