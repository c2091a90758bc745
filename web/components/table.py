"""A table whose cells may be links and carry bars, sorted by a click on its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from kg.table import Value
from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("table", '<div class="frame"></div><button class="more" type="button"></button>')


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and where a click on it leads, if anywhere."""

    value: Value
    destination: Destination | None = None


def draw_table(
    title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], key: str, bar: str = "", folded: int = 10
) -> None:
    """Draw the first ``folded`` rows, the others on demand.

    The column named ``bar`` shows each number with a bar as long as its share of the largest one.
    """
    data = {
        "title": title,
        "header": list(header),
        "rows": [[asdict(cell) for cell in row] for row in rows],
        "bar": header.index(bar) if bar else None,
        "folded": folded,
    }
    _DRAW(data, key)
