"""Numbers with their units, normalised, and what only looks like one."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.figures import find_figures
from kg.extract.quantities import find_quantities
from kg.fact_types import Comparator, Quantity
from kg.lexicon import load_rows


def read(text: str) -> tuple[Quantity, ...]:
    return find_quantities(text, find_figures(text), [])


@pytest.mark.parametrize(
    ("text", "words", "value", "unit", "comparators"),
    [
        ("培育企业5万家。", "5万家", "50000", "家", []),
        ("建设基地10个左右。", "10个左右", "10", "个", ["about"]),
        ("占比达到30%以上。", "达到30%以上", "30", "%", ["reaches", "at_least"]),
        ("制定标准不少于100项。", "不少于100项", "100", "项", ["at_least"]),
        ("规模突破1.2万亿元。", "突破1.2万亿元", "1200000000000", "元", ["more_than"]),
        ("分两批安排。", "两批", "2", "批", []),
        ("提取不低于百分之七十的比例。", "不低于百分之七十", "70", "%", ["at_least"]),
        ("研发投入年均增长5%左右。", "年均增长5%左右", "5", "%", ["increases_by", "about"]),
        ("收入翻一番。", "翻一番", "2", "倍", ["multiplies_by"]),
        ("总值翻两番。", "翻两番", "4", "倍", ["multiplies_by"]),
        ("处一万元罚款。", "一万元", "10000", "元", []),
        ("任期不得超过3年。", "不得超过3年", "3", "年", ["at_most"]),
        ("救助9000多万人次。", "9000多万人次", "90000000", "人次", ["more_than"]),
        ("至少一次。", "至少一次", "1", "次", ["at_least"]),
        ("新增企业２００家。", "２００家", "200", "家", []),
        ("投资1,200亿元。", "1,200亿元", "120000000000", "元", []),
    ],
)
def test_quantity_has_value_unit_and_comparators(
    text: str, words: str, value: str, unit: str, comparators: list[str]
) -> None:
    (quantity,) = read(text)
    assert (quantity.span.slice(text), str(quantity.value), quantity.unit) == (words, value, unit)
    assert list(quantity.comparators) == comparators


def test_range_is_two_quantities() -> None:
    text = "处一万元以上十万元以下罚款，培育3—5家企业，占30%-50%。"
    found = [(quantity.span.slice(text), str(quantity.value), list(quantity.comparators)) for quantity in read(text)]
    assert found == [
        ("一万元以上", "10000", ["at_least"]),
        ("十万元以下", "100000", ["at_most"]),
        ("3", "3", ["at_least"]),
        ("5家", "5", ["at_most"]),
        ("30%", "30", ["at_least"]),
        ("50%", "50", ["at_most"]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "学习“三个代表”重要思想。",
        "推进“双一流”建设。",
        "包括三个方面。",
        "依照第三十条规定。",
        "开展一批试点，建立一个平台。",
        "国发〔2021〕35号文件。",
        "2025年3月1日。",
        "十分重要。",
        "如图9所示。",
        "服务千家万户。",
        "建设5G基站。",
        "获得第5名。",
        "公布5名单。",
    ],
)
def test_what_counts_nothing(text: str) -> None:
    assert read(text) == ()


def test_raising_something_counted_is_no_increase_by_its_number() -> None:
    assert [quantity.comparators for quantity in read("提升39个县域帮扶质效。")] == [()]
    assert [quantity.comparators for quantity in read("效率提升39%。")] == [(Comparator.INCREASES_BY,)]


def test_every_comparator_and_kind_of_the_lexicon_is_known() -> None:
    assert {row[2] for row in load_rows("comparators.tsv")} <= {comparator.value for comparator in Comparator}
    assert {row[1] for row in load_rows("units.tsv")} == {"count", "degree", "list", "time"}
    assert len({row[0] for row in load_rows("units.tsv")}) == len(load_rows("units.tsv"))


PIECES = st.sampled_from(
    [*"0123456789一二两十百千万亿%.,—个家元多以上“”。", "百分之", "不低于", "达到", "翻一番", "左右", "个百分点"]
)


@given(st.lists(PIECES, max_size=50).map("".join))
def test_any_text_gives_disjoint_quantities_in_order(text: str) -> None:
    quantities = read(text)
    assert all(one.span.end <= other.span.start for one, other in pairwise(quantities))
    assert all(quantity.span.slice(text) and quantity.unit for quantity in quantities)
