"""The whole path: sources → documents → statements → graph → index, and opening what was built."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from embeddings.encoder import load_encoder
from embeddings.index import build_index
from embeddings.passages import read_passages
from embeddings.references import NamedDocument
from embeddings.search import Searcher
from embeddings.types import Encoder
from kg.citation_graph import CitationLinks
from kg.errors import InputError, StoreError, ValidationError
from kg.extract import extract_statements
from kg.generations import current_generation, new_generation
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.questions import run_question
from kg.settings import Settings
from kg.store import GraphStore, build_store
from kg.types import Source
from kg.validate import validate_store

MANIFEST = "manifest.json"
STORE = "store"
INDEX = "index"

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, steps done and steps in all."""


@dataclass
class BuildCounts:
    """What went into a build; ``left_out`` names repeated texts."""

    documents: int = 0
    characters: int = 0
    actors: int = 0
    measures: int = 0
    norms: int = 0
    quads: int = 0
    passages: int = 0
    left_out: list[str] = field(default_factory=list)


def build_knowledge_base(sources: Sequence[Source], settings: Settings, progress: Progress) -> BuildCounts:
    """Build a knowledge base of ``sources`` and put it in place of the old one, which answers until then.

    Raises:
        InputError: no source, or two different texts with the same number or title and date.
        ValidationError: the graph breaks its shapes or a quote differs from its slice; nothing is replaced.
        StoreError: the folder cannot be written, or another build is under way.
    """
    if not sources:
        raise InputError("没有可建库的文本。请给出文本文件或文件夹，或用 --laws core 使用默认语料。")
    counts = BuildCounts()
    with new_generation(settings.knowledge_base) as folder:
        build_store(_quads(sources, Iris(settings.base_iri), counts, progress), folder / STORE)
        store = GraphStore.open(folder / STORE)
        progress("检查图谱", 0, 1)
        problems = validate_store(store)
        if problems:
            listed = "\n".join(str(problem) for problem in problems[:10])
            raise ValidationError(f"图谱没有通过检查，共 {len(problems)} 处，原有知识库保持不变：\n{listed}")
        progress("检查图谱", 1, 1)
        passages = read_passages(store)
        counts.passages = passages.num_rows
        encoder = load_encoder(settings)
        build_index(passages, encoder, folder / INDEX, lambda done, total: progress("建立语义索引", done, total))
        _write_manifest(folder / MANIFEST, counts, settings, encoder.name)
    return counts


def _quads(sources: Sequence[Source], iris: Iris, counts: BuildCounts, progress: Progress) -> Iterator[Quad]:
    yield from vocabulary_quads(iris)
    links = CitationLinks(iris)
    seen: dict[str, tuple[str, str]] = {}
    for done, source in enumerate(sources):
        progress("读取与抽取", done, len(sources))
        document = parse_document(source)
        if document.key in seen:
            other_sha256, other_name = seen[document.key]
            if other_sha256 != document.sha256:
                raise InputError(
                    f"“{source.name}”与“{other_name}”的文号（或题名和日期）相同，正文却不同。请只保留其中一个，或改正题名。"
                )
            counts.left_out.append(source.name)
            continue
        seen[document.key] = (document.sha256, source.name)
        statements = extract_statements(document)
        links.add(document, statements.citations)
        counts.documents += 1
        counts.characters += len(document.text)
        counts.actors += len(statements.actors)
        counts.measures += len(statements.measures)
        counts.norms += len(statements.norms)
        for quad in document_quads(document, statements, iris):
            counts.quads += 1
            yield quad
    progress("读取与抽取", len(sources), len(sources))
    # What a citation names is known only when all documents are.
    for quad in links.quads():
        counts.quads += 1
        yield quad


def _write_manifest(path: Path, counts: BuildCounts, settings: Settings, model: str) -> None:
    manifest = {"counts": vars(counts), "model": model, "base_iri": settings.base_iri}
    path.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class KnowledgeBase:
    """An open generation: the graph at once, search when it is first asked for."""

    folder: Path
    manifest: dict[str, Any]
    store: GraphStore
    settings: Settings

    @classmethod
    def open(cls, settings: Settings) -> KnowledgeBase:
        """Open the current generation of ``settings.knowledge_base``.

        Raises:
            StoreError: nothing was built there, or what is there is damaged.
        """
        folder = current_generation(settings.knowledge_base)
        try:
            manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
            base_iri = str(manifest["base_iri"])
        except (OSError, ValueError, KeyError) as error:
            raise StoreError(f"知识库“{folder}”不完整或已损坏。请运行 python cli.py build 重新建库。") from error
        store = GraphStore.open(folder / STORE)
        return cls(folder, manifest, store, replace(settings, base_iri=base_iri))

    @cached_property
    def searcher(self) -> Searcher:
        """Search over this generation.

        Raises:
            StoreError: the index was made with another model than the settings name, or is damaged.
        """
        encoder = load_encoder(self.settings)
        if encoder.name != self.manifest["model"]:
            raise StoreError(
                f"知识库是用模型“{self.manifest['model']}”建的，现在设置的是“{encoder.name}”。"
                "请改回 KECE_MODEL，或运行 python cli.py build 重新建库。"
            )
        return self.searcher_with(encoder)

    def searcher_with(self, encoder: Encoder) -> Searcher:
        """Search with an encoder whose passage vectors are those of the index."""
        documents = (
            NamedDocument(str(row["iri"]), str(row["title"]), None if row["number"] is None else str(row["number"]))
            for row in run_question(self.store, "documents")
        )
        return Searcher.open(self.folder / INDEX, encoder, documents)
