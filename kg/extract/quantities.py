"""How much: numbers with their units (5万家, 30%以上, 不少于100项, 1.2万亿元, 翻一番), normalised.

No quantities: dates, ordinals and numbers of articles, names in quotation marks (“三个代表”), the indefinite 一个 and
一批, and small Chinese numbers that count the parts of an argument (三个方面).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cache

from kg.extract.figures import number_value
from kg.fact_types import Comparator, Quantity
from kg.lexicon import load_rows
from kg.types import Span

COMPARATORS_AT_MOST = 2
"""年均增长|不低于|5%: more words in front of a number say nothing new."""
LIST_LIMIT = 10
"""Chinese numbers up to this one count the parts of an argument rather than things."""
FIRST_YEAR = 1900
"""Numbers of 年 from here on are years."""

_QUOTED = re.compile(r"“[^“”\n]{2,20}”")
"""A quotation up to this length is a name."""
_NOT_BEFORE = re.compile(r"[A-Za-z\d第〔\[.．/每数几号之其另同某+＋一二三四五六七八九十百千两零〇○万亿]$")
_NOT_BEFORE_CHINESE = re.compile(r"[单唯统万逐进]$")
_DOUBLED = re.compile(r"翻(?P<times>[一二两三四]?)番")
_FILLER = re.compile(r"(?:人民币|总额|为|了|再|到|至|：|:)$")
_RANGE = re.compile(r"(?P<unit>[%％家个项元人件]?)[-—–－~～至到]")
_BOUNDS = frozenset({Comparator.AT_LEAST, Comparator.AT_MOST})


def find_quantities(text: str, figures: Sequence[Span], excluded: Sequence[Span]) -> tuple[Quantity, ...]:
    """All quantities of ``text`` in text order, none overlapping another.

    ``figures`` are those of the text (``kg.extract.figures``); no quantity touches ``excluded`` (titles and times).
    """
    barred = sorted([*excluded, *(Span(*match.span()) for match in _QUOTED.finditer(text))])
    openers = _openers()
    found: list[Quantity] = []
    for index, figure in enumerate(figures):
        if text[figure.end : figure.end + 1] in openers:
            found += _read(text, figures, index)
    found += [_doubling(match) for match in _DOUBLED.finditer(text)]
    quantities: list[Quantity] = []
    # The lower end of a range is also read by itself, without its comparator.
    for quantity in sorted(found, key=lambda quantity: (quantity.span, -len(quantity.comparators))):
        touches = quantities and quantities[-1].span.overlaps(quantity.span)
        if not touches and not _is_barred(quantity.span, barred):
            quantities.append(quantity)
    return tuple(quantities)


def _is_barred(span: Span, barred: Sequence[Span]) -> bool:
    index = bisect_right(barred, span.end, key=lambda other: other.start) - 1
    return any(barred[k].overlaps(span) for k in range(max(0, index - 2), index + 1))


@cache
def _unit_pattern() -> re.Pattern[str]:
    """What follows the figures: magnitude, 多, unit, comparator."""
    rows = sorted(load_rows("units.tsv"), key=lambda row: -len(row[0]))
    units = "|".join(re.escape(row[0]) + (f"(?![{row[2]}])" if len(row) > 2 else "") for row in rows)
    return re.compile(
        r"(?:分之(?P<hundredths>[\d.．一二三四五六七八九十百零点]{1,9})"
        rf"| ?(?P<more>[多余])?(?P<magnitude>万亿|千万|百万|亿|万|千|百)?(?P<and_more>[多余])?(?P<unit>{units}))"
        rf"(?P<after>{'|'.join(sorted(map(re.escape, _comparators('after')), key=len, reverse=True))})?"
    )


@cache
def _openers() -> frozenset[str]:
    """First characters of what ``_unit_pattern`` matches."""
    return frozenset({row[0][0] for row in load_rows("units.tsv")} | set("分万千百亿多余 "))


@cache
def _comparators(side: str) -> dict[str, Comparator]:
    return {row[0]: Comparator(row[2]) for row in load_rows("comparators.tsv") if row[1] == side}


@cache
def _words_in_front(counting: bool) -> dict[str, Comparator]:
    """Words in front of a number; those of degree are none in front of things counted."""
    of_degree = {row[0] for row in load_rows("comparators.tsv") if row[-1] == "degree"}
    return {word: value for word, value in _comparators("before").items() if not (counting and word in of_degree)}


@cache
def _unit_kinds() -> dict[str, str]:
    return {row[0]: row[1] for row in load_rows("units.tsv")}


def _read(text: str, figures: Sequence[Span], index: int) -> Iterator[Quantity]:
    """The quantity of one run of figures; two, from and up to, where it closes a range (30%—50%)."""
    figure = figures[index]
    match = _unit_pattern().match(text, figure.end)
    words = figure.slice(text)
    if match is None or (match["hundredths"] and words != "百"):
        return
    number = match["hundredths"] or words + (match["magnitude"] or "")
    unit = "%" if match["hundredths"] or match["unit"] == "％" else match["unit"]
    value = number_value(number)
    low = figures[index - 1] if index else None
    joint = _RANGE.fullmatch(text, low.end, figure.start) if low is not None else None
    least = number_value(low.slice(text) + (match["magnitude"] or "")) if low is not None and joint else None
    if value is None:
        return
    if low is not None and joint and least is not None and least < value:
        if _counts(text, low.start, match, (number, value), unit, _BOUNDS):
            yield Quantity(Span(low.start, joint.end("unit")), least, unit, (Comparator.AT_LEAST,))
            yield Quantity(Span(figure.start, match.end()), value, unit, (Comparator.AT_MOST,))
        return
    start, comparators = _comparators_in_front(text, figure.start, _unit_kinds().get(unit, "degree"))
    comparators += (_comparators("after")[match["after"]],) if match["after"] else ()
    comparators += (Comparator.MORE_THAN,) if match["more"] or match["and_more"] else ()
    if _counts(text, figure.start, match, (number, value), unit, frozenset(comparators)):
        yield Quantity(Span(start, match.end()), value, unit, comparators)


def _comparators_in_front(text: str, position: int, kind: str) -> tuple[int, tuple[Comparator, ...]]:
    """Where the comparing words in front of a number begin, and what they say of a unit of this kind, in order."""
    words = _words_in_front(kind in ("count", "list"))
    found: list[Comparator] = []
    start = position
    while len(found) < COMPARATORS_AT_MOST:
        filler = _FILLER.search(text, max(0, start - 3), start)
        ends = (start,) if filler is None else (start, filler.start())
        places = [(end - length, end) for end in ends for length in (4, 3, 2, 1) if text[end - length : end] in words]
        if not places:
            break
        found.insert(0, words[text[places[0][0] : places[0][1]]])
        start = places[0][0]
    return start, tuple(found)


def _counts(
    text: str,
    start: int,
    match: re.Match[str],
    figure: tuple[str, Decimal],
    unit: str,
    comparators: frozenset[Comparator],
) -> bool:
    """Whether a number, given as its figures and its value, counts something."""
    number, value = figure
    before = text[max(0, start - 1) : start]
    kind = _unit_kinds().get(unit, "count")
    if _NOT_BEFORE.search(before):
        return False
    if kind == "time":
        return bool(comparators) and value < FIRST_YEAR
    if match["hundredths"] or number[0].isdecimal():
        return kind != "list" or not text.startswith(("方面", "部分", "问题"), match.end())
    if number == "一":
        return unit == "倍" or bool(comparators & _BOUNDS)
    if _NOT_BEFORE_CHINESE.search(before) or number in ("百", "千"):
        return bool(comparators)
    return kind != "list" or bool(comparators) or value > LIST_LIMIT


def _doubling(match: re.Match[str]) -> Quantity:
    """翻一番 doubles, 翻两番 quadruples."""
    times = number_value(match["times"] or "一") or Decimal(1)
    return Quantity(Span(*match.span()), Decimal(2 ** int(times)), "倍", (Comparator.MULTIPLIES_BY,))
