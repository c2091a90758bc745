"""Terms of other vocabularies that our graphs use, as listed in ``ontologies/reused-terms.tsv``."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from kg.namespaces import PREFIXES
from kg.vocabulary import FOLDER, ask_vocabulary

FILE = FOLDER / "reused-terms.tsv"


@dataclass(frozen=True, slots=True)
class ReusedTerm:
    """A term of another vocabulary; ``name`` is prefixed, ``role`` is data, vocabulary or alignment."""

    iri: str
    name: str
    role: str
    label_zh: str
    label_en: str


@cache
def reused_terms() -> Mapping[str, ReusedTerm]:
    """All reused terms, by IRI."""
    lines = FILE.read_text(encoding="utf-8").splitlines()
    terms = {}
    for line in lines:
        if line.strip() and not line.startswith("#"):
            name, role, label_zh, label_en = line.split("\t")
            prefix, _, local = name.partition(":")
            iri = PREFIXES[prefix] + local
            terms[iri] = ReusedTerm(iri, name, role, label_zh, label_en)
    return terms


@cache
def term_labels() -> Mapping[str, str]:
    """The Chinese label of every class, property, concept and scheme, ours and reused ones, by IRI."""
    own = ask_vocabulary('SELECT ?term ?label { ?term rdfs:label|skos:prefLabel ?label FILTER(LANG(?label) = "zh") }')
    labels = {row["term"].value: row["label"].value for row in own}
    return {term.iri: term.label_zh for term in reused_terms().values()} | labels


def short_name(iri: str) -> str:
    """``iri`` with the prefix of its namespace (``eli:LegalResource``), or as it is where none is known."""
    namespaces = [(prefix, namespace) for prefix, namespace in PREFIXES.items() if iri.startswith(namespace)]
    if not namespaces:
        return iri
    prefix, namespace = max(namespaces, key=lambda pair: len(pair[1]))
    return f"{prefix}:{iri.removeprefix(namespace)}"
