"""What the knowledge base holds of each document, by kind, and what is left open in it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from kg.namespaces import statement_document, statement_span
from kg.questions import run_question
from kg.store import GraphStore
from kg.types import Span

COUNTS = {
    "provisions": "条款",
    "measures": "举措",
    "obligation": "义务",
    "prohibition": "禁止",
    "permission": "许可",
    "encouragement": "倡导",
    "citations": "引用",
    "actors": "主体",
    "open_actors": "未查明的主体",
    "open_citations": "未认定的引用",
    "silent": "没有陈述的条段",
}
"""What is counted of a document, with its name."""


@dataclass(frozen=True, slots=True)
class DocumentCounts:
    """A document with ``counts`` for each key of ``COUNTS``; level, kind and year are "" where unknown."""

    iri: str
    title: str
    kind: str
    level: str
    year: str
    issuers: tuple[str, ...]
    counts: Mapping[str, int]


def document_counts(store: GraphStore) -> tuple[DocumentCounts, ...]:
    """Every document, in the order of question ``documents``."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for name in ("document_counts", "open_counts"):
        for row in run_question(store, name):
            counts[str(row["iri"])][str(row["name"])] = int(str(row["number"]))
    for iri, number in _silent_passages(store).items():
        counts[iri]["silent"] = number
    issuers: dict[str, list[str]] = defaultdict(list)
    for row in run_question(store, "issuers"):
        issuers[str(row["iri"])].append(str(row["issuer"]))
    return tuple(
        DocumentCounts(
            iri=iri,
            title=str(row["title"]),
            kind=str(row["kind"] or ""),
            level=str(row["level"] or ""),
            year=str(row["issued"] or "")[:4],
            issuers=tuple(issuers[iri]),
            counts={name: counts[iri][name] for name in COUNTS},
        )
        for row in run_question(store, "documents")
        for iri in [str(row["iri"])]
    )


def _silent_passages(store: GraphStore) -> Counter[str]:
    """For each document (IRI), how many passages that hold no further ones share no character with a statement."""
    # Spans are in the IRIs: comparing them takes a tenth of the time of walking up the outline in SPARQL.
    statements = _spans_by_document(store, "statement_places")
    passages = _spans_by_document(store, "passage_places")
    silent: Counter[str] = Counter()
    for document, spans in passages.items():
        innermost = [
            span
            for span, following in zip_longest(spans, spans[1:])
            if following is None or following.start >= span.end
        ]
        silent[document] = untouched(innermost, statements.get(document, []))
    return silent


def _spans_by_document(store: GraphStore, question: str) -> dict[str, list[Span]]:
    """The spans of what ``question`` lists, by document, in text order, outer ones first."""
    spans: dict[str, list[Span]] = defaultdict(list)
    for row in run_question(store, question):
        iri = str(row["iri"])
        spans[statement_document(iri)].append(statement_span(iri))
    for of_document in spans.values():
        of_document.sort(key=lambda span: (span.start, -span.end))
    return spans


def untouched(spans: Iterable[Span], others: Sequence[Span]) -> int:
    """How many of ``spans`` share no character with any of ``others``, which are sorted by start."""
    joined: list[Span] = []  # without overlaps, so that their ends ascend, too
    for other in others:
        if joined and other.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, other.end))
        else:
            joined.append(other)
    ends = [span.end for span in joined]

    def touches(span: Span) -> bool:
        first = bisect_right(ends, span.start)
        return first < len(joined) and joined[first].overlaps(span)

    return sum(not touches(span) for span in spans)
