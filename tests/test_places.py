"""Places in names, and where documents belong."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.lexicon import load_rows
from kg.places import Place, home_of, split_place
from tests.factories import plan_document


def test_every_prefecture_lies_in_a_province_and_no_name_comes_twice() -> None:
    rows = load_rows("prefectures.tsv")
    provinces = {row[1] for row in load_rows("regions.tsv")}
    assert len(rows) == 333 and len({row[0] for row in rows}) == 333
    assert {row[1] for row in rows} <= provinces


@pytest.mark.parametrize(
    ("name", "place", "rest"),
    [
        ("山东省科学技术厅", Place("山东省"), "科学技术厅"),
        ("济南市教育局", Place("山东省", "济南市"), "教育局"),
        ("青岛市崂山区财政局", Place("山东省", "青岛市", "崂山区"), "财政局"),
        ("上海市浦东新区人民政府", Place("上海市", None, "浦东新区"), "人民政府"),
        ("吉林市教育局", Place("吉林省", "吉林市"), "教育局"),
        ("海南藏族自治州教育局", Place("青海省", "海南藏族自治州"), "教育局"),
        ("新疆生产建设兵团科技局", Place("新疆生产建设兵团"), "科技局"),
        ("深圳经济特区数据条例", Place("广东省", "深圳市"), "经济特区数据条例"),
        ("广州南沙新区促进办法", Place("广东省", "广州市", "南沙新区"), "促进办法"),
        ("崂山区财政局", Place(None, None, "崂山区"), "财政局"),
        ("安吉县人民政府", Place(None, None, "安吉县"), "人民政府"),  # in which province no name tells
        ("昆山市周庄镇人民政府", Place(None, None, "昆山市", "周庄镇"), "人民政府"),
        ("北京市海淀区中关村街道办事处", Place("北京市", None, "海淀区", "中关村街道"), "办事处"),
        ("北京经济技术开发区条例", Place("北京市"), "经济技术开发区条例"),  # a zone is no district
        ("河南省技术市场条例", Place("河南省"), "技术市场条例"),  # nor is 技术市 a city
    ],
)
def test_name_begins_with_a_place(name: str, place: Place, rest: str) -> None:
    assert split_place(name) == (place, rest)


@pytest.mark.parametrize(
    "name",
    [
        "科学技术部",
        "区财政局",
        "市场监管局",
        "各区人民政府",
        "自治区党委",
        "中央和市委",
        "自然保护区管理局",
        "革命老区",
    ],
)
def test_name_begins_with_no_place(name: str) -> None:
    assert split_place(name) is None


@given(st.text(alphabet="山东济南市崂区县省自治和中央", max_size=12))
def test_place_and_rest_make_up_the_name(name: str) -> None:
    found = split_place(name)
    if found is not None:
        assert name.endswith(found[1]) and found[0] != Place()


@pytest.mark.parametrize(
    ("changes", "place", "rule"),
    [
        ({"issuers": ("山东省科学技术厅",)}, Place("山东省"), "issuer_place"),
        ({"issuers": (), "title": "济南市科技创新条例"}, Place("山东省", "济南市"), "issuer_place"),
        ({"issuers": (), "level": None, "region": "河南省"}, Place("河南省"), "document_region"),
        ({"level": "national"}, None, "national_document"),
        ({"level": None, "text": "通知\n各省、自治区、直辖市人民政府：\n"}, None, "national_salutation"),
        (
            {"level": None, "text": "我省数字经济发展迅速。山东省、山东企业和山东高校要加强合作，学习浙江经验。"},
            Place("山东省"),
            "self_reference",
        ),
        (
            {"level": None, "text": "全市各部门落实本市任务。青岛市A、青岛市B、青岛市C。省政府支持。"},
            Place("山东省", "青岛市"),
            "self_reference",
        ),
    ],
)
def test_document_belongs_to(changes: dict[str, object], place: Place | None, rule: str) -> None:
    home = home_of(replace(plan_document(), **changes))  # type: ignore[arg-type]
    assert home is not None and (home.place, home.rule) == (place, rule)


def test_document_that_names_many_places_alike_belongs_nowhere() -> None:
    text = "我省学习山东省、河南省、浙江省、江苏省经验。"
    assert home_of(replace(plan_document(), level=None, issuers=(), text=text)) is None
