"""What a user is shown for a question: its best places, each once, with reasons, and counts to narrow them down."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from embeddings.answerability import PLACES_READ, Features, is_answered, read_features
from embeddings.explain import explain, find_marks, find_words, notices
from embeddings.fusion import FusedScore
from embeddings.graph_signal import PLACE_WEIGHT
from embeddings.index import Index
from embeddings.passages import INDEXED_COLUMNS
from embeddings.retrieval import CANDIDATES, Retrieval, Retriever
from embeddings.similar import SimilarStatement, Statement, find_similar, find_statement
from embeddings.types import ALL_SIGNALS, Encoder, FloatArray, Hit, SearchFilters, SearchResult, Signal
from kg.document_names import NamedDocument
from kg.errors import InputError, StoreError
from kg.types import Span

CANDIDATES_PER_HIT = 5  # a place has a provision, a norm and a few measures: merged, some places must remain
REPEATED_SHARE = 0.3  # see _repeats


class Searcher:
    """Search over one index; may be used by several threads at once."""

    def __init__(
        self,
        index: Index,
        encoder: Encoder,
        documents: Iterable[NamedDocument] = (),
        adapter: FloatArray | None = None,
    ) -> None:
        """Raises :class:`StoreError` when the vectors of ``index`` cannot be those of ``encoder``."""
        dimensions = encoder.encode_queries([""]).shape[1]
        if index.dimensions != dimensions:
            raise StoreError(
                f"索引的向量为 {index.dimensions} 维，而模型“{encoder.name}”的向量为 {dimensions} 维；"
                "请重新建库：python cli.py build"
            )
        self._index = index
        self._retriever = Retriever(index, encoder, documents, adapter)

    @classmethod
    def open(
        cls,
        directory: Path,
        encoder: Encoder,
        documents: Iterable[NamedDocument] = (),
        adapter: FloatArray | None = None,
    ) -> Searcher:
        """Open what :func:`embeddings.index_writer.build_index` wrote; ``encoder`` is the one it was built with.

        ``documents`` are those that a question may name by title, short name or number, ``adapter`` is the map for
        question vectors (:mod:`embeddings.query_adapter`).

        Raises :class:`StoreError` when a part is missing or damaged or the parts do not belong together.
        """
        return cls(Index.open(directory), encoder, documents, adapter)

    def search(self, text: str, limit: int = 10, filters: SearchFilters | None = None) -> SearchResult:
        """The best ``limit`` places for a question, at most one hit a place (see :func:`_repeats`).

        Raises :class:`InputError` when ``text`` holds nothing to search for or ``limit`` is below 1.
        """
        candidates = max(CANDIDATES, CANDIDATES_PER_HIT * limit)
        retrieval = self._retrieve(text, candidates, limit, filters, ALL_SIGNALS)
        places = self._merge(retrieval.ranking, max(limit, PLACES_READ))
        meaning_ranks = {row: rank for rank, (row, _) in enumerate(retrieval.by_meaning, start=1)}
        hits = tuple(
            _hit(rank, score, self._index.record(score.row), retrieval, meaning_ranks.get(score.row))
            for rank, score in enumerate(places[:limit], start=1)
        )
        return SearchResult(hits, self._is_answered(retrieval, places[:PLACES_READ]), notices(retrieval))

    def features(self, text: str) -> Features:
        """What tells whether a question is answered here: for fitting the verdict, and for looking into one."""
        retrieval = self._retrieve(text, CANDIDATES, PLACES_READ, None, ALL_SIGNALS)
        return self._features(retrieval, self._merge(retrieval.ranking, PLACES_READ))

    def rank(
        self, text: str, limit: int, filters: SearchFilters | None = None, signals: frozenset[Signal] = ALL_SIGNALS
    ) -> list[tuple[int, float]]:
        """The best ``limit`` rows by some of the signals, with their scores; overlapping passages are not merged.

        Raises :class:`InputError` as :meth:`search` does.
        """
        retrieval = self._retrieve(text, max(CANDIDATES, limit), limit, filters, signals)
        return [(score.row, score.total) for score in retrieval.ranking[:limit]]

    def statement(self, iri: str) -> Statement:
        """The statement or provision ``iri`` in its place. Raises :class:`NotFoundError` when it is not searched."""
        return find_statement(self._index, iri)

    def similar(self, iri: str, limit: int = 5) -> list[SimilarStatement]:
        """The nearest statements of other documents, compared with the statement ``iri``.

        Raises :class:`NotFoundError` when it is not searched and :class:`InputError` when ``limit`` is below 1.
        """
        if limit < 1:
            raise InputError(f"结果条数应为正整数，得到 {limit}")
        return find_similar(self._index, iri, limit)

    def facets(self, text: str = "", filters: SearchFilters | None = None) -> dict[str, dict[str, int]]:
        """Number of passages by each facet: facet → value → count, most first.

        Counted are the passages with at least one word of ``text`` (all passages for an empty one). Each facet is
        counted under the filters of the other fields, so that the counts say what choosing another value gives.
        """
        question = self._retriever.understand(text) if text.strip() else None
        return self._index.facet_counts(question, filters or SearchFilters())

    def count(self, filters: SearchFilters) -> int:
        """Number of passages that the filters allow."""
        return self._index.count(filters)

    def value_counts(self, facet: str) -> dict[str, int]:
        """All values of a facet with their numbers of passages, most first."""
        return self._index.value_counts(facet)

    def _retrieve(
        self, text: str, candidates: int, limit: int, filters: SearchFilters | None, signals: frozenset[Signal]
    ) -> Retrieval:
        if limit < 1:
            raise InputError(f"结果条数应为正整数，得到 {limit}")
        return self._retriever.retrieve(text, candidates, filters or SearchFilters(), signals)

    def _is_answered(self, retrieval: Retrieval, places: Sequence[FusedScore]) -> bool | None:
        if not places:
            return False
        if any(score.graph >= PLACE_WEIGHT for score in places):
            return True  # the article that was asked for
        return is_answered(self._features(retrieval, places), self._retriever.model)

    def _features(self, retrieval: Retrieval, places: Sequence[FusedScore]) -> Features:
        rows = [score.row for score in places]
        contexts = ["\n".join(self._index.value(name, row) for name in INDEXED_COLUMNS) for row in rows]
        quotes = self._index.values("text", rows)
        return read_features(retrieval, quotes, contexts)

    def _merge(self, ranking: Sequence[FusedScore], limit: int) -> list[FusedScore]:
        """The best ``limit`` of ``ranking`` without repetitions."""
        kept: list[FusedScore] = []
        spans: dict[str, list[Span]] = {}
        for score in ranking:
            if len(kept) == limit:
                break
            span = Span(self._index.value("start", score.row), self._index.value("end", score.row))
            better = spans.setdefault(self._index.value("document", score.row), [])
            if not any(_repeats(span, other) for other in better):
                better.append(span)
                kept.append(score)
        return kept


def _hit(rank: int, score: FusedScore, values: dict[str, Any], retrieval: Retrieval, meaning_rank: int | None) -> Hit:
    """A place with the ``values`` of its row as it is shown; ``meaning_rank`` is None where it is not near."""
    text, question = values["text"], retrieval.question
    words = find_words(text, question)
    return Hit(
        rank=rank,
        kind=values["kind"],
        text=text,
        document=values["document_title"],
        place=values["place"],
        iri=values["iri"],
        start=values["start"],
        end=values["end"],
        score=round(score.total, 4),
        why=explain(text, words, question, meaning_rank, retrieval.evidence.get(score.row, ())),
        score_words=round(score.words, 4),
        score_meaning=round(score.meaning, 4),
        score_graph=round(score.graph, 4),
        document_iri=values["document"],
        heading=values["heading"],
        modality=values["modality"],
        strength=values["strength"],
        actors=tuple(values["actors"]),
        marks=tuple((mark.start, mark.end) for mark in find_marks(text, words, question)),
    )


def _repeats(span: Span, better: Span) -> bool:
    """Whether a passage tells nothing beyond a better one of the same document.

    It does not when it contains the better one: the reader is led to the narrower, better place. Nor when it
    lies inside and makes up a good part of it, as a measure in a norm or a norm in a short article; a measure
    in a long paragraph is a find of its own. Passages that partly overlap count by the same share.
    """
    shared = min(span.end, better.end) - max(span.start, better.start)
    if shared <= 0:
        return False
    return span.contains(better) or shared >= REPEATED_SHARE * (better.end - better.start)
