"""The tree of provisions of a text: which lines are headings, which are articles, paragraphs, items.

Two passes: lines become flat units (level, number, heading, running text), then a stack of open units gives
each its parent. A statute's article holds paragraphs (款), a paragraph its items (项); in a plan the running
text stands directly in the numbered unit or in plain paragraphs below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest

from kg.lexicon import load_alternation
from kg.numbering import Marker, chinese_number, find_marker
from kg.segment import segment_sentences, trimmed
from kg.types import Level, Provision, Span

HEADING_LIMIT = 40
"""Longest run-in heading, in characters; GB/T 9704 headings stay within a line and a half (28 characters a line)."""

_RANK = {level: rank for rank, level in enumerate(Level)}
_STATUTE_LEVELS = frozenset({Level.PART, Level.CHAPTER, Level.SECTION, Level.ARTICLE})
_PLAN_LEVELS = frozenset({Level.HEADING_1, Level.HEADING_2, Level.HEADING_3, Level.HEADING_4, Level.DASH})
_ITEM_LEVELS = {
    Level.HEADING_1: Level.ITEM,
    Level.HEADING_2: Level.ITEM,
    Level.HEADING_3: Level.SUBITEM,
    Level.HEADING_4: Level.SUBITEM,
}
_ARTICLE_AFTER_TITLE = re.compile(r"[^\S\n](?=第[一二三四五六七八九十百零]{1,6}条[^\S\n])")
_FIRST_STOP = re.compile(r"[。：:！？]")
_NON_OPERATIVE = re.compile(load_alternation("non_operative_headings.tsv") + r"(?:[（(][^（）()]*[）)])?$")


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or a part of one, before it has found its place in the tree."""

    level: Level
    number: str
    heading: str
    span: Span
    body: Span


def build_outline(text: str, start: int, end: int, notice: Span | None) -> tuple[Provision, ...]:
    """Provisions of ``text[start:end]`` in text order, parents before children.

    ``notice`` is the promulgating notice in front (salutation to signature) or None; it becomes one provision of
    level NOTICE with its lines as paragraphs.
    """
    units: list[Unit] = []
    if notice is not None:
        units.append(Unit(Level.NOTICE, "", "印发通知", notice, Span(notice.start, notice.start)))
        units += [_paragraph(line) for line in _lines(text, notice.start, notice.end)]
    units += _units(text, start, end)
    return _nest(text, units, notice)


def _lines(text: str, start: int, end: int) -> list[Span]:
    lines = []
    position = start
    while position < end:
        newline = text.find("\n", position, end)
        stop = end if newline < 0 else newline
        span = trimmed(text, position, stop)
        if span is not None:
            lines.append(span)
        position = stop + 1
    return lines


def _units(text: str, start: int, end: int) -> list[Unit]:
    units: list[Unit] = []
    in_article = False
    for line in _lines(text, start, end):
        for piece in _pieces(text, line):
            marker = find_marker(text, piece.start, piece.end)
            if marker is None:
                units.append(_paragraph(piece))
                continue
            if marker.level in _STATUTE_LEVELS:
                in_article = marker.level is Level.ARTICLE
            units += _marked(text, marker, piece, in_article)
    return units


def _pieces(text: str, line: Span) -> list[Span]:
    """A chapter heading and its first article on one line are two pieces."""
    marker = find_marker(text, line.start, line.end)
    if marker is not None and marker.level in (Level.PART, Level.CHAPTER, Level.SECTION):
        split = _ARTICLE_AFTER_TITLE.search(text, marker.end, line.end)
        if split:
            parts = (trimmed(text, line.start, split.start()), trimmed(text, split.end(), line.end))
            return [part for part in parts if part is not None]
    return [line]


def _paragraph(line: Span) -> Unit:
    return Unit(Level.PARAGRAPH, "", "", line, line)


def _marked(text: str, marker: Marker, piece: Span, in_article: bool) -> list[Unit]:
    empty = Span(piece.end, piece.end)
    rest = Span(min(marker.end, piece.end), piece.end)
    if marker.level in (Level.PART, Level.CHAPTER, Level.SECTION):
        heading = rest.slice(text).strip()
        return [Unit(marker.level, marker.number, heading, piece, empty)]
    if marker.level is Level.ARTICLE:
        article = Unit(Level.ARTICLE, marker.number, "", piece, empty)
        return [article, Unit(Level.PARAGRAPH, "", "", rest, rest)] if rest.start < rest.end else [article]
    if in_article and marker.level in _ITEM_LEVELS:
        return [Unit(_ITEM_LEVELS[marker.level], marker.number, "", piece, rest)]
    heading_span, body = _run_in_heading(text, rest)
    return [Unit(marker.level, marker.number, heading_span.slice(text), piece, body)]


def _run_in_heading(text: str, rest: Span) -> tuple[Span, Span]:
    """Heading and running text of a numbered unit.

    The first sentence is a heading where it is short and more text follows, or where the line has no full stop
    at all (a heading line of its own); a colon closes a heading of up to 8 characters only.
    """
    nothing = Span(rest.end, rest.end)
    stop = _FIRST_STOP.search(text, rest.start, rest.end)
    if stop is None:
        is_heading = rest.end - rest.start <= HEADING_LIMIT and text[rest.end - 1 : rest.end] not in "；;，,"
        return (rest, nothing) if is_heading else (Span(rest.start, rest.start), rest)
    follows = trimmed(text, stop.end(), rest.end)
    length = stop.start() - rest.start
    limit = 8 if stop.group() in "：:" else HEADING_LIMIT
    first_sentence = text[rest.start : stop.start()]
    demands = "，" in first_sentence and _DEMAND.search(first_sentence) is not None
    if follows is not None and length <= limit and not demands:
        return Span(rest.start, stop.start()), follows
    return Span(rest.start, rest.start), rest


_DEMAND = re.compile(r"应当|必须|不得|予以|(?<![重主需纲摘首紧概简])要(?![求素点件领闻])")
"""A sentence with such a word demands something: it is no heading, however short."""


def _promote_headings(text: str, units: list[Unit]) -> list[Unit]:
    """“2.基本原则。” with deeper units or a paragraph below it is a heading, though it ends with a stop."""
    promoted = []
    for unit, following in zip_longest(units, units[1:]):
        body = unit.body.slice(text)
        is_heading = (
            unit.level in _PLAN_LEVELS
            and not unit.heading
            and following is not None
            and following.level in (*_PLAN_LEVELS, Level.PARAGRAPH)
            and _RANK[following.level] > _RANK[unit.level]
            and len(body) <= HEADING_LIMIT
            and _FIRST_STOP.search(body) is not None
            and _FIRST_STOP.search(body[:-1]) is None
            and _DEMAND.search(body) is None
        )
        if is_heading:
            promoted.append(replace(unit, heading=body[:-1], body=Span(unit.body.end, unit.body.end)))
        else:
            promoted.append(unit)
    return promoted


def _nest(text: str, units: list[Unit], notice: Span | None) -> tuple[Provision, ...]:
    provisions: list[Provision] = []
    open_units: list[int] = []  # positions in `provisions`, outermost first
    order_below: dict[int | None, int] = {}
    units = _promote_headings(text, units)
    has_headings = any(unit.level in _PLAN_LEVELS or unit.level in _STATUTE_LEVELS for unit in units)
    for index, unit in enumerate(units):
        while open_units and not _may_hold(provisions[open_units[-1]], unit, notice):
            _close(provisions, open_units.pop())
        parent = open_units[-1] if open_units else None
        if unit.level in (Level.PARAGRAPH, Level.ITEM):
            order_below[parent] = order_below.get(parent, 0) + 1
        parent_provision = provisions[parent] if parent is not None else None
        operative = _is_operative(unit, parent_provision, has_headings)
        order = order_below.get(parent, 0)
        provisions.append(
            Provision(
                index=index,
                parent=parent,
                level=unit.level,
                number=unit.number,
                heading=unit.heading,
                place=_place(unit, parent_provision, order),
                span=unit.span,
                body=unit.body,
                sentences=segment_sentences(text, unit.body),
                operative=operative,
            )
        )
        open_units.append(index)
    while open_units:
        _close(provisions, open_units.pop())
    return tuple(_with_paragraph_numbers(provisions))


def _may_hold(outer: Provision, unit: Unit, notice: Span | None) -> bool:
    if outer.level is Level.NOTICE:
        return notice is not None and notice.contains(unit.span)
    if outer.level is Level.PARAGRAPH:
        # Items belong to the paragraph that introduces them; plain paragraphs hold nothing else.
        return unit.level in (Level.ITEM, Level.SUBITEM)
    if outer.level is Level.ARTICLE:
        return unit.level in (Level.PARAGRAPH, Level.ITEM, Level.SUBITEM)
    return _RANK[outer.level] < _RANK[unit.level]


def _close(provisions: list[Provision], index: int) -> None:
    """Extend the parent over its child once the child is complete."""
    parent = provisions[index].parent
    if parent is None or provisions[parent].level is Level.NOTICE:
        return
    outer, inner = provisions[parent].span, provisions[index].span
    provisions[parent] = replace(provisions[parent], span=Span(outer.start, max(outer.end, inner.end)))


def _is_operative(unit: Unit, parent: Provision | None, has_headings: bool) -> bool:
    """Operative text is tasks, articles, safeguards, principles and the notice's requests."""
    if parent is None:
        is_introduction = has_headings and unit.level is Level.PARAGRAPH
        return not is_introduction and not _NON_OPERATIVE.search(unit.heading)
    return parent.operative and not _NON_OPERATIVE.search(unit.heading)


def _place(unit: Unit, parent: Provision | None, order: int) -> str:
    outer = parent.place if parent is not None else ""
    if unit.level is Level.NOTICE:
        return unit.heading
    if unit.level in (Level.PART, Level.CHAPTER, Level.SECTION):
        return f"{outer} {unit.number} {unit.heading}".strip()
    if unit.level is Level.ARTICLE:
        return unit.number
    if unit.level in (Level.ITEM, Level.SUBITEM):
        number = unit.number if unit.number[0] in "（(" else f"（{unit.number.rstrip('、.．')}）"
        return f"{outer}第{number}{'项' if unit.level is Level.ITEM else '目'}"
    if unit.level is Level.PARAGRAPH:
        in_article = parent is not None and parent.level is Level.ARTICLE
        return outer if in_article else f"{outer} 第{order}段".strip()
    return _plan_place(unit, parent)


def _plan_place(unit: Unit, parent: Provision | None) -> str:
    own = unit.number + unit.heading if unit.level in (Level.HEADING_1, Level.DASH) else unit.number
    if parent is None or parent.level is Level.NOTICE:
        return own
    glue = "" if parent.level in (Level.HEADING_2, Level.HEADING_3) and unit.level is not Level.DASH else " "
    return f"{parent.place}{glue}{own}"


def _with_paragraph_numbers(provisions: list[Provision]) -> list[Provision]:
    """第十四条第二款: paragraphs of an article carry their number where the article has more than one."""
    paragraphs: dict[int, list[int]] = {}
    for provision in provisions:
        parent = provision.parent
        if parent is not None and provision.level is Level.PARAGRAPH and provisions[parent].level is Level.ARTICLE:
            paragraphs.setdefault(parent, []).append(provision.index)
    numbered = {
        index: f"第{chinese_number(order)}款"
        for siblings in paragraphs.values()
        if 1 < len(siblings) < 100
        for order, index in enumerate(siblings, start=1)
    }
    result: list[Provision] = []
    for provision in provisions:
        if provision.index in numbered:
            place = provision.place + numbered[provision.index]
        elif provision.level in (Level.ITEM, Level.SUBITEM) and provision.parent is not None:
            suffix = provision.place.removeprefix(provisions[provision.parent].place)
            place = result[provision.parent].place + suffix
        else:
            place = provision.place
        result.append(replace(provision, place=place))
    return result
