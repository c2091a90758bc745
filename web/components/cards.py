"""A list of quoted statements, each a link to its place in the text."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from web.components.browser import as_data, browser_component
from web.links import Destination

_DRAW = browser_component("cards", '<ol class="cards"></ol>', base="statement", parts=("copy",))


class Note(TypedDict):
    """A remark that opens on demand."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """One statement as shown; ``marks`` are offsets ``[start, end)`` in code points of ``text``, ascending."""

    rank: int | None  # None: it stands alone
    tone: str  # "measure", "norm", "provision": the colour, which repeats what the badge says
    badge: str
    source: str
    text: str
    destination: Destination
    marks: Sequence[tuple[int, int]] = ()
    facts: Sequence[tuple[str, str]] = ()
    note: Note | None = None
    links: Sequence[tuple[str, Destination]] = ()  # what to look at next
    caution: str = ""  # what the reader must see to, beside the badge
    citations: Sequence[tuple[str, str]] = ()  # ways of citing it: what each is, and the text to be copied


@dataclass(frozen=True, slots=True)
class CardGroup:
    """Cards under a heading that is a link; ``detail`` stands beside it, and ``links`` to what to look at next."""

    heading: str
    detail: str
    destination: Destination
    cards: Sequence[Card]
    links: Sequence[tuple[str, Destination]] = ()


def draw_cards(cards: list[Card], key: str) -> None:
    """Draw ``cards`` in their order."""
    _DRAW({"cards": [as_data(card) for card in cards]}, key)


def draw_card_groups(groups: list[CardGroup], key: str) -> None:
    """Draw the groups in their order, each with its cards in theirs."""
    _DRAW({"groups": [as_data(group) | {"cards": [as_data(card) for card in group.cards]} for group in groups]}, key)
