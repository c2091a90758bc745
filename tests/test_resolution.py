"""Whom mentions mean: by directory, by their document, or nobody that the document tells."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.abbreviations import find_introductions
from kg.directory import Organization
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.organization_profile import describe_organization
from kg.organizations import OrganizationMatcher
from kg.questions import run_question
from kg.resolution import Resolver, resolve_name, why_deictic
from kg.store import GraphStore
from kg.types import ActorMention, Document, Measure, Provenance, RoleFiller, Span, Statements, Word
from kg.validate import validate_store
from tests.factories import plan_document, plan_statements, span_of

IRIS = Iris("https://kece.example/")


def mentions(text: str, *names: str) -> tuple[ActorMention, ...]:
    """The first place of each name; a name given again stands for its next place."""
    found: list[ActorMention] = []
    for index, name in enumerate(names):
        span = span_of(text, name, names[:index].count(name))
        found.append(ActorMention(span, name))
    return tuple(sorted(found, key=lambda mention: mention.span))


def local_document(**changes: object) -> Document:
    local = {"issuers": ("山东省人民政府办公厅",), "level": "provincial", "region": "山东省", "addressees": ()}
    return replace(plan_document(), **{**local, **changes})  # type: ignore[arg-type]


def meant(document: Document, name: str) -> list[str]:
    """Names of what the first mention of ``name`` means by its document."""
    mention = ActorMention(Span(0, len(name)), name)
    found = Resolver(document, ()).resolve(mention)
    return [one.meant.name if isinstance(one.meant, Organization) else one.meant for one in found]


@pytest.mark.parametrize(
    ("label", "name", "rule"),
    [
        ("科技部", "科学技术部", "alias"),
        ("国务院教育行政部门", "教育部", "department_in_charge"),
        ("“瞪羚”企业", "瞪羚企业", "spelling"),
        ("各级科协组织", "科协组织", "whole_kind"),
        ("国务院有关部门", "国务院部门", "whole_kind"),
    ],
)
def test_name_means_the_same_everywhere(label: str, name: str, rule: str) -> None:
    found = resolve_name(label)
    assert found is not None and found.rule == rule
    assert (found.meant.name if isinstance(found.meant, Organization) else found.meant) == name


@pytest.mark.parametrize(
    "label", ["科学技术部", "省科技厅", "有关部门", "有关国家", "其他组织", "商业银行", "重点企业"]
)
def test_name_alone_tells_nothing_more(label: str) -> None:
    assert resolve_name(label) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("省科学技术厅", "山东省科学技术厅"),
        ("省科技厅", "山东省科学技术厅"),
        ("省市场监管局", "山东省市场监督管理局"),
        ("省政府", "山东省人民政府"),
        ("省委组织部", "中共山东省委员会组织部"),
        ("团省委", "共青团山东省委员会"),
        ("省科协", "山东省科学技术协会"),
        ("省税务局", "国家税务总局山东省税务局"),
        ("各市人民政府", "山东省的各市人民政府"),
        ("各区县", "山东省的各区县"),
        ("我省高校", "山东省的高校"),
        ("全省政府", "山东省的政府"),
        ("省属企业", "山东省的省属企业"),
        ("县级以上人民政府", "山东省的县级以上人民政府"),
        ("市人民政府", "山东省的市人民政府"),
        ("济南市科技局", None),  # told by its name already
        ("市场主体", None),
        ("市民", None),
    ],
)
def test_document_of_a_province_tells(name: str, expected: str | None) -> None:
    assert meant(local_document(), name) == ([expected] if expected is not None else [])


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("市人民政府", "济南市人民政府"),
        ("市科技局", "济南市科学技术局"),
        ("省科技厅", "山东省科学技术厅"),
        ("区人民政府", "济南市的区人民政府"),
        ("历下区财政局", "济南市历下区财政局"),
        ("本市企业", "济南市的企业"),
    ],
)
def test_document_of_a_city_tells(name: str, expected: str) -> None:
    assert meant(local_document(issuers=("济南市人民政府",), level="municipal"), name) == [expected]


def test_autonomous_region_municipality_and_district_have_bodies_of_their_own() -> None:
    region = local_document(issuers=("内蒙古自治区人民政府",), region="内蒙古自治区")
    assert meant(region, "自治区党委") == ["中国共产党内蒙古自治区委员会"]
    municipality = local_document(issuers=("上海市人民政府",), region="上海市")
    assert meant(municipality, "市科委") == ["上海市科学技术委员会"]
    assert meant(municipality, "浦东新区人民政府") == ["上海市浦东新区人民政府"]
    district = local_document(issuers=("青岛市崂山区人民政府",), region="山东省")
    assert meant(district, "区财政局") == ["青岛市崂山区财政局"]


@pytest.mark.parametrize(
    ("issuer", "name", "expected"),
    [
        ("中国化学会", "本会", "中国化学会"),
        ("中国科协", "我会", "中国科学技术协会"),
        ("工业和信息化部办公厅", "我部", "工业和信息化部"),
        ("北京市发展和改革委员会", "我委", "北京市发展和改革委员会"),
        ("北京市发展和改革委员会", "我局", None),
        ("中国科协", "所属学会", "中国科学技术协会所属学会"),
        ("山东省科协", "所属学会", "山东省科学技术协会所属学会"),
        ("教育部", "所属学会", None),
        ("国务院办公厅", "各直属机构", "国务院的各直属机构"),
    ],
)
def test_issuer_tells(issuer: str, name: str, expected: str | None) -> None:
    document = replace(plan_document(), issuers=(issuer,), region=None, addressees=())
    assert meant(document, name) == ([expected] if expected is not None else [])


def test_charter_of_a_society_tells_who_is_meant_by_the_society_itself() -> None:
    charter = replace(plan_document(), issuers=(), title="中国化学会章程", level=None)
    assert meant(charter, "本会") == ["中国化学会"]


@pytest.mark.parametrize("name", ["有关部门", "该单位", "本单位", "所在单位", "上级主管部门", "同级人民政府"])
def test_left_open_in_every_document(name: str) -> None:
    assert meant(local_document(), name) == [] and why_deictic(name) is not None


def test_bare_short_name_means_the_central_body_but_not_in_the_salutation() -> None:
    text = "各省、自治区、直辖市发展改革委：\n请发展改革委牵头。"
    addressees = (Span(0, text.index("：")),)
    document = replace(plan_document(), text=text, issuers=("国务院办公厅",), addressees=addressees)
    first, second = mentions(text, "发展改革委", "发展改革委")
    resolver = Resolver(document, (first, second))
    assert resolver.resolve(first) == ()
    assert [one.meant.name for one in resolver.resolve(second) if isinstance(one.meant, Organization)] == [
        "国家发展和改革委员会"
    ]
    assert meant(local_document(), "发展改革委") == []


@pytest.mark.parametrize(
    ("text", "names", "short", "expected"),
    [
        ("中国科学技术协会（以下简称中国科协）负责。", ["中国科学技术协会"], "中国科协", ["中国科学技术协会"]),
        ("全国高等教育自学考试指导委员会(以下简称“全国考委”)", ["全国高等教育自学考试指导委员会"], "全国考委", None),
        ("高等学校、科研机构（以下统称科研单位）可以", ["高等学校", "科研机构"], "科研单位", ["高等学校", "科研机构"]),
        ("教育部、科学技术部（以下简称科技部）", ["教育部", "科学技术部"], "科技部", ["科学技术部"]),
        ("各级科学技术协会（简称科协，下同）", ["各级科学技术协会"], "科协", ["各级科学技术协会"]),
        ("教育部发展中心（中央电教馆）（以下简称资源中心）", ["教育部发展中心"], "资源中心", ["教育部发展中心"]),
    ],
)
def test_introduced_name(text: str, names: list[str], short: str, expected: list[str] | None) -> None:
    (introduction,) = find_introductions(text, mentions(text, *names))
    assert introduction.short == short
    assert [named.text for named in introduction.named] == (expected or names)
    assert introduction.span.slice(text).startswith(introduction.named[-1].text)
    assert text[introduction.start :].startswith(short)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("创新应用先导区（以下简称“先导区”）建设", []),  # no actor
        ("《促进科技成果转化法》（以下简称《转化法》）", []),
        ("负责公共数据管理的部门（以下简称责任部门）", ["部门"]),  # a description, not 部门
    ],
)
def test_name_of_something_else_introduces_no_actor(text: str, names: list[str]) -> None:
    assert find_introductions(text, mentions(text, *names)) == []


def test_introduced_name_means_its_body_from_there_on() -> None:
    text = "管委会发布。北京经济技术开发区管理委员会（以下简称管委会）负责。管委会应当公开。"
    found = mentions(text, "管委会", "北京经济技术开发区管理委员会", "管委会", "管委会")
    resolver = Resolver(replace(plan_document(), text=text, issuers=(), level=None), found)
    names = [[one.meant.name for one in resolver.resolve(m) if isinstance(one.meant, Organization)] for m in found]
    assert names == [[], [], ["北京经济技术开发区管理委员会"], ["北京经济技术开发区管理委员会"]]
    assert resolver.resolve(found[3])[0].words == Span(6, text.index("）"))


@given(st.text(alphabet="科协部、和（）(以下简称统“”，。的", max_size=40))
def test_introductions_lie_in_the_text(text: str) -> None:
    actors = [ActorMention(Span(i, i + 2), text[i : i + 2]) for i in range(0, len(text) - 1, 2)]
    for introduction in find_introductions(text, actors):
        assert introduction.short in introduction.span.slice(text)
        assert all(named.span.slice(text) == named.text for named in introduction.named)


def one_measure(document: Document, agent: str) -> Statements:
    text = document.text
    span = span_of(text, text.strip("。"))
    mention = ActorMention(span_of(text, agent), agent)
    verb = Word("负责", span_of(text, "负责"))
    filler = RoleFiller(mention.span, Provenance.EXPLICIT, "subject")
    return Statements((mention,), (Measure(span, span.slice(text), (verb,), agents=(filler,), rule="verb"),))


def small_document(key: str, text: str, issuer: str, region: str | None) -> Document:
    provision = replace(plan_document().provisions[1], index=0, span=Span(0, len(text)), body=Span(0, len(text)))
    level = "provincial" if region else "national"
    changes = {"key": key * 16, "text": text, "title": f"文件{key}", "title_span": None, "provisions": (provision,)}
    facts = {"issuers": (issuer,), "region": region, "level": level, "addressees": ()}
    return replace(plan_document(), **changes, **facts)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """The plan; 省科技厅 in documents of two provinces; 科技部 and the department in charge in two of the centre."""
    documents = [
        (small_document("a", "省科技厅负责实施甲项目。", "山东省人民政府", "山东省"), "省科技厅"),
        (small_document("b", "省科技厅负责实施乙项目。", "河南省人民政府", "河南省"), "省科技厅"),
        (small_document("c", "科技部负责实施丙项目。", "国务院", None), "科技部"),
        (small_document("d", "国务院科学技术行政部门负责实施丁项目。", "国务院", None), "国务院科学技术行政部门"),
    ]
    quads = [*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)]
    for document, agent in documents:
        quads.extend(document_quads(document, one_measure(document, agent), IRIS))
    return GraphStore.in_memory(quads)


def test_graph_is_sound_and_no_triple_is_in_two_graphs(store: GraphStore) -> None:
    assert validate_store(store) == []
    triples = [quad.triple for quad in store.quads()]
    assert len(triples) == len(set(triples))


def test_read_graph_keeps_the_name_as_written(store: GraphStore) -> None:
    rows = store.select(
        "SELECT ?label { GRAPH ?read { ?measure kp:agent ?actor } ?actor skos:prefLabel ?label }",
        {"read": IRIS.read_graph("a" * 16)},
    )
    assert rows == [{"label": "省科技厅"}]


def test_every_resolution_and_affiliation_has_its_reason(store: GraphStore) -> None:
    for name in ("resolvesTo", "subOrganizationOf", "region", "deictic"):
        rows = store.select(
            f"""SELECT ?s ?o ?reason {{ GRAPH ?graph {{ ?s kp:{name} ?o }} FILTER(CONTAINS(STR(?graph), "derived"))
                  OPTIONAL {{ ?i rdf:subject ?s ; rdf:predicate kp:{name} ; rdf:object ?o ; kp:reason ?reason }} }}"""
        )
        assert rows and all(row["reason"] for row in rows), name


def texts(store: GraphStore, organization: str) -> dict[str, str]:
    answer = OrganizationMatcher(store).measures_for(describe_organization(organization))
    return {concern.text: concern.path for concern in answer.results}


def test_organization_is_found_under_all_its_names(store: GraphStore) -> None:
    found = texts(store, "科学技术部")
    assert found["科技部负责实施丙项目"] == "“科技部”即科学技术部；本条的责任主体是 科技部"
    reason = "“国务院科学技术行政部门”是科学技术部；本条的责任主体是 国务院科学技术行政部门"
    assert found["国务院科学技术行政部门负责实施丁项目"] == reason
    assert set(texts(store, "科技部")) == set(found)


def test_bodies_of_two_provinces_are_two(store: GraphStore) -> None:
    shandong, henan = texts(store, "山东省科学技术厅"), texts(store, "河南省科技厅")
    assert "省科技厅负责实施甲项目" in shandong and "省科技厅负责实施乙项目" not in shandong
    assert "省科技厅负责实施乙项目" in henan and "省科技厅负责实施甲项目" not in henan
    assert "“省科技厅”指山东省科学技术厅" in shandong["省科技厅负责实施甲项目"]


def test_department_is_part_of_its_government(store: GraphStore) -> None:
    rows = store.select(
        "SELECT ?parent ?region ?level { ?actor kp:subOrganizationOf/skos:prefLabel ?parent ; kp:region ?region ;"
        " kp:governmentLevel ?level }",
        {"actor": IRIS.actor("山东省科学技术厅")},
    )
    assert rows == [{"parent": "山东省人民政府", "region": "山东省", "level": "provincial"}]


def test_all_levels_are_those_of_a_class_at_all_levels(store: GraphStore) -> None:
    rows = store.select("SELECT ?level { ?actor kp:governmentLevel ?level }", {"actor": IRIS.actor("各级科协组织")})
    assert {row["level"] for row in rows} == {"national", "provincial", "municipal", "county", "township"}


def test_open_actors_are_listed_with_their_number(store: GraphStore) -> None:
    (row,) = run_question(store, "open_actors")
    assert (row["label"], row["mentions"], row["documents"]) == ("各有关单位", 1, 1)
    assert row["why"] == "“各有关单位”没有写明是哪些"
