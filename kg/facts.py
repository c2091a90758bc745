"""Which facts belong to which measure or norm, and how that is known.

What stands in a statement's words, or right in front of them, is said of it. A deadline at the head of a sentence, and
a condition at the head of a segment (up to ；), also govern the statements that follow there; a deadline in a heading
or lead-in governs those below it. That is concluded, and kept apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.fact_types import Quantity, Time, TimeKind
from kg.types import Document, Level, Programme, Provision, Span, Statements

SENTENCE_RULE = "deadline_of_sentence"
HEADING_RULE = "deadline_of_heading"
CONDITION_RULE = "condition_of_segment"
GAP = 2
"""Characters, a comma and a space, between a condition or deadline and the statement right behind it."""
SENTENCE_LIMIT = 400
"""Characters back in which the head of a sentence is looked for."""

_SENTENCE_END = re.compile(r"[。！？\n]")
_SEGMENT_END = re.compile(r"[；;。！？\n]")
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class FactsOfStatement:
    """What is said of one statement, and what is concluded of it: ``deadline`` with its rule, ``condition``."""

    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    conditions: tuple[Span, ...] = ()
    programmes: tuple[Programme, ...] = ()
    inherited_deadline: Time | None = None
    deadline_rule: str = ""
    inherited_condition: Span | None = None


class _Places(Generic[_Item]):
    """Items in text order with their spans, to be found by place."""

    def __init__(self, items: Sequence[_Item], spans: Sequence[Span]) -> None:
        self.items = items
        self.spans = spans
        self.starts = [span.start for span in spans]

    def inside(self, extent: Span, first: int) -> tuple[_Item, ...]:
        """Items that lie inside ``extent``; ``first`` is the position of the first that starts in it."""
        if first == len(self.starts) or self.starts[first] >= extent.end:
            return ()
        last = first + 1
        while last < len(self.starts) and self.starts[last] < extent.end:
            last += 1
        return tuple(self.items[k] for k in range(first, last) if self.spans[k].end <= extent.end)


class FactIndex:
    """Finds the facts of statements by place; built once per document."""

    def __init__(self, document: Document, statements: Statements) -> None:
        facts = statements.facts
        deadlines = [time for time in facts.times if time.kind is TimeKind.DEADLINE]
        self._text = document.text
        self._document = document
        self._times = _Places(facts.times, [time.span for time in facts.times])
        self._deadlines = _Places(deadlines, [time.span for time in deadlines])
        self._quantities = _Places(facts.quantities, [quantity.span for quantity in facts.quantities])
        self._conditions = _Places(facts.conditions, facts.conditions)
        self._programmes = _Places(statements.programmes, [programme.span for programme in statements.programmes])
        self._provision_starts = [provision.span.start for provision in document.provisions]
        self._heading_deadlines = self._deadlines_of_headings()

    def facts_of(self, extent: Span) -> FactsOfStatement:
        """Facts of the statement whose words, aims included, are ``extent``."""
        times = self._said(self._times, extent)
        conditions = self._said(self._conditions, extent)
        inherited, rule = None, ""
        if not any(time.kind is TimeKind.DEADLINE for time in times):
            inherited, rule = self._inherited_deadline(extent)
        return FactsOfStatement(
            times=times,
            quantities=self._quantities.inside(extent, bisect_left(self._quantities.starts, extent.start)),
            conditions=conditions,
            programmes=self._programmes.inside(extent, bisect_left(self._programmes.starts, extent.start)),
            inherited_deadline=inherited,
            deadline_rule=rule,
            inherited_condition=None if conditions else self._condition_of_segment(extent),
        )

    def _said(self, places: _Places[_Item], extent: Span) -> tuple[_Item, ...]:
        """Items inside ``extent``, and the one that ends right in front of it."""
        first = bisect_left(places.starts, extent.start)
        adjoins = first > 0 and self._adjoins(places.spans[first - 1], extent)
        inside = places.inside(extent, first)
        return (places.items[first - 1], *inside) if adjoins else inside

    def _adjoins(self, fact: Span, extent: Span) -> bool:
        near = 0 <= extent.start - fact.end <= GAP
        return near and not self._text[fact.end : extent.start].strip("，,、 　")

    def _inherited_deadline(self, extent: Span) -> tuple[Time | None, str]:
        time = self._last_before(self._deadlines, extent, _SENTENCE_END)
        if time is not None and self._opens_clause(time.span):
            return time, SENTENCE_RULE
        provision: int | None = bisect_right(self._provision_starts, extent.start) - 1
        while self._heading_deadlines and provision is not None and provision >= 0:
            if provision in self._heading_deadlines:
                return self._heading_deadlines[provision], HEADING_RULE
            provision = self._document.provisions[provision].parent
        return None, ""

    def _condition_of_segment(self, extent: Span) -> Span | None:
        condition = self._last_before(self._conditions, extent, _SEGMENT_END)
        return condition if condition is not None and self._opens_clause(condition) else None

    def _last_before(self, places: _Places[_Item], extent: Span, end: re.Pattern[str]) -> _Item | None:
        """The last item that ends in front of ``extent`` in the same sentence or segment."""
        index = bisect_left(places.starts, extent.start) - 1
        if index < 0 or not 0 <= extent.start - places.spans[index].end <= SENTENCE_LIMIT:
            return None
        apart = end.search(self._text, places.spans[index].end, extent.start)
        return None if apart else places.items[index]

    def _opens_clause(self, span: Span) -> bool:
        """The fact stands at the head of a clause of its own or before the predicate, not inside an object."""
        before = self._text[max(0, span.start - 1) : span.start]
        return not before or before in "，,；;。：:！？\n 　（("

    def _deadlines_of_headings(self) -> dict[int, Time]:
        """Position of a provision → the deadline that its heading or lead-in gives to what stands below it."""
        found: dict[int, Time] = {}
        for time in self._deadlines.items:
            index = bisect_right(self._provision_starts, time.span.start) - 1
            if index < 0 or not self._document.provisions[index].span.contains(time.span):
                continue
            provision = self._document.provisions[index]
            if self._is_in_heading(provision, time.span) or self._is_in_lead_in(provision, time.span):
                found.setdefault(index, time)
        return found

    def _is_in_heading(self, provision: Provision, span: Span) -> bool:
        return bool(provision.heading) and span.end <= max(provision.body.start, provision.span.start)

    def _is_in_lead_in(self, provision: Provision, span: Span) -> bool:
        """到2025年，完成下列任务： with its items as provisions of their own below."""
        provisions = self._document.provisions
        holds = provision.index + 1 < len(provisions) and provisions[provision.index + 1].parent == provision.index
        closes = self._text[provision.body.start : provision.body.end].endswith(("：", ":"))
        last = self._text.rfind("。", provision.body.start, provision.body.end)
        return provision.level is not Level.NOTICE and holds and closes and span.start > last
