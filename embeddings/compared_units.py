"""What of a document is compared: its outermost measures and norms, each with what is said of it.

A measure inside a norm, or a norm inside a measure, is part of it and no unit of its own: else the same words would
be counted twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from embeddings.index import Index
from embeddings.similar import Statement, quantities_of
from kg.labels import force
from kg.questions import run_question
from kg.store import GraphStore

_COLUMNS = (
    "iri",
    "kind",
    "text",
    "document_title",
    "document",
    "place",
    "start",
    "end",
    "modality",
    "strength",
    "actors",
)
_WHOLE = 2**62  # beyond any text


@dataclass(frozen=True, slots=True)
class ComparedUnit(Statement):
    """An outermost statement with what it and the statements inside it say.

    ``modality`` and ``strength`` are those of the outermost norm, None where there is none; ``deadlines`` and
    ``quantities`` are as written.
    """

    modality: str | None
    strength: str | None
    actors: tuple[str, ...]
    deadlines: tuple[str, ...]
    quantities: tuple[str, ...]

    @property
    def force(self) -> str:
        """Modality and strength for people: 义务（应当）; "" where it is no norm."""
        return force(self.modality, self.strength) if self.modality else ""


def read_units(index: Index, store: GraphStore, document: str) -> tuple[list[int], list[ComparedUnit]]:
    """Rows of the index and units of the document (IRI), in text order."""
    deadlines: dict[str, list[str]] = defaultdict(list)
    for row in run_question(store, "document_deadlines", document=document):
        deadlines[str(row["iri"])].append(str(row["value"]))
    found = list(_outermost(_records(index, document)))
    return [inside[0]["row"] for inside in found], [_unit(inside, deadlines) for inside in found]


def _records(index: Index, document: str) -> list[dict[str, Any]]:
    """Measures and norms, the longer first of those that begin together, norms before measures of the same words."""
    rows = index.rows_at(document, 0, _WHOLE)
    columns = [index.values(name, rows) for name in _COLUMNS]
    records = [dict(zip(("row", *_COLUMNS), values, strict=True)) for values in zip(rows, *columns, strict=True)]
    statements = [record for record in records if record["kind"] != "provision"]
    return sorted(statements, key=lambda record: (record["start"], -record["end"], record["kind"] != "norm"))


def _outermost(records: Sequence[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Each outermost record followed by those inside it."""
    inside: list[dict[str, Any]] = []
    for record in records:
        if inside and record["end"] > inside[0]["end"]:
            yield inside
            inside = []
        inside.append(record)
    if inside:
        yield inside


def _unit(inside: Sequence[Mapping[str, Any]], deadlines: Mapping[str, Sequence[str]]) -> ComparedUnit:
    outer = inside[0]
    norm = next((record for record in inside if record["modality"]), None)
    return ComparedUnit(
        iri=outer["iri"],
        kind=outer["kind"],
        text=outer["text"],
        document=outer["document_title"],
        document_iri=outer["document"],
        place=outer["place"],
        start=outer["start"],
        end=outer["end"],
        modality=norm["modality"] if norm else None,
        strength=norm["strength"] if norm else None,
        actors=_each_once(record["actors"] for record in inside),
        deadlines=_each_once(deadlines.get(record["iri"], ()) for record in inside),
        quantities=tuple(dict.fromkeys(quantities_of(outer["text"]))),
    )


def _each_once(lists: Any) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for values in lists for value in values))
