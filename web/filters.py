"""The filters of a search: the groups of links that change them, and what it is called to have one."""

from collections.abc import Mapping

from embeddings.facets import FACETS
from kg.labels import KINDS, LEVELS, MODALITIES
from web.components.facets import FacetGroup, Filtering, facet_group
from web.labels import FACET_TITLES
from web.links import document_key
from web.search_view import SearchView

OPEN_GROUPS = {"kind", "modality", "actor_kinds", "document"}
"""Groups that start unfolded; there are too many to show the values of all."""

_NAMES: dict[str, Mapping[str, str]] = {"kind": KINDS, "modality": MODALITIES, "level": LEVELS}


def facet_groups(
    view: SearchView, counts: Mapping[str, Mapping[str, int]], titles: Mapping[str, str]
) -> list[FacetGroup]:
    """All groups with their counts, in the order of the page; ``titles`` are those of documents by IRI."""
    return [_group(facet, view, counts[facet], titles) for facet in FACET_TITLES]


def value_name(facet: str, value: str, titles: Mapping[str, str]) -> str:
    """What a value of a facet is called."""
    if facet == "document":
        return titles.get(value, document_key(value))
    return _NAMES.get(facet, {}).get(value, value)


def _group(facet: str, view: SearchView, counts: Mapping[str, int], titles: Mapping[str, str]) -> FacetGroup:
    chosen = getattr(view.filters, FACETS[facet])
    if facet == "year":
        counts = dict(sorted(counts.items(), reverse=True))
    if facet == "document":  # addresses name it by its key
        titles = {document_key(iri): title for iri, title in titles.items()}
        chosen = tuple(map(document_key, chosen))
        counts = {document_key(iri): count for iri, count in counts.items()}
    return facet_group(
        FACET_TITLES[facet],
        Filtering(facet, view.without(facet).destination, chosen),
        counts,
        lambda value: value_name(facet, value, titles),
        facet in OPEN_GROUPS,
    )
