"""The lexical index: BM25 over our own tokens, with filters, and exact counts of facets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import tantivy
from tantivy import Index, Occur, Query

from embeddings.facets import FACETS, chosen_values
from embeddings.query import Question
from embeddings.tokens import single_characters, tokenize
from embeddings.types import SearchFilters
from kg.errors import StoreError

WORDS = "words"  # the field of tokens
SHARD = "shard"
ROW = "row"  # shard and the position in its passages table
IRI = "iri"
CHARACTER_WEIGHT = 0.5  # of a single character: from 0.3 to 1 the figures of benchmarks/search.md hardly change
SYNONYM_WEIGHT = 1.0  # of a word that the question does not hold itself
FACET_VALUES = 1000  # values of a facet that are counted: the most frequent ones
_EVERY_VALUE = 10_000_000  # of one part of the index, so that the counts of all parts add up exactly
_ROW_BITS = 32  # of ROW, the lower ones
_TOKENIZER = "tokens"  # splits what embeddings.tokens made, at the spaces put between them


class LexicalWriter:
    """Changes a lexical index; nothing of it is seen before :meth:`commit`."""

    def __init__(self, directory: Path) -> None:
        """Open the index in ``directory``, or make a new one where there is no such folder."""
        if directory.exists():
            self._index = _open(directory)
        else:
            directory.mkdir(parents=True)
            self._index = Index(_schema(), path=str(directory))
            _register_tokenizer(self._index)
        # One thread: segments, and with them the order of equal scores, are then the same in every build.
        self._writer = self._index.writer(num_threads=1)

    def add(self, table: pa.Table, texts: Sequence[str], shard: int = 0) -> None:
        """Add ``texts``, one a row of ``table``, the rows of the shard with this number."""
        columns = {name: table.column(name).to_pylist() for name in (IRI, *FACETS)}
        for row, text in enumerate(texts):
            document = tantivy.Document()
            document.add_text(SHARD, str(shard))
            document.add_unsigned(ROW, shard << _ROW_BITS | row)
            document.add_text(WORDS, " ".join([*(token.text for token in tokenize(text)), *single_characters(text)]))
            for name, column in columns.items():
                values = column[row] if isinstance(column[row], list) else [column[row]]
                for value in filter(None, values):
                    document.add_text(name, value)
            self._writer.add_document(document)

    def remove_document(self, document_iri: str) -> None:
        """Remove what has been added of a document so far."""
        self._writer.delete_documents_by_term("document", document_iri)

    def remove_shard(self, shard: int) -> None:
        """Remove what has been added of a shard so far."""
        self._writer.delete_documents_by_term(SHARD, str(shard))

    def commit(self) -> int:
        """Write everything, and say how many rows the index holds; the writer is of no use after it."""
        self._writer.commit()
        self._writer.wait_merging_threads()
        self._index.reload()
        return self._index.searcher().num_docs


class LexicalIndex:
    """An open lexical index.

    After a removal, the words of what was removed still count as known until the engine tidies up: scores may differ
    a little from those of an index that never held it.
    """

    def __init__(self, directory: Path, first_rows: Mapping[int, int] | None = None) -> None:
        """Open what a :class:`LexicalWriter` wrote.

        ``first_rows`` gives the row at which each shard begins, without it there is only shard 0. Raises
        :class:`StoreError` when the index is missing or damaged.
        """
        index = _open(directory)
        self._first_rows = first_rows or {0: 0}
        self._schema = index.schema
        self._searcher = index.searcher()

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(self, question: Question, limit: int, filters: SearchFilters) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their BM25 scores (k1 1.2, b 0.75), best first."""
        query = Query.boolean_query([(Occur.Should, part) for part in self._parts(question)])
        # Alone, a union of words skips what cannot be among the best; inside another query it may not.
        return self._ranking(self._filtered(query, filters) if chosen_values(filters) else query, limit)

    def document_count(self, token: str) -> int:
        """In how many rows a token occurs."""
        return self._searcher.doc_freq(WORDS, token)

    def rows_of_iri(self, iri: str) -> list[int]:
        """The rows of the statement or provision with this IRI."""
        return sorted(row for row, _ in self._ranking(Query.term_query(self._schema, IRI, iri), 10))

    def facet_counts(self, question: Question | None, filters: SearchFilters) -> dict[str, dict[str, int]]:
        """Facet → value → number of rows, most first, then by value; of each facet the ``FACET_VALUES`` most frequent.

        Counted are the rows that hold a token of the question or one of its synonyms (None: all rows). Each facet
        is counted under the filters of the others, so that the counts say what choosing another value gives.
        """
        matching = Query.all_query() if question is None else self._matching(question)
        chosen = chosen_values(filters)
        groups = {"": [facet for facet in FACETS if facet not in chosen]} | {facet: [facet] for facet in chosen}
        counts: dict[str, dict[str, int]] = {}
        for left_out, facets in groups.items():
            counts |= self._counts(self._filtered(matching, filters, left_out), facets)
        return {facet: counts[facet] for facet in FACETS}

    def _counts(self, query: Query, facets: Sequence[str]) -> dict[str, dict[str, int]]:
        wanted = {
            facet: {"terms": {"field": facet, "size": FACET_VALUES, "segment_size": _EVERY_VALUE}} for facet in facets
        }
        answer = self._searcher.aggregate(query, wanted)
        pairs = {
            facet: [(str(bucket["key"]), int(bucket["doc_count"])) for bucket in answer[facet]["buckets"]]
            for facet in facets
        }
        return {facet: dict(sorted(found, key=lambda pair: (-pair[1], pair[0]))) for facet, found in pairs.items()}

    def _filtered(self, query: Query, filters: SearchFilters, leave_out: str = "") -> Query:
        clauses = [(Occur.Must, query)]
        for facet, values in chosen_values(filters, leave_out).items():
            any_of = Query.term_set_query(self._schema, facet, list(values))
            clauses.append((Occur.Must, Query.const_score_query(any_of, 0.0)))
        return Query.boolean_query(clauses)

    def _matching(self, question: Question) -> Query:
        words = Query.term_set_query(self._schema, WORDS, list(question.tokens))
        synonyms = [self._phrase(synonym) for _, synonym in question.synonyms]
        return Query.boolean_query([(Occur.Should, part) for part in (words, *synonyms)])

    def _parts(self, question: Question) -> Iterator[Query]:
        for token in question.tokens:
            yield self._term(token)
        for character in question.characters:
            yield Query.boost_query(self._term(character), CHARACTER_WEIGHT)
        for synonym in dict.fromkeys(synonym for _, synonym in question.synonyms):
            yield Query.boost_query(self._phrase(synonym), SYNONYM_WEIGHT)

    def _term(self, token: str) -> Query:
        return Query.term_query(self._schema, WORDS, token)

    def _phrase(self, word: str) -> Query:
        """The whole word: its pairs in a row."""
        tokens = [token.text for token in tokenize(word)]
        return Query.phrase_query(self._schema, WORDS, list(tokens)) if len(tokens) > 1 else self._term(tokens[0])

    def _ranking(self, query: Query, limit: int) -> list[tuple[int, float]]:
        result = self._searcher.search(query, limit, count=False)
        rows = self._searcher.fast_field_values(ROW, [address for _, address in result.hits])
        return [(self._row(int(row or 0)), float(score)) for row, (score, _) in zip(rows, result.hits, strict=True)]

    def _row(self, stored: int) -> int:
        return self._first_rows[stored >> _ROW_BITS] + (stored & (1 << _ROW_BITS) - 1)


def _open(directory: Path) -> Index:
    try:
        index = Index.open(str(directory))
    except ValueError as error:
        raise StoreError(f"词语索引 {directory} 缺失或已损坏；请重新建库：python cli.py build（{error}）") from error
    _register_tokenizer(index)
    return index


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(WORDS, tokenizer_name=_TOKENIZER, index_option="position")
    builder.add_unsigned_field(ROW, fast=True)
    for name in (IRI, SHARD):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in FACETS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    return builder.build()


def _register_tokenizer(index: Index) -> None:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
