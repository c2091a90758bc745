"""All settings in one place: name, default, environment variable, meaning."""

from __future__ import annotations

import math
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError

PROJECT_ROOT = Path(__file__).resolve().parent.parent

EXAMPLE_BASE_IRI = "https://kece.example/"
"""What IRIs begin with where nobody has set an address of his own; it is nobody's address."""


@dataclass(frozen=True, slots=True)
class QueryLimits:
    """What SPARQL queries from outside may take; over a limit they are stopped or refused, and others are answered."""

    seconds: float = 20.0
    """KECE_QUERY_SECONDS: time for one query, from its arrival until its result is written."""

    memory_megabytes: int = 1000
    """KECE_QUERY_MEMORY: memory for one query, beside what an open store takes."""

    result_megabytes: int = 50
    """KECE_QUERY_RESULT: size of one result."""

    characters: int = 100_000
    """KECE_QUERY_CHARACTERS: length of one query."""

    at_once: int = 6
    """KECE_QUERIES_AT_ONCE: queries being answered, each by a process of its own."""

    waiting: int = 32
    """KECE_QUERIES_WAITING: queries waiting for that; one client's may be half of them."""

    @classmethod
    def from_environment(cls, values: Mapping[str, str]) -> QueryLimits:
        """Limits with the defaults overridden; raises ``InputError`` for what is no number above 0."""
        default = cls()
        return cls(
            seconds=_number(values, "KECE_QUERY_SECONDS", default.seconds),
            memory_megabytes=int(_number(values, "KECE_QUERY_MEMORY", default.memory_megabytes)),
            result_megabytes=int(_number(values, "KECE_QUERY_RESULT", default.result_megabytes)),
            characters=int(_number(values, "KECE_QUERY_CHARACTERS", default.characters)),
            at_once=int(_number(values, "KECE_QUERIES_AT_ONCE", default.at_once)),
            waiting=int(_number(values, "KECE_QUERIES_WAITING", default.waiting)),
        )


def _number(values: Mapping[str, str], name: str, default: float) -> float:
    text = values.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < math.inf or (number < 1 and name != "KECE_QUERY_SECONDS"):
        raise InputError(f"环境变量 {name} 是“{text}”，应为大于 0 的数。请改正，或不设它（默认 {default}）。")
    return number


@dataclass(frozen=True, slots=True)
class Settings:
    """Built once at start (``Settings.from_environment``) and passed in; nothing else reads the environment."""

    home: Path = PROJECT_ROOT / ".kece"
    """KECE_HOME: where the knowledge base and the converted model are kept."""

    base_iri: str = EXAMPLE_BASE_IRI
    """KECE_BASE_IRI: what every IRI of the data begins with; ends with a slash."""

    model: str = ""
    """KECE_MODEL: name or folder of a sentence-transformers model; empty: the packaged multilingual-e5-small."""

    plain_questions: bool = False
    """KECE_PLAIN_QUESTIONS: any value: the default model's question vectors are not adapted, to measure without."""

    knowledge_base_folder: Path | None = None
    """KECE_KNOWLEDGE_BASE: folder of another knowledge base than that of ``home``."""

    query_limits: QueryLimits = QueryLimits()
    """What SPARQL queries may take."""

    @property
    def has_own_address(self) -> bool:
        """Whether IRIs are addresses at which they can be looked up."""
        return self.base_iri != EXAMPLE_BASE_IRI

    @property
    def knowledge_base(self) -> Path:
        """Folder of the knowledge base that is built and served (see ``kg.generations``)."""
        return self.knowledge_base_folder or self.home / "knowledge-base"

    @property
    def models(self) -> Path:
        """Folder of converted models."""
        return self.home / "models"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings with the defaults overridden by ``KECE_*`` variables of ``environment``."""
        values = os.environ if environment is None else environment
        knowledge_base = values.get("KECE_KNOWLEDGE_BASE")
        base_iri = values.get("KECE_BASE_IRI", EXAMPLE_BASE_IRI)
        return cls(
            home=Path(values["KECE_HOME"]).resolve() if values.get("KECE_HOME") else PROJECT_ROOT / ".kece",
            base_iri=base_iri if base_iri.endswith("/") else base_iri + "/",
            model=values.get("KECE_MODEL", ""),
            plain_questions=bool(values.get("KECE_PLAIN_QUESTIONS")),
            knowledge_base_folder=Path(knowledge_base).resolve() if knowledge_base else None,
            query_limits=QueryLimits.from_environment(values),
        )
