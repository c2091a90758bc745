"""A whole document with its outline, its statements marked, and one place highlighted."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypedDict

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component("reader", (Path(__file__).parent / "reader.html").read_text(encoding="utf-8"))


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """A heading: ``start`` is the code point where its line begins, ``depth`` 0 the outermost."""

    label: str
    start: int
    depth: int


@dataclass(frozen=True, slots=True)
class TextMark:
    """A marked statement ``[start, end)`` in code points; ``kind`` is "actor", "measure" or "norm"."""

    kind: str
    label: str
    start: int
    end: int
    facts: list[tuple[str, str]]
    destination: Destination


class Place(TypedDict):
    """The linked place ``[start, end)``, highlighted and scrolled into view."""

    start: int
    end: int


def draw_reader(text: str, outline: list[OutlineEntry], marks: list[TextMark], target: Place | None, key: str) -> None:
    """Draw ``text`` (canonical text of one document)."""
    data = {
        "text": text,
        "outline": [asdict(entry) for entry in outline],
        "marks": [asdict(mark) for mark in marks],
        "target": target,
    }
    _DRAW(data, key)
