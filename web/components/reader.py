"""A whole document with its outline, what the graph knows of it marked, and a link to every sentence."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple, TypedDict

from web.components.browser import browser_component
from web.links import Destination

_DRAW = browser_component(
    "reader",
    (Path(__file__).parent / "reader.html").read_text(encoding="utf-8"),
    parts=("copy", "reader_text", "reader_place", "reader_panel"),
)


class OutlineEntry(TypedDict):
    """A heading: ``start`` is the code point where its line begins, ``depth`` 0 the outermost."""

    label: str
    start: int
    depth: int


class TextMark(NamedTuple):
    """Marked words ``[start, end)`` in code points; ``kind`` is one of those of the reading.

    ``note`` is the position of the tooltip among the notes of the reading. ``iri`` is what the words stand for, by
    which the page asks for what is known of it: what follows the IRI of the document, or the whole of another one.
    """

    kind: str
    start: int
    end: int
    note: int
    iri: str


class Place(TypedDict):
    """A place ``[start, end)``, code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the text; ``files`` are other forms of the document by their names, as relative addresses."""

    title: str
    facts: Sequence[tuple[str, str]]
    links: Sequence[tuple[str, Destination]]
    files: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as drawn.

    ``text`` is its canonical text, ``iri`` its own, ``destination`` the view of it, to which a place is added for a
    link. ``kinds`` of marks come with their names, ``hidden`` are those that are not shown at first.
    ``provisions`` are places with what they are called, each before those that it holds; ``sentences`` the begin and
    end of each, one after the other. ``target`` is highlighted and scrolled into view.
    """

    iri: str
    head: Head
    text: str
    destination: Destination
    outline: Sequence[OutlineEntry]
    provisions: Sequence[tuple[int, int, str]]
    sentences: Sequence[int]
    kinds: Mapping[str, str]
    marks: Sequence[TextMark]
    notes: Sequence[str]
    hidden: Sequence[str] = ()
    target: Place | None = None


def draw_reader(reading: Reading, key: str) -> None:
    """Draw the document."""
    # Not asdict of all: it copies each of ten thousand marks.
    data: dict[str, Any] = {name: getattr(reading, name) for name in Reading.__slots__}
    _DRAW(data | {"head": asdict(reading.head)}, key)
