"""Numbers as policy texts write them: 50000, 5万, 1.2万亿, 三十, 两, 二〇二五, in half or full width."""

from __future__ import annotations

import re
from decimal import Decimal

from kg.types import Span

CHINESE_DIGITS = {digit: value for value, digits in enumerate(("〇零○", *"一二三四五六七八九")) for digit in digits} | {
    "两": 2
}
CHINESE = "一二三四五六七八九十百千两零〇○"
_SMALL_MAGNITUDES = {"十": 10, "百": 100, "千": 1000}
_LARGE_MAGNITUDES = {"万": 10**4, "亿": 10**8}

_FIGURE = re.compile(r"[0-9０-９一二三四五六七八九十百千两零〇○][0-9０-９一二三四五六七八九十百千两零〇○.．,点]{0,19}")
_ARABIC = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d{1,12})(?:[.．]\d{1,6})?")
_CHINESE = re.compile(rf"[{CHINESE}万亿]{{1,14}}(?:点[{CHINESE}]{{1,6}})?")


def find_figures(text: str) -> list[Span]:
    """Every run of figures, of one kind of figure each, without the punctuation that follows."""
    found = []
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        while start < end:
            run = (_ARABIC if text[start].isdecimal() else _CHINESE).match(text, start, end)
            if run is None:
                break
            found.append(Span(start, run.end()))
            start = run.end() + (text[run.end() : run.end() + 1] in (".", "．", ",", "点"))
    return found


def number_value(figures: str) -> Decimal | None:
    """The number that ``figures`` write, without trailing zeros; None where they write none (点, 万).

    Arabic figures in either width with thousands separators, Chinese ones by place (三十五, 三万二千) or digit by
    digit (二〇二五, 十四点五), each with the magnitudes 千 百万 万 亿 … that follow.
    """
    match = (_ARABIC if figures[:1].isdecimal() else _CHINESE).match(figures)
    if match is None:
        return None
    if figures[0].isdecimal():
        value: Decimal | None = Decimal(match.group().replace(",", "").replace("．", "."))
    else:
        value = _chinese_value(match.group())
    for magnitude in figures[match.end() :]:
        factor = _SMALL_MAGNITUDES.get(magnitude) or _LARGE_MAGNITUDES.get(magnitude)
        if value is None or factor is None:
            return None
        value *= factor
    return None if value is None else Decimal(f"{value.normalize():f}")


def _chinese_value(figures: str) -> Decimal | None:
    whole, _, fraction = figures.partition("点")
    if any(digit not in CHINESE_DIGITS for digit in fraction):
        return None
    value = (
        _by_digits(whole) if len(whole) > 1 and all(figure in CHINESE_DIGITS for figure in whole) else _by_place(whole)
    )
    decimals = "".join(str(CHINESE_DIGITS[digit]) for digit in fraction)
    return None if value is None else Decimal(f"{value}.{decimals or 0}")


def _by_digits(figures: str) -> int:
    return int("".join(str(CHINESE_DIGITS[figure]) for figure in figures))


def _by_place(figures: str) -> int | None:
    if figures[0] in _LARGE_MAGNITUDES:
        return None
    total = section = digit = 0
    for figure in figures:
        if figure in CHINESE_DIGITS:
            digit = CHINESE_DIGITS[figure]
        elif figure in _SMALL_MAGNITUDES:
            section += (digit or 1) * _SMALL_MAGNITUDES[figure]
            digit = 0
        else:
            total = (total + section + digit) * _LARGE_MAGNITUDES[figure]
            section = digit = 0
    return total + section + digit
