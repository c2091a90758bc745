"""A sound graph passes; each kind of damage is found and said in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import KP, OA, RDF, Iris
from kg.store import GraphStore, build_store
from kg.validate import count_statements, validate_store
from tests.factories import plan_document, plan_statements

IRIS = Iris("https://kece.example/")
KEY = plan_document().key
READ = IRIS.read_graph(KEY)


def sound_quads() -> list[Quad]:
    return [*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)]


def first(quads: list[Quad], predicate: str) -> Quad:
    return next(quad for quad in quads if quad.predicate.value == predicate)


def problems_after(removed: Quad | None = None, *added: Quad) -> str:
    quads = [quad for quad in sound_quads() if quad != removed] + list(added)
    return "\n".join(str(problem) for problem in validate_store(GraphStore.in_memory(quads)))


def test_sound_graph_has_no_problems(tmp_path: Path) -> None:
    build_store(sound_quads(), tmp_path / "store")
    store = GraphStore.open(tmp_path / "store")
    assert validate_store(store) == []
    assert count_statements(store)["举措"] == 3


def test_quote_that_differs_is_shown_beside_the_slice() -> None:
    quote = first(sound_quads(), f"{OA}exact")
    wrong = Quad(quote.subject, quote.predicate, Literal("别的话"), READ)
    assert "引文“别的话”与原文" in problems_after(quote, wrong)


def test_offset_beyond_the_text_is_found() -> None:
    end = first(sound_quads(), f"{OA}end")
    assert "不在全文" in problems_after(end, Quad(end.subject, end.predicate, Literal(99999), READ))


def test_second_quote_is_found() -> None:
    quote = first(sound_quads(), f"{OA}exact")
    assert "各一个" in problems_after(None, Quad(quote.subject, quote.predicate, Literal("别的话"), READ))


def test_missing_mention_is_found() -> None:
    selector = first(sound_quads(), f"{OA}hasSelector")
    assert "原文片段不在本文件中" in problems_after(selector)


@pytest.mark.parametrize(
    ("predicate", "message"),
    [
        ("marker", "规范应有一个标志词"),
        ("actionVerb", "举措至少有一个行动词"),
        ("place", "条款应有一个出处"),
        ("reason", "推断应写明理由"),
    ],
)
def test_missing_fact_is_said_in_words(predicate: str, message: str) -> None:
    assert message in problems_after(first(sound_quads(), KP + predicate))


def test_role_filled_by_something_that_is_no_actor_is_found() -> None:
    measure = NamedNode(first(sound_quads(), f"{KP}actionVerb").subject.value)
    assert "责任主体应是主体" in problems_after(None, Quad(measure, NamedNode(f"{KP}agent"), measure, READ))


@pytest.mark.parametrize("term", [f"{KP}noSuchProperty", "https://kece.example/vocabulary/actor-kind/no-such-kind"])
def test_unknown_term_is_found(term: str) -> None:
    subject = IRIS.document(KEY)
    assert f"没有的词：{term}" in problems_after(None, Quad(subject, NamedNode(f"{RDF}type"), NamedNode(term), READ))


def test_property_of_another_vocabulary_that_is_not_listed_is_found() -> None:
    stranger = NamedNode("http://xmlns.com/foaf/0.1/name")
    problems = problems_after(None, Quad(IRIS.document(KEY), stranger, Literal("某办法"), READ))
    assert f"没有的词：{stranger.value}" in problems
