"""The graph on disk: built once into a new folder, then only read (Oxigraph).

A query sees the union of all named graphs as its default graph, unless it says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Store,
)

from kg.errors import InputError, QueryError, StoreError
from kg.namespaces import PREFIXES, XSD
from kg.sparql import Term, check_query, engine_error, function_error, names_dataset, substitute

Result = QuerySolutions | QueryBoolean | QueryTriples
Value = str | int | float | bool | None
Functions = dict[NamedNode, Callable[..., Term | None]]
"""Functions for queries by their IRI; they get terms, and None leaves the result unbound."""

ALL_GRAPHS = {"use_default_graph_as_union": True}
_INTEGER_TYPES = frozenset(f"{XSD}{name}" for name in ("integer", "int", "long", "nonNegativeInteger"))
_DECIMAL_TYPES = frozenset(f"{XSD}{name}" for name in ("decimal", "double", "float"))


def build_store(quads: Iterable[Quad], directory: Path) -> int:
    """Write ``quads`` into a new store and return how many different ones it holds.

    Raises:
        StoreError: the folder already holds something, is in use, or cannot be written.
    """
    if directory.exists() and any(directory.iterdir()):
        raise StoreError(f"文件夹“{directory}”不是空的，不能在里面新建图谱。请换一个新文件夹。")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        store = Store(str(directory))
        store.bulk_extend(quads)
        store.optimize()
        store.flush()
        return len(store)
    except OSError as error:
        raise StoreError(f"无法在“{directory}”写入图谱：{error}。请检查权限和磁盘空间。") from error


def copy_store(source: Path, target: Path) -> Store:
    """A copy in the new folder ``target`` of the store in ``source``, open for changes.

    The two share what is on disk (hard links) until the copy is changed; ``source`` never is.

    Raises:
        StoreError: there is no store, or the copy cannot be written.
    """
    try:
        Store.read_only(str(source)).backup(str(target))
        return Store(str(target))
    except (OSError, RuntimeError) as error:
        raise StoreError(f"无法把图谱“{source}”复制到“{target}”：{error}。请检查权限和磁盘空间。") from error


@dataclass(frozen=True, slots=True)
class Dataset:
    """The graphs (IRIs) that a query is about, instead of what it says itself: SPARQL 1.1 Protocol, 2.1.4."""

    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()

    def arguments(self) -> dict[str, Any]:
        """As the engine takes them; raises ``InputError`` for what is no absolute IRI."""
        try:
            return {
                "default_graph": [NamedNode(iri) for iri in self.default_graphs],
                "named_graphs": [NamedNode(iri) for iri in self.named_graphs],
            }
        except ValueError as error:
            raise InputError(f"default-graph-uri 与 named-graph-uri 应为绝对 IRI：{error}。请检查地址。") from error


@dataclass(frozen=True, slots=True)
class GraphStore:
    """A store opened for reading; safe to share between threads."""

    _store: Store
    directory: Path | None = None

    @classmethod
    def open(cls, directory: Path) -> GraphStore:
        """Open the store in ``directory``.

        Raises:
            StoreError: there is none, or it is damaged or cannot be read.
        """
        if not (directory / "CURRENT").is_file():
            raise StoreError(f"“{directory}”里没有图谱。请先运行 python cli.py build。")
        try:
            return cls(Store.read_only(str(directory)), directory)
        except (OSError, RuntimeError) as error:  # RuntimeError: what the engine raises for damaged files
            raise StoreError(
                f"图谱“{directory}”无法打开：{error}。它可能正被别的程序占用或已损坏，请重新运行 python cli.py build。"
            ) from error

    @classmethod
    def in_memory(cls, quads: Iterable[Quad]) -> GraphStore:
        """A store that lives in memory only, for one document or a test."""
        store = Store()
        store.bulk_extend(quads)
        return cls(store)

    def __len__(self) -> int:
        return len(self._store)

    def query(self, sparql: str, dataset: Dataset | None = None, functions: Functions | None = None) -> Result:
        """Answer a query from outside; prefixes of ``kg.namespaces`` need no declaration.

        Its graphs are those of ``dataset``, else those that it names with FROM, else all.

        Raises:
            InputError: a graph of ``dataset`` is no IRI.
            QueryError: the query cannot be parsed, is an update, or contains SERVICE.
            StoreError: the store cannot be read.
        """
        check_query(sparql)
        if dataset is not None:
            return self._run(sparql, custom_functions=functions, **dataset.arguments())
        return self._run(sparql, custom_functions=functions, **({} if names_dataset(sparql) else ALL_GRAPHS))

    def evaluate(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> Result:
        """Answer a query of our own, which needs no check.

        ``substitutions`` gives variables (names without ``?``) a value: see ``kg.sparql.substitute``.
        """
        return self._run(substitute(sparql, substitutions) if substitutions else sparql, **ALL_GRAPHS)

    def _run(self, sparql: str, **arguments: Any) -> Result:
        try:
            return self._store.query(sparql, prefixes=PREFIXES, **arguments)
        except SyntaxError as error:
            raise engine_error(error) from error
        except RuntimeError as error:
            raise function_error(error) from error
        except OSError as error:
            raise StoreError(f"图谱无法读取：{error}。请重新运行 python cli.py build。") from error

    def select(self, sparql: str, substitutions: Mapping[str, Term] | None = None) -> list[dict[str, Value]]:
        """Rows of a SELECT of our own: column name to plain value, None where unbound.

        Raises:
            QueryError: not a SELECT, or not parsable.
        """
        result = self.evaluate(sparql, substitutions)
        if not isinstance(result, QuerySolutions):
            raise QueryError("这里需要一条 SELECT 查询。")
        return list(rows(result))

    def quads(
        self,
        graph: NamedNode | None = None,
        subject: NamedNode | None = None,
        predicate: NamedNode | None = None,
        value: NamedNode | None = None,
    ) -> Iterator[Quad]:
        """All quads, or those of one named graph, about one subject, of one property, with one value."""
        return self._store.quads_for_pattern(subject, predicate, value, graph)

    def graph_names(self) -> Iterator[NamedNode | BlankNode]:
        """The named graphs."""
        return self._store.named_graphs()


def rows(solutions: QuerySolutions) -> Iterator[dict[str, Value]]:
    """Solutions as dictionaries of plain values."""
    names = [variable.value for variable in solutions.variables]
    for solution in solutions:
        yield dict(zip(names, map(plain_value, solution), strict=True))


def plain_value(term: Term | None) -> Value:
    """A term as a Python value: IRIs and other literals as ``str``, numbers and truth values as such."""
    if isinstance(term, NamedNode | BlankNode):
        return term.value
    if isinstance(term, Literal):
        kind = term.datatype.value
        if kind in _INTEGER_TYPES:
            return int(term.value)
        if kind in _DECIMAL_TYPES:
            return float(term.value)
        if kind == f"{XSD}boolean":
            return term.value in ("true", "1")
        return term.value
    return None if term is None else str(term)
