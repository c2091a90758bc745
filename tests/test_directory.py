"""Organizations by any of their names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.directory import find_organization, normal_form
from kg.lexicon import load_rows
from kg.taxonomy import kind_labels


def name_of(label: str, central: bool = False) -> str | None:
    found = find_organization(label, central)
    return found.organization.name if found is not None else None


def test_directory_is_consistent() -> None:
    rows = load_rows("organizations.tsv")
    names = {row[0] for row in rows}
    every_name = [name for row in rows for name in (row[0], *(row[1].split("|") if row[1] != "-" else ()))]
    assert len(rows) > 250 and len(every_name) == len(set(every_name))
    assert {row[3] for row in rows} <= set(kind_labels().values())
    assert {row[5] for row in rows} <= names | {"-"}
    assert {row[1] for row in load_rows("government_functions.tsv")} <= names | {"-"}


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("中国科协", "中国科学技术协会"),
        ("科技部", "科学技术部"),
        ("科 技 部", "科学技术部"),
        ("科\n技部", "科学技术部"),
        ("中华人民共和国科学技术部", "科学技术部"),
        ("国务院科学技术行政部门", "科学技术部"),
        ("国务院科学技术主管部门", "科学技术部"),
        ("国务院专利行政部门", "国家知识产权局"),
        ("国务院水行政主管部门", "水利部"),
        ("国家网信部门", "国家互联网信息办公室"),
        ("以习近平同志为核心的党中央", "中国共产党中央委员会"),
        ("工信部办公厅", "工业和信息化部办公厅"),
        ("中国科协党组", "中国科学技术协会党组"),
        ("国家科委", "国家科学技术委员会"),
        ("山东省科技厅", "山东省科学技术厅"),
        ("济南市政府", "济南市人民政府"),
        ("河北省委", "中国共产党河北省委员会"),
        ("中共河北省委", "中国共产党河北省委员会"),
        ("内蒙古自治区党委", "中国共产党内蒙古自治区委员会"),
        ("上海市税务局", "国家税务总局上海市税务局"),
        ("国家税务总局上海市税务局", "国家税务总局上海市税务局"),
        ("北京市经信局", "北京市经济和信息化局"),
        ("新疆生产建设兵团科协", "新疆生产建设兵团科学技术协会"),
    ],
)
def test_name_means_an_organization(label: str, name: str) -> None:
    assert name_of(label) == name
    assert name_of(name) == name


@pytest.mark.parametrize(
    "label",
    [
        "国务院 中央军委",  # two of them
        "教育部部长",
        "省科技厅",
        "崂山区财政局",  # districts of one name are several
        "山东大学",
        "山东金融监管局",  # no body of 山东省
        "香港特别行政区政府",
        "有关部门",
        "",
    ],
)
def test_label_means_no_organization(label: str) -> None:
    assert find_organization(label) is None


def test_short_name_means_the_central_body_in_documents_of_the_centre_only() -> None:
    assert name_of("发展改革委", central=True) == "国家发展和改革委员会"
    assert name_of("发展改革委") is None


@pytest.mark.parametrize("former", ["湖北省国土资源厅", "上海市环境保护局"])
def test_former_departments_are_not_renamed(former: str) -> None:
    assert name_of(former) == former


def test_level_region_and_parent_come_with_the_name() -> None:
    found = find_organization("济南市科技局")
    assert found is not None
    organization = found.organization
    assert (organization.level, organization.region, organization.parent) == ("municipal", "山东省", "济南市人民政府")
    assert found.reason == "“济南市科技局”即济南市科学技术局"


@pytest.mark.parametrize(
    ("label", "normal"),
    [
        ("科 技 部", "科技部"),
        ("“双师型”教师", "双师型教师"),
        ("制\n造业企业", "制造业企业"),
        ("国务院 中央军委", "国务院 中央军委"),
        ("部门(单位)", "部门（单位）"),
        ("ＩＰ企业", "IP企业"),
    ],
)
def test_normal_form(label: str, normal: str) -> None:
    assert normal_form(label) == normal


@given(st.text(alphabet="科技部 \n“”()（）Ａ1", max_size=12))
def test_normal_form_is_stable(label: str) -> None:
    assert normal_form(normal_form(label)) == normal_form(label)
