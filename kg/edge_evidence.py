"""What is behind an edge of the graph: the statements, their exact words, and the reasons of what is concluded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.namespaces import statement_kind
from kg.neighbourhood import RELATIONS, Edge, EdgeFilter
from kg.questions import Row, fill_question, run_question
from kg.store import GraphStore


@dataclass(frozen=True, slots=True)
class Words:
    """Exact words: ``[start, end)`` of the document (IRI) in code points; ``place`` is "" where none is known."""

    text: str
    start: int
    end: int
    place: str
    document: str
    document_title: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why two things are in a relation: a statement, mention or document (IRI) with its words, or a reason, or both.

    ``reason`` is "" for what the words say themselves; ``words`` is None for what is concluded from a name alone.
    """

    iri: str
    relation: str
    words: Words | None
    reason: str

    @property
    def kind(self) -> str:
        """measure, norm, citation, mention, document, or the kind of thing whose name is reasoned about."""
        return statement_kind(self.iri)


def edge_evidence(store: GraphStore, edge: Edge, chosen: EdgeFilter) -> list[Evidence]:
    """Why the two ends of ``edge`` are in its relation, in text order, document by document."""
    rows = [row for row in evidence_rows(store, edge, chosen) if row["relation"] == edge.relation]
    reasons: dict[str, str] = {}
    for row in rows:
        reasons.setdefault(str(row["iri"]), str(row["reason"] or ""))
    words = _words(store, reasons)
    ordered = [*words, *(iri for iri in reasons if iri not in words)]
    return [Evidence(iri, edge.relation, words.get(iri), reasons[iri]) for iri in ordered]


def evidence_rows(store: GraphStore, edge: Edge, chosen: EdgeFilter) -> list[Row]:
    """Rows of ``graph_evidence`` for the ends of ``edge``, of all relations."""
    return run_question(store, "graph_evidence", source=edge.source, target=edge.target, **chosen.years())


def evidence_sparql(edge: Edge, chosen: EdgeFilter) -> str:
    """The query behind :func:`edge_evidence`, which gives the evidence of all relations between the two ends."""
    return fill_question("graph_evidence", source=edge.source, target=edge.target, **chosen.years())


def edges_between(edges: Iterable[Edge], first: str, second: str) -> list[Edge]:
    """The edges of these two things, in the order of ``RELATIONS``."""
    between = [edge for edge in edges if {edge.source, edge.target} == {first, second}]
    return sorted(between, key=lambda edge: list(RELATIONS).index(edge.relation))


def _words(store: GraphStore, iris: Iterable[str]) -> dict[str, Words]:
    """The words of those that have any, in text order, document by document."""
    return {
        str(row["iri"]): Words(
            text=str(row["text"]),
            start=int(str(row["start"])),
            end=int(str(row["end"])),
            place=str(row["place"] or ""),
            document=str(row["document"]),
            document_title=str(row["document_title"]),
        )
        for row in run_question(store, "quotes", statements=list(iris))
    }
