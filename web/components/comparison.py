"""Two texts side by side, with the phrases they share or the words that differ, and the facts of both."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("comparison", '<ol class="comparisons"></ol>', base="statement")


MarkMeaning = Literal["shared", "removed", "added"]
"""Whether marked words are in both texts, only in the one that is left, or only in the one that came."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A text with its ``marks``, offsets ``[start, end)`` in code points; a click on it leads to ``destination``."""

    text: str
    marks: Sequence[tuple[int, int]]
    destination: Destination | None = None
    meaning: MarkMeaning = "shared"


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
    """A text beside another one, or one without counterpart; ``sides`` name the two, ``remark`` how near they are."""

    rank: int
    tone: str  # "measure", "norm", or what became of the text: "kept", "changed", "echoed", "added", "dropped"
    badge: str
    source: str
    remark: str
    here: Quote | None
    there: Quote | None
    aspects: Sequence[AspectRow]
    sides: tuple[str, str] = ("这一条", "相近的一条")
    flags: Sequence[str] = ()  # what a reader must not miss, beside the badge


def draw_comparisons(comparisons: list[Comparison], key: str) -> None:
    """Draw them in their order."""
    data = [
        asdict(comparison) | {"aspects": [asdict(row) | {"verdict": row.verdict} for row in comparison.aspects]}
        for comparison in comparisons
    ]
    _DRAW({"comparisons": data}, key)
