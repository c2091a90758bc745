"""The ontology, the concept schemes and the shapes with their examples."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import OWL, RDF, RDFS, SH, SKOS

from kg.lexicon import load_rows
from kg.namespaces import KP, VOCABULARY_BASE
from kg.taxonomy import kind_labels, ways_up
from kg.types import Modality
from kg.vocabulary import FILES, FOLDER, strength_of, vocabulary_triples

EXAMPLES = sorted((FOLDER / "examples").glob("*.ttl"))
SHAPES = rdflib.Graph().parse(FOLDER / "shapes.ttl")
VOCABULARY = rdflib.Graph()
for file_name in FILES:
    VOCABULARY.parse(FOLDER / file_name)


def languages(subject: rdflib.term.Node, *properties: rdflib.URIRef) -> set[str | None]:
    return {value.language for name in properties for value in VOCABULARY.objects(subject, name)}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "kind", [OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, SKOS.Concept, SKOS.ConceptScheme]
)
def test_every_term_is_labelled_and_defined_in_two_languages(kind: rdflib.URIRef) -> None:
    terms = {term for term in VOCABULARY.subjects(RDF.type, kind) if str(term).startswith(VOCABULARY_BASE)}
    assert len(terms) >= 4
    assert {t for t in terms if languages(t, RDFS.label, SKOS.prefLabel) != {"zh", "en"}} == set()
    assert {t for t in terms if languages(t, SKOS.definition) != {"zh", "en"}} == set()


def test_every_term_that_is_referred_to_is_described() -> None:
    described = set(VOCABULARY.subjects())
    used = {
        term for graph in (VOCABULARY, SHAPES) for triple in graph for term in triple if isinstance(term, rdflib.URIRef)
    }
    ours = {term for term in used if str(term).startswith((KP, f"{VOCABULARY_BASE}vocabulary/"))}
    assert len(ours) > 150 and ours - described == set()


def test_files_hold_no_local_paths_and_the_store_gets_no_blank_nodes() -> None:
    texts = [path.read_text(encoding="utf-8") for path in [*FOLDER.glob("*.ttl"), *EXAMPLES]]
    assert len(texts) >= 26 and not [text for text in texts if "file:" in text]
    assert not [triple for triple in vocabulary_triples() if str(triple.subject).startswith("_:")]


def test_broader_kinds_make_no_circle() -> None:
    for kind in set(kind_labels().values()):
        ways = ways_up(kind)
        assert ways[kind] == (kind,)
        assert not [way for broader, way in ways.items() if broader != kind and kind in ways_up(broader)]


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("私营公司", "民营企业"),
        ("民企", "民营企业"),
        ("大学", "高等学校"),
        ("高校", "高等学校"),
        ("研究会", "学会"),
        ("外国科学家", "海外科技人才"),
    ],
)
def test_other_ways_of_saying_it_lead_to_the_kind(label: str, kind: str) -> None:
    assert kind_labels()[label] == kind


@pytest.mark.parametrize(
    ("kind", "broader"),
    [
        ("学会", "科协系统"),
        ("科协组织", "科协系统"),
        ("企业", "经营主体"),
        ("科研机构", "创新主体"),
        ("科技型中小企业", "中小企业"),
        ("专利代理机构", "技术服务机构"),
        ("基金会", "社会组织"),
    ],
)
def test_kind_belongs_to_a_broader_one(kind: str, broader: str) -> None:
    assert broader in ways_up(kind)


@pytest.mark.parametrize(
    ("kind", "sister"),
    [
        ("科技馆", "图书馆"),
        ("银行", "保险机构"),
        ("学会", "科协组织"),
        ("网信部门", "数据主管部门"),
        ("红十字会", "工会"),
    ],
)
def test_sister_kinds_are_not_each_other(kind: str, sister: str) -> None:
    assert sister not in ways_up(kind) and kind not in ways_up(sister)


def test_way_up_is_the_shortest() -> None:
    assert ways_up("县级科协")["科协组织"] == ("县级科协", "地方科协", "科协组织")


def test_every_marker_has_a_strength() -> None:
    markers = [(row[0], Modality(row[1])) for row in load_rows("deontic_markers.tsv")]
    assert len(markers) > 20
    assert [marker for marker, modality in markers if strength_of(marker, modality) is None] == []


def test_scale_orders_the_obligations() -> None:
    ranks = {
        str(VOCABULARY.value(step, SKOS.notation)): int(str(VOCABULARY.value(step, rdflib.URIRef(f"{KP}rank"))))
        for step in VOCABULARY.subjects(rdflib.URIRef(f"{KP}strengthOf"))
    }
    assert ranks["必须"] > ranks["应当"] > ranks["要"] > ranks["可以"] > ranks["鼓励"]


def test_notation_is_the_last_part_of_the_iri() -> None:
    # Queries read the notation off the IRI where a join would be optional, and so slow.
    notations = {str(concept): str(value) for concept, value in VOCABULARY.subject_objects(SKOS.notation)}
    concepts = {iri: notation for iri, notation in notations.items() if "/vocabulary/" in iri}
    assert len(concepts) > 100
    assert {iri for iri, notation in concepts.items() if iri.rsplit("/", 1)[1] != notation} == set()


def test_every_document_kind_of_the_lexicon_is_a_concept() -> None:
    notations = {str(value) for value in VOCABULARY.objects(None, SKOS.notation)}
    assert {kind for row in load_rows("document_kinds.tsv") for kind in row[1:3]} <= notations


def test_every_shape_has_a_valid_and_an_invalid_example() -> None:
    shapes = {str(shape).rsplit("#", 1)[1].lower() for shape in SHAPES.subjects(RDF.type, SH.NodeShape)}
    assert shapes
    assert {path.stem for path in EXAMPLES} == {
        f"{shape}-{state}" for shape in shapes for state in ("valid", "invalid")
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_is_judged_as_it_should_be(path: Path) -> None:
    conforms, report, _ = pyshacl.validate(rdflib.Graph().parse(path), shacl_graph=SHAPES)
    messages = {str(message) for message in report.objects(None, SH.resultMessage)}
    if path.stem.endswith("-valid"):
        assert conforms and messages == set()
    else:
        first_line = path.read_text(encoding="utf-8").splitlines()[0]
        assert messages == {first_line.removeprefix("# breaks: ")}
