"""The card of a quote, on which the cards of the pages build."""

from typing import Protocol

from kg.labels import KINDS
from web.components.cards import Card
from web.links import Destination, destination, document_key, place_destination


class Quote(Protocol):
    """Exact words of a document: a hit, a statement, what concerns an organization."""

    @property
    def kind(self) -> str:
        """A key of ``kg.labels.KINDS``."""

    @property
    def text(self) -> str:
        """The words, ``[start, end)`` of the document in code points."""

    @property
    def document(self) -> str:
        """The document's title."""

    @property
    def document_iri(self) -> str:
        """The document."""

    @property
    def place(self) -> str:
        """Where in the document, for people."""

    @property
    def start(self) -> int:
        """Of the words."""

    @property
    def end(self) -> int:
        """Of the words, exclusive."""


def statement_card(quote: Quote, rank: int | None = None) -> Card:
    """The words with their source, as shown; ``rank`` is None where they stand alone."""
    return Card(
        rank=rank,
        tone=quote.kind,
        badge=KINDS[quote.kind],
        source=f"《{quote.document}》 {quote.place}",
        text=quote.text,
        destination=place_destination(document_key(quote.document_iri), quote.start, quote.end),
    )


def statement_links(iri: str) -> list[tuple[str, Destination]]:
    """What to look at next from a measure or norm."""
    return [
        ("相近表述", destination("similar", {"iri": iri})),
        ("涉及哪些单位", destination("concerned", {"iri": iri})),
    ]
