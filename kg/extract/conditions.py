"""Under which condition a norm or measure holds: 有下列情形之一的, 在…情况下, 经…批准, 未经…, 除…外, 符合条件的."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import load_rows
from kg.types import Document, Norm, Sentence, Span

CONDITION_LIMIT = 160
"""Longest condition, in characters: longer clauses are lists run together."""

CLAUSE_REACH = 60
"""Characters back to the beginning of a clause."""

_STATES = re.compile(r"(?:是|所称|即).{0,60}的$|^(?:一切|这是|应当|不得)")
_LAST = frozenset("的时候下后前外")
_FIRST = frozenset("未除如倘若一凡只假因经")
"""A clause with neither of these at its ends is no condition: a quick look that spares the patterns."""
_MARKER = re.compile(r"不得|应当|必须|任何(?:单位|组织|个人)|禁止")


def find_conditions(document: Document, norms: Sequence[Norm]) -> tuple[Span, ...]:
    """Conditions of a document in text order, spans unique; ``norms`` decide about the weak signs."""
    text = document.text
    starts = [norm.span.start for norm in norms]
    found: set[Span] = set()
    for provision in document.provisions:
        if provision.operative:
            for sentence in provision.sentences:
                for span, strong in _in_sentence(text, sentence):
                    if strong or _touches_norm(span, norms, starts):
                        found.add(span)
    found.update(Span(*match.span()) for match in _pattern("inner").finditer(text))
    found.update(_middle(text, match) for match in _pattern("middle").finditer(text))
    return _without_nested(sorted(found, key=lambda span: (span.start, -span.end)))


def _middle(text: str, match: re.Match[str]) -> Span:
    """开展活动时|应当…: from the beginning of the clause."""
    reach = max(0, match.start() - CLAUSE_REACH)
    start = max(reach, *(text.rfind(mark, reach, match.start()) + 1 for mark in "，。；：\n 　"))
    return Span(start, match.end())


def _in_sentence(text: str, sentence: Sentence) -> Iterator[tuple[Span, bool]]:
    """Clauses that are conditions, each with whether its sign is a strong one."""
    opening_start = sentence.span.start
    earlier: list[Span] = []  # clauses of the segment so far that may belong to a condition
    for clause in sentence.clauses:
        if text[clause.start - 1 : clause.start] in "；;：:" and earlier:
            earlier, opening_start = [], clause.start
        may_be = text[clause.end - 1] in _LAST or text[clause.start] in _FIRST
        strength = _strength(text, clause, clause is sentence.clauses[-1]) if may_be else None
        if strength is None:
            earlier.append(clause)
            continue
        start = clause.start
        if text[clause.end - 1] == "的" and earlier and earlier[0].start == opening_start:
            joins = _pattern("continuing").match(text, clause.start) or _pattern("continued").match(
                text, earlier[0].start
            )
            whole = Span(earlier[0].start, clause.end).slice(text)
            if joins and len(whole) <= CONDITION_LIMIT and not _MARKER.search(whole):
                start = earlier[0].start
        if clause.end - start <= CONDITION_LIMIT:
            start += len("应当") * text.startswith(("应当在", "可以在", "必须在"), start)
            yield Span(start, _end(text, clause)), strength == "strong"
        earlier, opening_start = [], -1


def _strength(text: str, clause: Span, is_last: bool) -> str | None:
    """``strong`` or ``weak`` where the clause is a condition, else None."""
    words = text[clause.start : clause.end]
    if _pattern("other").match(words):
        return None
    if words.startswith("未经"):
        return "strong"
    closing = _closing().search(words[-8:])
    if closing is not None:
        last_may_close = words.endswith("的除外")
        states = words.endswith("的") and _STATES.search(words)
        return None if (is_last and not last_may_close) or states else _name(closing)
    opening = None if is_last else _opening().match(words)
    if opening is None or (words[0] == "经" and not _approval().search(words[-10:])):
        return None
    if words[0] == "除" and not words.endswith("外"):
        return None
    return _name(opening)


def _end(text: str, clause: Span) -> int:
    """未经批准不得…: the condition ends where the rule begins."""
    rule = _MARKER.search(text, clause.start, clause.end) if text.startswith("未经", clause.start) else None
    return rule.start() if rule and rule.start() > clause.start + 2 else clause.end


def _name(match: re.Match[str]) -> str:
    return "strong" if match["strong"] is not None else "weak"


def _touches_norm(span: Span, norms: Sequence[Norm], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, span.end + 1) - 1
    return index >= 0 and norms[index].span.end >= span.start


def _without_nested(spans: Sequence[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return tuple(kept)


def _alternatives(part: str, strength: str) -> str:
    rows = load_rows("conditions.tsv")
    return "|".join(f"(?:{row[2]})" for row in rows if row[0] == part and row[1] == strength)


@cache
def _approval() -> re.Pattern[str]:
    return re.compile(f"(?:{_alternatives('approval', 'strong')})[^，。；]{{0,4}}$")


@cache
def _closing() -> re.Pattern[str]:
    return re.compile(f"(?:(?P<strong>{_alternatives('closing', 'strong')})|(?:{_alternatives('closing', 'weak')}))$")


@cache
def _opening() -> re.Pattern[str]:
    return re.compile(f"(?:(?P<strong>{_alternatives('opening', 'strong')})|(?:{_alternatives('opening', 'weak')}))")


@cache
def _pattern(part: str) -> re.Pattern[str]:
    return re.compile(_alternatives(part, "strong"))
