"""Statements as JSON-lines records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.types import Document, Relation, RoleFiller, Span, Statements, Word


def statement_records(statements: Statements, document: Document) -> Iterator[dict[str, Any]]:
    """Actors, measures and norms as records, by place and kind.

    ``start`` and ``end`` are code points of the canonical text, ``text`` is the slice between them; agents,
    targets and bearers point at actor mentions by ``[start, end]``, words are ``[word, start, end]``.
    """
    records = [*_actors(statements), *_measures(statements), *_norms(statements)]
    for record in records:
        if document.text[record["start"] : record["end"]] != record["text"]:
            raise ValueError(f"text of {record['kind']} at {record['start']} differs from its slice")
    yield from sorted(records, key=lambda record: (record["start"], record["end"], record["kind"]))


def _actors(statements: Statements) -> Iterator[dict[str, Any]]:
    for actor in statements.actors:
        yield {"kind": "actor", "start": actor.span.start, "end": actor.span.end, "text": actor.text}


def _measures(statements: Statements) -> Iterator[dict[str, Any]]:
    for measure in statements.measures:
        yield {
            "kind": "measure",
            "start": measure.span.start,
            "end": measure.span.end,
            "text": measure.text,
            "head": [_word(word) for word in measure.heads],
            "inner": [_word(word) for word in measure.inner],
            "agents": _places(measure.agents),
            "targets": _places(measure.targets),
            "partners": _places(measure.targets, Relation.PARTNER),
            "beneficiaries": _places(measure.targets, Relation.BENEFICIARY),
            "aims": [_place(aim) for aim in measure.aims],
        }


def _norms(statements: Statements) -> Iterator[dict[str, Any]]:
    for norm in statements.norms:
        yield {
            "kind": "norm",
            "start": norm.span.start,
            "end": norm.span.end,
            "text": norm.text,
            "modality": norm.modality.value,
            "marker": _word(norm.marker),
            "bearers": _places(norm.bearers),
        }


def _word(word: Word) -> list[str | int]:
    return [word.text, word.span.start, word.span.end]


def _place(span: Span) -> list[int]:
    return [span.start, span.end]


def _places(fillers: tuple[RoleFiller, ...], relation: Relation | None = None) -> list[list[int]]:
    return [_place(filler.span) for filler in fillers if relation is None or filler.relation is relation]
