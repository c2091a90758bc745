"""The lexical index: BM25 over our own tokens, with filters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import tantivy
from tantivy import Index, Occur, Query

from embeddings.tokens import tokenize
from embeddings.types import SearchFilters
from kg.errors import StoreError

WORDS = "words"  # the field of tokens
ROW = "row"  # position in the passages table
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
        document.add_text(WORDS, " ".join(token.text for token in tokenize(text)))
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

    def search(self, weights: Mapping[str, float], limit: int, filters: SearchFilters) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their BM25 scores (k1 1.2, b 0.75), best first.

        ``weights`` maps each token of the question to its weight.
        """
        if not weights:
            return []
        result = self._searcher.search(self._query(weights, filters), limit, count=False)
        addresses = [address for _, address in result.hits]
        rows = self._searcher.fast_field_values(ROW, addresses)
        return [(int(row or 0), score) for row, (score, _) in zip(rows, result.hits, strict=True)]

    def matching_rows(self, tokens: Iterable[str], filters: SearchFilters) -> list[int]:
        """All rows that the filters allow and that have at least one of ``tokens``."""
        query = self._query(dict.fromkeys(tokens, 1.0), filters)
        result = self._searcher.search(query, max(self._searcher.num_docs, 1), count=False)
        rows = self._searcher.fast_field_values(ROW, [address for _, address in result.hits])
        return [int(row or 0) for row in rows]

    def _query(self, weights: Mapping[str, float], filters: SearchFilters) -> Query:
        terms = [
            (Occur.Should, Query.boost_query(Query.term_query(self._schema, WORDS, token), weight))
            for token, weight in weights.items()
        ]
        clauses = [(Occur.Must, Query.boolean_query(terms))]
        for name, field in _FILTER_FIELDS.items():
            if allowed := getattr(filters, field):
                any_of = Query.term_set_query(self._schema, name, list(allowed))
                clauses.append((Occur.Must, Query.const_score_query(any_of, 0.0)))
        return Query.boolean_query(clauses)


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(WORDS, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_unsigned_field(ROW, fast=True)
    for name in _FILTER_FIELDS:
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    return builder.build()


def _register_tokenizer(index: Index) -> None:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
