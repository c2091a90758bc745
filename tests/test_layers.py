"""Imports go one way: web, cli → embeddings → kg."""

import ast
from pathlib import Path

import pytest

from kg.settings import PROJECT_ROOT

FORBIDDEN = {
    "kg": {"embeddings", "web", "cli", "app", "streamlit", "torch", "sentence_transformers", "faiss", "tests"},
    "embeddings": {"web", "cli", "app", "streamlit", "tests"},
    "web": {"cli", "app", "tests"},
}


def imported_packages(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module]
    return {name.split(".")[0] for name in names}


@pytest.mark.parametrize("package", sorted(FORBIDDEN))
def test_no_module_imports_from_a_later_layer(package: str) -> None:
    modules = sorted((PROJECT_ROOT / package).rglob("*.py"))
    assert len(modules) > 5
    offending = {str(path): imported_packages(path) & FORBIDDEN[package] for path in modules}
    assert not {path: names for path, names in offending.items() if names}
