"""Descriptions, dumps and what is counted, over a small graph."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.dataset_description import Sizes, dcat_quads, void_quads
from kg.descriptions import POINTING_LIMIT, VALUES_LIMIT, describe_term, describe_thing, is_described
from kg.dumps import DUMP_SUFFIXES, compress, dump_graphs, graphs_of_document, graphs_of_store
from kg.errors import InputError, NotFoundError
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import ACTOR_KIND, KP, OA, PREFIXES, SKOS, Iris, actor_kind
from kg.ontology_reference import concept_schemes, ontology_terms
from kg.rdf_formats import GRAPH_FILES, write_quads
from kg.settings import PROJECT_ROOT
from kg.store import GraphStore
from kg.vocabulary import vocabulary_terms
from tests.factories import plan_document, plan_statements

IRIS = Iris("https://kece.example/")
KEY = plan_document().key
BUILT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    return [*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)]


@pytest.fixture(scope="module")
def store(quads: list[Quad]) -> GraphStore:
    return GraphStore.in_memory(quads)


def values(quads: object, name: str) -> list[str]:
    prefix, _, local = name.partition(":")
    return [quad.object.value for quad in quads if quad.predicate.value == PREFIXES[prefix] + local]  # type: ignore[attr-defined]


# --- Descriptions --------------------------------------------------------------------------------------------------


def test_everything_in_the_graph_has_a_description_with_all_its_facts(store: GraphStore, quads: list[Quad]) -> None:
    subjects = {quad.subject for quad in quads if quad.graph_name != IRIS.vocabulary_graph}
    assert len(subjects) > 100
    for subject in subjects:
        description = describe_thing(store, subject.value)
        assert set(description.facts) == {quad for quad in quads if quad.subject == subject}


def test_description_of_an_actor_has_its_kinds_reasons_words_and_who_points_to_it(store: GraphStore) -> None:
    description = describe_thing(store, IRIS.actor("学会").value)
    assert f"{KP}actorKind" in {quad.predicate.value for quad in description.facts}
    assert values(description.inferences, "kp:reason")
    assert {quad.predicate.value for quad in description.pointing} >= {f"{KP}bearer", f"{KP}target"}
    assert set(values(description.context, "oa:exact")) >= {"学会"}
    assert description.labels[IRIS.actor("学会").value] == "学会"
    assert description.labels[actor_kind("学会").value] == "学会"
    norm = next(quad.subject.value for quad in description.pointing if quad.predicate.value == f"{KP}bearer")
    assert description.labels[norm] == "鼓励学会与国际组织联合发布团体标准"


def test_a_named_graph_is_called_by_the_title_of_its_document(store: GraphStore) -> None:
    description = describe_thing(store, IRIS.document(KEY).value)
    assert description.labels[IRIS.read_graph(KEY).value] == plan_document().title


def test_description_is_bounded_and_says_what_is_shortened() -> None:
    actor, read = IRIS.actor("学会"), IRIS.read_graph(KEY)
    mentions = [Quad(actor, NamedNode(f"{KP}mention"), NamedNode(f"urn:m{n}"), read) for n in range(VALUES_LIMIT + 1)]
    pointing = [Quad(NamedNode(f"urn:n{n}"), NamedNode(f"{KP}bearer"), actor, read) for n in range(POINTING_LIMIT + 1)]
    label = Quad(actor, NamedNode(f"{SKOS}prefLabel"), Literal("学会", language="zh"), IRIS.actors_graph)
    description = describe_thing(GraphStore.in_memory([*mentions, *pointing, label]), actor.value)
    assert len(description.facts) == VALUES_LIMIT + 1 and label in description.facts
    assert len(description.pointing) == POINTING_LIMIT
    assert description.shortened == (f"{KP}mention",)


@pytest.mark.parametrize("iri", ["https://kece.example/id/actor/no-such", "no iri at all", "https://a b/", ""])
def test_what_is_not_there_has_no_description(store: GraphStore, iri: str) -> None:
    assert not is_described(store, iri)
    with pytest.raises(NotFoundError):
        describe_thing(store, iri)


def test_description_of_a_scheme_holds_its_concepts_with_their_labels() -> None:
    description = describe_term(ACTOR_KIND)
    assert actor_kind("全国学会") in {quad.subject for quad in description.pointing}
    labels = {quad.subject for quad in description.context if quad.predicate.value == f"{SKOS}prefLabel"}
    assert actor_kind("全国学会") in labels
    with pytest.raises(NotFoundError):
        describe_term(f"{ACTOR_KIND}no-such")


# --- Formats and dumps ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", sorted(GRAPH_FILES))
def test_every_format_reads_back_as_the_same_graph(quads: list[Quad], suffix: str) -> None:
    form = GRAPH_FILES[suffix]
    again = set(parse(write_quads(quads, form), format=form.rdf_format))
    if form.named_graphs:
        assert again == set(quads)
    else:
        assert {quad.triple for quad in again} == {quad.triple for quad in quads}


@pytest.mark.parametrize("suffix", sorted(GRAPH_FILES))
def test_another_process_writes_the_same_bytes_of_quads_in_another_order(quads: list[Quad], suffix: str) -> None:
    program = (
        "import sys; from kg.graph import document_quads, vocabulary_quads; from kg.namespaces import Iris;"
        "from kg.rdf_formats import GRAPH_FILES, write_quads; "
        "from tests.factories import plan_document, plan_statements;"
        "iris = Iris('https://kece.example/');"
        "quads = [*vocabulary_quads(iris), *document_quads(plan_document(), plan_statements(), iris)][::-1];"
        f"sys.stdout.buffer.write(write_quads(quads, GRAPH_FILES['{suffix}']))"
    )
    environment = os.environ | {"PYTHONHASHSEED": "7"}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=PROJECT_ROOT, env=environment, capture_output=True, check=True
    )
    assert done.stdout == write_quads(quads, GRAPH_FILES[suffix])


@pytest.mark.parametrize("suffix", DUMP_SUFFIXES)
def test_dump_of_the_store_is_one_file_with_everything_in_it(store: GraphStore, suffix: str) -> None:
    form = GRAPH_FILES[suffix]
    parts = list(dump_graphs(store, graphs_of_store(store), form))
    assert len(parts) == 5
    content = gzip.decompress(b"".join(compress(parts)))
    assert content.count(b"@prefix kp:") == (1 if suffix in ("ttl", "trig") else 0)
    again = Store()
    again.bulk_load(content, format=form.rdf_format)
    assert len(again) == len(store)
    if form.named_graphs:
        assert set(again) == set(store.quads())


def test_dump_of_a_document_is_its_two_graphs(store: GraphStore) -> None:
    (content,) = [b"".join(dump_graphs(store, graphs_of_document(IRIS, KEY), GRAPH_FILES["nq"]))]
    graphs = {quad.graph_name for quad in parse(content, format=RdfFormat.N_QUADS)}
    assert graphs == {IRIS.read_graph(KEY), IRIS.derived_graph(KEY)}


def test_compressed_dump_holds_no_time_of_day(store: GraphStore) -> None:
    parts = list(dump_graphs(store, graphs_of_store(store), GRAPH_FILES["nt"]))
    header = b"".join(compress(parts))[:10]
    assert header[:4] == b"\x1f\x8b\x08\x00" and header[4:8] == bytes(4)


def test_format_that_cannot_be_put_together_is_refused(store: GraphStore) -> None:
    with pytest.raises(InputError, match="nq、trig、ttl、nt"):
        list(dump_graphs(store, graphs_of_store(store), GRAPH_FILES["rdf"]))


# --- VoID and DCAT -------------------------------------------------------------------------------------------------


def test_void_counts_what_is_in_the_store(store: GraphStore, quads: list[Quad]) -> None:
    described = GraphStore.in_memory(void_quads(store, IRIS, Sizes.of(store), BUILT))
    (row,) = described.select(
        """SELECT * { ?set a void:Dataset ; void:triples ?triples ; void:distinctSubjects ?subjects ;
             void:distinctObjects ?objects ; void:properties ?properties ; void:sparqlEndpoint ?endpoint }"""
    )
    assert row["triples"] == len(quads)
    assert row["subjects"] == len({quad.subject for quad in quads})
    assert row["objects"] == len({quad.object for quad in quads})
    assert row["properties"] == len({quad.predicate for quad in quads})
    assert row["endpoint"] == "https://kece.example/sparql"
    measures = described.select("SELECT ?n { ?part void:class kp:Measure ; void:entities ?n }")
    mentions = described.select("SELECT ?n { ?part void:property kp:mention ; void:triples ?n }")
    assert measures == [{"n": 3}]
    assert mentions == [{"n": sum(quad.predicate.value == f"{KP}mention" for quad in quads)}]


def test_void_names_dumps_documents_vocabularies_and_links(store: GraphStore, quads: list[Quad]) -> None:
    described = GraphStore.in_memory(void_quads(store, IRIS, Sizes.of(store), BUILT))
    dumps = described.select("SELECT ?dump { ?set void:dataDump ?dump }")
    assert {"dump": f"https://kece.example/dumps/document/{KEY}.nq"} in dumps and len(dumps) == 4
    subset = described.select("SELECT ?n { ?part dcterms:title ?title ; void:triples ?n FILTER(?title != '') }")
    own = {IRIS.read_graph(KEY), IRIS.derived_graph(KEY)}
    assert {"n": sum(quad.graph_name in own for quad in quads)} in subset
    vocabularies = {row["v"] for row in described.select("SELECT ?v { ?set void:vocabulary ?v }")}
    assert {KP, OA, SKOS, PREFIXES["eli"], PREFIXES["prov"]} <= vocabularies
    links = described.select(
        """SELECT ?property ?target ?n { ?links a void:Linkset ; void:linkPredicate ?property ;
             void:objectsTarget ?target ; void:triples ?n }"""
    )
    strengths = {"property": f"{KP}strength", "target": "https://kece.example/vocabulary/strength/", "n": 2}
    assert strengths in links
    assert any(row["target"] == PREFIXES["odrl"] and row["property"] == f"{SKOS}closeMatch" for row in links)


def test_dcat_has_a_catalogue_with_data_set_downloads_and_service(store: GraphStore) -> None:
    described = GraphStore.in_memory(dcat_quads(store, IRIS, BUILT))
    rows = described.select(
        """SELECT ?url ?endpoint ?modified { ?catalogue a dcat:Catalog ; dcat:dataset ?set ; dcat:service ?service .
             ?set dcat:distribution/dcat:downloadURL ?url ; dcterms:modified ?modified .
             ?service dcat:endpointURL ?endpoint ; dcat:servesDataset ?set } ORDER BY ?url"""
    )
    assert [row["url"] for row in rows] == [f"https://kece.example/dumps/kece.{name}.gz" for name in ("nq", "trig")]
    assert {row["endpoint"] for row in rows} == {"https://kece.example/sparql"}
    assert {row["modified"] for row in rows} == {"2026-01-01T00:00:00Z"}


# --- The reference of the ontology ---------------------------------------------------------------------------------


def test_reference_has_every_term_and_concept() -> None:
    terms, schemes = ontology_terms(), concept_schemes()
    found = {term.iri for term in terms} | {scheme.iri for scheme in schemes}
    pending = [concept for scheme in schemes for concept in scheme.top]
    while pending:
        concept = pending.pop()
        found.add(concept.iri)
        pending += concept.narrower
    assert vocabulary_terms() - found == {KP.rstrip("#")}


def test_reference_of_a_term_gives_relations_constraints_and_an_example() -> None:
    (measure,) = [term for term in ontology_terms() if term.anchor == "Measure"]
    assert measure.labels == {"zh": "举措", "en": "measure"}
    assert [reference.name for reference in measure.relations["上位类"]] == ["kp:Statement"]
    assert [reference.name for reference in measure.relations["相近于"]] == ["odrl:Action"]
    assert "kp:agent" in {reference.name for reference in measure.used_by}
    assert "举措至少有一个行动词" in measure.constraints
    assert measure.example is not None and measure.example.startswith(":measure a kp:Measure")


def test_counts_of_a_branch_count_each_concept_once() -> None:
    (kinds,) = [scheme for scheme in concept_schemes() if scheme.iri == ACTOR_KIND]
    concepts = {iri for iri in vocabulary_terms() if iri.startswith(ACTOR_KIND)} - {ACTOR_KIND}
    assert kinds.count == len(concepts)
    associations = next(concept for concept in kinds.top if concept.iri == actor_kind("科协系统").value)
    assert associations.count > len(associations.narrower) > 1
    assert sum(concept.count for concept in kinds.top) >= kinds.count
