"""The result of a query as a table: columns with the kind of their values, for reading, drawing and files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pyoxigraph import Literal, NamedNode, QuerySolutions, Triple

from kg.namespaces import PREFIXES, XSD, statement_document, statement_span
from kg.sparql import Term
from kg.store import Value, plain_value
from web.links import document_key

TRIPLE = ("主语", "谓语", "宾语")
"""The columns of a graph."""

_DATES = frozenset(f"{XSD}{name}" for name in ("date", "dateTime"))
_NUMBERS = (int, float)
_FIRST_YEAR, _LAST_YEAR = 1000, 2999
_STATEMENT = re.compile(r".+/id/document/[^/]+/[a-z]+/\d+-\d+")
_DOCUMENT = re.compile(r".+/id/document/[^/]+")


class Kind(StrEnum):
    """What the values of a column are; of several kinds: texts."""

    NUMBER = "number"
    YEAR = "year"
    DATE = "date"
    IRI = "iri"
    TEXT = "text"


@dataclass(frozen=True)
class Column:
    """A column: its variable, the kind of its values, and these, None where unbound."""

    name: str
    kind: Kind
    values: list[Value]


@dataclass(frozen=True)
class ResultTable:
    """Columns of equal length, in the order of the query."""

    columns: list[Column]

    @property
    def length(self) -> int:
        """How many rows."""
        return len(self.columns[0].values) if self.columns else 0

    @property
    def names(self) -> list[str]:
        """The header."""
        return [column.name for column in self.columns]

    def rows(self) -> list[list[Value]]:
        """The values by row."""
        return [list(row) for row in zip(*(column.values for column in self.columns), strict=True)]

    def of_kind(self, *kinds: Kind) -> list[Column]:
        """The columns of these kinds."""
        return [column for column in self.columns if column.kind in kinds]

    def column(self, name: str) -> Column:
        """The column of a variable."""
        return next(column for column in self.columns if column.name == name)


def table_of(solutions: QuerySolutions) -> ResultTable:
    """All solutions of a SELECT."""
    names = [variable.value for variable in solutions.variables]
    terms: list[list[Term | None]] = [[] for _ in names]
    for solution in solutions:
        for values, name in zip(terms, names, strict=True):
            values.append(solution[name])
    return ResultTable(list(map(_column, names, terms)))


def table_of_triples(triples: Iterable[Triple]) -> ResultTable:
    """A graph as subject, predicate and object."""
    terms = [(triple.subject, triple.predicate, triple.object) for triple in triples]
    return ResultTable([_column(name, [row[at] for row in terms]) for at, name in enumerate(TRIPLE)])


def _column(name: str, terms: list[Term | None]) -> Column:
    kinds = {_kind(name, term) for term in terms if term is not None}
    return Column(name, kinds.pop() if len(kinds) == 1 else Kind.TEXT, [plain_value(term) for term in terms])


def _kind(name: str, term: Term) -> Kind:
    if isinstance(term, NamedNode):
        return Kind.IRI
    if not isinstance(term, Literal):
        return Kind.TEXT
    if term.datatype.value in _DATES:
        return Kind.DATE
    value = plain_value(term)
    if isinstance(value, bool) or not isinstance(value, _NUMBERS):
        return Kind.TEXT
    return Kind.YEAR if "year" in name.lower() and _FIRST_YEAR <= value <= _LAST_YEAR else Kind.NUMBER


def short_iri(iri: str) -> str:
    """An IRI of a known namespace as a prefixed name, any other as it is."""
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and iri != namespace:
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def original_address(iri: str) -> str | None:
    """The address of page 原文 where the words of a statement, or a document, stand; None for other things."""
    if _STATEMENT.fullmatch(iri):
        span = statement_span(iri)
        key = document_key(statement_document(iri))
        return f"document?document={key}&start={span.start}&end={span.end}"
    return f"document?document={document_key(iri)}" if _DOCUMENT.fullmatch(iri) else None
