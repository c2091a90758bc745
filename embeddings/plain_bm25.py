"""The yardstick of search: BM25 over pairs of characters and nothing else.

No single characters, no question words left out, no synonyms: what anyone gets from a search engine that is told to
split Chinese into pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy

from embeddings.tokens import tokenize
from kg.errors import StoreError

_WORDS = "words"
_ROW = "row"
_TOKENIZER = "tokens"


def build_plain_bm25(texts: Sequence[str], directory: Path) -> None:
    """Write the index of ``texts``, row by row, into ``directory`` (made new)."""
    directory.mkdir(parents=True)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field(_WORDS, tokenizer_name=_TOKENIZER, index_option="freq")
    builder.add_unsigned_field(_ROW, fast=True)
    index = tantivy.Index(builder.build(), path=str(directory))
    _register_tokenizer(index)
    writer = index.writer(num_threads=1)
    for row, text in enumerate(texts):
        document = tantivy.Document()
        document.add_unsigned(_ROW, row)
        document.add_text(_WORDS, " ".join(token.text for token in tokenize(text)))
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class PlainBm25:
    """An open index of :func:`build_plain_bm25`."""

    def __init__(self, directory: Path) -> None:
        """Open the index; raises :class:`StoreError` when it is missing or damaged."""
        try:
            self._index = tantivy.Index.open(str(directory))
        except ValueError as error:
            raise StoreError(f"评测索引 {directory} 缺失或已损坏；请删除该文件夹后重试（{error}）") from error
        _register_tokenizer(self._index)
        self._searcher = self._index.searcher()

    def rank(self, text: str, limit: int) -> list[tuple[int, float]]:
        """The best ``limit`` rows with their scores (k1 1.2, b 0.75), best first; a pair asked twice counts twice."""
        terms = [tantivy.Query.term_query(self._index.schema, _WORDS, token.text) for token in tokenize(text)]
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        result = self._searcher.search(query, limit, count=False)
        rows = self._searcher.fast_field_values(_ROW, [address for _, address in result.hits])
        return [(int(row or 0), float(score)) for row, (score, _) in zip(rows, result.hits, strict=True)]


def _register_tokenizer(index: tantivy.Index) -> None:
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
