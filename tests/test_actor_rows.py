"""What the graph says of actors is kept, and is what the query says."""

from __future__ import annotations

import pytest

import kg.actor_rows
from kg.actor_rows import ActorRows
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.organizations import OrganizationMatcher
from kg.questions import run_question
from kg.store import GraphStore
from tests.factories import plan_document, plan_statements

IRIS = Iris("https://kece.example/")
QUESTION = "concerning_statements"


@pytest.fixture(scope="module")
def store() -> GraphStore:
    return GraphStore.in_memory([*vocabulary_quads(IRIS), *document_quads(plan_document(), plan_statements(), IRIS)])


def read(store: GraphStore, actors: list[str]) -> list[str]:
    return sorted(map(str, run_question(store, QUESTION, actors=actors)))


@pytest.mark.parametrize("kept", [0, 3, 200_000])
def test_rows_are_those_of_the_query_however_many_are_kept(
    store: GraphStore, kept: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kg.actor_rows, "ROWS_KEPT", kept)
    actors = sorted(OrganizationMatcher(store).catalogue.by_label.values())
    assert len(read(store, actors)) > 10
    rows = ActorRows(store)
    for asked in (actors[:3], actors[2:6], actors, [], actors[::-1]):
        assert sorted(map(str, rows.rows(QUESTION, asked))) == read(store, asked)
    assert rows.rows(QUESTION, ["urn:nobody"]) == []


def test_kept_rows_are_not_asked_for_again(store: GraphStore, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = ActorRows(store)
    actors = sorted(OrganizationMatcher(store).catalogue.by_label.values())
    before = rows.rows(QUESTION, actors)
    monkeypatch.setattr(kg.actor_rows, "run_question", None)
    assert rows.rows(QUESTION, actors) == before
