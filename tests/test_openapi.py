"""The data routes against their own description, with requests that schemathesis makes up."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from kg.settings import Settings
from web.resources import KNOWLEDGE_BASE
from web.routes import ROUTES

APP = Starlette(routes=ROUTES)
SCHEMA = schemathesis.openapi.from_asgi("/api/openapi.json", APP)


@schemathesis.serializer("application/sparql-query")
def query_as_it_is(_context: schemathesis.SerializationContext, value: object) -> bytes:
    return str(value).encode("utf-8", "replace")


@pytest.fixture(scope="module", autouse=True)
def knowledge_base(small_settings: Settings) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(KNOWLEDGE_BASE, "settings", small_settings)
        yield


def test_every_data_route_is_described() -> None:
    described = TestClient(APP).get("/api/openapi.json").json()["paths"]
    routes = {route.path for route in ROUTES if isinstance(route, Route)}
    assert set(described) == {path for path in routes if path.startswith(("/api/", "/sparql"))}


@SCHEMA.parametrize()
@settings(max_examples=40, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
def test_answers_are_as_described(case: schemathesis.Case) -> None:
    # That a text is SPARQL, that a question has words in it, no schema can say: such requests may be a 400.
    case.call_and_validate(excluded_checks=[positive_data_acceptance])
