"""Sentences and clauses of running Chinese text, as offsets.

Linear in the length of the text: brackets and quotation marks are paired by one pass with a stack,
and what stands inside a pair is never split. An opening mark without its partner is an ordinary character.
"""

from __future__ import annotations

import re

from kg.types import Sentence, Span

PAIRS = {"《": "》", "〈": "〉", "“": "”", "‘": "’", "（": "）", "(": ")", "「": "」", "【": "】", "〔": "〕", "[": "]"}
CLOSERS = frozenset(PAIRS.values())
SENTENCE_ENDS = frozenset("。！？!?\n")
CLAUSE_ENDS = frozenset("，,；;：:")
_INTERESTING = re.compile(r"[《》〈〉“”‘’（）()「」【】〔〕\[\]。！？!?\n，,；;：:]")


def segment_sentences(text: str, span: Span) -> tuple[Sentence, ...]:
    """Sentences of ``text[span]`` with their clauses.

    A sentence ends with 。！？ (with the closing quotation marks that follow) or at a line end. A clause
    ends at ，；： in either width, or with its sentence; a comma or colon between digits (1,000; 12:30) ends none.
    Spans are trimmed of white space; empty ones are left out.
    """
    protected = _protected(text, span)
    sentences: list[Sentence] = []
    sentence_start = clause_start = span.start
    clauses: list[Span] = []
    position = span.start
    for match in _INTERESTING.finditer(text, span.start, span.end):
        position = match.start()
        character = match.group()
        if position < sentence_start or protected.get(position, False):
            continue
        if character in CLAUSE_ENDS and not _between_digits(text, position):
            _append_trimmed(clauses, text, clause_start, position)
            clause_start = position + 1
        elif character in SENTENCE_ENDS:
            _append_trimmed(clauses, text, clause_start, position)
            end = _after_closers(text, position + 1, span.end)
            _append_sentence(sentences, text, sentence_start, end, clauses)
            sentence_start = clause_start = end
            clauses = []
    _append_trimmed(clauses, text, clause_start, span.end)
    _append_sentence(sentences, text, sentence_start, span.end, clauses)
    return tuple(sentences)


def _protected(text: str, span: Span) -> dict[int, bool]:
    """For each mark of interest, whether it stands inside a matched pair."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    marks: list[int] = []
    for match in _INTERESTING.finditer(text, span.start, span.end):
        character, position = match.group(), match.start()
        marks.append(position)
        if character == "\n":
            stack.clear()  # a pair never spans lines, so one stray mark costs one line only
        elif character in PAIRS:
            stack.append((PAIRS[character], position))
        elif character in CLOSERS and any(closer == character for closer, _ in stack[-8:]):
            while stack:
                closer, opened = stack.pop()
                if closer == character:
                    pairs.append((opened, position))
                    break
    depth_change: dict[int, int] = {}
    for opened, closed in pairs:
        depth_change[opened] = depth_change.get(opened, 0) + 1
        depth_change[closed] = depth_change.get(closed, 0) - 1
    depth = 0
    inside: dict[int, bool] = {}
    for position in marks:
        change = depth_change.get(position, 0)
        inside[position] = depth > 0 and change >= 0
        depth += change
    return inside


def _between_digits(text: str, position: int) -> bool:
    return (
        text[position] in ",:"
        and 0 < position < len(text) - 1
        and text[position - 1].isdigit()
        and text[position + 1].isdigit()
    )


def _after_closers(text: str, position: int, limit: int) -> int:
    while position < limit and text[position] in "”’」）)》":
        position += 1
    return position


def trimmed(text: str, start: int, end: int) -> Span | None:
    """``[start, end)`` without white space at either end; None where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end) if start < end else None


def _append_trimmed(spans: list[Span], text: str, start: int, end: int) -> None:
    span = trimmed(text, start, end)
    if span is not None:
        spans.append(span)


def _append_sentence(sentences: list[Sentence], text: str, start: int, end: int, clauses: list[Span]) -> None:
    span = trimmed(text, start, end)
    if span is not None and clauses:
        sentences.append(Sentence(span, tuple(clauses)))
