"""How Chinese official documents number their parts.

Statutes: 编 章 节 条 款 项 目 (立法法 2023, article 65; 款 has no number, 项 is （一）, 目 is 1.).
Official documents: 一、 then （一） then 1. then （1） (GB/T 9704-2012, 7.3.3), and —— for parallel points.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.types import Level

_CHINESE = "一二三四五六七八九十百千零〇两"
_GAP = re.compile(r"[^\S\n]*")
_UNITS = {"十": 10, "百": 100, "千": 1000}
_FIGURES = {"〇": 0, "零": 0, "两": 2, **{figure: value for value, figure in enumerate("一二三四五六七八九", start=1)}}

_MARKERS: tuple[tuple[Level, re.Pattern[str]], ...] = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        (Level.PART, rf"第[{_CHINESE}\d]{{1,6}}(?:编|分编|部分)(?![{_CHINESE}\d：:])"),
        (Level.PART, r"附(?:件|录)?[\d一二三四五六七八九十]{0,3}[：:]?(?=[^\S\n]*(?:\n|$))"),
        (Level.CHAPTER, rf"第[{_CHINESE}\d]{{1,6}}章"),
        (Level.SECTION, rf"第[{_CHINESE}\d]{{1,6}}节"),
        (Level.ARTICLE, rf"第[{_CHINESE}\d]{{1,7}}条(?:之[{_CHINESE}]{{1,3}})?(?!第|[、，,和至规的款])"),
        (Level.HEADING_1, rf"[{_CHINESE}]{{1,4}}、"),
        (Level.HEADING_2, rf"[（(][{_CHINESE}]{{1,4}}[）)]"),
        (Level.HEADING_3, r"\d{1,3}(?:[.．﹒](?!\d)|、)"),
        (Level.HEADING_4, r"[（(]\d{1,3}[）)]|[①-⑳]"),
        (Level.DASH, r"——"),
    )
)
_LEAD = re.compile(r"[^\S\n]*#{0,6}[^\S\n]*")


@dataclass(frozen=True, slots=True)
class Marker:
    """A number at the head of a line; offsets are those of the canonical text."""

    level: Level
    number: str  # as written, without white space
    start: int
    end: int  # after the number and the white space that follows


def find_marker(text: str, start: int, end: int) -> Marker | None:
    """The number that the line ``text[start:end]`` begins with, or None."""
    lead = _LEAD.match(text, start, end)
    begin = lead.end() if lead else start
    for level, pattern in _MARKERS:
        match = pattern.match(text, begin, end)
        if match:
            gap = _GAP.match(text, match.end(), end)
            return Marker(level, match.group(), begin, gap.end() if gap else match.end())
    return None


def chinese_number(number: int) -> str:
    """1 to 99 in Chinese figures, as 款 and 项 are cited: 第二款."""
    if not 1 <= number <= 99:
        raise ValueError(f"number must be in 1..99, got {number}")
    digits = "零一二三四五六七八九"
    tens, units = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else digits[tens] + "十"
    return head + (digits[units] if units else "")


def integer_of(figures: str) -> int | None:
    """The number that figures write: 一百二十 is 120, 一二三 is 123, ３０ is 30; None for 0 and what is no number."""
    if figures.isdecimal():
        return int(figures) or None
    total = digit = 0
    positional = len(figures) > 1 and not set(figures) & _UNITS.keys()
    for figure in figures:
        if figure in _UNITS:
            total += (digit or 1) * _UNITS[figure]
            digit = 0
        elif figure in _FIGURES:
            digit = digit * 10 + _FIGURES[figure] if positional else _FIGURES[figure]
        else:
            return None
    return total + digit or None
