"""The graph as files: whole or one document, a named graph at a time, in a fixed order.

Named graphs come in the order of their IRIs, statements in that of their N-Triples: equal stores give equal bytes,
and no more than one named graph is held in memory.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode

from kg.errors import InputError
from kg.namespaces import Iris
from kg.rdf_formats import GRAPH_FILES, PREFIX_LINES, GraphFormat, write_quads
from kg.store import GraphStore

DUMP_SUFFIXES = ("nq", "trig", "ttl", "nt")
"""Formats whose parts can stand one after the other in a file."""

_GZIP = 16 + zlib.MAX_WBITS
"""Makes zlib write a gzip file (RFC 1952), without name and time: equal contents give equal bytes."""


def graphs_of_store(store: GraphStore) -> list[NamedNode]:
    """All named graphs, in the order of their IRIs."""
    names = [name for name in store.graph_names() if isinstance(name, NamedNode)]
    return sorted(names, key=lambda name: name.value)


def graphs_of_document(iris: Iris, key: str) -> list[NamedNode]:
    """The two named graphs of a document: what it says and what is concluded from it."""
    return [iris.read_graph(key), iris.derived_graph(key)]


def dump_graphs(store: GraphStore, graphs: Iterable[NamedNode], graph_format: GraphFormat) -> Iterator[bytes]:
    """The contents of named graphs, one part a graph; together the parts are one file of ``graph_format``.

    Raises:
        InputError: the format's files cannot be put together of parts (see ``DUMP_SUFFIXES``).
    """
    if graph_format.suffix not in DUMP_SUFFIXES:
        raise InputError(f"整个图谱不能写成 .{graph_format.suffix}。可用的格式：{'、'.join(DUMP_SUFFIXES)}。")
    for number, graph in enumerate(graphs):
        part = write_quads(store.quads(graph), graph_format)
        yield part.removeprefix(PREFIX_LINES) if number else part


def compress(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The parts of a file as those of its gzip file."""
    compressor = zlib.compressobj(wbits=_GZIP)
    for part in parts:
        yield compressor.compress(part)
    yield compressor.flush()


def export_graph(store: GraphStore, directory: Path) -> list[Path]:
    """Write the store into ``directory`` and return the files: all quads as N-Quads, all triples as Turtle.

    Raises:
        InputError: the folder cannot be written.
    """
    paths = [directory / f"kece.{suffix}" for suffix in ("nq", "ttl")]
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for path in paths:
            with path.open("wb") as file:
                file.writelines(dump_graphs(store, graphs_of_store(store), GRAPH_FILES[path.suffix[1:]]))
    except OSError as error:
        raise InputError(f"无法写入文件夹“{directory}”：{error.strerror}。请换一个可写的文件夹。") from error
    return paths
