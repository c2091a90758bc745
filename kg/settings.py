"""All settings in one place: name, default, environment variable, meaning."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Settings:
    """Built once at start (``Settings.from_environment``) and passed in; nothing else reads the environment."""

    home: Path = PROJECT_ROOT / ".kece"
    """KECE_HOME: where the knowledge base and the converted model are kept."""

    base_iri: str = "https://kece.example/"
    """KECE_BASE_IRI: what every IRI of the data begins with; ends with a slash."""

    model: str = ""
    """KECE_MODEL: name or folder of a sentence-transformers model; empty: the packaged multilingual-e5-small."""

    plain_questions: bool = False
    """KECE_PLAIN_QUESTIONS: any value: the default model's question vectors are not adapted, to measure without."""

    knowledge_base_folder: Path | None = None
    """KECE_KNOWLEDGE_BASE: folder of another knowledge base than that of ``home``."""

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
        base_iri = values.get("KECE_BASE_IRI", "https://kece.example/")
        return cls(
            home=Path(values["KECE_HOME"]).resolve() if values.get("KECE_HOME") else PROJECT_ROOT / ".kece",
            base_iri=base_iri if base_iri.endswith("/") else base_iri + "/",
            model=values.get("KECE_MODEL", ""),
            plain_questions=bool(values.get("KECE_PLAIN_QUESTIONS")),
            knowledge_base_folder=Path(knowledge_base).resolve() if knowledge_base else None,
        )
