"""Who does, bears, gets and helps: roles of measures and norms in small real sentences."""

from __future__ import annotations

import pytest

from kg.types import Provenance
from tests.reading import quotes, read, read_task


def test_encouraged_actor_is_the_agent_of_what_follows() -> None:
    statements, document = read("某条例\n第一条 国家鼓励企业开展合作，拓展渠道，支持职工兼职。鼓励高校参与。")
    agents = [quotes(measure.agents, document.text) for measure in statements.measures]
    assert agents[:3] == [["国家"], ["企业"], ["企业"]]
    assert [norm.text for norm in statements.norms] == ["国家鼓励企业开展合作，拓展渠道，支持职工兼职", "鼓励高校参与"]


def test_request_of_a_notice_binds_its_addressees() -> None:
    text = (
        "某协会关于印发方案的通知\n各省级学会,各有关单位:\n现将方案印发给你们,请认真贯彻落实。\n某协会\n"
        "2021年10月14日\n某方案\n一、重点任务\n建立工作机制。"
    )
    statements, document = read(text)
    request = next(norm for norm in statements.norms if norm.marker.text == "请")
    assert quotes(request.bearers, document.text) == ["各省级学会", "各有关单位"]
    assert [measure.text for measure in statements.measures] == ["建立工作机制"]


def test_agents_are_inherited_within_a_statute_paragraph_but_not_across_plan_sentences() -> None:
    statute, document = read("某条例\n第一条 国家建立制度。完善体系。")
    assert quotes(statute.measures[1].agents, document.text) == ["国家"]
    assert statute.measures[1].agents[0].provenance is Provenance.INHERITED
    plan, _ = read("某方案\n一、任务\n科协组织要加强领导。完善体系。")
    assert plan.measures[1].agents == ()


def test_pronoun_stands_for_the_actor_named_before() -> None:
    statements, document = read("某条例\n第一条 国家鼓励企业提交报告，主管部门应当为其提供方便。")
    target = statements.measures[1].targets[0]
    assert target.span.slice(document.text) == "企业"
    assert (target.provenance, target.rule) == (Provenance.INHERITED, "antecedent-of-pronoun")


def test_who_acts_in_an_institution_is_its_agent() -> None:
    statements, document = read("某方案\n一、任务\n1.主要工作。建立领导干部直接联系学会制度。")
    (measure,) = statements.measures
    assert quotes(measure.agents, document.text) == ["领导干部"]
    assert quotes(measure.targets, document.text) == ["学会"]


@pytest.mark.parametrize(
    ("sentence", "relation"),
    [
        ("与高校开展合作。", "partner"),
        ("会同高校制定规划。", "partner"),
        ("为高校提供服务。", "beneficiary"),
        ("支持高校建设平台。", "beneficiary"),
        ("组织高校开展培训。", None),
    ],
)
def test_targets_tell_partners_and_beneficiaries(sentence: str, relation: str | None) -> None:
    (target,) = read_task(sentence).measures[0].targets
    assert target.relation == relation


def test_brackets_charge_their_actors_with_the_measures_in_front() -> None:
    text = (
        "某方案\n一、任务\n1.建设平台。建设数据平台。（责任单位：省科技厅、省财政厅；配合单位：省教育厅）\n"
        "2.完善制度。完善管理制度。\n（省大数据局牵头，各有关部门配合）\n3.加强宣传。加强科普宣传（见附件）。"
    )
    statements, document = read(text)
    charged = [
        (
            a.word,
            a.partner,
            [span.slice(document.text) for span in a.actors],
            [statements.measures[i].text for i in a.measures],
        )
        for a in statements.assignments
    ]
    assert charged == [
        ("责任单位", False, ["省科技厅", "省财政厅"], ["建设数据平台"]),
        ("配合单位", True, ["省教育厅"], ["建设数据平台"]),
        ("牵头", False, ["省大数据局"], ["完善管理制度"]),
        ("配合", True, ["各有关部门"], ["完善管理制度"]),
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "工会、妇女联合会等团体应当根据工作特点开展活动。",
        "工会、妇女联合会等单位，应当开展活动。",
        "工会、妇女联合会、青少年宫等，应当为公民提供便利。",
    ],
)
def test_class_noun_or_thing_that_closes_a_list_does_not_hide_its_subject(sentence: str) -> None:
    statements, document = read(f"某条例\n第一条 {sentence}")
    assert [quotes(norm.bearers, document.text) for norm in statements.norms] == [["工会", "妇女联合会"]]
    assert [quotes(measure.agents, document.text) for measure in statements.measures] == [["工会", "妇女联合会"]]


def test_places_act_where_they_are_promoted() -> None:
    statements, document = read("某方案\n一、重点任务\n1.主要工作。支持济南、青岛等市大力发展新兴产业。青岛产业发达。")
    assert [actor.text for actor in statements.actors] == ["济南", "青岛"]
    assert [quotes(measure.targets, document.text) for measure in statements.measures] == [["济南", "青岛"]]


def test_sanctions_are_not_laid_on_by_the_offender() -> None:
    statements, document = read("某条例\n第一条 单位骗取补助的，由主管部门责令改正，没收违法所得。")
    assert [quotes(m.agents, document.text) for m in statements.measures] == [["主管部门"], ["主管部门"]]
