"""The graph of things: neighbours, what is behind an edge, paths, and the same as files, over two short documents."""

from __future__ import annotations

import io
from datetime import date
from itertools import pairwise

import networkx
import pytest

from embeddings.knowledge_base import citation_links
from kg.catalogue import Entry
from kg.edge_evidence import edge_evidence, edges_between
from kg.errors import InputError, NotFoundError, QueryStoppedError
from kg.exploration import ExplorationQuestion, explore, read_exploration
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.graph_files import edge_table, graphml
from kg.graph_paths import shortest_paths
from kg.namespaces import TOPIC, Iris, actor_kind
from kg.neighbourhood import EVERYTHING, RELATIONS, Edge, EdgeFilter, edges_of, neighbourhood
from kg.parse import parse_document
from kg.store import GraphStore
from kg.things import find_thing, things_called
from kg.types import Document, Source

IRIS = Iris("https://kece.example/")
LAW = parse_document(
    Source(
        """中华人民共和国科学技术普及法
第一条 为了加强科学技术普及，制定本法。
第二条 县级以上人民政府应当将科普工作纳入规划。
第三条 高等学校应当会同科学技术协会开展科普活动。
第四条 高等学校、有关部门应当公开标准。
""",
        "law.txt",
        issued=date(2002, 6, 29),
    )
)
RULES = parse_document(
    Source(
        """某省科学技术普及条例
第一条 根据《中华人民共和国科学技术普及法》，结合本省实际，制定本条例。
第二条 县级以上人民政府应当依照《中华人民共和国科学技术普及法》第二条的规定安排科普经费。
第三条 中小学校应当实施“科普中国”计划。
第四条 有关部门、中小学校应当公开账目。
""",
        "rules.txt",
        issued=date(2024, 5, 1),
    )
)
LAW_IRI, RULES_IRI = IRIS.document(LAW.key).value, IRIS.document(RULES.key).value
TOGETHER = EdgeFilter(relations=("together",))


def actor(label: str) -> str:
    return IRIS.actor(label).value


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """A law of 2002 and a province's rules of 2024 that rest on it."""
    quads, catalogue = [*vocabulary_quads(IRIS)], {}
    documents: dict[str, Document] = {"law.txt": LAW, "rules.txt": RULES}
    for name, document in documents.items():
        statements = extract_statements(document)
        found = [*document_quads(document, statements, IRIS)]
        quads += found
        catalogue[document.key] = Entry.of(name, document, statements, len(found))
    return GraphStore.in_memory([*quads, *citation_links(IRIS, catalogue).quads()])


def around(store: GraphStore, thing: str, chosen: EdgeFilter = EVERYTHING) -> set[tuple[str, str, str, int]]:
    """Edges of a thing with the last parts of the two IRIs."""
    edges = edges_of(store, [thing], chosen)
    return {(edge.source.rsplit("/")[-1], edge.relation, edge.target.rsplit("/")[-1], edge.number) for edge in edges}


def test_neighbours_of_an_actor_are_what_its_statements_say(store: GraphStore) -> None:
    assert around(store, actor("高等学校")) == {
        ("有关部门", "together", "高等学校", 2),
        ("科学技术协会", "together", "高等学校", 2),
        ("高等学校", "topic", "科协组织建设", 2),
        ("高等学校", "topic", "科学普及", 2),
        (LAW.key, "agent", "高等学校", 2),
        (LAW.key, "bearer", "高等学校", 2),
        ("高等学校", "actorKind", "高等学校", 1),
        ("高等学校", "resolvesTo", "高等学校", 1),
    }


def test_edges_are_the_same_from_either_end_and_every_relation_has_a_name(store: GraphStore) -> None:
    for start in (LAW_IRI, RULES_IRI, actor("县级以上人民政府"), IRIS.programme("科普中国").value, f"{TOPIC}科学普及"):
        edges = edges_of(store, [start])
        assert {edge.relation for edge in edges} <= set(RELATIONS)
        for edge in edges:
            assert edge in edges_of(store, [edge.other(start)])
    assert Edge(RULES_IRI, LAW_IRI, "based_on", 2) in edges_of(store, [LAW_IRI])
    assert ("中小学校", "programme", "科普中国", 1) in around(store, IRIS.programme("科普中国").value)
    assert ("高等学校", "actorKind", "高等学校", 1) in around(store, actor_kind("高等学校").value)


def test_years_and_relations_narrow_the_edges(store: GraphStore) -> None:
    government = actor("县级以上人民政府")
    documents = {edge.source for edge in edges_of(store, [government], EdgeFilter(("bearer",)))}
    assert documents == {LAW_IRI, RULES_IRI}
    later = edges_of(store, [government], EdgeFilter(("bearer",), first_year=2003))
    assert [(edge.source, edge.number) for edge in later] == [(RULES_IRI, 1)]
    assert edges_of(store, [government], EdgeFilter(("bearer",), last_year=2001)) == []


def test_most_frequent_neighbours_are_taken_and_the_others_counted(store: GraphStore) -> None:
    whole, small = neighbourhood(store, [LAW_IRI]), neighbourhood(store, [LAW_IRI], most=2)
    assert whole.left_out == {} and len(whole.things) == 9
    assert set(small.things) == {LAW_IRI, f"{TOPIC}科学普及", actor("高等学校")}
    assert small.left_out == {LAW_IRI: 6}
    assert small.relations == whole.relations and whole.relations["bearer"] == 3
    both = neighbourhood(store, [LAW_IRI, RULES_IRI], most=2)
    assert both.opened == (LAW_IRI, RULES_IRI)
    assert Edge(RULES_IRI, LAW_IRI, "based_on", 2) in both.edges


@pytest.mark.parametrize(
    ("source", "target", "words"),
    [
        (LAW_IRI, actor("县级以上人民政府"), ["县级以上人民政府应当将科普工作纳入规划"]),
        (actor("科学技术协会"), actor("高等学校"), ["高等学校应当会同科学技术协会开展科普活动"]),
        (RULES_IRI, LAW_IRI, ["《中华人民共和国科学技术普及法》"]),
        (RULES_IRI, IRIS.programme("科普中国").value, ["中小学校应当实施“科普中国”计划"]),
    ],
)
def test_evidence_is_the_words_of_the_documents(store: GraphStore, source: str, target: str, words: list[str]) -> None:
    texts = {LAW_IRI: LAW.text, RULES_IRI: RULES.text}
    edges = edges_between(edges_of(store, [source]), source, target)
    assert edges
    quoted = []
    for edge in edges:
        found = edge_evidence(store, edge, EVERYTHING)
        assert len(found) == edge.number
        for evidence in found:
            assert evidence.words is not None
            assert texts[evidence.words.document][evidence.words.start : evidence.words.end] == evidence.words.text
            quoted.append(evidence.words.text)
    assert set(words) <= set(quoted)


def test_conclusion_from_a_name_gives_its_reason(store: GraphStore) -> None:
    (edge,) = edges_of(store, [actor("高等学校")], EdgeFilter(("actorKind",)))
    (evidence,) = edge_evidence(store, edge, EVERYTHING)
    assert evidence.words is None and "高等学校" in evidence.reason


def test_shortest_paths_go_through_what_two_actors_share(store: GraphStore) -> None:
    found = shortest_paths(store, actor("高等学校"), actor("县级以上人民政府"))
    assert {path[1] for path in found.paths} == {LAW_IRI, f"{TOPIC}科学普及"}
    assert found.equally_short == 2
    for path in found.paths:
        assert all(edges_between(found.edges, *step) for step in pairwise(path))
    direct = shortest_paths(store, actor("高等学校"), actor("科学技术协会"))
    assert direct.paths == ((actor("高等学校"), actor("科学技术协会")),)


def test_no_path_leads_through_a_name_that_only_its_context_explains(store: GraphStore) -> None:
    vague = actor("有关部门")
    assert shortest_paths(store, actor("高等学校"), vague, TOGETHER).paths == ((actor("高等学校"), vague),)
    assert shortest_paths(store, actor("高等学校"), actor("中小学校"), TOGETHER).paths == ()
    assert shortest_paths(store, actor("高等学校"), actor("中小学校")).paths[0][1] == f"{TOPIC}科学普及"


def test_search_for_a_path_ends_in_time(store: GraphStore) -> None:
    with pytest.raises(QueryStoppedError, match="用时太长"):
        shortest_paths(store, actor("高等学校"), actor("中小学校"), seconds=-1)


def test_things_are_found_by_key_iri_and_name(store: GraphStore) -> None:
    for name in ("programme/科普中国", IRIS.programme("科普中国").value, "科普中国"):
        assert find_thing(store, IRIS.base_iri, name).label == "科普中国"
    assert find_thing(store, IRIS.base_iri, f"document/{LAW.key}").label == LAW.title
    assert [thing.iri for thing in things_called(store, "科学技术普及法")] == [LAW_IRI]
    with pytest.raises(InputError, match=r"actor/高等学校.*actor-kind/高等学校"):
        find_thing(store, IRIS.base_iri, "高等学校")
    for unknown in ("actor/无此主体", "https://kece.example/id/actor/<", "科普中", ""):
        with pytest.raises(NotFoundError):
            find_thing(store, IRIS.base_iri, unknown)


def test_question_is_read_as_it_is_written(store: GraphStore) -> None:
    question = ExplorationQuestion(
        "actor/高等学校", "actor/中小学校", ("topic/科学普及",), EdgeFilter(("bearer", "topic"), 2001, 2024), 80
    )
    written = question.parameters()
    assert (
        read_exploration({name: [value] if isinstance(value, str) else value for name, value in written.items()})
        == question
    )
    assert ExplorationQuestion("actor/高等学校").parameters() == {"start": "actor/高等学校"}
    found = explore(store, IRIS.base_iri, question)
    assert found.end is not None and found.end.label == "中小学校"
    assert set(found.paths.edges) < set(found.graph.edges)
    assert found.graph.opened == (f"{TOPIC}科学普及",)


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ({"relation": ["friend"]}, "没有“friend”这种关系"),
        ({"from": ["二〇二〇"]}, "参数 from"),
        ({"limit": ["301"]}, "1 到 300"),
    ],
)
def test_parameters_that_do_not_fit_are_named(parameters: dict[str, list[str]], message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_exploration(parameters)


def test_files_hold_every_edge_with_labels_and_numbers(store: GraphStore) -> None:
    graph = neighbourhood(store, [LAW_IRI])
    read = networkx.read_graphml(io.BytesIO(graphml(graph)), force_multigraph=True)
    assert set(read.nodes) == set(graph.things)
    assert read.nodes[LAW_IRI] == {"label": LAW.title, "kind": "文件"}
    written = [(source, target, data["relation"], data["weight"]) for source, target, data in read.edges(data=True)]
    assert sorted(written) == sorted((e.source, e.target, e.relation, e.number) for e in graph.edges)
    rows = edge_table(graph).rows
    assert len(rows) == len(graph.edges)
    assert (RULES.title, "文件", "依据", LAW.title, "文件", 2) in rows
