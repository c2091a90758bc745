"""The nearest statements of other documents, with what is the same and what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from difflib import SequenceMatcher
from typing import Any

from embeddings.fusion import fuse
from embeddings.fusion import rank as rank_rows
from embeddings.index import Index
from embeddings.query import MAXIMUM_CHARACTERS, understand
from embeddings.tokens import fold, fold_origins
from embeddings.types import SearchFilters
from kg.errors import NotFoundError
from kg.extract.figures import find_figures
from kg.extract.quantities import find_quantities
from kg.labels import force
from kg.types import Span

CANDIDATES = 300  # of each list; repetitions among them are left out
SHORTEST_SHARED = 2  # characters of a phrase that both texts hold; a single one says little
_LIST_ASPECTS = {"主体": "actors", "主题": "topics", "政策工具": "instruments", "计划与平台": "programmes"}


@dataclass(frozen=True, slots=True)
class Aspect:
    """One fact of two statements: its Chinese name and values in the statement asked about and in the other one."""

    name: str
    here: tuple[str, ...]
    there: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether the two agree."""
        return set(self.here) == set(self.there)


@dataclass(frozen=True, slots=True)
class Statement:
    """What is searched, in its place: ``text`` is the exact quote at ``[start, end)`` of the document, code points."""

    iri: str
    kind: str
    text: str
    document: str
    document_iri: str
    place: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class SimilarStatement(Statement):
    """A statement of another document.

    ``closeness`` is the cosine of the two statements in their context, comparable within one answer only.
    ``marks`` are spans of ``text`` that the statement asked about holds too, ``marks_here`` their places in that one.
    """

    rank: int
    closeness: float
    aspects: tuple[Aspect, ...]
    marks: tuple[tuple[int, int], ...]
    marks_here: tuple[tuple[int, int], ...]

    def to_json(self) -> dict[str, Any]:
        """The statement as JSON values, each aspect with ``same``."""
        aspects = [asdict(aspect) | {"same": aspect.same} for aspect in self.aspects]
        return asdict(self) | {"aspects": aspects}


def find_statement(index: Index, iri: str) -> Statement:
    """The statement or provision ``iri``. Raises :class:`NotFoundError` when the index holds none such."""
    return Statement(**_place(index.record(_row(index, iri))))


def find_similar(index: Index, iri: str, limit: int = 5) -> list[SimilarStatement]:
    """The ``limit`` measures and norms of other documents nearest to the statement ``iri``, at most one a place.

    They are ranked by shared words, by meaning and by what the graph says of both, as answers to a question are.

    Raises :class:`NotFoundError` when the index holds no such statement.
    """
    row = _row(index, iri)
    here = index.record(row)
    statements = SearchFilters(kinds=("measure", "norm"))
    vector = index.vector(row)
    # A vector holds the title too: of a long law, the nearest hundreds would be its own.
    by_meaning = index.search_vectors(vector, CANDIDATES, statements, left_out=here["document"])
    by_words = _by_words(index, here, statements)
    # For the same reason near titles make near vectors: what shares the words is asked for beside.
    cosines = index.cosines(vector, sorted({row for row, _ in by_words} - {row for row, _ in by_meaning}))
    closeness = dict(by_meaning) | cosines
    scores = fuse(by_words, by_meaning, cosines)
    near = [(score.row, closeness[score.row]) for score in rank_rows(scores, _agreement(index, here, list(scores)))]
    return [
        _compare(rank, here, there, cosine)
        for rank, (there, cosine) in zip(range(1, limit + 1), _distinct(index, near), strict=False)
    ]


def _agreement(index: Index, here: Mapping[str, Any], rows: Sequence[int]) -> dict[int, float]:
    """Row → for topics, instruments and kinds of actors, the shares in common (Jaccard) added up, from 0 to 3."""
    agreement = dict.fromkeys(rows, 0.0)
    for column in ("topics", "instruments", "actor_kinds"):
        wanted = set(here[column])
        for row, values in zip(rows, index.values(column, rows), strict=True):
            either = wanted.union(values)
            agreement[row] += len(wanted.intersection(values)) / len(either) if either else 0.0
    return agreement


def _by_words(index: Index, here: Mapping[str, Any], filters: SearchFilters) -> list[tuple[int, float]]:
    """Rows of other documents that share words with the statement, by BM25."""
    question = understand(here["text"][:MAXIMUM_CHARACTERS], {})
    found = index.search_words(question, CANDIDATES, filters)
    documents = index.values("document", [row for row, _ in found])
    return [pair for pair, document in zip(found, documents, strict=True) if document != here["document"]]


def _row(index: Index, iri: str) -> int:
    rows = index.rows_of_iri(iri)
    if not rows:
        raise NotFoundError(f"没有编号为“{iri}”的陈述。请用检索结果中的 IRI。")
    return rows[0]


def _place(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of :class:`Statement` from a row of the passages table."""
    names = ("iri", "kind", "text", "place", "start", "end")
    return {name: record[name] for name in names} | {
        "document": record["document_title"],
        "document_iri": record["document"],
    }


def _distinct(index: Index, near: list[tuple[int, float]]) -> Iterator[tuple[dict[str, Any], float]]:
    """Records with their closeness, the first of those that share a place or repeat its words."""
    taken: dict[str, list[Span]] = {}
    texts: set[str] = set()
    for row, closeness in near:
        record = index.record(row)
        span = Span(record["start"], record["end"])
        spans = taken.setdefault(record["document"], [])
        if record["text"] in texts or any(map(span.overlaps, spans)):
            continue
        spans.append(span)
        texts.add(record["text"])
        yield record, closeness


def _compare(rank: int, here: Mapping[str, Any], there: Mapping[str, Any], closeness: float) -> SimilarStatement:
    shared = list(_shared_phrases(here["text"], there["text"]))
    return SimilarStatement(
        **_place(there),
        rank=rank,
        closeness=round(closeness, 4),
        aspects=tuple(_aspects(here, there)),
        marks=tuple(sorted((span.start, span.end) for _, span in shared)),
        marks_here=tuple(sorted((span.start, span.end) for span, _ in shared)),
    )


def _aspects(here: Mapping[str, Any], there: Mapping[str, Any]) -> Iterator[Aspect]:
    """Facts that at least one of the two has."""
    readings = {
        "效力": [
            [force(record["modality"], record["strength"])] if record["modality"] else [] for record in (here, there)
        ],
        "数量": [quantities_of(record["text"]) for record in (here, there)],
    } | {name: [here[column], there[column]] for name, column in _LIST_ASPECTS.items()}
    for name, (values_here, values_there) in readings.items():
        if values_here or values_there:
            yield Aspect(name, tuple(dict.fromkeys(values_here)), tuple(dict.fromkeys(values_there)))


def quantities_of(text: str) -> list[str]:
    """Quantities as written: 5万家, 百分之三十."""
    return [quantity.span.slice(text) for quantity in find_quantities(text, find_figures(text), ())]


def _shared_phrases(here: str, there: str) -> Iterator[tuple[Span, Span]]:
    """Phrases of both texts with their places in each, in the order of both."""
    origins_here, origins_there = fold_origins(here), fold_origins(there)
    matcher = SequenceMatcher(None, fold(here), fold(there), autojunk=False)
    for block in matcher.get_matching_blocks():
        if block.size >= SHORTEST_SHARED:
            yield (
                Span(origins_here[block.a], origins_here[block.a + block.size - 1] + 1),
                Span(origins_there[block.b], origins_there[block.b + block.size - 1] + 1),
            )
