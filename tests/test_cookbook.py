"""The cookbook: its groups and page, values for parameters, and the questions that need more than one document."""

from __future__ import annotations

from datetime import date

import pytest

from embeddings.knowledge_base import KnowledgeBase, citation_links
from embeddings.sparql import answer_query, query_pool
from kg.catalogue import Entry
from kg.cookbook import EXAMPLES, GROUPS, INTERNAL, cookbook, cookbook_markdown, group_of, parameter_values
from kg.export import READABLE_FORMATS
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import TOPIC, Iris
from kg.parse import parse_document
from kg.query_pool import Query
from kg.questions import FOLDER, fill_question, list_questions, load_question, run_question
from kg.settings import QueryLimits, Settings
from kg.store import GraphStore, rows
from kg.types import Source

IRIS = Iris("https://kece.example/")
LAW = """中华人民共和国科学技术普及法
第一条 为了加强科学技术普及，制定本法。
第二条 县级以上人民政府应当将科普工作纳入规划。
科普设施可以免费开放。
第三条 高等学校应当会同科学技术协会开展科普活动。
"""
RULES = """某省科学技术普及条例
第一条 根据《中华人民共和国科学技术普及法》，结合本省实际，制定本条例。
第二条 县级以上人民政府应当依照《中华人民共和国科学技术普及法》第二条的规定安排科普经费，向中小学校开放科普场馆。
第三条 科学技术行政部门应当按照国务院规定的程序公布科普成果。
"""


@pytest.fixture(scope="module")
def store() -> GraphStore:
    """A law of 2002 and a province's rules of 2024 that carry it out."""
    sources = [Source(LAW, "law.txt", issued=date(2002, 6, 29)), Source(RULES, "rules.txt", issued=date(2024, 5, 1))]
    quads, catalogue = [*vocabulary_quads(IRIS)], {}
    for source in sources:
        document = parse_document(source)
        statements = extract_statements(document)
        found = [*document_quads(document, statements, IRIS)]
        quads += found
        catalogue[document.key] = Entry.of(source.name, document, statements, len(found))
    return GraphStore.in_memory([*quads, *citation_links(IRIS, catalogue).quads()])


def test_responsibility_for_a_topic_changes_with_the_years(store: GraphStore) -> None:
    found = run_question(store, "topic_responsibility", topic_concept=f"{TOPIC}科学普及")
    duties = {(row["year"], row["actor"]) for row in found if row["role"] == "bearer"}
    assert duties == {
        (2002, "县级以上人民政府"),
        (2002, "高等学校"),
        (2024, "县级以上人民政府"),
        (2024, "科学技术行政部门"),
    }


@pytest.mark.parametrize(
    ("name", "columns", "expected"),
    [
        ("most_cited_documents", ("title", "citations", "documents"), [("中华人民共和国科学技术普及法", 2, 1)]),
        ("unborne_norms", ("modality", "text"), [("permission", "科普设施可以免费开放")]),
        ("partners", ("agent", "partner", "measures"), [("高等学校", "科学技术协会", 1)]),
        ("named_actors", ("actor", "measures"), [("国务院", 1)]),
        ("example_provision", ("label",), [("《中华人民共和国科学技术普及法》第二条",)]),
        (
            "most_charged_actors",
            ("actor", "obligations", "documents"),
            [("县级以上人民政府", 2, 2), ("科学技术行政部门", 1, 1), ("高等学校", 1, 1)],
        ),
    ],
)
def test_question_over_documents(
    store: GraphStore, name: str, columns: tuple[str, ...], expected: list[tuple[object, ...]]
) -> None:
    assert [tuple(row[column] for column in columns) for row in run_question(store, name)] == expected


def test_every_question_stands_in_a_group_and_internal_steps_come_last() -> None:
    grouped = cookbook()
    assert list(grouped)[-1] == INTERNAL
    assert sorted(each.name for members in grouped.values() for each in members) == [
        each.name for each in list_questions()
    ]
    assert {question.group for question in list_questions()} - {""} <= set(GROUPS)
    assert group_of(load_question("role_reasons")) == group_of(load_question("example_document")) == INTERNAL
    assert group_of(load_question("dated_norms")) == "期限与数量"


def test_page_of_documentation_is_up_to_date() -> None:
    assert (FOLDER / "README.md").read_text(encoding="utf-8") == cookbook_markdown(), "run python -m kg.cookbook"


def test_every_question_for_people_answers_with_values_that_the_graph_offers(default_settings: Settings) -> None:
    served = GraphStore.open(default_settings.knowledge_base / "current" / "store")
    questions = [each for group, members in cookbook().items() if group != INTERNAL for each in members]
    assert len(questions) >= 45
    for question in questions:
        if "kp:similarity" in question.sparql:  # needs the index: below
            continue
        offered = {parameter.name: parameter_values(served, parameter) for parameter in question.parameters}
        assert all(offered.values()), f"{question.name}: no value for a parameter"
        values = {name: next(iter(names)) for name, names in offered.items()}
        assert isinstance(run_question(served, question.name, **values), list)


def test_parameter_that_nothing_is_known_of_has_no_values(store: GraphStore) -> None:
    (statements,) = load_question("role_reasons").parameters
    assert parameter_values(store, statements) == {}
    assert not (FOLDER / f"{EXAMPLES}statements.rq").exists()


def test_nearest_statements_are_as_near_as_the_page_says(default_settings: Settings) -> None:
    knowledge_base = KnowledgeBase.open(default_settings)
    (statement, *_) = (str(row["iri"]) for row in run_question(knowledge_base.store, "example_statement"))
    pool = query_pool(QueryLimits(seconds=120, at_once=1))
    try:
        sparql = fill_question("similar_statements", statement=statement)
        found = list(rows(answer_query(pool, knowledge_base, Query(sparql, READABLE_FORMATS)).result()))  # type: ignore[arg-type]
    finally:
        pool.close()
    similar = {other.iri: other.closeness for other in knowledge_base.searcher.similar(statement, limit=5)}
    nearness = {str(row["iri"]): float(str(row["nearness"])) for row in found}
    both = similar.keys() & nearness.keys()  # the page ranks by shared words as well
    assert len(nearness) == 10 and len(both) >= 3
    assert {iri: nearness[iri] for iri in both} == pytest.approx({iri: similar[iri] for iri in both}, abs=1e-4)
    assert max(nearness.values()) == pytest.approx(max(similar.values()), abs=1e-4)


def test_measures_are_echoed_by_the_same_plan_and_mostly_dropped_by_an_unrelated_law(
    default_settings: Settings,
) -> None:
    knowledge_base = KnowledgeBase.open(default_settings)
    documents = {row["label"]: str(row["iri"]) for row in run_question(knowledge_base.store, "example_document")}
    plan = documents["“十四五”时期推进科协系统深化改革重点任务工作方案"]
    pool = query_pool(QueryLimits(seconds=120, at_once=1))

    def states(other: str) -> list[object]:
        sparql = fill_question("echoed_measures", document=plan, other_document=other)
        answer = answer_query(pool, knowledge_base, Query(sparql, READABLE_FORMATS))
        return list({str(row["iri"]): row["state"] for row in rows(answer.result())}.values())  # type: ignore[arg-type]

    try:
        same, unrelated = states(plan), states(documents["中华人民共和国计量法"])
    finally:
        pool.close()
    assert len(same) == len(unrelated) == 139
    assert set(same) == {"echoed"}
    assert unrelated.count("dropped") > 130
