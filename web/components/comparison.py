"""Two texts side by side, with the phrases they share and what is the same and what differs."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("comparison", '<ol class="comparisons"></ol>', base="statement")


@dataclass(frozen=True, slots=True)
class Quote:
    """A text with its ``marks``: offsets ``[start, end)`` in code points, ascending."""

    text: str
    marks: Sequence[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class AspectRow:
    """One fact as the two texts have it, and how far they agree."""

    name: str
    here: Sequence[str]
    there: Sequence[str]

    @property
    def verdict(self) -> str:
        """同 for the same values, 部分相同 where some are shared, else 不同."""
        if set(self.here) == set(self.there):
            return "同"
        return "部分相同" if set(self.here) & set(self.there) else "不同"


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
    data = [
        asdict(comparison) | {"aspects": [asdict(row) | {"verdict": row.verdict} for row in comparison.aspects]}
        for comparison in comparisons
    ]
    _DRAW({"comparisons": data}, key)
