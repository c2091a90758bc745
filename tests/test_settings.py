from pathlib import Path

import pytest

from kg.errors import InputError
from kg.settings import PROJECT_ROOT, Settings


def test_defaults_and_environment() -> None:
    assert Settings.from_environment({}) == Settings()
    assert Settings().knowledge_base == PROJECT_ROOT / ".kece" / "knowledge-base"
    settings = Settings.from_environment(
        {"KECE_HOME": "/data", "KECE_BASE_IRI": "https://example.org/kb", "KECE_MODEL": "BAAI/bge-m3"}
    )
    assert settings.base_iri == "https://example.org/kb/"
    assert (settings.models, settings.model) == (Path("/data/models"), "BAAI/bge-m3")
    assert Settings.from_environment({"KECE_PLAIN_QUESTIONS": "1"}).plain_questions
    other = Settings.from_environment({"KECE_HOME": "/data", "KECE_KNOWLEDGE_BASE": "/other"})
    assert other.knowledge_base == Path("/other")


def test_limits_of_queries_come_from_the_environment() -> None:
    limits = Settings.from_environment({"KECE_QUERY_SECONDS": "2.5", "KECE_QUERIES_AT_ONCE": "3"}).query_limits
    assert (limits.seconds, limits.at_once, limits.waiting) == (2.5, 3, Settings().query_limits.waiting)


@pytest.mark.parametrize("value", ["0", "-1", "abc", "nan", "inf", "0.5"])
def test_limits_that_are_none_are_refused(value: str) -> None:
    with pytest.raises(InputError, match=f"KECE_QUERY_MEMORY 是“{value}”"):
        Settings.from_environment({"KECE_QUERY_MEMORY": value})
