"""Each named question against a small real graph, and what is said of parameters that do not fit."""

from __future__ import annotations

import pytest

from kg.errors import InputError, NotFoundError
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import KP, RDF, SKOS, Iris, actor_kind
from kg.parse import parse_document
from kg.questions import list_questions, run_question
from kg.sparql import check_query
from kg.store import GraphStore
from kg.types import Source
from tests.factories import DATED_TEXT, PLAN_TEXT, plan_document, plan_statements

IRIS = Iris("https://kece.example/")
DOCUMENT = IRIS.document(plan_document().key).value
SOCIETIES = [IRIS.actor(label).value for label in ("学会", "所属学会", "各全国学会")]
ENCOURAGEMENT, DUTY = f"{DOCUMENT}/norm/50-67", f"{DOCUMENT}/norm/95-128"
SOCIAL = actor_kind("社会组织").value
NORMS: list[object] = [
    "鼓励学会与国际组织联合发布团体标准",
    "各级科协组织及所属学会要加强领导,落实《科协系统深化改革实施方案》",
]
ENCOURAGED, LED = f"{DOCUMENT}/measure/50-67", f"{DOCUMENT}/measure/107-111"


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)])


EXPECTED: dict[str, tuple[dict[str, str | list[str]], list[object]]] = {
    # question: (parameters, values of its first column that tells)
    "documents": ({}, [plan_document().title]),
    "document": ({"document": DOCUMENT}, [plan_document().title]),
    "document_graphs": ({}, [DOCUMENT]),
    "document_issuers": ({"document": DOCUMENT}, ["中国科协"]),
    "document_addressees": ({"document": DOCUMENT}, ["各全国学会", "各有关单位"]),
    "document_outline": ({"document": DOCUMENT}, ["5.调整优化学会布局", "第1段"]),
    "document_agents": (
        {"document": DOCUMENT},
        ["各级科协组织", "所属学会", "各全国学会", "各有关单位", "各全国学会", "各有关单位"],
    ),
    "document_targets": ({"document": DOCUMENT}, ["国际组织", "学会"]),
    "document_bearers": ({"document": DOCUMENT}, ["学会", "各级科协组织", "所属学会"]),
    "document_actors": (
        {"document": DOCUMENT},
        ["各全国学会", "各有关单位", "学会", "国际组织", "学会", "各级科协组织", "所属学会"],
    ),
    "document_statements": (
        {"document": DOCUMENT},
        [
            "鼓励学会与国际组织联合发布团体标准,推动学会深度融入国家创新体系",
            "鼓励学会与国际组织联合发布团体标准",
            "实施“党建强会计划”",
            "各级科协组织及所属学会要加强领导,落实《科协系统深化改革实施方案》",
            "加强领导",
        ],
    ),
    "counts": ({}, [1, 2, 3, 2, 9, 7, 1, 1, 45, 18]),
    "actor_kinds": ({}, []),
    "actor_names": ({"actor": IRIS.actor("中国科学技术协会所属学会").value}, ["各全国学会", "所属学会"]),
    "open_actors": ({}, ["各有关单位"]),
    "introduced_bodies": ({}, []),
    "document_resolutions": (
        {"document": DOCUMENT},
        ["中国科学技术协会所属学会", "中国科学技术协会所属学会", "国际组织", "学会", "学会", "科协组织"],
    ),
    "concerning_statements": ({"actors": SOCIETIES[:2]}, ["target", "bearer", "bearer", "agent"]),
    "concerning_norms": ({"actors": SOCIETIES[:2]}, [ENCOURAGEMENT, ENCOURAGEMENT, DUTY, DUTY]),
    "concerning_actions": ({"actors": SOCIETIES}, ["鼓励"]),
    "restricted_actors": ({"actors": SOCIETIES}, []),
    "norm_modalities": ({"norms": [DUTY, ENCOURAGEMENT]}, ["obligation", "encouragement"]),
    "borne_norms": ({"norms": [DUTY, ENCOURAGEMENT]}, [DUTY, ENCOURAGEMENT]),
    "addressed_statements": ({"actors": SOCIETIES}, [ENCOURAGED, f"{DOCUMENT}/measure/83-93"]),
    "statements_in_full": (
        {"statements": [ENCOURAGED, DUTY]},
        [
            "鼓励学会与国际组织联合发布团体标准,推动学会深度融入国家创新体系",
            "各级科协组织及所属学会要加强领导,落实《科协系统深化改革实施方案》",
        ],
    ),
    "statements_terms": ({"statements": [ENCOURAGED, DUTY]}, []),
    "dated_statements": ({"statements": [ENCOURAGED, DUTY]}, []),
    "role_reasons": (
        {"statements": [LED]},
        ["本句没有写明，承接上文的“所属学会”", "本句没有写明，承接上文的“各级科协组织”"],
    ),
    "statement_actors": ({"statement": DUTY}, ["各级科协组织", "所属学会"]),
    "document_homes": ({}, ["national"]),
    "actor_duties": ({"actor": IRIS.actor("所属学会").value}, ["要"]),
    "kind_duties": ({"kind": SOCIAL}, ["要", "要", "鼓励"]),
    "documents_by_property": ({}, ["2021", "national", "方案", "中国科协"]),
    "actors_by_duties": ({}, ["各级科协组织"]),
    "actors_in_statements": ({}, [DUTY, DUTY, ENCOURAGEMENT, ENCOURAGEMENT, ENCOURAGED, ENCOURAGED]),
    "shared_statements": (
        {"first_actor": IRIS.actor("学会").value, "second_actor": IRIS.actor("国际组织").value},
        [ENCOURAGED, ENCOURAGEMENT],
    ),
    "resolved_citations": ({}, []),
    "graph_neighbours": (
        {"things": IRIS.programme("党建强会计划").value},
        ["programme", "programme", "programme", "topic"],
    ),
    "graph_evidence": (
        {"source": DOCUMENT, "target": IRIS.programme("党建强会计划").value},
        [f"{DOCUMENT}/measure/83-93"],
    ),
    "quotes": ({"statements": [f"{DOCUMENT}/measure/83-93", DOCUMENT]}, ["实施“党建强会计划”", plan_document().title]),
    "named_things": ({"things": [DOCUMENT, IRIS.actor("学会").value]}, [plan_document().title, "学会"]),
    "things_called": ({"word": "党建"}, ["党建", "党建强会计划"]),
    "topic_counts": ({}, ["国际科技合作", "标准化", "党建", "学会治理", "科协组织建设"]),
    "deadlines": ({}, []),
    "document_counts": ({}, [2, 3, 1, 1, 1, 6]),
    "open_counts": ({}, [1, 1]),
    "statement_places": ({}, [ENCOURAGED, f"{DOCUMENT}/measure/83-93", LED, DUTY, ENCOURAGEMENT]),
    "passage_places": ({}, [f"{DOCUMENT}/provision/39-94", f"{DOCUMENT}/provision/95-129"]),
    "issuers": ({}, ["中国科协"]),
    "document_licences": ({}, []),
    "topic_actors": ({"topic": "标准"}, ["国际组织", "学会"]),
    "citations": ({}, ["科协系统深化改革实施方案"]),
    "citing_documents": ({"document": DOCUMENT}, []),
    "citing_provisions": ({"document": DOCUMENT}, []),
    "provision_citations": ({"provision": DOCUMENT}, []),
    "document_relations": ({}, []),
    "unresolved_titles": ({}, ["科协系统深化改革实施方案"]),
    "programmes": ({}, ["党建强会计划"]),
    "dated_norms": ({}, []),
    "policy_instruments": ({}, ["标准规范", "策略性措施"]),
    "document_deadlines": ({"document": DOCUMENT}, []),
    "document_instruments": ({"document": DOCUMENT}, ["标准规范", "策略性措施"]),
    "document_facets": ({"document": DOCUMENT}, ["方案"]),
    "passages": ({"document": DOCUMENT}, []),
    "passage_actors": (
        {"document": DOCUMENT},
        ["国际组织", "学会", "学会", "各级科协组织", "所属学会", "各级科协组织", "所属学会"],
    ),
    "passage_actor_kinds": ({"document": DOCUMENT}, []),
    "passage_topics": ({"document": DOCUMENT}, []),
    "passage_instruments": ({"document": DOCUMENT}, ["标准规范", "环境型", "策略性措施", "环境型"]),
    "document_measures": (
        {"document": DOCUMENT},
        ["国际组织、学会", None, None],
    ),
    "actor_statements": ({"actor": IRIS.actor("所属学会").value}, ["agent", "bearer"]),
    "programme_actors": ({}, ["各全国学会", "各有关单位"]),
    "most_charged_actors": ({}, ["各级科协组织", "所属学会", "学会"]),
    "unborne_norms": ({"document": DOCUMENT}, []),
    "document_kind_norms": ({"document": DOCUMENT, "kind": SOCIAL}, ["各级科协组织", "所属学会", "学会"]),
    "document_modalities": ({}, ["encouragement", "obligation"]),
    "document_topics": ({"document": DOCUMENT}, ["国际科技合作", "标准化", "党建", "学会治理", "科协组织建设"]),
    "topic_years": ({}, [2021] * 5),
    "kind_support": ({"kind": SOCIAL}, ["标准规范"]),
    "word_statements": ({"word": "发布"}, ["measure", "norm"]),
    "inference_rules": ({}, []),
    "example_document": ({}, [plan_document().title]),
    "example_actor": ({}, ["各级科协组织", "学会", "所属学会"]),
    "example_kind": ({}, ["单位", "学会", "社会力量", "社会组织", "科协系统", "科协组织", "群团组织"]),
    "example_word": ({}, ["加强", "实施", "鼓励"]),
    "example_topic": ({}, ["国际科技合作", "学会治理", "标准化", "科协组织建设", "党建"]),
    "example_concept": ({}, []),
    "example_programme": ({}, ["党建强会计划"]),
    "example_statement": ({}, NORMS),
    "example_iri": ({}, NORMS),
    "passage_programmes": ({"document": DOCUMENT}, ["党建强会计划"]),
    "statement": ({"iri": DOCUMENT}, []),
    "thing_properties": (
        {"iri": IRIS.programme("党建强会计划").value},
        [f"{KP}mention", f"{RDF}type", f"{SKOS}prefLabel"],
    ),
    "class_sizes": ({}, []),
    "property_sizes": ({}, []),
    "graph_sizes": (
        {},
        [
            IRIS.actors_graph.value,
            IRIS.actors_derived_graph.value,
            IRIS.read_graph(plan_document().key).value,
            IRIS.derived_graph(plan_document().key).value,
            IRIS.vocabulary_graph.value,
        ],
    ),
    "distinct_terms": ({}, []),
    "scheme_links": (
        {},
        [
            f"{KP}{name}"
            for name in (
                "actorKind",
                "resolvesTo",
                "citationRelation",
                "documentKind",
                "instrumentType",
                "strength",
                "topic",
            )
        ],
    ),
    "statement_facts": (
        {"statement": DUTY},
        ["各级科协组织", "所属学会", "要", "要", "obligation", "科协组织建设"],
    ),
    "statement_neighbours": ({"statement": DUTY}, ["《科协系统深化改革实施方案》", "加强领导", "第1段"]),
    "actor_roles": ({"actor": IRIS.actor("所属学会").value}, ["agent", "bearer"]),
    "mention_meanings": (
        {"actor": IRIS.actor("所属学会").value, "mention": f"{DOCUMENT}/mention/102-106"},
        ["学会", "中国科学技术协会所属学会"],
    ),
    "programme_documents": ({"programme": IRIS.programme("党建强会计划").value}, [1]),
    "document_marks": ({"document": DOCUMENT}, [*["obligation", "encouragement"], *[None] * 11]),
    "document_roles": ({"document": DOCUMENT}, [*["agent"] * 6, *["bearer"] * 3, *["target"] * 2]),
    "document_places": ({"document": DOCUMENT}, ["5.", "第1段"]),
    "statement_words": ({"iri": DOCUMENT + "/norm/50-67"}, ["鼓励学会与国际组织联合发布团体标准"]),
}
OVER_DOCUMENTS = {
    "topic_responsibility",
    "most_cited_documents",
    "named_actors",
    "partners",
    "echoed_measures",
    "similar_statements",
    "example_provision",
}
"""Questions about several documents: tests/test_cookbook.py."""

COLUMN = {
    "statement_facts": "label",
    "statement_neighbours": "label",
    "actor_roles": "role",
    "mention_meanings": "label",
    "programme_documents": "measures",
    "document_marks": "modality",
    "document_roles": "role",
    "document_places": "place",
    "document_measures": "targets",
    "actor_statements": "role",
    "programme_actors": "actor",
    "most_charged_actors": "actor",
    "document_kind_norms": "actor",
    "document_modalities": "modality",
    "document_topics": "topic",
    "topic_years": "year",
    "kind_support": "instrument",
    "word_statements": "kind",
    **{
        f"example_{name}": "label"
        for name in ("document", "actor", "kind", "word", "topic", "statement", "iri", "programme")
    },
    "documents": "title",
    "document": "title",
    "document_facets": "document_kind",
    "document_graphs": "iri",
    "document_outline": "label",
    "document_actors": "label",
    "document_statements": "text",
    "document_resolutions": "meant_label",
    "actor_names": "label",
    "open_actors": "label",
    "counts": "number",
    "concerning_statements": "role",
    "concerning_norms": "norm",
    "concerning_actions": "verb",
    "restricted_actors": "iri",
    "borne_norms": "iri",
    "norm_modalities": "modality",
    "addressed_statements": "iri",
    "statements_in_full": "text",
    "role_reasons": "reason",
    "statement_actors": "label",
    "document_homes": "level",
    "actor_duties": "strength",
    "kind_duties": "strength",
    "actors_by_duties": "label",
    "actors_in_statements": "iri",
    "shared_statements": "iri",
    "graph_neighbours": "relation",
    "graph_evidence": "iri",
    "quotes": "text",
    "named_things": "label",
    "things_called": "label",
    "statement_places": "iri",
    "passage_places": "iri",
    "topic_counts": "topic",
    "issuers": "issuer",
    "document_licences": "licence",
    "document_counts": "number",
    "open_counts": "number",
    "topic_actors": "actor",
    "citations": "cited_title",
    "unresolved_titles": "title",
    "programmes": "programme",
    "policy_instruments": "instrument",
    "statement_words": "text",
    "thing_properties": "property",
    "graph_sizes": "graph",
    "scheme_links": "property",
}


def test_every_question_has_a_case() -> None:
    assert {question.name for question in list_questions()} == set(EXPECTED) | OVER_DOCUMENTS


@pytest.mark.parametrize("name", sorted(EXPECTED))
def test_question_gives_the_known_answer(store: GraphStore, name: str) -> None:
    parameters, expected = EXPECTED[name]
    rows = run_question(store, name, **parameters)
    if expected:
        found = [row[COLUMN.get(name, "value")] for row in rows]
        assert sorted(map(str, found)) == sorted(map(str, expected))
    else:
        assert isinstance(rows, list)


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_question_is_titled_in_two_languages_and_is_standard_sparql(question) -> None:  # type: ignore[no-untyped-def]
    assert " / " in question.title and " / " in question.description
    check_query("\n".join(line for line in question.sparql.splitlines() if not line.startswith("#")))


def test_statements_come_in_text_order_with_their_actors(store: GraphStore) -> None:
    rows = run_question(store, "document_statements", document=DOCUMENT)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)  # type: ignore[type-var]
    assert rows[0]["targets"] == ["国际组织", "学会"] and rows[1]["bearers"] == ["学会"]
    assert all(PLAN_TEXT[row["start"] : row["end"]] == row["text"] for row in rows)  # type: ignore[misc]


def test_passages_hold_measures_norms_and_running_text(store: GraphStore) -> None:
    rows = run_question(store, "passages", document=DOCUMENT)
    kinds = [row["kind"] for row in rows]
    assert {kind: kinds.count(kind) for kind in set(kinds)} == {"measure": 3, "norm": 2, "provision": 2}
    assert all(row["text"] == PLAN_TEXT[row["start"] : row["end"]] for row in rows)  # type: ignore[misc]
    measure = next(row for row in rows if row["text"] == "实施“党建强会计划”")
    assert measure["actors"] == []  # its agents are the addressees of the whole plan, which tells nothing about it
    assert measure["heading"] == "调整优化学会布局"
    assert next(row for row in rows if row["kind"] == "norm")["actors"] == ["学会"]


def test_norm_whose_marker_has_no_strength_comes_once_and_without() -> None:
    quads = document_quads(plan_document(), plan_statements(), IRIS)
    strength = "https://kece.example/ontology#strength"
    bare = [*vocabulary_quads(IRIS), *(quad for quad in quads if quad.predicate.value != strength)]
    rows = run_question(GraphStore.in_memory(bare), "passages", document=DOCUMENT)
    assert [row["strength"] for row in rows if row["kind"] == "norm"] == [None, None]


def test_unknown_question_lists_the_known() -> None:
    with pytest.raises(NotFoundError, match="documents"):
        run_question(GraphStore.in_memory([]), "no_such_question")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [({}, "缺少参数“document”"), ({"document": DOCUMENT, "x": "1"}, "不认识参数“x”"), ({"document": "no iri"}, "不对")],
)
def test_parameters_that_do_not_fit_are_named(store: GraphStore, parameters: dict[str, str], message: str) -> None:
    with pytest.raises(InputError, match=message):
        run_question(store, "document", **parameters)


def test_parameter_of_many_iris_takes_one_several_or_none(store: GraphStore) -> None:
    one = run_question(store, "concerning_statements", actors=SOCIETIES[0])
    several = run_question(store, "concerning_statements", actors=SOCIETIES)
    assert {row["actor"] for row in one} == {SOCIETIES[0]} < {row["actor"] for row in several}
    assert run_question(store, "concerning_statements", actors=[]) == []
    assert run_question(store, "concerning_statements", actors=["urn:nobody"]) == []


@pytest.mark.parametrize("iris", [["no iri"], [DOCUMENT, "urn:a> <urn:b"], "<urn:a>"])
def test_ill_formed_iri_among_many_is_refused(store: GraphStore, iris: str | list[str]) -> None:
    with pytest.raises(InputError, match="参数“actors”的值"):
        run_question(store, "concerning_statements", actors=iris)


def test_terms_of_statements_come_in_their_words_with_the_last_day() -> None:
    document = parse_document(Source(name="dated.txt", text=DATED_TEXT))
    quads = document_quads(document, extract_statements(document), IRIS)
    store = GraphStore.in_memory([*vocabulary_quads(IRIS), *quads])
    iri = IRIS.document(document.key).value
    norms = [
        str(row["iri"]) for row in run_question(store, "document_statements", document=iri) if row["kind"] == "norm"
    ]
    rows = run_question(store, "statements_terms", statements=norms)
    found = {(row["kind"], row["words"], row["last_day"]) for row in rows}
    assert ("deadline", "于2025年6月30日前", "2025-06-30") in found
    assert ("quantity", "不少于10万元", None) in found
    dated = {row["iri"] for row in rows if row["last_day"] is not None}
    assert {row["iri"] for row in run_question(store, "dated_statements", statements=norms)} == dated != set(norms)
