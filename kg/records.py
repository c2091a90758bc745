"""Statements as JSON-lines records."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kg.classification import Classifier
from kg.fact_types import Time
from kg.facts import CONDITION_RULE, FactIndex, FactsOfStatement
from kg.types import Document, Relation, RoleFiller, Span, Statements, Word


def statement_records(statements: Statements, document: Document) -> Iterator[dict[str, Any]]:
    """Actors, measures and norms as records, by place and kind.

    ``start`` and ``end`` are code points of the canonical text, ``text`` is the slice between them; agents,
    targets and bearers point at actor mentions by ``[start, end]``, words are ``[word, start, end]``. Measures and
    norms carry their facts too; what is concluded of them says by which rule.
    """
    index, classifier = FactIndex(document, statements), Classifier(document, statements)
    records = [
        *_actors(statements),
        *_measures(statements, index, classifier),
        *_norms(statements, index, classifier),
    ]
    for record in records:
        if document.text[record["start"] : record["end"]] != record["text"]:
            raise ValueError(f"text of {record['kind']} at {record['start']} differs from its slice")
    yield from sorted(records, key=lambda record: (record["start"], record["end"], record["kind"]))


def _actors(statements: Statements) -> Iterator[dict[str, Any]]:
    for actor in statements.actors:
        yield {"kind": "actor", "start": actor.span.start, "end": actor.span.end, "text": actor.text}


def _measures(statements: Statements, index: FactIndex, classifier: Classifier) -> Iterator[dict[str, Any]]:
    for measure in statements.measures:
        instrument = classifier.instrument_of(measure)
        topics = classifier.topics_of(measure.extent, [agent.span for agent in measure.agents])
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
            **_facts(index.facts_of(measure.extent)),
            "instrument": None if instrument is None else [instrument.concept, instrument.reason],
            "topics": [[topic.concept, topic.reason] for topic in topics],
        }


def _norms(statements: Statements, index: FactIndex, classifier: Classifier) -> Iterator[dict[str, Any]]:
    for norm in statements.norms:
        topics = classifier.topics_of(norm.span, [bearer.span for bearer in norm.bearers])
        yield {
            "kind": "norm",
            "start": norm.span.start,
            "end": norm.span.end,
            "text": norm.text,
            "modality": norm.modality.value,
            "marker": _word(norm.marker),
            "bearers": _places(norm.bearers),
            **_facts(index.facts_of(norm.span)),
            "topics": [[topic.concept, topic.reason] for topic in topics],
        }


def _facts(facts: FactsOfStatement) -> dict[str, Any]:
    """Times, quantities, conditions and programmes; those carried over have the rule in the field ``rule``."""
    times = [_time(time, "") for time in facts.times]
    if facts.inherited_deadline is not None:
        times.append(_time(facts.inherited_deadline, facts.deadline_rule))
    conditions = [{"place": _place(condition), "rule": ""} for condition in facts.conditions]
    if facts.inherited_condition is not None:
        conditions.append({"place": _place(facts.inherited_condition), "rule": CONDITION_RULE})
    return {
        "times": times,
        "quantities": [
            {
                "place": _place(quantity.span),
                "value": f"{quantity.value:f}",
                "unit": quantity.unit,
                "comparators": [comparator.value for comparator in quantity.comparators],
            }
            for quantity in facts.quantities
        ],
        "conditions": conditions,
        "programmes": [[programme.name, *_place(programme.span)] for programme in facts.programmes],
    }


def _time(time: Time, rule: str) -> dict[str, Any]:
    return {
        "place": _place(time.span),
        "kind": time.kind.value,
        "value": time.value,
        "datatype": time.datatype,
        "last_day": time.last_day.isoformat() if time.last_day else None,
        "event": _place(time.event) if time.event else None,
        "working_days": time.working_days,
        "rule": rule,
    }


def _word(word: Word) -> list[str | int]:
    return [word.text, word.span.start, word.span.end]


def _place(span: Span) -> list[int]:
    return [span.start, span.end]


def _places(fillers: tuple[RoleFiller, ...], relation: Relation | None = None) -> list[list[int]]:
    return [_place(filler.span) for filler in fillers if relation is None or filler.relation is relation]
