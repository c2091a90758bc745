"""Question → understanding → lists by words and by meaning, what the graph says of them → one ranking of rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from embeddings.fusion import FusedScore, Ranking, fuse, in_context, rank
from embeddings.graph_signal import COLUMNS, Evidence, find_evidence
from embeddings.index import Index
from embeddings.query import Question, Synonyms, load_synonyms, understand
from embeddings.query_adapter import adapt
from embeddings.references import DocumentNames, Reference
from embeddings.types import Encoder, FloatArray, SearchFilters, Signal
from kg.document_names import NamedDocument

CANDIDATES = 300  # of each list: a statement is ranked with the passage around it if that is among them, too
EVIDENCE_ROWS = 100  # what the graph is asked about: reading the columns of all took a third of a search
DOCUMENT_END = 2**62  # beyond the end of any document, in code points


@dataclass(frozen=True, slots=True)
class Retrieval:
    """A question, understood, with the lists it gave and their fusion; ``ranking`` is best first.

    ``by_words`` are BM25 scores, ``by_meaning`` cosines with the adapted question; ``evidence`` is what the graph says
    for a row, if anything. ``closeness`` is the best cosine with the question as the model alone understands it: the
    adapter draws all questions to the passages, also those that nothing answers.
    """

    question: Question
    references: tuple[Reference, ...]
    by_words: Ranking
    by_meaning: Ranking
    closeness: float
    evidence: dict[int, tuple[Evidence, ...]]
    ranking: list[FusedScore]


class Retriever:
    """Ranks the rows of one index; may be used by several threads at once."""

    def __init__(
        self, index: Index, encoder: Encoder, documents: Iterable[NamedDocument], adapter: FloatArray | None
    ) -> None:
        self._index = index
        self._encoder = encoder
        self._adapter = adapter
        self._names = DocumentNames(documents)

    @property
    def model(self) -> str:
        """The language model's name."""
        return self._encoder.name

    def understand(self, text: str, synonyms: Synonyms | None = None) -> Question:
        """The question as this index understands it; raises :class:`InputError` when nothing is asked."""
        return understand(text, load_synonyms() if synonyms is None else synonyms, self._index.holds)

    def retrieve(self, text: str, candidates: int, filters: SearchFilters, signals: frozenset[Signal]) -> Retrieval:
        """Rank by ``signals``, ``candidates`` rows of each list; without the graph its synonyms are left out too.

        Raises :class:`InputError` when ``text`` holds nothing to search for.
        """
        with_graph = Signal.GRAPH in signals
        question = self.understand(text, None if with_graph else {})
        references = self._names.find(question.text) if with_graph else ()
        by_words: Ranking = []
        if Signal.WORDS in signals:
            by_words = self._index.search_words(question, candidates, filters)
        if Signal.MEANING not in signals:
            ranking = [FusedScore(row, score, 0.0, 0.0) for row, score in by_words]
            return Retrieval(question, references, by_words, [], 0.0, {}, ranking)
        plain = self._question_vector(question)
        vector = adapt(plain[None], self._adapter)[0]
        by_meaning = self._index.search_vectors(vector, candidates, filters)
        near = {row for row, _ in by_meaning}
        named = self._rows_of(references, filters)
        cosines = self._index.cosines(vector, sorted({row for row, _ in by_words}.union(named) - near))
        scores = fuse(by_words, by_meaning, cosines)
        if not with_graph:
            return Retrieval(question, references, by_words, by_meaning, 0.0, {}, rank(scores, {}))
        mixed = in_context(scores, self._enclosing(list(scores)))
        best = [score.row for score in rank(mixed, {})[:EVIDENCE_ROWS]]
        evidence = self._evidence(question, references, list(dict.fromkeys([*named, *best])))
        ranking = rank(mixed, {row: sum(each.weight for each in found) for row, found in evidence.items()})
        closeness = max(self._index.cosines(plain, [row for row, _ in by_meaning]).values(), default=0.0)
        return Retrieval(question, references, by_words, by_meaning, closeness, evidence, ranking)

    def _question_vector(self, question: Question) -> FloatArray:
        """The mean of the variants' vectors, length 1: (dimensions,)."""
        mean: FloatArray = self._encoder.encode_queries(question.variants).mean(axis=0)
        return mean / np.float32(np.linalg.norm(mean))

    def _rows_of(self, references: Sequence[Reference], filters: SearchFilters) -> list[int]:
        """Rows of the provisions that a question names: they are ranked whether or not they share its words."""
        rows: list[int] = []
        for reference in references:
            if reference.provision is not None:
                inside = self._index.rows_at(reference.document.iri, 0, DOCUMENT_END)
                places = self._index.values("place", inside)
                rows += [row for row, place in zip(inside, places, strict=True) if reference.provision.holds(place)]
        # Asking what the filters allow reads whole columns, so it is left out where no provision is named.
        allowed = self._index.allowed(filters) if rows else None
        return [row for row in rows if allowed is None or allowed[row]]

    def _enclosing(self, rows: Sequence[int]) -> dict[int, int | None]:
        """Statement or part of an article → the widest passage around it among ``rows``; each statement has one."""
        columns = [self._index.values(name, rows) for name in ("document", "start", "end", "kind")]
        passages: dict[str, list[tuple[int, int, int]]] = {}
        for row, document, start, end, kind in zip(rows, *columns, strict=True):
            if kind == "provision":
                passages.setdefault(document, []).append((start, -end, row))
        for spans in passages.values():
            spans.sort()
        enclosing: dict[int, int | None] = {}
        for row, document, start, end, kind in zip(rows, *columns, strict=True):
            around = (outer for first, last, outer in passages.get(document, ()) if first <= start and end <= -last)
            outer = next(around, None)
            if outer != row and (outer is not None or kind != "provision"):
                enclosing[row] = outer
        return enclosing

    def _evidence(
        self, question: Question, references: Sequence[Reference], rows: Sequence[int]
    ) -> dict[int, tuple[Evidence, ...]]:
        columns = {name: self._index.values(name, rows) for name in COLUMNS}
        found = (
            find_evidence(question, references, {name: values[position] for name, values in columns.items()})
            for position in range(len(rows))
        )
        return {row: evidence for row, evidence in zip(rows, found, strict=True) if evidence}
