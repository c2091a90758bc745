from pathlib import Path

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
