"""From the name of an organization to its kinds, and to what concerns it, with a path for everything."""

from __future__ import annotations

import pytest

from kg.errors import InputError
from kg.graph import document_quads, vocabulary_quads
from kg.matching_actors import is_proper_name, organization_kinds
from kg.namespaces import Iris
from kg.organizations import ROLES, measures_for
from kg.store import GraphStore
from kg.taxonomy import names_whole_kind
from tests.factories import PLAN_TEXT, plan_document, plan_statements

IRIS = Iris("https://kece.example/")


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)])


def test_label_of_the_taxonomy_is_a_kind_itself() -> None:
    (kind,) = organization_kinds("私营公司")
    assert kind.label == "民营企业" and "另一种说法" in kind.reason


@pytest.mark.parametrize(
    ("label", "proper"),
    [("教育部", True), ("中国化学会", True), ("学会", False), ("各有关单位", False), ("北京市科协", True)],
)
def test_proper_names_are_told_from_classes(label: str, proper: bool) -> None:
    assert is_proper_name(label) is proper


def test_national_society_gets_duties_tasks_and_support_with_paths(store: GraphStore) -> None:
    answer = measures_for(store, "中国化学会")
    by_text = {result.text: result for result in answer.results}
    duty = by_text["各级科协组织及所属学会要加强领导,落实《科协系统深化改革实施方案》"]
    assert duty.role == "必须做" and duty.modality == "obligation" and duty.strength == "要"
    assert duty.path == "中国化学会 是 全国学会；全国学会 属于 学会；本条的承担者是 所属学会"
    assert by_text["鼓励学会与国际组织联合发布团体标准"].role == "可以享受或申请"
    task = by_text["实施“党建强会计划”"]
    assert task.role == "配合参与" and "文件主送“各全国学会”" in task.path


def test_results_are_ordered_by_role_and_quote_the_text(store: GraphStore) -> None:
    results = measures_for(store, "中国化学会").results
    assert [result.rank for result in results] == list(range(1, len(results) + 1))
    order = [ROLES.index(result.role) for result in results]
    assert order == sorted(order) and len(set(order)) >= 3
    assert all(PLAN_TEXT[result.start : result.end] == result.text and result.path for result in results)


def test_measure_of_a_norm_is_told_once(store: GraphStore) -> None:
    texts = [result.text for result in measures_for(store, "中国化学会").results]
    assert "加强领导" not in texts


def test_actor_named_itself_needs_no_kind(store: GraphStore) -> None:
    paths = [result.path for result in measures_for(store, "国际组织").results]
    assert paths and all(path.startswith("本条的") for path in paths)


def test_narrower_and_sister_kinds_do_not_match(store: GraphStore) -> None:
    assert not [r for r in measures_for(store, "某县科协").results if "学会" in r.path.split("；")[-1].split("（")[0]]


def test_unknown_name_gives_no_kinds_and_no_results(store: GraphStore) -> None:
    answer = measures_for(store, "共同富裕")
    assert answer.to_json() == {"organization": "共同富裕", "kinds": [], "results": []}


def test_limit_keeps_the_first(store: GraphStore) -> None:
    everything = measures_for(store, "中国化学会").results
    assert measures_for(store, "中国化学会", limit=2).results == everything[:2]


def test_empty_name_is_refused(store: GraphStore) -> None:
    with pytest.raises(InputError, match="没有写单位名称"):
        measures_for(store, "  ")


@pytest.mark.parametrize(
    ("label", "kind", "expected"),
    [
        ("各级科协组织", "科协组织", True),
        ("任何单位", "单位", True),
        ("其他有关单位", "单位", True),
        ("气象主管机构", "单位", False),  # some of its members
        ("银行", "金融机构", False),
        ("长期软弱涣散学会", "学会", False),
        ("科学技术研究开发机构", "科研机构", True),
        ("其他组织", "单位", True),
        ("公共图书馆", "图书馆", False),
    ],
)
def test_broader_kind_concerns_only_where_it_is_named_as_a_whole(label: str, kind: str, expected: bool) -> None:
    assert names_whole_kind(label, kind) is expected
