"""Who is asking: from a name, a description in plain words, and corrections, to kinds, level, region and field."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.organization_description import read_description
from kg.organization_profile import Corrections, OrganizationProfile, describe_organization


def labels(profile: OrganizationProfile) -> dict[str, list[str]]:
    parts = ("kinds", "levels", "units", "places", "fields")
    return {part: [trait.label for trait in getattr(profile, part)] for part in parts}


@pytest.mark.parametrize(
    ("name", "kinds", "levels", "region"),
    [
        ("中国化学会", ["全国学会"], ["national"], None),
        ("清华大学科学技术协会", ["高校科协"], [], None),
        ("某县科协", ["县级科协"], ["county"], None),
        ("新疆生产建设兵团科协", ["省级科协"], ["provincial"], "新疆生产建设兵团"),
        ("湖北省化学化工学会", ["地方学会"], ["provincial"], "湖北省"),
        ("深圳市科协", ["市级科协"], ["municipal"], "广东省"),
        ("中国科协青少年科技中心", ["事业单位"], ["national"], None),
        ("上海科技馆", ["科技馆"], [], "上海市"),
    ],
)
def test_name_gives_kinds_level_and_region(name: str, kinds: list[str], levels: list[str], region: str | None) -> None:
    profile = describe_organization(name)
    assert labels(profile)["kinds"] == kinds and labels(profile)["levels"] == levels
    assert (profile.region.label if profile.region else None) == region
    assert all(trait.reason for trait in (*profile.kinds, *profile.levels, *profile.groups))


def test_label_of_the_taxonomy_is_a_kind_itself() -> None:
    profile = describe_organization("私营公司")
    assert [kind.label for kind in profile.kinds] == ["民营企业"] and "另一种说法" in profile.kinds[0].reason
    assert profile.is_kind and not describe_organization("中国化学会").is_kind


def test_groups_are_the_broader_kinds() -> None:
    groups = {group.label for group in describe_organization("中国化学会").groups}
    assert {"学会", "科协系统", "社会组织", "单位"} <= groups


def test_part_of_another_organization_is_told() -> None:
    parent = describe_organization("中国科协青少年科技中心").parent
    assert parent is not None and parent.label == "中国科学技术协会"


@pytest.mark.parametrize(
    ("name", "field"),
    [
        ("中国化学会", ["化学"]),
        ("湖北省化学化工学会", ["化学化工"]),
        ("中国科学院物理研究所", ["物理"]),
        ("某县科协", []),
    ],
)
def test_name_of_a_society_or_institute_tells_its_field(name: str, field: list[str]) -> None:
    assert labels(describe_organization(name))["fields"] == field


@pytest.mark.parametrize(
    ("text", "kinds", "units", "places", "fields"),
    [
        (
            "我们是一家做半导体设备的民营企业，在高新区，有自己的研发中心",
            ["民营企业"],
            ["技术创新平台"],
            ["高新技术产业开发区"],
            ["半导体设备"],
        ),
        ("我们是县里的农业技术推广站，主要做水稻新品种推广", ["农业技术推广机构"], [], [], ["水稻新品种推广"]),
        ("我们是一所民办大学，学校里有自己的科协", ["高等学校", "民办学校"], ["高校科协"], [], []),
        ("江苏的一家三甲医院，主要研究肿瘤免疫治疗", ["医院"], [], [], ["肿瘤免疫治疗"]),
        ("今天天气很好", [], [], [], []),
    ],
)
def test_description_tells_what_it_is_has_and_does(
    text: str, kinds: list[str], units: list[str], places: list[str], fields: list[str]
) -> None:
    told = labels(describe_organization("", text))
    assert sorted(told["kinds"]) == sorted(kinds)
    assert (told["units"], told["places"], told["fields"]) == (units, places, fields)


def test_description_tells_region_and_level() -> None:
    said = read_description("位于苏州的外资生物医药企业")
    assert said.region is not None and said.region.label == "江苏省"
    assert [kind.label for kind in said.kinds] == ["外商投资企业"]
    assert [level.label for level in read_description("我们是县里的科协").levels] == ["county"]


def test_corrections_replace_what_was_told() -> None:
    told = describe_organization(
        "共同富裕", "", Corrections(kinds=("高校",), level="", region="山东省", fields=("化工",))
    )
    assert labels(told)["kinds"] == ["高等学校"] and labels(told)["fields"] == ["化工"]
    assert told.region is not None and told.region.label == "山东省" and "使用者" in told.kinds[0].reason
    assert describe_organization("中国化学会", "", Corrections(kinds=())).kinds == ()


@pytest.mark.parametrize(
    ("name", "corrections", "message"),
    [
        ("", None, "没有写单位名称"),
        ("某" * 600, None, "不超过"),
        ("中国化学会", Corrections(kinds=("不存在的类别",)), "没有“不存在的类别”这一类别"),
        ("中国化学会", Corrections(level="galaxy"), "没有“galaxy”这一层级"),
        ("中国化学会", Corrections(region="火星"), "没有“火星”"),
    ],
)
def test_bad_input_is_named(name: str, corrections: Corrections | None, message: str) -> None:
    with pytest.raises(InputError, match=message):
        describe_organization(name, "", corrections)


def test_place_in_a_place_is_where_it_stands() -> None:
    profile = describe_organization("", "我们是民营企业，在苏州的高新区")
    assert labels(profile)["kinds"] == ["民营企业"] and labels(profile)["places"] == ["高新技术产业开发区"]


def test_what_cannot_be_told_is_said() -> None:
    assert any("没有说明是哪一类单位" in unknown for unknown in describe_organization("共同富裕").unknown)
    assert any("看不出在哪个省级地区" in unknown for unknown in describe_organization("某县科协").unknown)
    taken_away = describe_organization("中国化学会", "", Corrections(kinds=())).unknown
    assert any("没有选定类别" in unknown for unknown in taken_away)
    assert any("看不出层级" in unknown for unknown in describe_organization("科协").unknown)
