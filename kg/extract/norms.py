"""Norms of a sentence: one for each marker, from its conditions to the clause before the next marker's."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.clauses import Clause
from kg.extract.drafts import SentenceReading
from kg.extract.tokens import peek
from kg.types import Norm, Span, Word


def read_norms(reading: SentenceReading) -> Iterator[Norm]:
    """The norms of a sentence whose clauses have all been read, in text order."""
    marked = [index for index in reading.bearers if index not in reading.subordinate]
    for number, index in enumerate(marked):
        clause = reading.clauses[index]
        if clause.marker is None or clause.modality is None:
            continue
        following = _first_clause(reading, marked[number + 1]) if number + 1 < len(marked) else len(reading.clauses)
        previous = marked[number - 1] if number else -1
        start = reading.clauses[max(_first_clause(reading, index), previous + 1)].start
        span = Span(start, reading.clauses[_end(reading, index, following) - 1].span.end)
        token = clause.tokens[clause.marker]
        yield Norm(
            span=span,
            text=span.slice(reading.text),
            modality=clause.modality,
            marker=Word(token.text, Span(token.start, token.end)),
            bearers=tuple(reading.bearers[index]),
            rule=f"marker-{clause.modality.value}",
        )


def _first_clause(reading: SentenceReading, index: int) -> int:
    """First of the condition and topic clauses that belong to the marker's clause at ``index``."""
    first = index
    while first > 0:
        before = reading.clauses[first - 1]
        acts = bool(before.acts) and not reading.is_condition(first - 1)
        if acts or before.marker is not None or reading.ends_strongly(first - 1) or _is_statement(before):
            break
        first -= 1
    return first


def _is_statement(clause: Clause) -> bool:
    """情况复杂, 任务艰巨: a clause that says how things are is no condition."""
    last, before = clause.tokens[-1], peek(clause.tokens, len(clause.tokens) - 2)
    return not clause.conditional and not clause.subject and last.entry.tag == "a" and before.entry.nounish


def _end(reading: SentenceReading, index: int, following: int) -> int:
    """Index after the norm's last clause: a changed subject ends it, with the conditions in front of that."""
    for end in range(index + 1, following):
        clause = reading.clauses[end]
        passive = bool(clause.tokens) and clause.tokens[clause.first].has("agentive")
        changes = (clause.subject and clause.marker is None and not passive) or end in reading.turns
        if changes and not clause.conditional:
            return _without_conditions(reading, index, end)
    return following


def _without_conditions(reading: SentenceReading, index: int, end: int) -> int:
    while end - 1 > index and reading.clauses[end - 1].conditional:
        end -= 1
    return end
