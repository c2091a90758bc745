"""From names to kinds and levels of government."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.organization_names import ANNOTATED, read_names
from kg.actors import kinds_of, levels_of
from kg.lexicon import load_rows
from kg.taxonomy import kind_labels, ways_up

ALL_LEVELS = ["national", "provincial", "municipal", "county", "township"]


@pytest.mark.parametrize(
    ("name", "kinds", "level"),
    [
        ("中国化学会", ["全国学会"], "national"),
        ("清华大学", ["高等学校"], None),
        ("清华大学科学技术协会", ["高校科协"], None),
        ("某县科协", ["县级科协"], "county"),
        ("杭州市科协", ["市级科协"], "municipal"),
        ("新疆生产建设兵团科协", ["省级科协"], "provincial"),
        ("各级科协组织", ["科协组织"], None),
        ("各省、自治区、直辖市、副省级城市科协", ["省级科协", "市级科协"], "provincial"),
        ("中关村科技园区管理委员会", ["园区"], None),
        ("《科学通报》编辑部", ["期刊"], None),
        ("省科学技术厅", ["科技主管部门", "地方政府部门"], "provincial"),
        ("县级以上人民政府", ["地方政府"], None),
        ("科技部", ["国务院部门", "科技主管部门"], "national"),
        ("国务院专利行政部门", ["国务院部门", "知识产权主管部门"], "national"),
        ("省委", ["党委"], "provincial"),
        ("未成年人的父母", ["家庭"], None),
        ("高等学校的教师", ["教师"], None),
        ("儿童福利机构", ["福利救助机构"], None),
        ("中国科学院", ["科研机构"], "national"),
        ("市场主体", ["经营主体"], None),
        ("教师队伍", ["教师"], None),
        ("科协系统各级党组织", ["党组织"], None),
        ("居民企业", ["企业"], None),
        ("大型国企", ["国有企业"], None),
        ("基层一线科技工作者", ["科技工作者"], None),
        ("共同富裕", [], None),
        ("安吉县人民政府", ["县级政府"], "county"),
        ("昆山市人民政府", ["县级政府"], "county"),  # no prefecture
        ("昆山市周庄镇人民政府", ["乡镇政府"], "township"),
        ("中关村街道办事处", ["街道办事处"], "township"),
        ("海淀区财政局", ["财政部门", "地方政府部门"], "county"),
        ("湖北省化学化工学会", ["地方学会"], "provincial"),
        ("华为技术有限公司科学技术协会", ["企业科协"], None),
        ("科协系统", ["科协系统"], None),
        ("教育部党组", ["党委"], "national"),
        ("省委办公厅", ["办事机构", "党组织"], "provincial"),
        ("中共福建省委员会统一战线工作部", ["统战部门"], "provincial"),
        ("中央科技委员会", ["党组织", "议事协调机构"], "national"),
        ("最高人民法院", ["人民法院"], "national"),
        ("民政部", ["国务院部门", "民政部门"], "national"),
        ("公安机关交通管理部门", ["公安机关"], None),
        ("市数据工作委员会", ["议事协调机构"], "municipal"),
        ("省军区战备建设局", ["军队"], None),
        ("中国图书馆学会", ["全国学会"], "national"),
        ("学校图书馆", ["图书馆"], None),
        ("山东大学齐鲁医院", ["医院"], None),
        ("北京大学附属中学", ["中小学"], None),
        ("民办大学", ["民办学校", "高等学校"], None),
        ("深圳职业技术大学", ["高等职业学校"], None),
        ("招商银行股份有限公司", ["股份有限公司", "银行"], None),
        ("北京某某专利代理有限公司", ["有限责任公司", "专利代理机构"], None),
        ("智能检测装备企业", ["企业"], None),
        ("中等职业学校毕业生", ["学生"], None),
    ],
)
def test_name_gives_kinds_and_level(name: str, kinds: list[str], level: str | None) -> None:
    found = kinds_of(name)
    assert [kind.kind for kind in found] == kinds
    assert next((kind.level for kind in found if kind.level), None) == level
    assert not [kind for kind in found if kind.alternative and len(found) == 1]
    assert all(name in kind.reason for kind in found)


@pytest.mark.parametrize(
    ("name", "alternatives", "together"),
    [
        ("师生", ["教师", "学生"], []),
        ("妇女儿童", ["妇女", "青少年"], []),
        ("企业事业单位", ["企业", "事业单位"], []),
        ("国有企事业单位", ["国有企业", "事业单位"], []),
        ("党委和政府", ["党委", "政府"], []),
        ("各省、自治区、直辖市、副省级城市科协", ["省级科协", "市级科协"], []),
        ("省、市人民政府", ["省级政府", "市级政府"], []),
        ("市和区、县（市、区）人民政府", ["市级政府", "县级政府"], []),
        ("教育、科学技术、农业农村等部门", ["教育主管部门", "科技主管部门", "农业农村部门"], []),
        ("卫生健康、农业农村、林业草原主管部门", ["卫生健康部门", "农业农村部门", "林业草原主管部门"], []),
        ("市财政、科技部门", ["财政部门", "科技主管部门"], ["地方政府部门"]),
        ("省科技厅", [], ["科技主管部门", "地方政府部门"]),
        ("省、自治区、直辖市人民政府", [], ["省级政府"]),
        ("师生员工代表", [], ["人群"]),
    ],
)
def test_names_that_join_classes_give_alternatives(name: str, alternatives: list[str], together: list[str]) -> None:
    found = kinds_of(name)
    assert [kind.kind for kind in found if kind.alternative] == alternatives
    assert [kind.kind for kind in found if not kind.alternative] == together


@pytest.mark.parametrize(
    ("name", "levels"),
    [
        ("各级科协组织", ALL_LEVELS),
        ("各级人民政府", ALL_LEVELS),
        ("地方各级人民政府", ALL_LEVELS[1:]),
        ("县级以上地方人民政府", ["provincial", "municipal", "county"]),
        ("县级以上人民政府科学技术行政部门", ALL_LEVELS[:4]),
        ("省级以上人民政府", ["national", "provincial"]),
        ("设区的市级以上地方人民政府标准化行政主管部门", ["provincial", "municipal"]),
        ("乡（镇）以上各级国家农业技术推广机构", ALL_LEVELS),
        ("县、乡镇国家农业技术推广机构", ["county", "township"]),
        ("各省级科技主管部门", ["provincial"]),
        ("山东省的县级以上人民政府", ["provincial", "municipal", "county"]),
        ("山东省的各市人民政府", ["municipal"]),
        ("设区的市人民政府", ["municipal"]),
        ("设区的市、县、乡级人民政府", ["municipal", "county", "township"]),
        ("市、县（市、区）人民政府教育督导机构", ["municipal", "county"]),
        ("各省、自治区、直辖市及新疆生产建设兵团商务主管部门", ["provincial"]),
        ("乡镇人民政府", ["township"]),
        ("海淀区科协", ["county"]),
        ("深圳市科协", ["municipal"]),
        ("某市科协", ["municipal"]),
        ("市场主体", []),
        ("区块链企业", []),
        ("乡村教师", []),
        ("浙江大学", []),
        ("企业", []),
    ],
)
def test_name_tells_levels(name: str, levels: list[str]) -> None:
    assert [level for level, _ in levels_of(name)] == levels


@given(st.text(alphabet="省市县区各级以上和、科技教育局委部门企业学会人民政府", max_size=12))
def test_kinds_come_once_and_none_is_broader_than_another(name: str) -> None:
    kinds = [kind.kind for kind in kinds_of(name)]
    assert len(kinds) == len(set(kinds))
    assert not [kind for kind in kinds for other in kinds if kind != other and kind in ways_up(other)]


@pytest.mark.parametrize("file", ["actor_name_rules.tsv", "department_kinds.tsv"])
def test_every_rule_names_a_kind_of_the_taxonomy(file: str) -> None:
    assert {row[1] for row in load_rows(file)} <= set(kind_labels().values())
    assert {row[3] for row in load_rows("actor_name_rules.tsv")} == {"final", "more", "either"}


def test_names_written_down_by_hand_have_their_kinds_and_levels() -> None:
    names = read_names(ANNOTATED)
    listed = {kind for name in names for kind in name.kinds | name.besides}
    assert len(names) == 200 and listed <= set(kind_labels().values())
    assert sum(name.has_right_kinds for name in names) >= 195
    assert sum(name.has_right_levels for name in names) >= 195
