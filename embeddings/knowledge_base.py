"""The whole path: sources → documents → statements → graph → index, and opening what was built."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from pyoxigraph import Quad

from embeddings.caching_encoder import CachingEncoder
from embeddings.encoder import load_adapter, load_encoder
from embeddings.index import Index
from embeddings.index_writer import IndexWriter
from embeddings.passages import document_passages
from embeddings.search import Searcher
from embeddings.shards import INDEX_FOLDER
from embeddings.suggestions import Suggestions, searched_names
from embeddings.types import Encoder, FloatArray
from kg.catalogue import Catalogue, Entry, citation_links, is_repeated, write_entry
from kg.document_names import named_documents
from kg.errors import InputError, StoreError, ValidationError
from kg.extract import extract_statements
from kg.generations import current_generation, new_generation
from kg.graph import document_quads, vocabulary_quads
from kg.namespaces import Iris
from kg.organizations import OrganizationMatcher
from kg.parse import parse_document
from kg.settings import Settings
from kg.store import GraphStore, build_store
from kg.types import Source
from kg.validate import Problem, validate_store

MANIFEST = "manifest.json"
STORE = "store"
INDEX = INDEX_FOLDER
CATALOGUE = "documents"

Progress = Callable[[str, int, int], None]
"""Called with the stage's name, steps done and steps in all."""


@dataclass(frozen=True, slots=True)
class BuildCounts:
    """What a knowledge base holds; ``quads`` without the links between documents."""

    documents: int
    characters: int
    actors: int
    measures: int
    norms: int
    quads: int
    passages: int
    left_out: tuple[str, ...]  # names of repeated texts

    @classmethod
    def of(cls, catalogue: Catalogue, passages: int, left_out: Sequence[str]) -> BuildCounts:
        """The counts of all documents of the catalogue together."""
        entries = catalogue.values()
        return cls(
            documents=len(entries),
            characters=sum(entry.characters for entry in entries),
            actors=sum(entry.actors for entry in entries),
            measures=sum(entry.measures for entry in entries),
            norms=sum(entry.norms for entry in entries),
            quads=sum(entry.quads for entry in entries),
            passages=passages,
            left_out=tuple(left_out),
        )


def build_knowledge_base(sources: Sequence[Source], settings: Settings, progress: Progress) -> BuildCounts:
    """Build a knowledge base of ``sources`` and put it in place of the old one, which answers until then.

    Raises:
        InputError: no source, or two different texts with the same number or title and date.
        ValidationError: the graph breaks its shapes or a quote differs from its slice; nothing is replaced.
        StoreError: the folder cannot be written, or another build is under way.
    """
    if not sources:
        raise InputError("没有可建库的文本。请给出文本文件或文件夹，或用 --laws core 使用默认语料。")
    catalogue: dict[str, Entry] = {}
    with new_generation(settings.knowledge_base) as folder:
        left_out: list[str] = []
        build_store(_quads(sources, Iris(settings.base_iri), catalogue, left_out, progress), folder / STORE)
        store = GraphStore.open(folder / STORE)
        progress("检查图谱", 0, 1)
        raise_problems(validate_store(store))
        progress("检查图谱", 1, 1)
        (folder / CATALOGUE).mkdir()
        for entry in catalogue.values():
            write_entry(entry, folder / CATALOGUE)
        encoder = load_encoder(settings)
        writer = IndexWriter(folder / INDEX, encoder, lambda done, total: progress("建立语义索引", done, total))
        for document in sorted(Iris(settings.base_iri).document(key).value for key in catalogue):
            writer.add(document_passages(store, document))
        counts = BuildCounts.of(catalogue, writer.commit(), left_out)
        write_manifest(folder, counts, encoder.name, settings.base_iri)
    return counts


def raise_problems(problems: Sequence[Problem]) -> None:
    """Raise ValidationError where there are any."""
    if problems:
        listed = "\n".join(str(problem) for problem in problems[:10])
        raise ValidationError(f"图谱没有通过检查，共 {len(problems)} 处，原有知识库保持不变：\n{listed}")


def _quads(
    sources: Sequence[Source], iris: Iris, catalogue: dict[str, Entry], left_out: list[str], progress: Progress
) -> Iterator[Quad]:
    """All quads; fills ``catalogue`` and, with names of repeated texts, ``left_out``."""
    yield from vocabulary_quads(iris)
    for done, source in enumerate(sources):
        progress("读取与抽取", done, len(sources))
        document = parse_document(source)
        if is_repeated(document, source.name, catalogue):
            left_out.append(source.name)
            continue
        statements = extract_statements(document)
        count = 0
        for quad in document_quads(document, statements, iris):
            count += 1
            yield quad
        catalogue[document.key] = Entry.of(source.name, document, statements, count)
    progress("读取与抽取", len(sources), len(sources))
    # What a citation names is known only when all documents are.
    yield from citation_links(iris, catalogue).quads()


def write_manifest(folder: Path, counts: BuildCounts, model: str, base_iri: str) -> None:
    """Write what a generation holds, and what it was made with, into its folder."""
    manifest = {"counts": asdict(counts), "model": model, "base_iri": base_iri}
    (folder / MANIFEST).write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class KnowledgeBase:
    """An open generation: the graph at once, search when it is first asked for.

    ``questions_kept`` is of how many questions the vectors are kept, for those who ask them again.
    """

    folder: Path
    manifest: dict[str, Any]
    store: GraphStore
    settings: Settings
    questions_kept: int = 0

    @classmethod
    def open(cls, settings: Settings, questions_kept: int = 0) -> KnowledgeBase:
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
        return cls(folder, manifest, store, replace(settings, base_iri=base_iri), questions_kept)

    @cached_property
    def searcher(self) -> Searcher:
        """Search over this generation.

        Raises:
            StoreError: the index was made with another model than the settings name, or is damaged.
        """
        return self.searcher_with(self.encoder, load_adapter(self.settings))

    @cached_property
    def suggestions(self) -> Suggestions:
        """The names of what is searched in this generation."""
        return Suggestions(searched_names(self.searcher.value_counts, named_documents(self.store)))

    @cached_property
    def organizations(self) -> OrganizationMatcher:
        """What concerns organizations, in this generation."""
        return OrganizationMatcher(self.store)

    def searcher_with(self, encoder: Encoder, adapter: FloatArray | None) -> Searcher:
        """Search with an encoder whose passage vectors are those of the index, and an adapter for its questions."""
        return Searcher(self.index, encoder, named_documents(self.store), adapter)

    @cached_property
    def index(self) -> Index:
        """The searchable statements with their vectors; opening them loads no model.

        Raises:
            StoreError: a part is missing or damaged.
        """
        return Index.open(self.folder / INDEX)

    @cached_property
    def encoder(self) -> Encoder:
        """The model that the index was made with.

        Raises:
            StoreError: the settings name another one.
        """
        encoder = load_encoder(self.settings)
        if encoder.name != self.manifest["model"]:
            raise StoreError(
                f"知识库是用模型“{self.manifest['model']}”建的，现在设置的是“{encoder.name}”。"
                "请改回 KECE_MODEL，或运行 python cli.py build 重新建库。"
            )
        return CachingEncoder(encoder, self.questions_kept) if self.questions_kept else encoder
