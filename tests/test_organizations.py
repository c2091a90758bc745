"""From the name of an organization to its kinds, and to what concerns it, with a path for everything."""

from __future__ import annotations

import pytest

from kg.actor_classes import is_proper_name
from kg.concerned_kinds import concerned_kinds
from kg.errors import InputError, NotFoundError
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.organization_comparison import compare_organizations
from kg.organization_profile import Corrections, describe_organization
from kg.organization_roles import ROLES
from kg.organizations import OrganizationAnswer, OrganizationMatcher
from kg.parse import parse_document
from kg.read import read_source
from kg.settings import PROJECT_ROOT
from kg.store import GraphStore
from kg.taxonomy import names_whole_kind
from kg.types import Source
from tests.factories import PLAN_TEXT, plan_document, plan_statements

IRIS = Iris("https://kece.example/")


def measures_for(store: GraphStore, name: str, limit: int | None = None) -> OrganizationAnswer:
    return OrganizationMatcher(store).measures_for(describe_organization(name), limit)


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)])


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
    answer = measures_for(store, "共同富裕").to_json()
    assert (answer["organization"], answer["kinds"], answer["results"]) == ("共同富裕", (), [])
    assert not any(answer["counts"].values())


def test_local_association_is_no_unit_directly_under_the_central_one() -> None:
    document = parse_document(read_source(PROJECT_ROOT / "corpus" / "kexie-fangan-2021.txt"))
    plan = GraphStore.in_memory(
        [*vocabulary_quads(IRIS), *document_quads(document, extract_statements(document), IRIS)]
    )
    results = measures_for(plan, "北京市海淀区科学技术协会").results
    assert len(results) > 20 and not any("直属单位" in result.path for result in results)
    assert any("直属单位" in result.path for result in measures_for(plan, "中国科协学会服务中心").results)


def test_limit_keeps_the_first(store: GraphStore) -> None:
    everything = measures_for(store, "中国化学会").results
    assert measures_for(store, "中国化学会", limit=2).results == everything[:2]


def test_statements_with_a_dated_deadline_are_told_alone() -> None:
    text = "市科协应当于2025年6月30日前提交报告。市科协应当加强管理。"
    document = parse_document(Source(name="dated.txt", text=text))
    quads = document_quads(document, extract_statements(document), IRIS)
    matcher, profile = OrganizationMatcher(GraphStore.in_memory(quads)), describe_organization("市科协")
    found = matcher.findings(profile)
    dated = matcher.dated(found, ROLES)
    assert [each for each in matcher.measures_for(profile).results if each.deadlines] == list(dated)
    assert [each.deadlines[0].last_day for each in dated] == ["2025-06-30"] and len(found) == 2
    assert matcher.dated(found, ["相关"]) == ()


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


LAW = """某某促进法
第一章 总则
第一条 国务院科学技术行政部门负责全国的科学技术工作，县级以上地方人民政府科学技术行政部门负责本地方的科学技术工作。
第二条 省级以上人民政府应当设立奖励。县级以上人民政府应当安排经费。
第三条 任何组织和个人不得弄虚作假。
第四条 全国学会应当开展学术交流。
第五条 国家鼓励企业增加研究投入。国家引导企业参与标准制定。
第六条 公共图书馆应当免费开放。科技馆应当举办展览。
第七条 企业事业单位应当建立保密制度。
第八条 有关部门应当减轻中小企业负担，对违反规定的企业予以处罚。
第九条 高等学校收取的学费应当按照规定使用。
第十条 科技人员应当遵守学术规范。
第十一条 农业科研机构应当推广农业技术。
第十二条 制造计量器具的企业应当进行检定。
"""
REGIONAL = """山东省科技条例
第一条 高等学校应当向社会开放实验室。
"""


@pytest.fixture(scope="module")
def law() -> OrganizationMatcher:
    quads = list(vocabulary_quads(IRIS))
    for text, level, region in ((LAW, "national", None), (REGIONAL, "provincial", "山东省")):
        document = parse_document(Source(text, text[:6], kind="法律", level=level, region=region))
        quads += document_quads(document, extract_statements(document), IRIS)
    return OrganizationMatcher(GraphStore.in_memory(quads))


def test_first_of_each_role_keep_their_ranks(law: OrganizationMatcher) -> None:
    profile = describe_organization("科技型中小企业")
    everything = law.measures_for(profile)
    firsts = {each.role: each for each in reversed(everything.results)}
    answer = law.answer(profile, law.findings(profile), None, ROLES, limit_of_role=1)
    assert answer.results == tuple(firsts[role] for role in ROLES if role in firsts)
    assert answer.counts == everything.counts and len(answer.results) < len(everything.results)


def ask(law: OrganizationMatcher, name: str, corrections: Corrections | None = None) -> OrganizationAnswer:
    return law.measures_for(describe_organization(name, "", corrections))


def roles_by_place(answer: OrganizationAnswer) -> dict[str, str]:
    return {f"{result.place[:4].strip('第款')} {result.text[:9]}": result.role for result in answer.results}


def texts(answer: OrganizationAnswer) -> list[str]:
    return [result.text for result in answer.results]


def test_level_excludes_what_cannot_apply(law: OrganizationMatcher) -> None:
    county = texts(ask(law, "安吉县人民政府"))
    assert any("安排经费" in text for text in county) and not any("设立奖励" in text for text in county)
    assert any("设立奖励" in text for text in texts(ask(law, "浙江省人民政府")))
    assert not any("全国学会" in text for text in texts(ask(law, "湖北省化学会")))


def test_central_department_is_meant_by_its_function_and_not_the_local_one(law: OrganizationMatcher) -> None:
    central, local = texts(ask(law, "科学技术部")), texts(ask(law, "江苏省科学技术厅"))
    assert any("全国的科学技术工作" in text for text in central)
    assert not any("本地方的科学技术工作" in text for text in central)
    assert any("本地方的科学技术工作" in text for text in local)
    assert not any("全国的科学技术工作" in text for text in local)


def test_everybody_is_under_a_norm_for_any_organization(law: OrganizationMatcher) -> None:
    for name in ("中国化学会", "浙江大学", "民营企业", "安吉县人民政府"):
        (result,) = [result for result in ask(law, name).results if "弄虚作假" in result.text]
        assert result.role == "必须做" and "属于 单位" in result.path


def test_sister_sorts_do_not_match(law: OrganizationMatcher) -> None:
    museum = texts(ask(law, "上海科技馆"))
    assert any("举办展览" in text for text in museum) and not any("免费开放" in text for text in museum)


def test_named_institute_of_another_sector_does_not_match(law: OrganizationMatcher) -> None:
    assert not any("推广农业技术" in text for text in texts(ask(law, "中国科学院物理研究所")))
    (result,) = [result for result in ask(law, "科研机构").results if "推广农业技术" in result.text]
    assert not result.certain and "须看是否属于“农业科研机构”" in result.path


def test_markers_tell_the_role_of_who_is_encouraged_or_led(law: OrganizationMatcher) -> None:
    roles = {result.text: result.role for result in ask(law, "民营企业").results}
    assert roles["国家鼓励企业增加研究投入"] == "可以享受或申请"
    assert roles["国家引导企业参与标准制定"] == "配合参与"


def test_one_of_two_kinds_joined_in_a_name_is_enough(law: OrganizationMatcher) -> None:
    (firm,) = [result for result in ask(law, "民营企业").results if "保密制度" in result.text]
    assert firm.role == "必须做" and firm.certain
    (university,) = [result for result in ask(law, "浙江大学").results if "保密制度" in result.text]
    assert "高等学校 一般属于 事业单位" in university.path and not university.certain


def test_sanctioned_are_concerned_and_relieved_benefit(law: OrganizationMatcher) -> None:
    roles = {result.text: result.role for result in ask(law, "中小企业").results}
    assert next(role for text, role in roles.items() if "减轻" in text) == "可以享受或申请"
    punished = [role for text, role in roles.items() if "处罚" in text and "减轻" not in text]
    assert punished in ([], ["相关"])


def test_owner_of_the_subject_bears_a_norm_without_bearer(law: OrganizationMatcher) -> None:
    (result,) = [result for result in ask(law, "浙江大学").results if "学费" in result.text]
    assert result.role == "必须做" and "本句规定的是“高等学校”的事项" in result.path


def test_class_behind_an_attribute_may_hold_and_comes_later(law: OrganizationMatcher) -> None:
    duties = [result for result in ask(law, "民营企业").results if result.role == "必须做"]
    (restricted,) = [result for result in duties if "检定" in result.text]
    assert not restricted.certain and "须看是否属于“制造计量器具的企业”" in restricted.path
    assert restricted.rank > next(result.rank for result in duties if "保密制度" in result.text)


def test_norms_on_its_people_are_related(law: OrganizationMatcher) -> None:
    (result,) = [result for result in ask(law, "中国科学院物理研究所").results if "学术规范" in result.text]
    assert result.role == "相关" and "科研机构的人员包括科技工作者" in result.path


def test_text_of_another_province_does_not_hold(law: OrganizationMatcher) -> None:
    assert not any("开放实验室" in text for text in texts(ask(law, "浙江大学")))
    assert any("开放实验室" in text for text in texts(ask(law, "山东大学")))
    assert any("开放实验室" in text for text in texts(ask(law, "高等学校")))


def test_vague_departments_come_after_what_is_certain(law: OrganizationMatcher) -> None:
    results = [result for result in ask(law, "江苏省科学技术厅").results if result.role == "必须做"]
    assert "本地方的科学技术工作" in results[0].text
    (vague,) = [result for result in results if "有关部门应当" in result.text]
    assert not vague.certain and "没有写明是哪些" in vague.path


def test_kinds_given_by_the_user_replace_those_of_the_name(law: OrganizationMatcher) -> None:
    assert not any("研究投入" in text for text in texts(ask(law, "某某中心")))
    assert any("研究投入" in text for text in texts(ask(law, "某某中心", Corrections(kinds=("民营企业",)))))


def test_comparison_parts_what_both_and_what_only_one_have(law: OrganizationMatcher) -> None:
    firm, library = describe_organization("民营企业"), describe_organization("国家图书馆")
    comparison = compare_organizations(law, firm, library)
    assert any("弄虚作假" in shared.first.text for shared in comparison.both)
    assert any("研究投入" in concern.text for concern in comparison.only_first)
    assert any("免费开放" in concern.text for concern in comparison.only_second)
    assert comparison.both_count == len(comparison.both)
    assert len(compare_organizations(law, firm, library, limit=1).both) == 1


def test_reverse_tells_which_kinds_a_norm_concerns(law: OrganizationMatcher) -> None:
    (norm,) = [result for result in ask(law, "民营企业").results if "研究投入" in result.text]
    firm = next(kind for kind in concerned_kinds(law, norm.iri) if kind.kind == "企业")
    assert firm.whole and firm.role == "可以享受或申请" and "民营企业" in firm.narrower
    (duty,) = [result for result in ask(law, "安吉县人民政府").results if "安排经费" in result.text]
    (government,) = concerned_kinds(law, duty.iri)
    assert government.role == "必须做" and "county" in government.levels


def test_reverse_of_an_unknown_statement_is_named(law: OrganizationMatcher) -> None:
    with pytest.raises(NotFoundError, match="没有这条陈述"):
        concerned_kinds(law, "https://kece.example/id/document/x/norm/1-2")
