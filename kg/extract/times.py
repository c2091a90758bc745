"""When an act is to be done: deadlines, limits and frequencies, as typed values with their words.

The last day of a deadline: a day named is the last day itself (12月31日前); a year, month, half-year, quarter or plan
period named (到2025年, 6月底前, “十四五”期间) ends with its last day; a year or month with a bare 前 (2030年前) ends
before it begins. 本世纪中叶 is 2050, the middle of the century. Dates before the document, 以来, 起, and dates inside
titles are background, no deadlines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache

from kg.extract.durations import find_frequencies, find_limits
from kg.extract.figures import number_value
from kg.fact_types import Time, TimeKind
from kg.lexicon import load_rows
from kg.types import Span

_YEAR = r"(?:[12１２]\d{3}|[一二][〇零○０一二三四五六七八九]{3})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"(?P<first>{_YEAR}年?(?:{_SMALL}月)?[-—–－至~～]{{1,2}})?(?P<year>{_YEAR})[ \t]?年"
    rf"(?:(?P<months>{_SMALL}月?[-—–－至~～]{{1,2}})?(?P<month>{_SMALL})月(?:份)?(?:(?P<day>{_SMALL})[日号])?"
    r"|(?P<part>上半年|下半年|第?[一二三四1234]季度))?"
    r"(?P<end>底|末|年底|年末|内)?(?P<before>之前|以前|前)?"
)
_MONTH = re.compile(rf"(?P<month>{_SMALL})月(?:份)?(?:(?P<day>{_SMALL})[日号]|(?P<end>底|末))?(?P<before>之前|以前|前)")
_YEAR_IN_FRONT = re.compile(r"[\d〇零○一二三四五六七八九]年")
_PLAN = re.compile(r"(?P<number>[一二三四五六七八九十]{1,2})五[”\"]?(?:规划)?(?P<part>期间|时期|期末|末期|末)")
_YEAR_END = re.compile(r"(?:今年|明年|本年度?|年(?<![\d年〇零一二三四五六七八九]年))(?:年?[底末](?:之前|以前|前)?|内)")
_CENTURY = re.compile("本世纪中叶")
_CHANGES = re.compile(
    r"(?:提高|增加|增长|提升|下降|降低|降|扩大|延长|延续|推迟|追溯|减少|发展|增|由|从|自)[^，。；\n]{0,8}$"
)
"""从509亿元增加|到2002年|的1161亿元: a course of the past; 延长|到2027年底: not done by then."""
_PAST_CLAUSE = re.compile(
    r"[^，。；\n]{0,6}?(?:发布|印发|出台|认定|注册|登记|成立|出生|取得|建成|开工|通过|签订|设立|颁布|施行|批准)[^，。；\n]{0,2}的"
)
"""2015年前|发布的…: the date belongs to a relative clause."""
_TASKS = re.compile("的?(?:政府)?(?:(?:重点|主要)(?:工作|任务)|工作(?:安排|任务|重点))(?![和及回成])")
"""三、2026年重点工作: a heading that gives the year for what stands below it."""
_OPENING = frozenset("，,。；;：:\n（(—、！？　 “")
_CLOSING = frozenset("，,、：:（(）)。；;\n期间")
_QUARTER_ENDS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}
FIRST_PLAN_END = 1970
LEAP_YEAR = 2000
"""Stands in for a year that is not known, so that 2月29日 is a day."""
SENTENCE_LIMIT = 120
"""Characters back to the year that a month without one belongs to."""


def find_times(text: str, figures: Sequence[Span], reference: date | None, titles: Sequence[Span]) -> tuple[Time, ...]:
    """All times of ``text`` in text order, none overlapping another, none inside ``titles`` (ascending).

    ``figures`` are those of the text (``kg.extract.figures``). ``reference`` is the day of the document: a deadline
    may not lie before it, and 年底前 means the end of its year.
    """
    found = [
        *_find_dates(text, reference, _followed_by("年-—–－至~～ ", text, figures)),
        *_find_months(text, reference, _followed_by("月", text, figures)),
        *_find_plan_periods(text, reference, _followed_by('”"规期时末', text, figures)),
        *_find_year_ends(text, reference),
        *(_deadline(Span(*match.span()), 2050) for match in _CENTURY.finditer(text)),
        *find_limits(text, figures),
        *find_frequencies(text),
    ]
    starts = [title.start for title in titles]
    times: list[Time] = []
    for time in sorted(found, key=lambda time: (time.span.start, -time.span.end)):
        title = bisect_right(starts, time.span.start) - 1
        in_title = title >= 0 and time.span.start < titles[title].end
        if not in_title and not (times and times[-1].span.overlaps(time.span)):
            times.append(time)
    return tuple(times)


def _followed_by(characters: str, text: str, figures: Sequence[Span]) -> list[Span]:
    return [figure for figure in figures if text[figure.end : figure.end + 1] in characters]


def _deadline(span: Span, year: int) -> Time:
    return Time(span, TimeKind.DEADLINE, f"{year:04}", "gYear", date(year, 12, 31))


@cache
def _words(meaning: str) -> tuple[str, ...]:
    """Words of ``time_words.tsv`` with this meaning, longest first."""
    return tuple(sorted((row[0] for row in load_rows("time_words.tsv") if row[1] == meaning), key=len, reverse=True))


def _find_dates(text: str, reference: date | None, figures: Sequence[Span]) -> Iterator[Time]:
    for figure in figures:
        match = _DATE.match(text, figure.start)
        if match is None:
            continue
        last_day = _last_day(match)
        if last_day is None or (reference is not None and last_day < reference):
            continue
        before = text[max(0, match.start() - 12) : match.start()]
        after = text[match.end() : match.end() + 12]
        if _PAST_CLAUSE.match(after) or not _is_deadline(match, before, after, reference):
            continue
        opener = next((word for word in (*_words("reaching"), *_words("placing")) if before.endswith(word)), "")
        span = Span(match.start() - len(opener), match.end())
        if match["month"] or match["part"] or (last_day.month, last_day.day) != (12, 31):
            yield Time(span, TimeKind.DEADLINE, last_day.isoformat(), "date", last_day)
        else:
            yield _deadline(span, last_day.year)


def _last_day(match: re.Match[str]) -> date | None:
    """The last day of the date that ``match`` (of ``_DATE``) names, by the rule of the module; None for no date."""
    year = _figure(match["year"])
    before_it = bool(match["before"]) and not match["end"]
    if match["part"]:
        part = match["part"]
        month = {"上": 6, "下": 12}.get(part[0]) or _QUARTER_ENDS[part.removeprefix("第")[0]]
        return _end(year, month)
    if match["month"]:
        day = _figure(match["day"]) if match["day"] else None
        return _end(year, _figure(match["month"]), day, before_it)
    return date(year - 1 if before_it else year, 12, 31)


def _end(year: int, month: int, day: int | None = None, before_it: bool = False) -> date | None:
    """The day named, else the end of the month, or of the one before; None for no date."""
    if not 1 <= month <= 12 or (day is not None and not 1 <= day <= monthrange(year, month)[1]):
        return None
    if day is None and before_it:
        return date(year, month, 1) - timedelta(1)
    return date(year, month, day or monthrange(year, month)[1])


def _is_deadline(match: re.Match[str], before: str, after: str, reference: date | None) -> bool:
    """Whether the words around a date make it the end of a time to act, not background."""
    if after.startswith(_words("background")) or before.endswith(_words("beginning")):
        return False
    opens = not before or before[-1] in _OPENING
    reaches = before.endswith(_words("reaching")) and not _CHANGES.search(before.removesuffix("到"))
    if match["before"]:
        return True
    if match["end"]:
        return (
            reaches or match["end"] == "内" or ((opens or before.endswith(_words("placing"))) and after[:1] in _CLOSING)
        )
    if match["first"] or match["months"]:
        return opens and after[:1] in _CLOSING
    if opens and match["month"] is None and _TASKS.match(after):
        return True
    future = reference is not None and _figure(match["year"]) >= reference.year
    return reaches or (future and opens and match["day"] is None and after[:1] in ("，", ","))


def _find_months(text: str, reference: date | None, figures: Sequence[Span]) -> Iterator[Time]:
    """3月底前, 9月30日前: of every year after 每年, else of the year that the sentence or the document gives."""
    for figure in figures:
        match = _MONTH.match(text, figure.start)
        if match is None or _YEAR_IN_FRONT.match(text, max(0, figure.start - 2)):
            continue
        span, month = Span(*match.span()), _figure(match["month"])
        day = _figure(match["day"]) if match["day"] else None
        before_it = not match["end"]
        year = _year_of_month(text, match.start(), reference)
        last_day = _end(year or LEAP_YEAR, month, day, before_it)
        if last_day is None:
            continue
        if year is None:
            yield Time(span, TimeKind.DEADLINE, f"--{last_day.month:02}-{last_day.day:02}", "gMonthDay")
        elif reference is None or last_day >= reference:
            yield Time(span, TimeKind.DEADLINE, last_day.isoformat(), "date", last_day)


def _year_of_month(text: str, position: int, reference: date | None) -> int | None:
    """The year of a month without one: None after 每年, else the last year of the sentence, else the document's."""
    sentence = re.split("[。；\n]", text[max(0, position - SENTENCE_LIMIT) : position])[-1]
    if "每年" in sentence or sentence.endswith("次年"):
        return None
    years = re.findall(rf"({_YEAR})年", sentence)
    return _figure(years[-1]) if years else reference.year if reference else None


def _find_plan_periods(text: str, reference: date | None, figures: Sequence[Span]) -> Iterator[Time]:
    """“十四五”期间: the n-th five-year plan ends in 1955 + 5n (from the third on)."""
    for figure in figures:
        match = _PLAN.match(text, figure.start)
        if match is None:
            continue
        year = 1955 + 5 * int(number_value(match["number"]) or 0)
        start = figure.start - int(text[figure.start - 1 : figure.start] in ("“", '"'))
        start -= int(text[max(0, start - 1) : start] in ("到", "至", "在"))
        before, after = text[max(0, start - 1) : start], text[match.end() : match.end() + 1]
        past = reference is not None and year < reference.year
        if (not before or before in _OPENING) and after in "，,、内年" and not past and year >= FIRST_PLAN_END:
            yield _deadline(Span(start, match.end()), year)


def _find_year_ends(text: str, reference: date | None) -> Iterator[Time]:
    """年底前, 今年内, 明年底: of the document's year where it is known."""
    for match in _YEAR_END.finditer(text):
        span, words = Span(*match.span()), match.group()
        if text.endswith(("每", "每年"), 0, match.start()):
            yield Time(span, TimeKind.DEADLINE, "--12-31", "gMonthDay")
            continue
        named = words.startswith(("今年", "明年", "本年"))
        closes = text[match.end() : match.end() + 1] in _CLOSING
        if words.endswith("前") or (named and (closes or words.endswith("内"))):
            year = reference.year + words.startswith("明年") if reference else None
            yield _deadline(span, year) if year else Time(span, TimeKind.DEADLINE)


def _figure(figures: str) -> int:
    return int(number_value(figures.replace("０", "〇") if figures[0] in "一二" else figures) or 0)
