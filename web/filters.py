"""The filters of a search: how the address writes them, and the groups of links that change them."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from embeddings.facets import FACETS, chosen_values, filters_of
from embeddings.types import SearchFilters
from kg.labels import KINDS, LEVELS, MODALITIES
from kg.namespaces import Iris
from web.components.facets import FacetGroup, facet_group
from web.labels import FACET_TITLES
from web.links import Destination, destination, document_key

PAGE_SIZE = 20
MAX_HITS = 100
OPEN_GROUPS = {"kind", "modality", "actor_kinds", "document"}
"""Groups that start unfolded; there are too many to show the values of all."""

_NAMES: dict[str, Mapping[str, str]] = {"kind": KINDS, "modality": MODALITIES, "level": LEVELS}


def chosen_filters(base_iri: str) -> SearchFilters:
    """The filters in the address, each under the name of its facet; documents are written by their key."""
    iris = Iris(base_iri)
    values = {facet: list(dict.fromkeys(st.query_params.get_all(facet))) for facet in FACETS}
    return filters_of(values | {"document": [iris.document(key).value for key in values["document"]]})


def chosen_limit() -> int:
    """How many hits the address asks for, within bounds."""
    asked = st.query_params.get("limit", "")
    return min(int(asked), MAX_HITS) if asked.isdecimal() and int(asked) else PAGE_SIZE


def search_address(question: str, filters: SearchFilters, limit: int = PAGE_SIZE) -> Destination:
    """The link to a search; what is as it would be anyway is left out."""
    chosen = {facet: list(values) for facet, values in chosen_values(filters).items()}
    keys = [document_key(iri) for iri in filters.documents]
    return destination(
        "search", {"q": question, **chosen, "document": keys, "limit": limit if limit != PAGE_SIZE else ""}
    )


def facet_groups(
    question: str, filters: SearchFilters, counts: Mapping[str, Mapping[str, int]], titles: Mapping[str, str]
) -> list[FacetGroup]:
    """All groups with their counts, in the order of the page; ``titles`` are those of documents by IRI."""
    return [_group(facet, question, filters, counts[facet], titles) for facet in FACET_TITLES]


def _group(
    facet: str, question: str, filters: SearchFilters, counts: Mapping[str, int], titles: Mapping[str, str]
) -> FacetGroup:
    field = FACETS[facet]
    names = titles if facet == "document" else _NAMES.get(facet, {})
    if facet == "year":
        counts = dict(sorted(counts.items(), reverse=True))
    return facet_group(
        FACET_TITLES[facet],
        counts,
        getattr(filters, field),
        lambda value: names.get(value, document_key(value) if facet == "document" else value),
        lambda values: search_address(question, replace(filters, **{field: values})),
        facet in OPEN_GROUPS,
    )
