"""Semantic search inside SPARQL, and similarity as a function, over a small knowledge base."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, QuerySolutions

from embeddings.knowledge_base import KnowledgeBase
from embeddings.search_clause import MAX_SEARCHES, answer_search_clauses
from embeddings.sparql import answer_query, query_pool
from kg.errors import InputError, QueryError, TooLargeError
from kg.export import READABLE_FORMATS
from kg.namespaces import KP
from kg.query_pool import Query, QueryPool
from kg.settings import PROJECT_ROOT, QueryLimits, Settings


@pytest.fixture(scope="module")
def knowledge_base(small_settings: Settings) -> KnowledgeBase:
    return KnowledgeBase.open(small_settings)


@pytest.fixture(scope="module")
def pool() -> Iterator[QueryPool]:
    pool = query_pool(QueryLimits(seconds=60, characters=5000))
    yield pool
    pool.close()


Row = dict[str, Any]
Rows = Callable[[str], list[Row]]


@pytest.fixture(scope="module")
def rows(knowledge_base: KnowledgeBase, pool: QueryPool) -> Rows:
    def rows(sparql: str) -> list[Row]:
        result = answer_query(pool, knowledge_base, Query(sparql, READABLE_FORMATS)).result()
        assert isinstance(result, QuerySolutions)
        names = [variable.value for variable in result.variables]
        return [{name: solution[name] and solution[name].value for name in names} for solution in result]

    return rows


def test_hits_are_those_of_search_in_its_order(knowledge_base: KnowledgeBase, rows: Rows) -> None:
    found = rows(
        'SELECT * { SERVICE kp:search { ?hit kp:query "科普经费" ; kp:limit 3 ; kp:score ?score ; kp:snippet ?words ; '
        "kp:inDocument ?document } } ORDER BY DESC(?score)"
    )
    expected = knowledge_base.searcher.search("科普经费", limit=3).hits
    assert [(row["hit"], row["words"], row["document"]) for row in found] == [
        (hit.iri, hit.text, hit.document_iri) for hit in expected
    ]
    assert [float(row["score"]) for row in found] == [hit.score for hit in expected]


def test_hits_are_joined_with_the_graph(rows: Rows) -> None:
    found = rows(
        """SELECT ?quote ?bearer {
             SERVICE kp:search { ?hit kp:query "挪用科普经费" ; a kp:Prohibition }
             ?hit kp:bearer/skos:prefLabel ?bearer ; kp:mention/oa:hasSelector/oa:exact ?quote }"""
    )
    assert [row for row in found if "挪用科普经费" in str(row["quote"]) and row["bearer"] == "任何单位"]


@pytest.mark.parametrize("kind", ["Measure", "Norm", "Provision", "Obligation", "Permission"])
def test_hits_have_the_class_asked_for(rows: Rows, kind: str) -> None:
    search = f'SERVICE kp:search {{ ?hit kp:query "科普" ; a kp:{kind} }}'
    found = rows(f"SELECT ?hit ?is {{ {search} BIND(EXISTS {{ ?hit a kp:{kind} }} AS ?is) }}")
    assert found and {row["is"] for row in found} == {"true"}


def test_documents_narrow_the_search_down(rows: Rows) -> None:
    (statute,) = rows('SELECT ?d { ?d dcterms:title ?t FILTER(STR(?t) = "某省科学普及条例") }')
    search = f'SERVICE kp:search {{ ?hit kp:query "改革" ; kp:inDocument <{statute["d"]}> }}'
    found = rows(f"SELECT ?d {{ {search} ?hit kp:inDocument ?d }}")
    assert found and {row["d"] for row in found} == {statute["d"]}


QUESTION = "SERVICE kp:search { ?hit kp:query ?text ; kp:limit 2 }"
CONSTANT = 'SERVICE kp:search { ?hit kp:query "科普" ; kp:limit 2 }'


@pytest.mark.parametrize(
    ("sparql", "texts"),
    [
        (f'SELECT * {{ VALUES ?text {{ "科普" "学会改革"@zh }} {QUESTION} }}', {"科普", "学会改革"}),
        (f'SELECT * {{ VALUES (?n ?text) {{ (1 "科普") (2 "学会改革") }} {QUESTION} }}', {"科普", "学会改革"}),
        (f"SELECT * {{ BIND('''科普''' AS ?text) {QUESTION} }}", {"科普"}),
        (f'SELECT * {{ {QUESTION} }} VALUES ?text {{ "科普" }}', {"科普"}),
        (f'SELECT * {{ BIND("科普" AS ?text) OPTIONAL {{ {QUESTION} }} }}', {"科普"}),
        (f'SELECT * {{ VALUES ?text {{ "科普" }} {{ {QUESTION} }} UNION {{ ?x a kp:None }} }}', {"科普"}),
        (f'SELECT * {{ {{ SELECT ?hit ?text {{ VALUES ?text {{ "科普" }} {QUESTION} }} }} }}', {"科普"}),
    ],
)
def test_questions_may_come_by_values_and_bind(rows: Rows, sparql: str, texts: set[str]) -> None:
    found = rows(sparql)
    assert {row["text"] for row in found} == texts and all(row["hit"] for row in found)
    assert len(found) == 2 * len(texts)


@pytest.mark.parametrize(
    ("sparql", "count"),
    [
        (f"SELECT * {{ {CONSTANT} }}", 2),
        (f"SELECT * {{ {CONSTANT.replace('kp:search', f'SILENT <{KP}search>')} }}", 2),
        (f"PREFIX : <{KP}> SELECT * {{ {CONSTANT.replace('kp:', ':').replace('SERVICE', 'service # {')} }}", None),
        (f"PREFIX : <{KP}> SELECT * {{ {CONSTANT.replace('kp:', ':')} }}", 2),
        (f"SELECT * {{ {{ {CONSTANT} }} UNION {{ {CONSTANT.replace('科普', '学会')} }} }}", 4),
        (f"SELECT * {{ {CONSTANT} {CONSTANT.replace('?hit', '?other')} }}", 4),
        (f"SELECT * {{ ?x a kp:None OPTIONAL {{ {CONSTANT} }} }}", 0),
        (f"SELECT (COUNT(*) AS ?n) {{ {{ SELECT ?hit {{ {CONSTANT} }} }} FILTER NOT EXISTS {{ ?hit a kp:None }} }}", 1),
        (f'ASK {{ ?s ?p "{CONSTANT.replace(chr(34), "")}" }} # {CONSTANT}', "ASK"),
    ],
)
def test_blocks_may_stand_anywhere(
    knowledge_base: KnowledgeBase, pool: QueryPool, rows: Rows, sparql: str, count: int | str | None
) -> None:
    if isinstance(count, int):
        assert len(rows(sparql)) == count
    elif count == "ASK":
        assert answer_search_clauses(sparql, lambda: knowledge_base.searcher) == sparql
    else:  # the comment swallows the block's name
        with pytest.raises(QueryError):
            answer_query(pool, knowledge_base, Query(sparql, READABLE_FORMATS))


@pytest.mark.parametrize(
    ("block", "message"),
    [
        ("", "三元组"),
        ("?hit kp:limit 3", "要有一个 kp:query"),
        ('?hit kp:query "a", "b"', "要有一个 kp:query"),
        ("?hit kp:query 3 ; kp:limit 0", "kp:limit 应为 1 到 500"),
        ('?hit kp:query "科普" ; kp:limit 501', "kp:limit 应为 1 到 500"),
        ('?hit kp:query "科普" ; kp:limit ?n', "kp:limit 应为 1 到 500"),
        ('?hit kp:query "科普" ; kp:score 3', "值应是一个变量"),
        ('?hit kp:query "科普" ; kp:score ?s ; kp:snippet ?s', "只能用一次"),
        ('?hit kp:query "科普" ; kp:score ?hit', "只能用一次"),
        ('?hit kp:query "科普" ; kp:bearer ?b', "不能用“https://kece.example/ontology#bearer”"),
        ('?hit kp:query "科普" ; a kp:Actor', "不是可检索的类"),
        ('?hit kp:query "科普" ; a kp:Measure, kp:Obligation', "不能与别的类同用"),
        ('?hit kp:query "科普" . ?other kp:limit 3', "同一个变量"),
        ('<urn:a> kp:query "科普"', "同一个变量"),
        ('?hit kp:query "科普" FILTER(?hit)', "只能是关于一个变量的三元组"),
        ("?hit kp:query <urn:a>", "值应是文字"),
        ("?hit kp:query ?text", r"\?text 没有取值"),
    ],
)
def test_what_is_wrong_about_a_block_is_said(knowledge_base: KnowledgeBase, block: str, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        answer_search_clauses(f"SELECT * {{ SERVICE kp:search {{ {block} }} }}", lambda: knowledge_base.searcher)


@pytest.mark.parametrize(
    "around",
    [
        "?x kp:topic ?text {}",  # not a constant
        '{{ VALUES ?text {{ "科普" }} }} UNION {{ {} }}',  # in another group
        '{{ SELECT ?hit {{ {} }} }} VALUES ?text {{ "科普" }}',  # outside the subquery
        "BIND(STR(?x) AS ?text) {}",
        "VALUES ?text {{ UNDEF }} {}",
    ],
)
def test_a_question_without_a_constant_is_refused(knowledge_base: KnowledgeBase, around: str) -> None:
    with pytest.raises(QueryError, match=r"\?text 没有取值|值应是文字|只能是"):
        answer_search_clauses(f"SELECT * {{ {around.format(QUESTION)} }}", lambda: knowledge_base.searcher)


def test_limits_hold_for_searches_and_length(knowledge_base: KnowledgeBase, pool: QueryPool) -> None:
    many = " ".join(f'"问{number}"' for number in range(MAX_SEARCHES + 1))
    with pytest.raises(QueryError, match="超过 10 次"):
        answer_search_clauses(f"SELECT * {{ VALUES ?text {{ {many} }} {QUESTION} }}", lambda: knowledge_base.searcher)
    with pytest.raises(TooLargeError, match="超过 5000 字"):
        answer_query(pool, knowledge_base, Query("#" * 5001, READABLE_FORMATS))
    with pytest.raises(InputError, match="检索词"):
        answer_search_clauses('SELECT * { SERVICE kp:search { ?hit kp:query "  " } }', lambda: knowledge_base.searcher)


PIECES = [
    "SERVICE",
    "SILENT",
    "kp:search",
    "{",
    "}",
    "?hit",
    "kp:query",
    "?text",
    '"科普"',
    ";",
    ".",
    ",",
    "kp:limit",
    "2",
    "-3",
    "a",
    "kp:Norm",
    "kp:score",
    "?s",
    "VALUES",
    "(",
    ")",
    "BIND",
    "AS",
    "\nUNDEF",
    "PREFIX",
    "kp:",
    ":",
    "<urn:a>",
    "<b>",
    "<",
    ">",
    "'''",
    '"',
    "SELECT",
    "*",
    "#",
    "@zh",
    "^^",
    "xsd:string",
    "[",
    "]",
    "_:b",
    "\\",
    "$",
    "?",
]


@settings(max_examples=300, deadline=None, derandomize=True, database=None)
@given(
    before=st.lists(st.sampled_from(PIECES), max_size=8),
    inside=st.lists(st.sampled_from(PIECES), max_size=8),
    after=st.lists(st.sampled_from(PIECES), max_size=8),
)
def test_any_text_gives_a_text_or_says_what_is_wrong(
    knowledge_base: KnowledgeBase, before: list[str], inside: list[str], after: list[str]
) -> None:
    block = f"SERVICE kp:search {{ ?hit kp:query ?text {' '.join(inside)} }}"
    text = f"SELECT * {{ {' '.join(before)} {block} {' '.join(after)} }}"
    with suppress(InputError):
        assert "SELECT" in answer_search_clauses(text, lambda: knowledge_base.searcher)


def test_errors_after_a_block_name_the_line_that_was_written(knowledge_base: KnowledgeBase, pool: QueryPool) -> None:
    sparql = 'SELECT * {\n  SERVICE kp:search {\n    ?hit kp:query "科普"\n  }\n  ?hit nope:p ?o\n}'
    with pytest.raises(QueryError, match="第 5 行"):
        answer_query(pool, knowledge_base, Query(sparql, READABLE_FORMATS))


def test_similarity_is_the_cosine_of_the_passages_vectors(knowledge_base: KnowledgeBase, rows: Rows) -> None:
    first, second = (hit.iri for hit in knowledge_base.searcher.search("科普", limit=2).hits)
    (row,) = rows(
        f"SELECT (kp:similarity(<{first}>, <{second}>) AS ?near) (kp:similarity(<{second}>, <{first}>) AS ?back) "
        f"(kp:similarity(<{first}>, <{first}>) AS ?self) (kp:similarity(<{first}>, kp:Norm) AS ?none) "
        f'(kp:similarity(<{first}>, "text") AS ?text) (kp:similarity(<{first}>) AS ?one) {{ }}'
    )
    assert 0.5 < float(row["near"]) < 1 and row["near"] == row["back"]
    assert float(row["self"]) == pytest.approx(1.0, abs=1e-3)
    assert (row["none"], row["text"], row["one"]) == (None, None, None)


def test_the_nearest_by_similarity_are_found_in_a_query(rows: Rows) -> None:
    found = rows(
        """SELECT ?words ?near {
             { SELECT ?measure { SERVICE kp:search { ?measure kp:query "挪用科普经费" ; kp:limit 1 ; a kp:Norm } } }
             ?other a kp:Norm ; kp:mention/oa:hasSelector/oa:exact ?words .
             BIND(kp:similarity(?measure, ?other) AS ?near) FILTER(?near > 0)
           } ORDER BY DESC(?near) LIMIT 3"""
    )
    values = [float(row["near"]) for row in found]
    assert len(found) == 3 and values == sorted(values, reverse=True)
    assert "挪用科普经费" in str(found[0]["words"])


@pytest.mark.parametrize("number", [0, 1])
def test_examples_of_the_readme_have_answers(rows: Rows, number: int) -> None:
    readme = (PROJECT_ROOT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"```sparql\n(.*?)```", readme, re.DOTALL)
    assert len(examples) == 2 and rows(examples[number])


def test_terms_that_hits_are_written_as() -> None:
    # What a snippet holds can end neither the literal nor the clause: it is written as N-Triples write it.
    assert str(Literal('"} SERVICE <http://x/> {\n\\')) == '"\\"} SERVICE <http://x/> {\\n\\\\"'
    assert str(NamedNode("urn:a")) == "<urn:a>"
