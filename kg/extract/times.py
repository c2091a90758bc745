"""When an act is to be done: deadlines, limits and frequencies, as typed values with their words.

The last day of a deadline: a day named is the last day itself (12月31日前); a year, month, half-year, quarter or plan
period named (到2025年, 6月底前, “十四五”期间) ends with its last day; a year or month with a bare 前 (2030年前) ends before
it begins. 本世纪中叶 is 2050, the middle of the century. Dates that lie before the document, 以来, 起, and dates inside
titles are background, no deadlines.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from kg.extract.durations import find_frequencies, find_limits
from kg.extract.figures import number_value
from kg.types import Span, Time, TimeKind

_YEAR = r"(?:[12１２]\d{3}|[一二][〇零○０一二三四五六七八九]{3})"
_SMALL = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_DATE = re.compile(
    rf"(?P<first>{_YEAR}年?(?:{_SMALL}月)?[-—–－至~～]{{1,2}})?(?P<year>{_YEAR})[ \t]?年"
    rf"(?:(?P<months>{_SMALL}月?[-—–－至~～]{{1,2}})?(?P<month>{_SMALL})月(?:份)?(?:(?P<day>{_SMALL})[日号])?|(?P<part>上半年|下半年|第?[一二三四1234]季度))?"
    r"(?P<end>底|末|年底|年末|内)?(?P<before>之前|以前|前)?"
)
_MONTH = re.compile(
    rf"(?P<month>{_SMALL})月(?:份)?(?:(?P<day>{_SMALL})[日号]|(?P<end>底|末))?(?P<before>之前|以前|前)"
)
_PLAN = re.compile(r"(?P<number>[一二三四五六七八九十]{1,2})五[”\"]?(?:规划)?(?P<part>期间|时期|期末|末期|末)")
_YEAR_END = re.compile(r"(?:今年|明年|本年度?|年(?<![\d年〇零一二三四五六七八九]年))(?:年?[底末](?:之前|以前|前)?|内)")
_CENTURY = re.compile(r"本世纪中叶")
_ENDED = ("到", "至", "于", "在", "力争", "争取")
_CHANGES = re.compile(r"(?:提高|增加|增长|提升|下降|降低|降|扩大|延长|延续|推迟|追溯|减少|发展|增|由|从)[^，。；\n]{0,8}$")
_BACKGROUND = ("的", "以来", "来", "度", "版", "起", "修订", "修正", "止", "达", "比", "累计", "全国", "全省", "已", "同期", "末的")
_PAST_CLAUSE = re.compile(
    "(?:[^，。；\\n]{0,6}?)(?:发布|印发|出台|认定|注册|登记|成立|出生|取得|建成|开工|通过|签订|设立|颁布|施行|批准)(?:[^，。；\\n]{0,2})的"
)
_TASKS = re.compile("的?(?:政府)?(?:(?:重点|主要)(?:工作|任务)|工作(?:安排|任务|重点))(?![和及回成])")
"""三、2026年重点工作: a heading that gives the year for what stands below it."""
_OPENING = frozenset("，,。；;：:\n（(—、！？　 “")
_CLOSING = frozenset("，,、：:（(）)。；;\n期间")
_QUARTER_ENDS = {"一": 3, "1": 3, "二": 6, "2": 6, "三": 9, "3": 9, "四": 12, "4": 12}
SENTENCE_LIMIT = 120
"""Characters back to the year that a month without one belongs to."""


def find_times(
    text: str, figures: Sequence[Span], reference: date | None, titles: Sequence[Span]
) -> tuple[Time, ...]:
    """All times of ``text`` in text order, none overlapping another, none inside ``titles`` (ascending).

    ``figures`` are those of the text (``kg.extract.figures``). ``reference`` is the day of the document: a deadline may not lie before it, and 年底前 means the end of its year.
    """
    found = [
        *_find_dates(text, reference, _followed_by("年-—–－至~～ ", text, figures)),
        *_find_months(text, reference, _followed_by("月", text, figures)),
        *_find_plan_periods(text, reference, _followed_by("”\"规期时末", text, figures)),
        *_find_year_ends(text, reference),
        *(_deadline(match.span(), "2050", date(2050, 12, 31)) for match in _CENTURY.finditer(text)),
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


def _deadline(place: tuple[int, int], year: str, last_day: date | None) -> Time:
    return Time(Span(*place), TimeKind.DEADLINE, year, "gYear", last_day)


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
        start = match.start() - next((len(word) for word in ("力争到", "争取到", *_ENDED) if before.endswith(word)), 0)
        whole_year = match["month"] is None and match["part"] is None and (last_day.month, last_day.day) == (12, 31)
        if whole_year:
            yield _deadline((start, match.end()), f"{last_day.year:04}", last_day)
        else:
            yield Time(Span(start, match.end()), TimeKind.DEADLINE, last_day.isoformat(), "date", last_day)


def _last_day(match: re.Match[str]) -> date | None:
    """The last day of the date that ``match`` (of ``_DATE``) names, by the rule of the module."""
    year = _figure(match["year"])
    strict = bool(match["before"]) and not match["end"]
    if match["day"]:
        return _day(year, _figure(match["month"]), _figure(match["day"]))
    if match["part"]:
        part = match["part"]
        month = {"上": 6, "下": 12}.get(part[0]) or _QUARTER_ENDS[part.removeprefix("第")[0]]
        return _day(year, month, monthrange(year, month)[1])
    if match["month"] and not (match["end"] or "").startswith("年"):
        month = _figure(match["month"])
        if not 1 <= month <= 12:
            return None
        return date(year, month, 1) - timedelta(1) if strict else _day(year, month, monthrange(year, month)[1])
    return date(year - 1, 12, 31) if strict else date(year, 12, 31)


def _is_deadline(match: re.Match[str], before: str, after: str, reference: date | None) -> bool:
    """Whether the words around a date make it the end of a time to act, not background."""
    if after.startswith(_BACKGROUND) or before.endswith(("从", "自", "由", "比", "较", "与", "和", "是", "过")):
        return False
    opens = not before or before[-1] in _OPENING
    reaches = before.endswith(("到", "力争", "争取")) and not _CHANGES.search(before.removesuffix("到"))
    if match["before"]:
        return True
    if match["end"]:
        return reaches or match["end"] == "内" or ((opens or before.endswith(("于", "在"))) and after[:1] in _CLOSING)
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
        if match is None:
            continue
        month = _figure(match["month"])
        days = monthrange(2000, month)[1] if 1 <= month <= 12 else 0
        day = _figure(match["day"]) if match["day"] else days
        if not 1 <= day <= days:
            continue
        sentence = re.split("[。；\n]", text[max(0, match.start() - SENTENCE_LIMIT) : match.start()])[-1]
        every_year = "每年" in sentence or "每年度" in sentence or sentence.endswith("次年")
        years = re.findall(rf"({_YEAR})年", sentence)
        year = None if every_year else _figure(years[-1]) if years else reference.year if reference else None
        if year is None:
            strict = not match["end"] and not match["day"]
            last = date(2001, month, 1) - timedelta(1) if strict else date(2001, month, min(day, monthrange(2001, month)[1]))
            value = f"--{last.month:02}-{last.day:02}"
            yield Time(Span(*match.span()), TimeKind.DEADLINE, value, "gMonthDay")
            continue
        last_day = _last_day_of_month(match, year, month, day)
        if reference is None or last_day >= reference:
            yield Time(Span(*match.span()), TimeKind.DEADLINE, last_day.isoformat(), "date", last_day)


def _last_day_of_month(match: re.Match[str], year: int, month: int, day: int) -> date:
    if match["day"]:
        return date(year, month, min(day, monthrange(year, month)[1]))
    return date(year, month, monthrange(year, month)[1]) if match["end"] else date(year, month, 1) - timedelta(1)


def _find_plan_periods(text: str, reference: date | None, figures: Sequence[Span]) -> Iterator[Time]:
    """“十四五”期间: the n-th five-year plan ends in 1955 + 5n (from the third on)."""
    for figure in figures:
        match = _PLAN.match(text, figure.start)
        if match is None:
            continue
        year = 1955 + 5 * int(number_value(match["number"]) or 0)
        before, after = text[max(0, match.start() - 2) : match.start()], text[match.end() : match.end() + 1]
        opens = not before or before[-1] in _OPENING or before.endswith(("在", "到", "至", "力争"))
        is_part = match["part"] in ("期间", "时期")
        if not opens or after not in "，,、内年" or (reference is not None and year < reference.year) or year < 1970:
            continue
        if is_part and reference is None and before.endswith("在"):
            continue
        start = match.start() - int(before.endswith(("到", "至", "在")))
        yield _deadline((start, match.end()), str(year), date(year, 12, 31))


def _find_year_ends(text: str, reference: date | None) -> Iterator[Time]:
    for match in _YEAR_END.finditer(text):
        words = match.group()
        every_year = text.endswith(("每", "每年"), 0, match.start())
        if every_year:
            yield Time(Span(*match.span()), TimeKind.DEADLINE, "--12-31", "gMonthDay")
        elif words.startswith(("今年", "明年", "本年")) or words.endswith("前"):
            if not words.endswith(("前", "内")) and text[match.end() : match.end() + 1] not in _CLOSING:
                continue
            year = reference.year + words.startswith("明年") if reference else None
            if year is None:
                yield Time(Span(*match.span()), TimeKind.DEADLINE)
            else:
                yield _deadline(match.span(), str(year), date(year, 12, 31))


def _figure(figures: str) -> int:
    return int(number_value(figures.replace("０", "〇") if figures[0] in "一二" else figures) or 0)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
