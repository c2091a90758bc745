"""Answers of queries as bytes, and back."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from pyoxigraph import (
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.errors import TooLargeError, UnsuitableFormatError
from kg.rdf_formats import GRAPH_FILES, GraphFormat, write_quads
from kg.store import Result

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

TABLE_FORMATS: dict[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
"""Formats of SELECT and ASK."""

GRAPH_FORMATS: dict[str, GraphFormat] = {
    "ttl": GRAPH_FILES["ttl"],
    "nt": GRAPH_FILES["nt"],
    "rdfxml": GRAPH_FILES["rdf"],
    "jsonld": GRAPH_FILES["jsonld"],
}
"""Formats of CONSTRUCT and DESCRIBE."""

SHORTEST_TRIPLE_BYTES = 8  # a prefixed name of two characters twice, a blank and an end: no format is shorter


class ResultKind(StrEnum):
    """What kinds of results there are; each has formats of its own."""

    TABLE = "SELECT"
    TRUTH = "ASK"
    GRAPH = "CONSTRUCT 或 DESCRIBE"

    @property
    def formats(self) -> tuple[str, ...]:
        """Names of the formats that it can be written in."""
        if self is ResultKind.GRAPH:
            return tuple(GRAPH_FORMATS)
        # The formats for spreadsheets have no truth value (SPARQL 1.1 Query Results CSV and TSV Formats).
        return ("json", "xml") if self is ResultKind.TRUTH else tuple(TABLE_FORMATS)


READABLE_FORMATS: Mapping[ResultKind, str] = {
    ResultKind.TABLE: "json",
    ResultKind.TRUTH: "json",
    ResultKind.GRAPH: "nt",
}
"""Formats that :func:`read_result` reads."""


def result_kind(result: Result) -> ResultKind:
    """What kind of result it is."""
    if isinstance(result, QueryTriples):
        return ResultKind.GRAPH
    return ResultKind.TRUTH if isinstance(result, QueryBoolean) else ResultKind.TABLE


def serialize_result(result: Result, format_name: str | None, limit_bytes: int | None = None) -> bytes:
    """A query's result in a format of its kind, UTF-8.

    Raises:
        UnsuitableFormatError: the format (None: none was acceptable) does not suit the kind of query.
        TooLargeError: the result would be longer than ``limit_bytes``.
    """
    kind = result_kind(result)
    if format_name not in kind.formats:
        wanted = "要求的格式" if format_name is None else f"“{format_name}”"
        raise UnsuitableFormatError(f"{kind} 查询的结果不能写成{wanted}。可用的格式：{'、'.join(kind.formats)}。")
    output = _LimitedOutput(limit_bytes)
    if isinstance(result, QueryTriples):
        output.write(write_triples(_different(result, limit_bytes), format_name))
    else:
        result.serialize(output, TABLE_FORMATS[format_name])
    return output.getvalue()


def read_result(content: bytes, kind: ResultKind) -> QuerySolutions | QueryBoolean | list[Triple]:
    """A result that was written in the format of ``READABLE_FORMATS``."""
    if kind is ResultKind.GRAPH:
        return [quad.triple for quad in parse(content, RdfFormat.N_TRIPLES)]
    return parse_query_results(content, QueryResultsFormat.JSON)


def write_triples(triples: Iterable[Triple], format_name: str) -> bytes:
    """Each of the triples once and sorted, in a format of ``GRAPH_FORMATS``, UTF-8."""
    return write_quads((Quad(*triple) for triple in triples), GRAPH_FORMATS[format_name])


class _LimitedOutput(io.BytesIO):
    """Bytes in memory, up to a limit."""

    def __init__(self, limit_bytes: int | None) -> None:
        super().__init__()
        self._limit_bytes = limit_bytes

    def write(self, content: ReadableBuffer) -> int:
        if self._limit_bytes is not None and self.tell() + len(memoryview(content)) > self._limit_bytes:
            raise _too_large(self._limit_bytes)
        return super().write(content)


def _different(triples: Iterable[Triple], limit_bytes: int | None) -> set[Triple]:
    """The triples, each once, as long as they may come under the limit."""
    different: set[Triple] = set()
    for triple in triples:
        different.add(triple)
        if limit_bytes is not None and len(different) * SHORTEST_TRIPLE_BYTES > limit_bytes:
            raise _too_large(limit_bytes)
    return different


def _too_large(limit_bytes: int) -> TooLargeError:
    return TooLargeError(f"结果超过 {limit_bytes / 1_000_000:g} MB。请加上 LIMIT，分页（OFFSET）取，或缩小条件。")
