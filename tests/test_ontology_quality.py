"""The ontology among other vocabularies, under a reasoner, and its concept schemes as SKOS wants them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

import owlrl
import pyshacl
import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.corpus import core_sources
from kg.dataset_description import Sizes, dcat_quads, void_quads
from kg.extract import extract_statements
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import KP, PREFIXES, VOCABULARY_BASE, Iris
from kg.parse import parse_document
from kg.rdf_formats import GRAPH_FILES, write_quads
from kg.reused_terms import reused_terms, short_name
from kg.store import GraphStore
from kg.types import Source
from kg.vocabulary import FILES, FOLDER, vocabulary_terms, vocabulary_triples
from tests.conftest import PLAN
from tests.factories import plan_document, plan_statements

IRIS = Iris("https://kece.example/")
SHAPES = rdflib.Graph().parse(FOLDER / "shapes.ttl")
VOCABULARY = rdflib.Graph()
for file_name in FILES:
    VOCABULARY.parse(FOLDER / file_name)
CONCEPTS = sorted(VOCABULARY.subjects(RDF.type, SKOS.Concept))
STATUTE = "中华人民共和国计量法"
RULES = """某市科学普及办法
第一条 市科协应当于每年3月31日前提出年度科普计划。
第二条 到2027年，市科协应当建成科普基地30个以上。
第三条 市科技局应当自收到申请之日起30日内作出决定。
"""
TERMS = (KP, f"{VOCABULARY_BASE}vocabulary/")
OURS = (IRIS.base_iri, VOCABULARY_BASE)


def term(name: str) -> rdflib.URIRef:
    prefix, _, local = name.partition(":")
    return rdflib.URIRef(PREFIXES[prefix] + local)


def as_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    return rdflib.Graph().parse(data=write_quads(quads, GRAPH_FILES["nt"]), format="nt")


# --- Other vocabularies -------------------------------------------------------------------------------------------

ALIGNMENTS = [
    ("kp:PolicyDocument", "rdfs:subClassOf", "eli:LegalResource"),
    ("kp:Provision", "rdfs:subClassOf", "eli:LegalResourceSubdivision"),
    ("kp:issuer", "rdfs:subPropertyOf", "eli:passed_by"),
    ("kp:issued", "rdfs:subPropertyOf", "eli:date_document"),
    ("kp:inForceFrom", "rdfs:subPropertyOf", "eli:first_date_entry_in_force"),
    ("kp:partOf", "rdfs:subPropertyOf", "eli:is_part_of"),
    ("kp:cites", "rdfs:subPropertyOf", "eli:cites"),
    ("kp:amends", "rdfs:subPropertyOf", "eli:amends"),
    ("kp:repeals", "rdfs:subPropertyOf", "eli:repeals"),
    ("kp:basedOn", "rdfs:subPropertyOf", "eli:based_on"),
    ("kp:Actor", "skos:closeMatch", "org:Organization"),  # groups of persons are actors and no organizations
    ("kp:Actor", "skos:closeMatch", "skos:Concept"),
    ("kp:subOrganizationOf", "rdfs:subPropertyOf", "org:subOrganizationOf"),
    ("kp:actorKind", "skos:closeMatch", "org:classification"),
    ("kp:Norm", "rdfs:subClassOf", "lrmlmm:PrescriptiveStatement"),
    ("kp:Obligation", "skos:closeMatch", "lrmlmm:Obligation"),
    ("kp:Prohibition", "skos:closeMatch", "lrmlmm:Prohibition"),
    ("kp:Permission", "skos:closeMatch", "lrmlmm:Permission"),
    ("kp:Obligation", "skos:closeMatch", "odrl:Duty"),
    ("kp:Prohibition", "skos:closeMatch", "odrl:Prohibition"),
    ("kp:Permission", "skos:closeMatch", "odrl:Permission"),
    ("kp:Norm", "skos:closeMatch", "odrl:Rule"),
    ("kp:Measure", "skos:closeMatch", "odrl:Action"),
    ("kp:Statement", "rdfs:subClassOf", "prov:Entity"),
    ("kp:Inference", "rdfs:subClassOf", "prov:Entity"),
    ("kp:Programme", "skos:closeMatch", "prov:Plan"),
    ("kp:mention", "rdfs:range", "oa:SpecificResource"),
    ("kp:start", "skos:closeMatch", "oa:start"),
    ("kp:extractorVersion", "rdfs:domain", "prov:Activity"),
]


@pytest.mark.parametrize(("ours", "relation", "theirs"), ALIGNMENTS)
def test_term_is_aligned_with_that_of_another_vocabulary(ours: str, relation: str, theirs: str) -> None:
    assert (term(ours), term(relation), term(theirs)) in VOCABULARY


def test_kinds_of_norms_are_prescriptive_statements_and_odrl_is_only_close() -> None:
    # A bare ODRL policy would forbid what it does not permit, so that nothing of ours may be one.
    kinds = set(VOCABULARY.subjects(RDFS.subClassOf, term("kp:Norm")))
    assert len(kinds) == 4
    assert {
        kind for kind in kinds if (kind, RDFS.subClassOf, term("lrmlmm:PrescriptiveStatement")) in VOCABULARY
    } == kinds
    odrl = [(relation, value) for _, relation, value in VOCABULARY if str(value).startswith(PREFIXES["odrl"])]
    assert len(odrl) >= 6 and {relation for relation, _ in odrl} == {SKOS.closeMatch}


def used_terms(triples: Iterable[Triple]) -> set[str]:
    """Properties, classes, datatypes, and whatever is a value and in our vocabulary's namespaces."""
    used = set()
    for triple in triples:
        used.add(triple.predicate.value)
        if isinstance(triple.object, NamedNode):
            value = triple.object.value
            if triple.predicate.value == str(RDF.type) or (value.startswith(TERMS) and value != KP):
                used.add(value)
        elif isinstance(triple.object, Literal):
            used.add(triple.object.datatype.value)
    return used


def unknown_terms(triples: Iterable[Triple], *roles: str) -> set[str]:
    known = vocabulary_terms() | {reused.iri for reused in reused_terms().values() if reused.role in roles}
    return used_terms(triples) - known


@pytest.fixture(scope="module")
def real_quads() -> list[Quad]:
    """The graphs of the 方案, of a short statute and of rules with times and numbers, read by the extractor."""
    sources = [source for source in core_sources() if source.name in (PLAN.stem, STATUTE)]
    documents = [parse_document(source) for source in (*sources, Source(RULES, "rules", "rules.txt"))]
    assert len(documents) == 3
    return [quad for document in documents for quad in document_quads(document, extract_statements(document), IRIS)]


def test_every_term_in_the_graph_of_a_real_text_is_ours_or_listed(real_quads: list[Quad]) -> None:
    triples = [quad.triple for quad in real_quads]
    assert len(used_terms(triples)) > 100
    assert unknown_terms(triples, "data") == set()


def test_a_term_that_nobody_lists_is_found() -> None:
    stranger = NamedNode("http://xmlns.com/foaf/0.1/name")
    assert unknown_terms([Triple(IRIS.actor("学会"), stranger, IRIS.actor("学会"))], "data") == {stranger.value}


def test_vocabulary_uses_only_terms_that_are_ours_or_listed() -> None:
    triples = vocabulary_triples()
    assert unknown_terms(triples, "data", "vocabulary") == set()
    foreign = {
        triple.object.value
        for triple in triples
        if isinstance(triple.object, NamedNode) and not triple.object.value.startswith(OURS)
    }
    licences = {"https://www.apache.org/licenses/LICENSE-2.0"}
    assert foreign - licences - reused_terms().keys() == set()


def test_description_of_the_data_set_uses_only_listed_terms(real_quads: list[Quad]) -> None:
    store = GraphStore.in_memory([*vocabulary_quads(IRIS), *real_quads])
    time = datetime(2026, 1, 1, tzinfo=UTC)
    quads = [*void_quads(store, IRIS, Sizes.of(store), time), *dcat_quads(store, IRIS, time)]
    triples = [quad.triple for quad in quads]
    roles = ("data", "vocabulary", "description", "alignment")
    assert len(triples) > 300 and unknown_terms(triples, *roles) == set()


def test_every_listed_term_is_used(real_quads: list[Quad]) -> None:
    store = GraphStore.in_memory([*vocabulary_quads(IRIS), *real_quads])
    time = datetime(2026, 1, 1, tzinfo=UTC)
    described = [*void_quads(store, IRIS, Sizes.of(store), time), *dcat_quads(store, IRIS, time)]
    nodes: set[str] = set()
    for quad in (*store.quads(), *described):
        nodes |= {str(node).strip("<>") for node in (quad.subject, quad.predicate, quad.object)}
        nodes |= {getattr(getattr(quad.object, "datatype", None), "value", "")}
    assert {short_name(iri) for iri in reused_terms().keys() - nodes} == set()


def test_examples_use_only_known_terms() -> None:
    used = set()
    for path in sorted((FOLDER / "examples").glob("*.ttl")):
        for triple in rdflib.Graph().parse(path):
            nodes = (triple[1], triple[2]) if triple[1] == RDF.type else (triple[1],)
            used |= {str(node) for node in nodes if isinstance(node, rdflib.URIRef)}
    assert len(used) > 40 and used - vocabulary_terms() - reused_terms().keys() == set()


# --- Shapes --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shape", sorted(SHAPES.subjects(RDF.type, SH.NodeShape)), ids=lambda iri: iri.split("#")[1])
def test_invalid_example_breaks_its_shape_and_no_other(shape: rdflib.URIRef) -> None:
    path = Path(FOLDER / "examples" / f"{shape.split('#')[1].lower()}-invalid.ttl")
    _, report, _ = pyshacl.validate(rdflib.Graph().parse(path), shacl_graph=SHAPES)
    broken = set(report.objects(None, SH.sourceShape))
    owners = {owner for part in broken for owner in SHAPES.subjects(SH.property, part)} or broken
    assert owners == {shape}


def test_every_shape_and_constraint_says_in_words_what_it_wants() -> None:
    constraints = set(SHAPES.objects(None, SH.property))
    assert len(constraints) > 60
    assert not [part for part in constraints if SHAPES.value(part, SH.message) is None]
    shapes = set(SHAPES.subjects(RDF.type, SH.NodeShape))
    languages = {shape: {label.language for label in SHAPES.objects(shape, RDFS.label)} for shape in shapes}  # type: ignore[attr-defined]
    assert {shape for shape, found in languages.items() if found != {"zh", "en"}} == set()


# --- Under a reasoner ----------------------------------------------------------------------------------------------


def contradictions(graph: rdflib.Graph) -> list[str]:
    """What OWL 2 RL finds inconsistent; ``graph`` gets all that it entails."""
    reasoner = owlrl.OWLRL_Semantics(graph, False, False)
    reasoner.closure()
    members = [f"{member} is in owl:Nothing" for member in graph.subjects(RDF.type, OWL.Nothing)]
    same = [
        f"{one} and {other} would be the same"
        for one, other in graph.subject_objects(OWL.sameAs)
        if isinstance(one, rdflib.Literal) and isinstance(other, rdflib.Literal) and one.value != other.value
    ]
    return [*reasoner.error_messages, *members, *same]


def test_ontology_and_schemes_with_two_documents_are_consistent() -> None:
    rules = parse_document(Source(RULES, "rules", "rules.txt"))
    read = document_quads(rules, extract_statements(rules), IRIS)
    graph = VOCABULARY + as_rdflib([*document_quads(plan_document(), plan_statements(), IRIS), *read])
    before = len(graph)
    assert contradictions(graph) == []
    assert len(graph) > before + 5_000
    assert set(graph.subjects(RDF.type, term("kp:Deadline"))) and set(graph.subjects(RDF.type, term("kp:Quantity")))
    measure = next(graph.subjects(RDF.type, term("kp:Measure")))
    assert (measure, RDF.type, term("prov:Entity")) in graph
    assert (rdflib.URIRef(IRIS.document(plan_document().key).value), RDF.type, term("eli:LegalResource")) in graph


@pytest.mark.parametrize(
    "planted",
    [
        "<urn:a> a kp:Measure , kp:Norm .",
        "<urn:a> a kp:Obligation , kp:Permission .",
        '<urn:a> kp:order "1"^^xsd:integer , "2"^^xsd:integer .',
        "<urn:a> kp:bearer <urn:b> . <urn:b> a kp:Measure .",
    ],
)
def test_reasoner_finds_a_planted_contradiction(planted: str) -> None:
    graph = rdflib.Graph().parse(FOLDER / "core.ttl")
    prefixes = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    graph.parse(data=prefixes + planted, format="turtle")
    assert contradictions(graph)


# --- SKOS (https://www.w3.org/TR/skos-reference/) ------------------------------------------------------------------


def test_no_concept_is_broader_than_itself() -> None:
    assert len(CONCEPTS) > 250
    above = {concept: set(VOCABULARY.transitive_objects(concept, SKOS.broader)) - {concept} for concept in CONCEPTS}
    circles = [
        c for c, broader in above.items() for b in broader if c in VOCABULARY.transitive_objects(b, SKOS.broader)
    ]
    assert circles == []


def test_every_concept_has_one_preferred_label_a_language() -> None:
    for concept in [*CONCEPTS, *VOCABULARY.subjects(RDF.type, SKOS.ConceptScheme)]:
        labels = Counter(label.language for label in VOCABULARY.objects(concept, SKOS.prefLabel))  # type: ignore[attr-defined]
        assert labels == {"zh": 1, "en": 1}, concept


def test_labels_of_a_concept_differ() -> None:
    # S13: preferred, alternative and hidden labels are disjoint.
    for concept in CONCEPTS:
        kinds = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel)
        counts = Counter(label for kind in kinds for label in VOCABULARY.objects(concept, kind))
        assert not [label for label, count in counts.items() if count > 1], concept


@pytest.mark.parametrize("value", [SKOS.prefLabel, SKOS.notation])
def test_no_two_concepts_of_a_scheme_are_called_the_same(value: rdflib.URIRef) -> None:
    called = Counter(
        (scheme, name)
        for concept in CONCEPTS
        for scheme in VOCABULARY.objects(concept, SKOS.inScheme)
        for name in VOCABULARY.objects(concept, value)
    )
    assert len(called) > 250
    assert [key for key, count in called.items() if count > 1] == []


def test_every_concept_is_in_one_scheme_and_below_a_top_concept_of_it() -> None:
    for concept in CONCEPTS:
        (scheme,) = VOCABULARY.objects(concept, SKOS.inScheme)
        chain = set(VOCABULARY.transitive_objects(concept, SKOS.broader))
        tops = {top for top in chain if (top, SKOS.topConceptOf, scheme) in VOCABULARY}
        assert tops, f"{concept} leads to no top concept"
        assert {VOCABULARY.value(broader, SKOS.inScheme) for broader in chain} == {scheme}
        is_top = (concept, SKOS.topConceptOf, scheme) in VOCABULARY
        assert is_top == (VOCABULARY.value(concept, SKOS.broader) is None), concept
