"""Deadlines, limits and frequencies as typed values with their words."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.figures import find_figures, number_value
from kg.extract.times import find_times
from kg.fact_types import Time, TimeKind
from kg.types import Span

DAY = date(2021, 10, 14)


def read(text: str, reference: date | None = DAY) -> tuple[Time, ...]:
    return find_times(text, find_figures(text), reference, [])


@pytest.mark.parametrize(
    ("text", "words", "value", "last_day"),
    [
        ("到2025年，培育企业5万家。", "到2025年", "2025", date(2025, 12, 31)),
        ("力争到２０２５年，建成平台。", "力争到２０２５年", "2025", date(2025, 12, 31)),
        ("到二〇三五年，基本实现现代化。", "到二〇三五年", "2035", date(2035, 12, 31)),
        ("2025年底前，形成体系。", "2025年底前", "2025", date(2025, 12, 31)),
        ("2030年前实现碳达峰。", "2030年前", "2029", date(2029, 12, 31)),
        ("于2021年12月31日前报送。", "于2021年12月31日前", "2021-12-31", date(2021, 12, 31)),
        ("在2022年2月底前完成。", "在2022年2月底前", "2022-02-28", date(2022, 2, 28)),
        ("2022年6月前完成。", "2022年6月前", "2022-05-31", date(2022, 5, 31)),
        ("“十四五”期间，建设实验室10家。", "“十四五”期间", "2025", date(2025, 12, 31)),
        ("到“十四五”末，建成体系。", "到“十四五”末", "2025", date(2025, 12, 31)),
        ("2021—2025年，每年培育10家。", "2021—2025年", "2025", date(2025, 12, 31)),
        ("年底前完成建设。", "年底前", "2021", date(2021, 12, 31)),
        ("到本世纪中叶，建成强国。", "本世纪中叶", "2050", date(2050, 12, 31)),
        ("三、2022年重点工作", "2022年", "2022", date(2022, 12, 31)),
        ("11月底前报送总结。", "11月底前", "2021-11-30", date(2021, 11, 30)),
    ],
)
def test_deadline_has_its_words_value_and_last_day(text: str, words: str, value: str, last_day: date) -> None:
    deadline = read(text)[0]
    assert (deadline.kind, deadline.span.slice(text)) == (TimeKind.DEADLINE, words)
    assert (deadline.value, deadline.last_day) == (value, last_day)


def test_a_day_of_every_year_has_no_year() -> None:
    text = "应当于每年3月30日前报送。"
    frequency, deadline = read(text)
    assert (frequency.value, frequency.span.slice(text)) == ("P1Y", "每年")
    assert (deadline.value, deadline.datatype, deadline.last_day) == ("--03-30", "gMonthDay", None)


@pytest.mark.parametrize(
    "text",
    [
        "2020年以来，各地积极推进。",
        "落实2023年出台的办法。",
        "研发经费从2016年的5亿元增加到2022年的9亿元。",
        "本条例自2022年3月1日起施行。",
        "到2020年，建成平台。",
        "公布2022年度目录。",
        "对2022年底前发布的标准进行清理。",
        "执行期限延长到2027年底。",
        "根据国发〔2022〕1号文件。",
        "3年来成效明显。",
        "近三年内没有违法记录。",
    ],
)
def test_background_is_no_deadline(text: str) -> None:
    assert read(text) == ()


def test_dates_inside_titles_are_left_out() -> None:
    text = "落实《到2025年行动方案》。"
    assert find_times(text, find_figures(text), DAY, [Span(2, 13)]) == ()


@pytest.mark.parametrize(
    ("text", "value", "event", "working_days"),
    [
        ("应当自收到申请之日起30日内作出决定。", "P30D", "收到申请", False),
        ("应当在受理登记申请之日起二十日内办理。", "P20D", "受理登记申请", False),
        ("在获批后三个月内完成。", "P3M", "获批", False),
        ("应当在20个工作日内答复。", "P20D", None, True),
        ("3年内不得申报。", "P3Y", None, False),
        ("半年内完成整改。", "P6M", None, False),
        ("24小时内报告。", "PT24H", None, False),
        ("两周内提交。", "P14D", None, False),
    ],
)
def test_limit_runs_from_its_event(text: str, value: str, event: str | None, working_days: bool) -> None:
    (limit,) = read(text)
    assert (limit.kind, limit.value, limit.working_days) == (TimeKind.LIMIT, value, working_days)
    assert (limit.event.slice(text) if limit.event else None) == event


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("每年举办一次。", "P1Y"),
        ("每季度通报。", "P3M"),
        ("每两年评估一次。", "P2Y"),
        ("原则上每5年修订1次。", "P5Y"),
        ("按月报送。", "P1M"),
        ("逐年增长。", "P1Y"),
        ("定期开展演练。", None),
    ],
)
def test_frequency_is_the_period(text: str, value: str | None) -> None:
    assert [(time.kind, time.value) for time in read(text)] == [(TimeKind.FREQUENCY, value)]


@pytest.mark.parametrize("text", ["平均每年增长7%。", "一定期限内。", "定期存款。", "每周年纪念。", "年均增长。"])
def test_what_only_looks_like_a_frequency(text: str) -> None:
    assert read(text) == ()


def test_report_of_last_year_gives_no_deadlines() -> None:
    assert read("2020年，完成投资2亿元。") == () and len(read("2022年，制定标准。")) == 1


PIECES = st.sampled_from(
    [*"0123456789０２一二三五十百两半年月日底末前内到自起每个，。；“”《》（）-—.", "工作日", "之日起", "期间", "十四五"]
)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_text_gives_disjoint_times_in_order_with_values_of_their_kind(text: str) -> None:
    times = read(text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(times))
    for time in times:
        assert time.span.slice(text)
        assert (time.value is None) == (time.datatype is None)
        assert time.last_day is None or time.last_day >= DAY
        assert time.event is None or time.span.contains(time.event)


@given(st.integers(1, 99_999_999))
def test_arabic_figures_are_read_back_in_either_width_and_with_separators(number: int) -> None:
    wide = str(number).translate({ord("0") + k: ord("０") + k for k in range(10)})
    assert number_value(str(number)) == number_value(wide) == number_value(f"{number:,}") == number


@pytest.mark.parametrize(
    ("figures", "value"),
    [
        ("三十五", "35"),
        ("两", "2"),
        ("十", "10"),
        ("一千五百", "1500"),
        ("三万二千", "32000"),
        ("十四点五", "14.5"),
        ("1.2万亿", "1200000000000"),
        ("5万", "50000"),
    ],
)
def test_figures_with_magnitudes(figures: str, value: str) -> None:
    assert str(number_value(figures)) == value
