"""The card of one statement, on the pages that are about it."""

from embeddings.similar import Statement
from kg.labels import KINDS
from web.components.cards import Card
from web.links import document_key, place_destination


def statement_card(statement: Statement) -> Card:
    """The statement asked about, as shown."""
    return Card(
        rank=None,
        tone=statement.kind,
        badge=KINDS[statement.kind],
        source=f"《{statement.document}》 {statement.place}",
        text=statement.text,
        destination=place_destination(document_key(statement.document_iri), statement.start, statement.end),
    )
