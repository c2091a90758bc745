"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/) and the service description, requirement by
requirement, through HTTP."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from urllib.parse import quote, urlencode
from xml.etree import ElementTree

import pytest
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from starlette.testclient import TestClient

from kg.settings import QueryLimits
from tests.sparql_service import GRAPHS, NAME, graph_knowledge_base, graphs_of_names, served, thing
from web.service_description import SD
from web.sparql import MEDIA_TYPES, ResultKind

SPARQL = {"content-type": "application/sparql-query"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
SELECT = f"SELECT ?name {{ ?s <{NAME}> ?name }} ORDER BY ?name"
ASK = "ASK { ?s ?p ?o }"
CONSTRUCT = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
LIMITS = QueryLimits(seconds=20, characters=2000, result_megabytes=1)
RDF_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    knowledge_base = graph_knowledge_base(tmp_path_factory.mktemp("protocol"), graphs_of_names())
    with served(knowledge_base, LIMITS) as client:
        yield client


def names(answer: object) -> list[str]:
    return [row["name"]["value"] for row in answer.json()["results"]["bindings"]]  # type: ignore[attr-defined]


# --- 2.1 query operation ---------------------------------------------------------------------------------------


def test_the_three_ways_of_asking_agree(client: TestClient) -> None:
    answers = [
        client.get("/sparql", params={"query": SELECT}),
        client.post("/sparql", data={"query": SELECT}),
        client.post("/sparql", content=SELECT, headers=SPARQL),
        client.post("/sparql", content=SELECT, headers={"content-type": "Application/SPARQL-Query; charset=UTF-8"}),
    ]
    assert [answer.status_code for answer in answers] == [200] * 4
    assert {answer.headers["content-type"] for answer in answers} == {"application/sparql-results+json"}
    assert [names(answer) for answer in answers] == [["名0", "名1", "名2", "名3"]] * 4


def test_chinese_arrives_as_it_was_sent(client: TestClient) -> None:
    query = f'SELECT ?name {{ ?s <{NAME}> ?name FILTER(?name = "名2") }}'
    assert names(client.get("/sparql", params={"query": query})) == ["名2"]
    assert names(client.get(f"/sparql?query={quote(query)}")) == ["名2"]
    assert names(client.post("/sparql", data={"query": query})) == ["名2"]
    assert names(client.post("/sparql", content=query.encode(), headers=SPARQL)) == ["名2"]


def ways(client: TestClient, query: str, parameters: list[tuple[str, str]]) -> list[object]:
    """The answers by GET, by form and by body, where the parameters stand in the address."""
    every = [("query", query), *parameters]
    return [
        client.get("/sparql?" + urlencode(every)),
        client.post("/sparql", content=urlencode(every), headers=FORM),
        client.post("/sparql?" + urlencode(parameters), content=query, headers=SPARQL),
    ]


@pytest.mark.parametrize(
    ("default", "named", "query", "expected"),
    [
        ([1], [], SELECT, ["名1"]),
        ([1, 2], [], SELECT, ["名1", "名2"]),
        ([1, 2], [3], SELECT, ["名1", "名2"]),
        ([1], [2, 3], f"SELECT ?name {{ GRAPH ?g {{ ?s <{NAME}> ?name }} }} ORDER BY ?name", ["名2", "名3"]),
        ([], [2], f"SELECT ?name {{ GRAPH ?g {{ ?s <{NAME}> ?name }} }}", ["名2"]),
        ([], [2], SELECT, []),  # named graphs only: the default graph is empty
        ([1], [], f"SELECT ?name {{ GRAPH ?g {{ ?s <{NAME}> ?name }} }}", []),
    ],
)
def test_dataset_of_the_request(
    client: TestClient, default: list[int], named: list[int], query: str, expected: list[str]
) -> None:
    parameters = [("default-graph-uri", GRAPHS[number]) for number in default]
    parameters += [("named-graph-uri", GRAPHS[number]) for number in named]
    assert [names(answer) for answer in ways(client, query, parameters)] == [expected] * 3


def test_dataset_of_the_request_goes_before_that_of_the_query(client: TestClient) -> None:
    query = f"SELECT ?name FROM <{GRAPHS[0]}> FROM NAMED <{GRAPHS[3]}> {{ ?s <{NAME}> ?name }}"
    answers = ways(client, query, [("default-graph-uri", GRAPHS[1])])
    assert [names(answer) for answer in answers] == [["名1"]] * 3
    assert names(client.get("/sparql", params={"query": query})) == ["名0"]


@pytest.mark.parametrize(
    ("clauses", "expected"),
    [
        ("", ["名0", "名1", "名2", "名3"]),  # without any, the default graph is the union of all
        (f"FROM <{GRAPHS[1]}> from <{GRAPHS[2]}>", ["名1", "名2"]),
        (f"FROM NAMED <{GRAPHS[1]}>", []),
        (f"#\rFROM <{GRAPHS[1]}>\n", ["名1"]),
        (f"# FROM <{GRAPHS[1]}>\n", ["名0", "名1", "名2", "名3"]),
    ],
)
def test_dataset_of_the_query(client: TestClient, clauses: str, expected: list[str]) -> None:
    query = f'SELECT ?name {clauses} WHERE {{ ?from <{NAME}> ?name FILTER(?name != "FROM") }} ORDER BY ?name'
    assert names(client.get("/sparql", params={"query": query})) == expected


def test_a_graph_that_is_no_iri_is_a_400(client: TestClient) -> None:
    answer = client.get("/sparql", params={"query": ASK, "default-graph-uri": "no iri"})
    assert answer.status_code == 400 and "default-graph-uri" in answer.text


@pytest.mark.parametrize("parameters", ["", f"query={quote(ASK)}&"])
def test_several_queries_are_a_400(client: TestClient, parameters: str) -> None:
    twice = f"query={quote(ASK)}&query={quote(ASK)}"
    assert client.get(f"/sparql?{twice}").status_code == 400
    assert client.post(f"/sparql?{parameters}", content=twice, headers=FORM).status_code == 400
    assert client.post(f"/sparql?query={quote(ASK)}", content=ASK, headers=SPARQL).status_code == 400


@pytest.mark.parametrize(
    ("method", "address", "content", "headers", "status"),
    [
        ("PUT", "/sparql", ASK, SPARQL, 405),
        ("DELETE", f"/sparql?query={quote(ASK)}", "", {}, 405),
        ("POST", "/sparql", ASK, {"content-type": "text/plain"}, 415),
        ("POST", "/sparql", '{"query": "ASK {}"}', {"content-type": "application/json"}, 415),
        ("POST", "/sparql", f"query={quote(ASK)}", {}, 415),  # no type at all
        ("POST", "/sparql", ASK.encode("utf-16"), {"content-type": "application/sparql-query; charset=UTF-16"}, 415),
        ("POST", "/sparql", ASK.encode("utf-16"), SPARQL, 400),
        ("POST", "/sparql", b"query=%FF%FE", FORM, 400),
        ("GET", "/sparql?query=%FF%FE", "", {}, 400),
        ("GET", "/sparql?query=ASK%20%7B", "", {}, 400),
        ("GET", "/sparql?query=", "", {}, 400),
        ("GET", "/sparql?query=%E4%BD%A0%E5%A5%BD", "", {}, 400),
        ("GET", f"/sparql?default-graph-uri={GRAPHS[0]}", "", {}, 400),
        ("POST", "/sparql", "", FORM, 400),
        ("POST", "/sparql", "", SPARQL, 400),
        ("POST", "/sparql", "&".join(["a=b"] * 1500), FORM, 400),
        ("POST", "/sparql", "#" * 3000, SPARQL, 413),
        ("POST", "/sparql", "#" * 30_000, SPARQL, 413),
        ("GET", f"/sparql?query=ASK%7B%7D{'%20' * 3000}", "", {}, 413),
    ],
)
def test_unusable_requests_have_their_status(
    client: TestClient, method: str, address: str, content: str | bytes, headers: dict[str, str], status: int
) -> None:
    answer = client.request(method, address, content=content, headers=headers)
    assert answer.status_code == status
    if status == 405:
        assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["allow"].split(", "))
    else:
        assert answer.headers["content-type"] == "text/plain; charset=utf-8" and answer.text.endswith("。")


UPDATE = "INSERT DATA { <urn:a> <urn:b> <urn:c> }"


@pytest.mark.parametrize(
    ("address", "content", "headers", "status"),
    [
        (f"/sparql?update={quote(UPDATE)}", None, {}, 400),
        (f"/sparql?query={quote(UPDATE)}", None, {}, 400),
        ("/sparql", f"update={quote(UPDATE)}", FORM, 400),
        ("/sparql", f"query={quote(UPDATE)}", FORM, 400),
        ("/sparql", UPDATE, {"content-type": "application/sparql-update"}, 415),
        ("/sparql", UPDATE, SPARQL, 400),
        ("/sparql", "LOAD <http://127.0.0.1:9/>", SPARQL, 400),
    ],
)
def test_updates_are_refused_as_such(
    client: TestClient, address: str, content: str | None, headers: dict[str, str], status: int
) -> None:
    answer = client.get(address) if content is None else client.post(address, content=content, headers=headers)
    assert answer.status_code == status and "更新" in answer.text
    assert client.get("/sparql", params={"query": "ASK { <urn:a> ?p ?o }"}).json()["boolean"] is False


# --- 2.1.5, 2.1.6 accepted and written formats ---------------------------------------------------------------------


@pytest.mark.parametrize("media_type", list(MEDIA_TYPES[ResultKind.TABLE]))
def test_select_in_every_format(client: TestClient, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": SELECT}, headers={"accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type and "accept" in answer.headers["vary"]
    if "json" in media_type:
        assert names(answer) == ["名0", "名1", "名2", "名3"]
    elif "xml" in media_type:
        tree = ElementTree.fromstring(answer.content)
        assert tree.tag == "{http://www.w3.org/2005/sparql-results#}sparql"
        assert "名0" in [literal.text for literal in tree.iter("{http://www.w3.org/2005/sparql-results#}literal")]
    elif "csv" in media_type:
        assert list(csv.reader(io.StringIO(answer.text))) == [["name"], ["名0"], ["名1"], ["名2"], ["名3"]]
    else:
        assert answer.text.splitlines()[:2] == ["?name", '"名0"']


@pytest.mark.parametrize("media_type", list(MEDIA_TYPES[ResultKind.TRUTH]))
def test_ask_in_every_format(client: TestClient, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": ASK}, headers={"accept": media_type})
    assert answer.headers["content-type"] == media_type
    if "json" in media_type:
        assert answer.json()["boolean"] is True
    else:
        truth = ElementTree.fromstring(answer.content).find("{http://www.w3.org/2005/sparql-results#}boolean")
        assert truth is not None and truth.text == "true"


@pytest.mark.parametrize("media_type", list(MEDIA_TYPES[ResultKind.GRAPH]))
@pytest.mark.parametrize(("query", "count"), [(CONSTRUCT, 4), (f"DESCRIBE <{thing(2)}>", 1)])
def test_graphs_in_every_format(client: TestClient, media_type: str, query: str, count: int) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": media_type})
    assert answer.headers["content-type"].partition(";")[0] == media_type
    triples = {quad.triple for quad in parse(answer.content, RDF_FORMATS[media_type])}
    assert len(triples) == count and triples <= {quad.triple for quad in graphs_of_names()}


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "*/*", "application/sparql-results+json"),
        (SELECT, "text/*", "text/csv"),
        (SELECT, "text/csv;q=0.3, text/tab-separated-values;q=0.9", "text/tab-separated-values"),
        (
            SELECT,
            "application/sparql-results+xml, application/sparql-results+json;q=0.9",
            "application/sparql-results+xml",
        ),
        (SELECT, "text/turtle, application/sparql-results+xml;q=0.1", "application/sparql-results+xml"),
        (SELECT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/xml"),  # a browser
        (CONSTRUCT, "application/sparql-results+json, application/rdf+xml;q=0.5", "application/rdf+xml"),
        (CONSTRUCT, "application/rdf+xml;q=0.4, application/ld+json;q=0.5", "application/ld+json"),
        (CONSTRUCT, "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/turtle"),
    ],
)
def test_the_best_acceptable_format_is_written(client: TestClient, query: str, accept: str, media_type: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 200 and answer.headers["content-type"].partition(";")[0] == media_type


@pytest.mark.parametrize(
    ("query", "accept"),
    [(SELECT, "text/turtle"), (SELECT, "application/json;q=0"), (ASK, "text/csv"), (CONSTRUCT, "text/csv")],
)
def test_nothing_acceptable_is_a_406_that_says_what_is(client: TestClient, query: str, accept: str) -> None:
    answer = client.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert answer.status_code == 406 and "可用的格式" in answer.text and accept in answer.text


def test_several_accept_lines_are_one(client: TestClient) -> None:
    headers = [("accept", "image/png"), ("accept", "text/csv")]
    answer = client.get("/sparql", params={"query": SELECT}, headers=headers)
    assert answer.headers["content-type"].startswith("text/csv")


# --- HEAD, OPTIONS, other sites --------------------------------------------------------------------------------


def test_head_says_what_get_would(client: TestClient) -> None:
    get, head = (client.request(method, "/sparql", params={"query": SELECT}) for method in ("GET", "HEAD"))
    assert head.status_code == 200 and head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-length"] == get.headers["content-length"]
    assert client.head("/sparql", params={"query": "SELECT {"}).status_code == 400


def test_options_says_what_may_be_asked(client: TestClient) -> None:
    answer = client.options("/sparql")
    assert answer.status_code == 204 and answer.content == b""
    assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}
    assert "application/sparql-query" in answer.headers["accept-post"]


def test_other_sites_may_read_the_data(client: TestClient) -> None:
    origin = {"origin": "https://elsewhere.example"}
    for query in (SELECT, "SELECT {"):
        answer = client.get("/sparql", params={"query": query}, headers=origin)
        assert answer.headers["access-control-allow-origin"] == "*"
    preflight = client.options("/sparql", headers={**origin, "access-control-request-method": "POST"})
    assert preflight.status_code == 200
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert "access-control-allow-origin" not in client.get("/healthz", headers=origin).headers


# --- service description -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", [*MEDIA_TYPES[ResultKind.GRAPH], "text/html", ""])
def test_the_service_describes_itself(client: TestClient, media_type: str) -> None:
    answer = client.get("/sparql", headers={"accept": media_type} if media_type else {})
    written = answer.headers["content-type"].partition(";")[0]
    assert answer.status_code == 200 and written == (media_type if media_type in RDF_FORMATS else "text/turtle")
    triples = [quad.triple for quad in parse(answer.content, RDF_FORMATS[written], base_iri="http://wrong.example/")]
    endpoint = NamedNode("http://testserver/sparql")
    values = {
        (triple.predicate.value.removeprefix(SD), triple.object) for triple in triples if triple.subject == endpoint
    }
    assert {("endpoint", endpoint), ("feature", NamedNode(f"{SD}UnionDefaultGraph"))} <= values
    assert ("supportedLanguage", NamedNode(f"{SD}SPARQL11Query")) in values
    graphs = {triple.object.value for triple in triples if triple.predicate.value == f"{SD}name"}
    assert graphs == set(GRAPHS)
    assert not [triple for triple in triples if isinstance(triple.subject, BlankNode) and "wrong" in str(triple)]


def test_the_description_names_every_format_that_is_written(client: TestClient) -> None:
    turtle = client.get("/sparql", headers={"accept": "application/n-triples"}).text
    described = {line.split("/ns/formats/")[1].split(">")[0] for line in turtle.splitlines() if "/ns/formats/" in line}
    names_of_formats = {
        "json": "SPARQL_Results_JSON",
        "xml": "SPARQL_Results_XML",
        "csv": "SPARQL_Results_CSV",
        "tsv": "SPARQL_Results_TSV",
        "ttl": "Turtle",
        "nt": "N-Triples",
        "rdfxml": "RDF_XML",
        "jsonld": "JSON-LD",
    }
    written = {name for offered in MEDIA_TYPES.values() for name in offered.values()}
    assert described == {names_of_formats[name] for name in written}


def test_a_description_that_nobody_can_read_is_a_406(client: TestClient) -> None:
    assert client.get("/sparql", headers={"accept": "image/png"}).status_code == 406


def test_answers_are_the_same_under_many_askers(client: TestClient) -> None:
    expected = json.dumps(client.get("/sparql", params={"query": SELECT}).json())
    for _ in range(20):
        assert json.dumps(client.get("/sparql", params={"query": SELECT}).json()) == expected
