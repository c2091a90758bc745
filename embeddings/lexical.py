"""The lexical index: BM25 over our own tokens, with filters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pyarrow as pa
import tantivy
from tantivy import Index, Occur, Query

from embeddings.query import Question
from embeddings.tokens import single_characters, tokenize
from embeddings.types import SearchFilters
from kg.errors import StoreError

WORDS = "words"  # the field of tokens
ROW = "row"  # position in the passages table
CHARACTER_WEIGHT = 0.5  # of a single character: from 0.3 to 1 the figures of benchmarks/search.md hardly change
SYNONYM_WEIGHT = 1.0  # of a word that the question does not hold itself
_TOKENIZER = "tokens"  # splits what embeddings.tokens made, at the spaces put between them
_FILTER_FIELDS = {"kind": "kinds", "document": "documents", "modality": "modalities"}  # column → filter


def build_lexical_index(table: pa.Table, texts: Sequence[str], directory: Path) -> None:
    """Write the index of ``texts``, one a row of ``table``, into ``directory`` (made new)."""
    directory.mkdir(parents=True)
    index = Index(_schema(), path=str(directory))
    _register_tokenizer(index)
    # One thread: segments, and with them the order of equal scores, are then the same in every build.
    writer = index.writer(num_threads=1)
    columns = {name: table.column(name).to_pylist() for name in _FILTER_FIELDS}
    for row, text in enumerate(texts):
        document = tantivy.Document()
        document.add_unsigned(ROW, row)
        document.add_text(WORDS, " ".join([*(token.text for token in tokenize(text)), *single_characters(text)]))
        for name, values in columns.items():
            if values[row]:
                document.add_text(name, values[row])
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class LexicalIndex:
    """An open lexical index."""

    def __init__(self, directory: Path) -> None:
        """Open what :func:`build_lexical_index` wrote; raises :class:`StoreError` when it is missing or damaged."""
        try:
            self._index = Index.open(str(directory))
        except ValueError as error:
            raise StoreError(
                f"词语索引 {directory} 缺失或已损坏；请重新建库：python cli.py build（{error}）"
            ) from error
        _register_tokenizer(self._index)
        self._schema = self._index.schema
        self._searcher = self._index.searcher()

    def search(self, question: Question, limit: int, filters: SearchFilters) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their BM25 scores (k1 1.2, b 0.75), best first."""
        clauses = [(Occur.Must, Query.boolean_query([(Occur.Should, part) for part in self._parts(question)]))]
        for name, field in _FILTER_FIELDS.items():
            if allowed := getattr(filters, field):
                any_of = Query.term_set_query(self._schema, name, list(allowed))
                clauses.append((Occur.Must, Query.const_score_query(any_of, 0.0)))
        return self._ranking(Query.boolean_query(clauses), limit)

    def matching_rows(self, question: Question) -> list[int]:
        """All rows that hold a token of the question or one of its synonyms."""
        words = Query.term_set_query(self._schema, WORDS, list(question.tokens))
        synonyms = [self._phrase(synonym) for _, synonym in question.synonyms]
        query = Query.boolean_query([(Occur.Should, part) for part in (words, *synonyms)])
        return [row for row, _ in self._ranking(query, max(self._searcher.num_docs, 1))]

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
        return [(int(row or 0), float(score)) for row, (score, _) in zip(rows, result.hits, strict=True)]


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(WORDS, tokenizer_name=_TOKENIZER, index_option="position")
    builder.add_unsigned_field(ROW, fast=True)
    for name in _FILTER_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _register_tokenizer(index: Index) -> None:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
