"""A search as SPARQL: its question in ``SERVICE kp:search``, its filters as patterns about what is found."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import Literal, NamedNode

from embeddings.search_clause import MAX_HITS
from embeddings.types import SearchFilters
from kg.vocabulary import literal_zh

_ANY_ROLE = "(kp:agent|kp:target|kp:bearer)"
_PATHS: dict[str, tuple[str, str]] = {
    "document_kinds": ("?document", "kp:documentKind/skos:notation"),
    "levels": ("?document", "kp:governmentLevel"),
    "issuers": ("?document", "kp:issuer/skos:prefLabel"),
    "strengths": ("?hit", "kp:strength/skos:notation"),
    "actors": ("?hit", f"{_ANY_ROLE}/skos:prefLabel"),
    "actor_kinds": ("?hit", f"{_ANY_ROLE}/kp:actorKind/skos:broader*/skos:prefLabel"),
    "topics": ("?hit", "kp:topic/skos:broader*/skos:notation"),
    "instruments": ("?hit", "kp:instrumentType/skos:broader*/skos:notation"),
    "programmes": ("?hit", "kp:programme/skos:prefLabel"),
}
"""Field of the filters → which variable has the value, and by which path."""

_IN_CHINESE = frozenset({"issuers", "actors", "actor_kinds", "programmes"})


def search_sparql(question: str, filters: SearchFilters, limit: int) -> str:
    """The query that finds what a search for ``question`` finds; filters other than by class and document are applied
    to the first ``MAX_HITS`` hits."""
    classes = ", ".join(f"kp:{name.capitalize()}" for name in filters.modalities or filters.kinds)
    documents = ", ".join(str(NamedNode(iri)) for iri in filters.documents)
    block = [
        f"?hit kp:query {Literal(question)}",
        f"kp:limit {limit if _in_block_alone(filters) else MAX_HITS}",
        *([f"a {classes}"] if classes else []),
        *([f"kp:inDocument {documents}"] if documents else []),
        "kp:score ?score",
        "kp:snippet ?text",
    ]
    lines = [
        "SELECT DISTINCT ?hit ?score ?text ?document_title ?place WHERE {",
        "  SERVICE kp:search {",
        "    " + " ;\n      ".join(block) + " .",
        "  }",
        "  ?hit kp:inDocument ?document .",
        "  ?document dcterms:title ?document_title .",
        "  OPTIONAL { ?hit kp:place|(kp:inProvision/kp:place) ?place }",
        *(f"  {line}" for line in _filter_patterns(filters)),
        "}",
        "ORDER BY DESC(?score)",
        f"LIMIT {limit}",
    ]
    return "\n".join(lines)


def _in_block_alone(filters: SearchFilters) -> bool:
    return not filters.years and not any(getattr(filters, field) for field in _PATHS)


def _filter_patterns(filters: SearchFilters) -> list[str]:
    patterns = []
    for field, (variable, path) in _PATHS.items():
        values: Sequence[str] = getattr(filters, field)
        if values:
            terms = " ".join(str(literal_zh(value) if field in _IN_CHINESE else Literal(value)) for value in values)
            name = f"?{field[:-1]}"
            patterns += [f"VALUES {name} {{ {terms} }}", f"{variable} {path} {name} ."]
    if filters.years:
        years = ", ".join(str(Literal(year)) for year in filters.years)
        patterns += ["?document kp:issued ?issued .", f"FILTER(STR(YEAR(?issued)) IN ({years}))"]
    return patterns
