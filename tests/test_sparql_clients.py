"""Clients that others have written work with the endpoint as they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import rdflib
import SPARQLWrapper
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from kg.settings import QueryLimits
from tests.sparql_service import GRAPHS, NAME, graph_knowledge_base, graphs_of_names, served_on_a_port, thing

SELECT = f"SELECT ?name {{ ?s <{NAME}> ?name }} ORDER BY ?name"
NAMES = ["名0", "名1", "名2", "名3"]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    knowledge_base = graph_knowledge_base(tmp_path_factory.mktemp("clients"), graphs_of_names())
    with served_on_a_port(knowledge_base, QueryLimits(seconds=5)) as address:
        yield f"{address}/sparql"


@pytest.mark.parametrize("method", [SPARQLWrapper.GET, SPARQLWrapper.POST])
@pytest.mark.parametrize("request_method", [SPARQLWrapper.URLENCODED, SPARQLWrapper.POSTDIRECTLY])
def test_sparqlwrapper_selects(address: str, method: str, request_method: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(address)
    client.setMethod(SPARQLWrapper.POST if request_method == SPARQLWrapper.POSTDIRECTLY else method)
    client.setRequestMethod(request_method)
    client.setQuery(SELECT)
    client.setReturnFormat(SPARQLWrapper.JSON)
    assert [row["name"]["value"] for row in client.queryAndConvert()["results"]["bindings"]] == NAMES


@pytest.mark.parametrize("form", [SPARQLWrapper.XML, SPARQLWrapper.CSV, SPARQLWrapper.TSV])
def test_sparqlwrapper_reads_every_table(address: str, form: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(address)
    client.setQuery(SELECT)
    client.setReturnFormat(form)
    answer = client.queryAndConvert()
    text = answer.toxml() if form == SPARQLWrapper.XML else answer.decode()
    assert [name for name in NAMES if name in text] == NAMES


@pytest.mark.parametrize(
    "form", [SPARQLWrapper.TURTLE, SPARQLWrapper.N3, SPARQLWrapper.RDFXML, SPARQLWrapper.JSONLD, SPARQLWrapper.XML]
)
def test_sparqlwrapper_constructs(address: str, form: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(address)
    client.setQuery("CONSTRUCT WHERE { ?s ?p ?o }")
    client.setReturnFormat(form)
    answer = client.queryAndConvert()
    graph = answer if isinstance(answer, rdflib.Graph) else rdflib.Graph().parse(data=answer, format="turtle")
    assert {str(name) for name in graph.objects()} == set(NAMES)


def test_sparqlwrapper_asks_about_chosen_graphs_and_hears_what_is_wrong(address: str) -> None:
    client = SPARQLWrapper.SPARQLWrapper(address, defaultGraph=GRAPHS[1])
    client.setReturnFormat(SPARQLWrapper.JSON)
    client.setQuery(f"ASK {{ <{thing(0)}> ?p ?o }}")
    assert client.queryAndConvert()["boolean"] is False
    client.setQuery(f"ASK {{ <{thing(1)}> ?p ?o }}")
    assert client.queryAndConvert()["boolean"] is True
    client.setQuery("SELECT * {")
    with pytest.raises(QueryBadFormed) as refusal:
        client.query()
    assert (
        "语法错误".encode().hex() in bytes(str(refusal.value), "ascii").decode("unicode_escape").encode("latin-1").hex()
    )


def test_rdflib_uses_it_as_a_store(address: str) -> None:
    graph = rdflib.Dataset(store=SPARQLStore(address), default_union=True)
    assert [str(row["name"]) for row in graph.query(SELECT)] == NAMES
    assert bool(graph.query(f"ASK {{ <{thing(2)}> ?p ?o }}")) is True
    assert len(graph.query("CONSTRUCT WHERE { ?s ?p ?o }").graph or []) == 4
    found = graph.store.triples((rdflib.URIRef(thing(3)), None, None), None)
    assert [str(triple[2]) for triple, _ in found] == ["名3"]


@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_rdflib_reads_every_table(address: str, form: str) -> None:
    store = SPARQLStore(address, returnFormat=form, method="POST")
    assert [str(row[0]) for row in store.query(SELECT)] == NAMES


def test_rdflib_sees_one_graph_of_the_dataset(address: str) -> None:
    graph = rdflib.Graph(store=SPARQLStore(address), identifier=rdflib.URIRef(GRAPHS[2]))
    assert {str(name) for name in graph.objects()} == {"名2"}
