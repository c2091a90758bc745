"""Page 检索 as its address has it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import streamlit as st

from embeddings.facets import FACETS, chosen_values, filters_of
from embeddings.hit_order import HitOrder
from embeddings.types import SearchFilters
from kg.namespaces import Iris
from web.links import Destination, destination, document_key, read_limit

PAGE_SIZE = 20
MAX_HITS = 100
_BY_DOCUMENT = "document"
_ALL = SearchFilters()


@dataclass(frozen=True)
class SearchView:
    """What the page shows: ``limit`` hits of a question, in an order, flat or ``grouped`` by document."""

    question: str = ""
    filters: SearchFilters = _ALL
    order: HitOrder = HitOrder.RELEVANCE
    grouped: bool = False
    limit: int = PAGE_SIZE

    @property
    def destination(self) -> Destination:
        """The link to it; what is as it would be anyway is left out, documents are written by their key."""
        return destination(
            "search",
            {
                "q": self.question,
                **chosen_values(self.filters),
                "document": [document_key(iri) for iri in self.filters.documents],
                "sort": self.order if self.order is not HitOrder.RELEVANCE else "",
                "group": _BY_DOCUMENT if self.grouped else "",
                "limit": self.limit if self.limit != PAGE_SIZE else "",
            },
        )

    def asking(self, question: str) -> SearchView:
        """The view of another question, from its beginning; filters and order stay."""
        return replace(self, question=question, limit=PAGE_SIZE)

    def filtered(self, filters: SearchFilters) -> SearchView:
        """The view with other filters, from its beginning."""
        return replace(self, filters=filters, limit=PAGE_SIZE)

    def without(self, facet: str) -> SearchView:
        """The view without the filters of a facet."""
        return self.filtered(replace(self.filters, **{FACETS[facet]: ()}))

    def longer(self) -> SearchView | None:
        """The view of more hits; None where there may be no more."""
        return replace(self, limit=min(self.limit + PAGE_SIZE, MAX_HITS)) if self.limit < MAX_HITS else None


def view_in_address(base_iri: str) -> SearchView:
    """What the address asks for; orders and limits that cannot be are not heeded."""
    parameters = st.query_params
    iris = Iris(base_iri)
    values = {facet: list(dict.fromkeys(parameters.get_all(facet))) for facet in FACETS}
    order = parameters.get("sort", "")
    return SearchView(
        question=parameters.get("q", "").strip(),
        filters=filters_of(values | {"document": [iris.document(key).value for key in values["document"]]}),
        order=HitOrder(order) if order in list(HitOrder) else HitOrder.RELEVANCE,
        grouped=parameters.get("group") == _BY_DOCUMENT,
        limit=min(read_limit(parameters.get("limit", ""), PAGE_SIZE), MAX_HITS),
    )
