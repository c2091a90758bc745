"""Named programmes, platforms and instruments: “科创中国”, 党建强会计划, 揭榜挂帅, 国家重点研发计划."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache

from kg.lexicon import load_rows
from kg.types import Programme, Span

_QUOTED = re.compile(r"“([^“”\n，。；：]{2,20})”")
_LAUNCHED = re.compile(
    r"(?:实施|设立|启动|开展|推进|参与|承担|申报|组建|做好|办好|办实|推出|落实|发起|设置|建立|用好|推动)"
    r"(?P<name>[^\s，。；：、“”《》（）()的和及与等或各本该其已对在从为由以将使把被让]{4,24}?"
    r"(?:专项行动|行动计划|计划|工程|行动|专项资金|引导基金|投资基金|创业基金|发展基金|产业基金|母基金|大赛|奖学金))"
    r"(?![划程的员师性方上力中前后内起过书表类名建学技量款本外口价]|资金|基金|基建|领域|行动|方案|项目)"
)
"""Verb of launching, then a name of 4 to 24 characters that ends with the noun of a programme."""
_LEADING = re.compile(
    r"(?:好|了|实施|开展|推进|一批|一揽子|一系列|系列|若干|多个|[\d一二三四五六七八九十百]+(?:个|项|大|期|批)(?:以上|左右)?|"
    r"新一轮|新的|国家和省|省级以上|相关|有关|专门|年度|组织)+"
)
_GENERIC = re.compile(
    r"(?:发展|工作|教学|培训|年度|建设|建筑|信息化|民心|系统|系列|基本建设|科学技术|科技|专业|招生|采购|投资|实施|生产|研究|人才|"
    r"安装|装修|重大科技|民生|产业化|试点|示范|重大|推广|国民经济和社会发展|政府|产业|创业投资|风险投资|教育|城市|修缮|地方|项目|研发|"
    r"基础设施|水利|公共|设备|规划|应用|监督|督导|整改|行动|整治|治理|执法|宣传|联合|实际|经营|违法|主题|集体|国际|合作|课题)*"
    r"(?:专项行动|行动计划|计划|工程|行动|专项资金|引导基金|投资基金|创业基金|发展基金|产业基金|母基金|大赛|奖学金)$"
)
_SERIES = re.compile(
    r"[一二三四五六七八九十\d]+(?:大|项|个)?(?:重点|专项)?(?:行动|工程|平台|计划|活动|体系|战略|高地)|[一二三四五六七八九十]{1,2}五"
)
"""十大工程 counts, 十四五 dates: neither names."""
NOUN_DISTANCE = 4
_SHORTEST = 6
"""A name without quotation marks has at least this many characters, after what only counts or repeats."""


def find_programmes(text: str, title_span: Span | None, titles: Sequence[Span]) -> tuple[Programme, ...]:
    """Programmes in text order, none overlapping another; none in the document's title or in ``titles`` (《…》)."""
    barred = sorted([*titles, *([title_span] if title_span is not None else [])])
    starts = [span.start for span in barred]
    found: list[Programme] = []
    for programme in sorted(
        [*_quoted(text), *_known(text), *_launched(text)], key=lambda p: (p.span.start, -p.span.end)
    ):
        index = bisect_right(starts, programme.span.start) - 1
        inside = index >= 0 and programme.span.start < barred[index].end
        if not inside and not (found and found[-1].span.overlaps(programme.span)):
            found.append(programme)
    return tuple(found)


def _quoted(text: str) -> Iterator[Programme]:
    """Quoted names that the words around or inside the marks show to be an initiative or platform."""
    inside, before = _nouns("inside"), _nouns("before")
    for match in _QUOTED.finditer(text):
        name = match.group(1)
        named = name.endswith(inside) and len(name) >= 4
        shown = named or text.endswith(before, 0, match.start()) or _noun_after().match(text, match.end())
        if shown and name not in _slogans() and not _SERIES.fullmatch(name):
            yield Programme(Span(match.start(1), match.end(1)), name)


def _known(text: str) -> Iterator[Programme]:
    for match in _known_pattern().finditer(text):
        yield Programme(Span(*match.span()), match.group())


def _launched(text: str) -> Iterator[Programme]:
    for match in _LAUNCHED.finditer(text):
        leading = _LEADING.match(text, match.start("name"), match.end())
        start = leading.end() if leading else match.start("name")
        name = text[start : match.end("name")]
        if len(name) >= _SHORTEST and not _GENERIC.match(name):
            yield Programme(Span(start, match.end("name")), name)


@cache
def _nouns(place: str) -> tuple[str, ...]:
    return tuple(row[0] for row in load_rows("programme_nouns.tsv") if place in row[1])


@cache
def _noun_after() -> re.Pattern[str]:
    """A programme's noun behind the closing mark, at most ``NOUN_DISTANCE`` characters on (“技能照亮前程”培训|行动)."""
    rows = [row for row in load_rows("programme_nouns.tsv") if "after" in row[1]]
    nouns = "|".join(row[0] + (f"(?![{row[2]}])" if len(row) > 2 else "") for row in rows)
    return re.compile(rf"[^，。；：、“”《》的和与等\s]{{0,{NOUN_DISTANCE}}}?(?:{nouns})")


@cache
def _slogans() -> frozenset[str]:
    return frozenset(row[0] for row in load_rows("slogans.tsv"))


@cache
def _known_pattern() -> re.Pattern[str]:
    names = sorted((re.escape(row[0]) for row in load_rows("programmes.tsv")), key=len, reverse=True)
    return re.compile(f"(?:{'|'.join(names)})(?!励?委员会|办公室|管理)")
