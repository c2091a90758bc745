"""The knowledge base that the app serves: opened once, renewed after a build, missing in words."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.generations import CURRENT, current_generation
from kg.settings import Settings
from web.resources import SharedKnowledgeBase


def put_in_place(folder: Path, generation: str) -> None:
    (folder / CURRENT).unlink(missing_ok=True)
    (folder / CURRENT).symlink_to(generation, target_is_directory=True)


def test_knowledge_base_is_opened_once_and_again_after_a_build(small_settings: Settings, tmp_path: Path) -> None:
    built = current_generation(small_settings.knowledge_base)
    for generation in ("generation-1", "generation-2"):
        shutil.copytree(built, tmp_path / generation)
    shared = SharedKnowledgeBase(Settings(home=small_settings.home, knowledge_base_folder=tmp_path))
    put_in_place(tmp_path, "generation-1")
    first = shared.get()
    assert shared.get() is first
    put_in_place(tmp_path, "generation-2")
    second = shared.get()
    assert second.folder.name == "generation-2"
    assert second.searcher.search("学会", limit=1)
    shutil.rmtree(tmp_path / "generation-1")
    assert first.store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"]  # whoever still reads it may finish


def test_missing_knowledge_base_is_found_once_it_is_built(small_settings: Settings, tmp_path: Path) -> None:
    shared = SharedKnowledgeBase(Settings(home=small_settings.home, knowledge_base_folder=tmp_path))
    with pytest.raises(StoreError, match="建库"):
        shared.get()
    shutil.copytree(current_generation(small_settings.knowledge_base), tmp_path / "generation-1")
    put_in_place(tmp_path, "generation-1")
    assert shared.get().folder.name == "generation-1"
