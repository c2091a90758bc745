"""How often which document cites which, by relation."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from kg.namespaces import statement_span
from kg.questions import run_question
from kg.store import GraphStore
from kg.types import Span


@dataclass(frozen=True, slots=True)
class CitationCount:
    """Citations of one document (IRI) by another in one relation; ``first`` is the place of the first one."""

    citing: str
    citing_title: str
    cited: str
    cited_title: str
    relation: str
    citations: int
    first: Span


def citation_counts(store: GraphStore) -> tuple[CitationCount, ...]:
    """All of them, by the titles; documents that cite themselves are left out."""
    rows = [{name: str(value) for name, value in row.items()} for row in run_question(store, "resolved_citations")]
    ordered = groupby(rows, key=itemgetter("citing", "citing_title", "cited", "cited_title", "relation"))
    return tuple(
        CitationCount(citing, citing_title, cited, cited_title, relation, len(spans), min(spans))
        for (citing, citing_title, cited, cited_title, relation), of_pair in ordered
        for spans in [[statement_span(row["iri"]) for row in of_pair]]
    )
