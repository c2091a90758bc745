"""Answers as bytes: query results, and graphs as sorted N-Quads."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import Quad, QueryBoolean, QueryResultsFormat, QueryTriples, RdfFormat, Triple, serialize

from kg.errors import InputError
from kg.namespaces import PREFIXES
from kg.store import Result

TABLE_FORMATS: dict[str, QueryResultsFormat] = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
"""Formats of SELECT and ASK."""

GRAPH_FORMATS: dict[str, RdfFormat] = {"ttl": RdfFormat.TURTLE, "nt": RdfFormat.N_TRIPLES}
"""Formats of CONSTRUCT and DESCRIBE."""


def serialize_result(result: Result, format_name: str) -> bytes:
    """A query's result in a format of ``TABLE_FORMATS`` or ``GRAPH_FORMATS``, UTF-8.

    Raises:
        InputError: the format does not exist or does not suit the kind of query.
    """
    if isinstance(result, QueryTriples):
        if format_name not in GRAPH_FORMATS:
            raise _unsuitable(format_name, "CONSTRUCT 或 DESCRIBE", GRAPH_FORMATS)
        return _turtle_or_triples(set(result), GRAPH_FORMATS[format_name])
    if isinstance(result, QueryBoolean) and format_name not in ("json", "xml"):
        raise _unsuitable(format_name, "ASK", ("json", "xml"))
    if format_name not in TABLE_FORMATS:
        raise _unsuitable(format_name, "SELECT", TABLE_FORMATS)
    return _content(result.serialize(format=TABLE_FORMATS[format_name]))


def _unsuitable(format_name: str, kind: str, choices: Iterable[str]) -> InputError:
    return InputError(f"{kind} 查询的结果不能写成“{format_name}”。可用的格式：{'、'.join(choices)}。")


def _turtle_or_triples(triples: set[Triple], rdf_format: RdfFormat) -> bytes:
    return _content(serialize(sorted(triples, key=str), format=rdf_format, prefixes=PREFIXES))


def _content(serialized: bytes | None) -> bytes:
    if serialized is None:
        raise TypeError("the serializer was given an output file, expected none")
    return serialized


def sorted_n_quads(quads: Iterable[Quad]) -> bytes:
    """Canonical lines of N-Quads, each once, in the order of their bytes: equal graphs give equal bytes."""
    return b"".join(sorted(set(_content(serialize(quads, format=RdfFormat.N_QUADS)).splitlines(keepends=True))))
