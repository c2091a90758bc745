"""Other orders of the hits of a search than by relevance, and hits by document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from embeddings.types import Hit
from kg.vocabulary import strength_ranks


class HitOrder(StrEnum):
    """What hits are put in order by; those alike stay in order of relevance."""

    RELEVANCE = "relevance"
    FORCE = "force"  # what binds most first (ontologies/strengths.ttl), what is no norm last
    DATE = "date"  # of the document, the newest first, what has none last


def order_hits(hits: Sequence[Hit], order: HitOrder, issued: Mapping[str, str]) -> list[Hit]:
    """The hits in another order; ``issued`` gives the day of issue (YYYY-MM-DD, "" unknown) by the document's IRI."""
    if order is HitOrder.FORCE:
        return sorted(hits, key=_force, reverse=True)
    if order is HitOrder.DATE:
        return sorted(hits, key=lambda hit: issued.get(hit.document_iri, ""), reverse=True)
    return list(hits)


def by_document(hits: Sequence[Hit]) -> dict[str, list[Hit]]:
    """The hits of each document (IRI), documents in the order of their first hit."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.document_iri, []).append(hit)
    return groups


def _force(hit: Hit) -> int:
    """The rank of the norm's marker, 0 where the scale has none for it, less for what is no norm."""
    if hit.modality is None:
        return -1
    return strength_ranks().get(hit.strength or "", 0)
