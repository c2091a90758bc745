"""The store on disk, what it refuses, and answers as bytes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Store

from kg.dumps import export_graph
from kg.errors import InputError, QueryError, StoreError
from kg.export import serialize_result
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.sparql import check_query, substitute
from kg.store import GraphStore, build_store, copy_store
from tests.factories import plan_document, plan_statements

IRIS = Iris("https://kece.example/")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("store") / "store"
    build_store([*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)], folder)
    return folder


@pytest.fixture(scope="module")
def store(folder: Path) -> GraphStore:
    return GraphStore.open(folder)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { { SELECT ?s { SERVICE SILENT <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
        "ASK { ?s ?p ?o FILTER NOT EXISTS { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { sErViCe ?where { ?s ?p ?o } } }",
        "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o MINUS { { ?s ?p ?o } UNION { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } } }",
        "DESCRIBE ?s { SERVICE # a comment\n <http://127.0.0.1:9/> { ?s ?p ?o } }",
    ],
)
def test_service_is_refused_wherever_it_hides(query: str) -> None:
    with pytest.raises(QueryError, match=r"SERVICE|语法"):
        check_query(query)


@pytest.mark.parametrize("words", ['"SERVICE <http://x/> {"', '"LOAD"'])
def test_the_word_alone_is_not_refused(store: GraphStore, words: str) -> None:
    assert store.query(f"ASK {{ ?s ?p {words} }} # SERVICE <http://x/> {{ }}") is not None


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <http://a/a> <http://a/b> <http://a/c> }",
        "DELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1:9/>",
        "CLEAR ALL",
        "DROP GRAPH <http://a/a>",
    ],
)
def test_updates_are_refused_as_updates(update: str) -> None:
    with pytest.raises(QueryError, match="更新"):
        check_query(update)


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("SELECT ?x {", "第 1 行第 12 列"),
        ("SELECT * {\n  ?s ?p\n}", "第 3 行第"),
        ("SELECT ?x {\n ?x kp:p ?y ;; FILTER }", "第 2 行"),
        ("SELECT ?x { ?x foo:p ?y }", "第 1 行第 21 列"),
    ],
)
def test_syntax_errors_name_line_and_column(store: GraphStore, query: str, place: str) -> None:
    with pytest.raises(QueryError, match=place):
        store.query(query)


def test_empty_query_says_what_to_write() -> None:
    with pytest.raises(QueryError, match="空的"):
        check_query(" \n")


def test_prefixes_are_known_and_values_are_plain(store: GraphStore) -> None:
    rows = store.select("SELECT ?start ?operative ?missing { ?p kp:start ?start ; kp:operative ?operative } LIMIT 1")
    assert rows[0]["operative"] is True and isinstance(rows[0]["start"], int) and rows[0]["missing"] is None


def test_substitution_leaves_strings_iris_and_comments_alone() -> None:
    query = "SELECT ?y { ?x <http://a/?x> \"?x\" ; ?p '?x' . $x ?q ?xx } # ?x"
    assert substitute(query, {"x": NamedNode("http://a/学会")}) == (
        "SELECT ?y { <http://a/学会> <http://a/?x> \"?x\" ; ?p '?x' . <http://a/学会> ?q ?xx } # ?x"
    )


def test_substituted_text_cannot_break_out_of_its_literal(store: GraphStore) -> None:
    hostile = '" } SERVICE <http://127.0.0.1:9/> { ?s ?p "'
    assert store.select("SELECT ?s { ?s kp:heading ?words }", {"words": Literal(hostile)}) == []


def test_missing_store_is_reported(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="没有图谱"):
        GraphStore.open(tmp_path / "nowhere")


def test_damaged_store_is_reported(tmp_path: Path) -> None:
    (tmp_path / "CURRENT").write_text("nonsense\n")
    with pytest.raises(StoreError, match="无法打开"):
        GraphStore.open(tmp_path)


def test_store_in_use_cannot_be_built_over(tmp_path: Path) -> None:
    holder = Store(str(tmp_path / "store"))
    with pytest.raises(StoreError, match="不是空的"):
        build_store([], tmp_path / "store")
    del holder


def test_formats_agree(store: GraphStore) -> None:
    query = "SELECT ?title { ?d a kp:PolicyDocument ; dcterms:title ?title }"
    as_json = json.loads(serialize_result(store.query(query), "json"))
    title = as_json["results"]["bindings"][0]["title"]["value"]
    for name in ("csv", "tsv", "xml"):
        assert title in serialize_result(store.query(query), name).decode()
    construct = "CONSTRUCT { ?d dcterms:title ?title } { ?d a kp:PolicyDocument ; dcterms:title ?title }"
    assert title in serialize_result(store.query(construct), "ttl").decode()
    assert serialize_result(store.query("ASK { ?s a kp:Measure }"), "json") == b'{"head":{},"boolean":true}'


@pytest.mark.parametrize(
    ("query", "name"), [("SELECT * { ?s a kp:Norm }", "ttl"), ("ASK {}", "csv"), ("DESCRIBE kp:Norm", "json")]
)
def test_unsuitable_formats_say_which_suit(store: GraphStore, query: str, name: str) -> None:
    with pytest.raises(InputError, match="可用的格式"):
        serialize_result(store.query(query), name)


def test_export_reads_back_as_the_same_graph(store: GraphStore, tmp_path: Path) -> None:
    quads_file, turtle_file = export_graph(store, tmp_path / "dump")
    again = Store()
    again.bulk_load(path=quads_file)
    assert set(again) == set(store.quads())
    lines = quads_file.read_bytes().splitlines()
    assert len(lines) == len(set(lines)) == len(store)
    assert lines == sorted(lines, key=lambda line: (line.rsplit(b" ", 2)[1].strip(b"<>"), line))
    as_turtle = Store()
    as_turtle.bulk_load(path=turtle_file)
    assert {quad.triple for quad in as_turtle} == {quad.triple for quad in store.quads()}


def test_a_copy_can_be_changed_and_the_store_stays_as_it_is(folder: Path, store: GraphStore, tmp_path: Path) -> None:
    before = set(store.quads())
    copy = copy_store(folder, tmp_path / "copy")
    assert set(copy) == before
    copy.remove_graph(IRIS.read_graph(plan_document().key))
    copy.flush()
    assert len(copy) < len(before)
    assert set(GraphStore.open(folder).quads()) == before


def test_a_store_that_is_not_there_is_not_copied(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        copy_store(tmp_path / "nowhere", tmp_path / "copy")
