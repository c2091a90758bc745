"""Knowledge bases that tests share: the default corpus as built by ``make``, and a small one built here."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import hypothesis
import pytest

from kg.parse import parse_document
from kg.read import read_source
from kg.settings import PROJECT_ROOT, Settings
from kg.types import Document

# How long an example takes says something of the machine, not of the code: times are measured in benchmarks/.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

PLAN = PROJECT_ROOT / "corpus" / "kexie-fangan-2021.txt"

STATUTE_TEXT = """某省科学普及条例
第一章 总则
第一条 为了促进科普，制定本条例。
第二条 县级以上人民政府应当将科普工作纳入规划，保障经费。
县级科协可以设立科普站。
第三条 任何单位不得有下列行为：
（一）以科普为名宣传伪科学；
（二）挪用科普经费。
"""


@pytest.fixture(scope="session")
def plan() -> Document:
    """The 方案, parsed."""
    return parse_document(read_source(PLAN))


@pytest.fixture(scope="session")
def default_home() -> Path:
    """KECE_HOME with the default corpus, as ``make test`` builds it before the tests."""
    home = Settings.from_environment(os.environ).home
    if not (home / "knowledge-base" / "current").exists():
        pytest.fail(f"no knowledge base in {home}: run `make test`, or `python cli.py build` first")
    return home


@pytest.fixture(scope="session")
def default_settings(default_home: Path) -> Settings:
    return Settings(home=default_home)


@pytest.fixture(scope="session")
def small_settings(default_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A knowledge base of the 方案 and a short statute; the model is the one already converted."""
    from embeddings.knowledge_base import build_knowledge_base  # here, so that tests of the parser start at once

    folder = tmp_path_factory.mktemp("small")
    statute = folder / "statute.txt"
    statute.write_text(STATUTE_TEXT, encoding="utf-8")
    settings = replace(Settings(home=default_home), knowledge_base_folder=folder / "knowledge-base")
    build_knowledge_base([read_source(PLAN), read_source(statute)], settings, lambda *_: None)
    return settings
