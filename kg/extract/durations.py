"""How long and how often: 自收到申请之日起30日内, 20个工作日内; 每年, 每两年, 定期. Values are XML Schema durations."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.extract.figures import number_value
from kg.fact_types import Time, TimeKind
from kg.lexicon import load_rows
from kg.types import Span

EVENT_LIMIT = 60
"""Characters from the event to the limit that runs from it."""

_LIMIT = re.compile(r"个?(?P<unit>工作日|交易日|日|天|小时|周|星期|季度|月|年)(?:之内|以内|内)")
_LIMIT_OPENERS = frozenset("个工交日天小周星季月年")
_SINCE = re.compile(
    r"(?:[自从](?P<since>[^，。；：\n自从]{2,50}?)(?:之日|当日|次日|之时)?(?:开始|起)"
    r"|(?:^|[，。；：\n在于应当其])(?P<event>[^，。；：\n自从在于]{2,50}?)之日起)(?:的|，)?$"
)
_AFTER = re.compile(
    r"(?:^|[，。；：\n在于应当])(?P<event>[^，。；：\n在于]{2,40}?)(?:之日|之)?(?:后|以后)(?:的|，)?(?:首个|第一个)?$"
)
_NO_LIMIT_AFTER = tuple(row[0] for row in load_rows("time_words.tsv") if row[1] == "no_limit")
_FREQUENCY = re.compile(
    r"每隔?(?P<number>[\d一二两三四五六七八九十半]{1,3})?个?"
    r"(?P<unit>工作日|年度|学年|年(?![级轮龄])|季度|季(?!节)|月度?|周(?!年|岁|边|围)|星期|日|天|小时)"
    r"|按(?P<by>年度|年(?![级轮龄代])|季度|季(?!节)|月度?|周)"
    r"|逐(?P<yearly>年)"
    r"|定期(?<![一固规法特约指限检鉴不假延]定期)(?![限间存])"
)
_PERIODS = {
    "年": "P{}Y",
    "学": "P{}Y",
    "季": "P{}M",
    "月": "P{}M",
    "周": "P{}D",
    "星": "P{}D",
    "日": "P{}D",
    "天": "P{}D",
    "工": "P{}D",
    "交": "P{}D",
    "小": "PT{}H",
}
_COUNTS = {"季": 3, "周": 7, "星": 7}
"""Months of a quarter, days of a week: XML Schema has no duration for them."""


def find_limits(text: str, figures: Sequence[Span]) -> Iterator[Time]:
    """Limits with the event from which they run, where the words in front name it; ``figures`` as in ``text``."""
    for figure in figures:
        match = _LIMIT.match(text, figure.end) if text[figure.end : figure.end + 1] in _LIMIT_OPENERS else None
        if match is not None:
            yield from _read_limit(text, figure.slice(text), figure.start, match)
    for half_year in re.finditer("半(?=年(?:之内|以内|内))", text):
        match = _LIMIT.match(text, half_year.end())
        if match is not None:
            yield from _read_limit(text, "半", half_year.start(), match)


def is_limit(words: str) -> bool:
    """Whether ``words`` are a limit and nothing else: 五个工作日内, 30日以内, 半年内."""
    match = _LIMIT.search(words)
    number = words[: match.start()] if match else ""
    return match is not None and match.end() == len(words) and (number == "半" or number_value(number) is not None)


def _read_limit(text: str, number: str, number_start: int, match: re.Match[str]) -> Iterator[Time]:
    value = _duration(number, match["unit"])
    window_start = max(0, number_start - EVENT_LIMIT)
    window = text[window_start:number_start]
    if value is None or window.endswith(_NO_LIMIT_AFTER) or text.startswith(("到期", "的"), match.end()):
        return
    event = _SINCE.search(window) or _AFTER.search(window)
    start, named = number_start, None
    if event is not None:
        name = "since" if event.re is _SINCE and event["since"] else "event"
        named = Span(window_start + event.start(name), window_start + event.end(name))
        start = named.start - int(name == "since")
    elif window.endswith(("在", "于")):
        start -= 1
    working = match["unit"] in ("工作日", "交易日")
    yield Time(Span(start, match.end()), TimeKind.LIMIT, value, "duration", None, named, working)


def find_frequencies(text: str) -> Iterator[Time]:
    """Frequencies with the period after which the act recurs; 定期 has none."""
    for match in _FREQUENCY.finditer(text):
        if text.endswith(("平均", "年均", "均", "生", "人"), 0, match.start()) or text.startswith("均", match.end()):
            continue
        unit = match["unit"] or match["by"] or ("年" if match["yearly"] else None)
        value = _duration(match["number"] or "1", unit) if unit else None
        if unit and value is None:
            continue
        yield Time(Span(*match.span()), TimeKind.FREQUENCY, value, "duration" if value else None)


def _duration(number: str, unit: str) -> str | None:
    """The lexical form of xsd:duration, or None where the number is none or no whole one."""
    if number == "半":
        return {"年": "P6M", "月": "P15D", "日": "PT12H", "天": "PT12H"}.get(unit)
    value = number_value(number)
    if value is None or value != int(value) or value == 0:
        return None
    return _PERIODS[unit[0]].format(int(value) * _COUNTS.get(unit[0], 1))
