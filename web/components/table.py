"""A table whose cells may be links and carry bars, sorted by a click on its header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.table import Value
from web.components.browser import as_data, browser_component
from web.links import Destination

_DRAW = browser_component("table", '<div class="frame"></div><button class="more" type="button" hidden></button>')


@dataclass(frozen=True, slots=True)
class Cell:
    """A value, and where a click on it leads, if anywhere."""

    value: Value
    destination: Destination | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """How a table looks: columns by their names.

    The numbers of ``bar`` come with a bar as long as their share of the largest one; ``wide`` hold long texts; the
    first ``folded`` rows are shown, the others on demand.
    """

    bar: str = ""
    wide: tuple[str, ...] = ()
    folded: int = 10


PLAIN = Look()


def draw_table(title: str, header: Sequence[str], rows: Sequence[Sequence[Cell]], key: str, look: Look = PLAIN) -> None:
    """Draw the rows in their order, until the reader sorts them."""
    data = {
        "title": title,
        "header": list(header),
        "rows": [[as_data(cell) for cell in row] for row in rows],
        "bar": header.index(look.bar) if look.bar else None,
        "wide": [header.index(name) for name in look.wide],
        "folded": look.folded,
    }
    _DRAW(data, key)
