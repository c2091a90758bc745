"""Marks of a document, and what is known of a statement: a small real graph with known answers."""

from __future__ import annotations

import pytest

from kg.document_marks import document_marks
from kg.errors import InputError, NotFoundError
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.statement_facts import Certainty, statement_facts, statement_neighbours
from kg.store import GraphStore
from kg.types import Span
from tests.factories import plan_document, plan_statements
from web.reader_panel import panel_of

IRIS = Iris("https://kece.example/")
DOCUMENT = IRIS.document(plan_document().key).value


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)])


def test_marks_come_in_text_order_with_who_has_which_role(store: GraphStore) -> None:
    text = plan_document().text
    in_order = document_marks(store, DOCUMENT)
    assert [mark.start for mark in in_order] == sorted(mark.start for mark in in_order)
    marks = {(mark.kind, text[mark.start : mark.end]): mark for mark in in_order}
    assert marks["programme", "党建强会计划"].iri == IRIS.programme("党建强会计划").value
    norm = marks["norm", "鼓励学会与国际组织联合发布团体标准"]
    assert (norm.modality, norm.strength, norm.roles) == ("encouragement", "鼓励", {"bearer": ["学会"]})
    assert marks["actor", "国际组织"].roles == {"target": ["measure"]}
    assert marks["actor", "所属学会"].roles == {"bearer": ["norm"]}  # the measure behind it does not hold its words
    assert marks["actor", "各全国学会"].roles == {}


def test_fact_says_how_it_is_known(store: GraphStore) -> None:
    [agent, _] = statement_facts(store, f"{DOCUMENT}/measure/107-111")
    assert (agent.name, agent.label, agent.certainty) == ("agent", "各级科协组织", Certainty.INHERITED)
    assert agent.reason == "本句没有写明，承接上文的“各级科协组织”"
    by_name = {fact.name: fact.certainty for fact in statement_facts(store, f"{DOCUMENT}/measure/83-93")}
    assert by_name["agent"] is by_name["instrument"] is Certainty.CONCLUDED
    assert by_name["programme"] is Certainty.EXPLICIT


def test_neighbours_are_the_provision_the_measures_and_the_citation_that_leads_nowhere(store: GraphStore) -> None:
    near = {one.relation: one for one in statement_neighbours(store, f"{DOCUMENT}/norm/95-128")}
    assert (near["provision"].start, near["provision"].end) == (95, 129)
    assert near["prescribes"].label == "加强领导"
    assert (near["citation"].label, near["citation"].document) == ("《科协系统深化改革实施方案》", None)


def test_what_is_no_statement_is_said(store: GraphStore) -> None:
    with pytest.raises(NotFoundError, match="没有陈述"):
        statement_facts(store, f"{DOCUMENT}/norm/1-2")
    for iri in ("nothing", DOCUMENT, f"{DOCUMENT}/provision/95-129"):
        with pytest.raises(InputError, match="不是原文页标出的"):
            panel_of(store, iri, DOCUMENT, Span(0, 1))


def test_panel_of_an_actor_tells_its_kind_whom_it_means_and_its_roles(store: GraphStore) -> None:
    panel = panel_of(store, IRIS.actor("所属学会").value, DOCUMENT, Span(102, 106))
    facts = {name: [value.text for value in values] for name, values in panel.facts}
    assert (facts["类别"], facts["所指"]) == (["学会"], ["中国科学技术协会所属学会"])
    assert facts["在知识库里"] == ["责任主体 1 条，见于 1 份文件", "承担者 1 条，见于 1 份文件"]
