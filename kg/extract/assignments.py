"""Brackets that say who answers for the measures in front of them: （责任单位：…）, （省科技厅牵头，…配合）."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import load_rows
from kg.types import ActorMention, Assignment, Document, Level, Measure, Provision, Span

_BRACKET = re.compile(r"[（(]([^（）()\n]{4,300})[）)]")
_PART = re.compile(r"[^，,；;。]+")


def find_assignments(
    document: Document, actors: Sequence[ActorMention], measures: Sequence[Measure]
) -> Iterator[Assignment]:
    """Assignments in text order; ``actors`` and ``measures`` are sorted by place.

    A bracket charges its actors with the measures in front of it in its paragraph, back to the bracket before; one that
    is a paragraph of its own with those of the paragraphs before it under the same heading.
    """
    end = 0
    for bracket in _BRACKET.finditer(document.text):
        parts = list(_parts(document.text, Span(*bracket.span(1))))
        provision = _provision_at(document.provisions, bracket.start())
        if not parts or provision is None or provision.level is Level.ARTICLE:
            continue
        charged = _measures_before(document, provision, bracket.start(), end, measures)
        end = bracket.end()
        for span, word, partner in parts:
            named = _actors_inside(actors, span)
            if named and charged:
                yield Assignment(Span(*bracket.span()), word, partner, named, charged)


def _parts(text: str, inside: Span) -> Iterator[tuple[Span, str, bool]]:
    """Stretches of a bracket with the word that gives their part; nothing where no such word stands."""
    labels, suffixes = _words()
    label: tuple[str, bool] | None = None
    start = inside.start
    for part in _PART.finditer(text, inside.start, inside.end):
        words = part.group().strip()
        opened = re.match(r"([^：:]{2,8})[：:]", words)
        if opened:
            label = (opened.group(1), labels[opened.group(1)]) if opened.group(1) in labels else None
            start = part.start()
        suffix = next((word for word in suffixes if words.endswith(word)), None)
        if suffix is not None and not opened:
            yield Span(start, part.end()), suffix, suffixes[suffix]
        elif label is not None:
            yield Span(part.start(), part.end()), *label
        else:
            continue  # names whose word comes with a later part: A，B负责
        start = part.end()


@cache
def _words() -> tuple[dict[str, bool], dict[str, bool]]:
    """Labels and suffixes with whether they name partners; longer suffixes first."""
    rows = load_rows("responsibility_words.tsv")
    labels = {row[0]: row[2] == "partner" for row in rows if row[1] == "label"}
    suffixes = {row[0]: row[2] == "partner" for row in rows if row[1] == "suffix"}
    return labels, dict(sorted(suffixes.items(), key=lambda item: -len(item[0])))


def _provision_at(provisions: Sequence[Provision], offset: int) -> Provision | None:
    """The innermost provision whose running text holds the offset."""
    index = bisect_right(provisions, offset, key=lambda provision: provision.span.start) - 1
    while index >= 0:
        body = provisions[index].body
        if body.start <= offset < body.end:
            return provisions[index]
        parent = provisions[index].parent
        index = parent if parent is not None else -1
    return None


def _measures_before(
    document: Document, provision: Provision, offset: int, end: int, measures: Sequence[Measure]
) -> tuple[int, ...]:
    start = provision.body.start
    alone = not document.text[start:offset].strip()
    if alone and provision.parent is not None:
        start = document.provisions[provision.parent].span.start
    first = bisect_left(measures, max(start, end), key=lambda measure: measure.span.start)
    last = bisect_left(measures, offset, key=lambda measure: measure.span.start)
    return tuple(range(first, last))


def _actors_inside(actors: Sequence[ActorMention], span: Span) -> tuple[Span, ...]:
    first = bisect_left(actors, span.start, key=lambda actor: actor.span.start)
    last = bisect_left(actors, span.end, key=lambda actor: actor.span.start)
    return tuple(actor.span for actor in actors[first:last])
