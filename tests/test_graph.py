"""Statements to graph: what is read and what is concluded stay apart, IRIs are stable, quotes are slices."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad

from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import KP, RDF, Iris, iri_segment
from kg.rdf_formats import GRAPH_FILES, write_quads
from kg.settings import PROJECT_ROOT
from kg.store import GraphStore
from kg.types import Document, Statements
from kg.vocabulary import vocabulary_terms
from tests.factories import PLAN_TEXT, plan_document, plan_statements

IRIS = Iris("https://kece.example/")
KEY = plan_document().key


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return list(document_quads(plan_document(), plan_statements(), IRIS))


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> GraphStore:
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *quads])


def measure_iri(words: str) -> NamedNode:
    start = PLAN_TEXT.index(words)
    return NamedNode(f"https://kece.example/id/document/{KEY}/measure/{start}-{start + len(words)}")


def labels(store: GraphStore, graph: NamedNode, measure: NamedNode, role: str) -> set[object]:
    rows = store.select(
        f"SELECT ?label {{ GRAPH ?graph {{ ?measure kp:{role} ?actor }} ?actor skos:prefLabel ?label }}",
        {"graph": graph, "measure": measure},
    )
    return {row["label"] for row in rows}


def test_explicit_roles_are_in_the_read_graph_only(store: GraphStore) -> None:
    measure = measure_iri("鼓励学会与国际组织联合发布团体标准")
    assert labels(store, IRIS.read_graph(KEY), measure, "target") == {"学会", "国际组织"}
    assert labels(store, IRIS.derived_graph(KEY), measure, "target") == set()


def test_measure_without_agent_falls_to_the_addressees_in_the_derived_graph(store: GraphStore) -> None:
    measure = measure_iri("实施“党建强会计划”")
    assert labels(store, IRIS.read_graph(KEY), measure, "agent") == set()
    assert labels(store, IRIS.derived_graph(KEY), measure, "agent") == {"各全国学会", "各有关单位"}


def test_inherited_agent_has_rule_reason_and_words(store: GraphStore) -> None:
    rows = store.select(
        """SELECT ?rule ?reason ?quote {
             ?inference rdf:subject ?measure ; rdf:predicate kp:agent ; rdf:object ?actor ; kp:rule ?rule ;
               kp:reason ?reason ; kp:mention/oa:hasSelector/oa:exact ?quote }""",
        {"measure": measure_iri("加强领导"), "actor": IRIS.actor("各级科协组织")},
    )
    assert rows == [
        {"rule": "previous_clause", "reason": "本句没有写明，承接上文的“各级科协组织”", "quote": "各级科协组织"}
    ]


def test_every_conclusion_is_explained(store: GraphStore) -> None:
    graphs = (IRIS.derived_graph(KEY), IRIS.actors_derived_graph)
    concluded = {KP + name for name in ("agent", "target", "bearer", "actorKind", "governmentLevel")}
    triples = [quad for graph in graphs for quad in store.quads(graph) if quad.predicate.value in concluded]
    assert len(triples) > 10
    for quad in triples:
        found = store.select(
            "SELECT ?reason { ?i rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o ; kp:reason ?reason }",
            {"s": quad.subject, "p": quad.predicate, "o": quad.object},
        )
        assert found, quad


def test_extent_runs_to_the_end_of_the_last_aim(store: GraphStore) -> None:
    rows = store.select(
        "SELECT ?quote { ?measure kp:extent/oa:hasSelector/oa:exact ?quote }",
        {"measure": measure_iri("鼓励学会与国际组织联合发布团体标准")},
    )
    assert rows == [{"quote": "鼓励学会与国际组织联合发布团体标准,推动学会深度融入国家创新体系"}]


def test_quote_equals_slice_inside_the_graph(store: GraphStore) -> None:
    rows = store.select(
        """SELECT (COUNT(*) AS ?all) (SUM(IF(?quote = SUBSTR(?text, ?start + 1, ?end - ?start), 1, 0)) AS ?equal) {
             ?mention oa:hasSource ?document ; oa:hasSelector ?words . ?document kp:text ?text .
             ?words oa:start ?start ; oa:end ?end ; oa:exact ?quote }"""
    )
    assert rows[0]["all"] == rows[0]["equal"]
    assert rows[0]["all"] == len(store.select("SELECT ?m { ?m a oa:SpecificResource }"))


def test_programme_is_tied_to_the_measure_that_names_it(store: GraphStore) -> None:
    rows = store.select("SELECT ?measure { ?measure kp:programme/skos:prefLabel '党建强会计划'@zh }")
    assert rows == [{"measure": measure_iri("实施“党建强会计划”").value}]


def test_no_triple_is_in_two_graphs(store: GraphStore) -> None:
    triples = [quad.triple for quad in store.quads()]
    assert len(triples) == len(set(triples))


def test_no_unknown_term_is_used(quads: list[Quad]) -> None:
    used = {quad.predicate.value for quad in quads if quad.predicate.value.startswith(KP)}
    used |= {quad.object.value for quad in quads if quad.predicate.value == f"{RDF}type"}
    assert not {term for term in used if term.startswith(KP)} - vocabulary_terms()


def test_another_process_writes_the_same_bytes(quads: list[Quad]) -> None:
    program = (
        "import sys; from kg.rdf_formats import GRAPH_FILES, write_quads; from kg.graph import document_quads;"
        "from kg.namespaces import Iris; from tests.factories import plan_document, plan_statements;"
        "quads = document_quads(plan_document(), plan_statements(), Iris('https://kece.example/'));"
        "sys.stdout.buffer.write(write_quads(quads, GRAPH_FILES['nq']))"
    )
    environment = {"PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_ROOT, env=environment, capture_output=True, check=True
    )
    assert done.stdout == write_quads(quads, GRAPH_FILES["nq"])


def test_base_iri_moves_the_data_and_not_the_vocabulary() -> None:
    quads = document_quads(plan_document(), plan_statements(), Iris("http://policy.test/kb/"))
    moved = write_quads(quads, GRAPH_FILES["nq"])
    assert b"<http://policy.test/kb/id/document/" in moved
    assert b"<https://kece.example/id/" not in moved
    assert b"<https://kece.example/ontology#Measure>" in moved


def test_document_without_statements_still_gives_its_facts() -> None:
    document: Document = plan_document()
    store = GraphStore.in_memory(document_quads(document, Statements(), IRIS))
    assert store.select("SELECT ?title { ?d a kp:PolicyDocument ; dcterms:title ?title }") == [
        {"title": document.title}
    ]


@given(st.text(min_size=1, max_size=30))
def test_any_label_gives_a_valid_iri_that_no_other_label_has(label: str) -> None:
    iri = NamedNode("https://kece.example/id/actor/" + iri_segment(label))
    assert "/" not in iri_segment(label)
    assert iri.value.endswith(iri_segment(label))


@given(st.text(max_size=12), st.text(max_size=12))
def test_different_labels_have_different_iris(one: str, other: str) -> None:
    assert (iri_segment(one) == iri_segment(other)) == (one == other)


def test_notice_is_searched_by_its_text_not_by_its_salutation_and_signature(plan: Document) -> None:
    passages = {
        quad.subject for quad in document_quads(plan, Statements(), IRIS) if quad.object.value.endswith("Passage")
    }
    notice = [provision for provision in plan.provisions if provision.parent == 0]
    found = [IRIS.provision(plan.key, provision.span) in passages for provision in notice]
    assert [provision.body.slice(plan.text)[-4:] for provision in notice] == [
        "关单位:",
        "彻落实。",
        "中国科协",
        "月14日",
    ]
    assert found == [False, True, False, False]
