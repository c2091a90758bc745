"""Adding documents to a knowledge base and removing them, without building it anew.

The new generation begins with the files of the current one, and is put in place when it is complete. Graph and
answers are those of a full build of the same documents.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from embeddings.index_writer import IndexWriter
from embeddings.knowledge_base import (
    CATALOGUE,
    INDEX,
    STORE,
    BuildCounts,
    KnowledgeBase,
    Progress,
    raise_problems,
    write_manifest,
)
from embeddings.passages import document_passages
from kg.catalogue import Entry, citation_links, find_entry, is_repeated, link_changes, read_catalogue, write_entry
from kg.errors import InputError
from kg.extract import extract_statements
from kg.generations import current_generation, new_generation, share_files
from kg.graph import document_quads
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.removal import remove_document
from kg.settings import Settings
from kg.store import GraphStore, copy_store
from kg.types import Source
from kg.validate import validate_graphs, validate_store


def add_documents(sources: Sequence[Source], settings: Settings, progress: Progress) -> BuildCounts:
    """Add documents to the knowledge base of the settings; a text that it has already is left out.

    Raises:
        InputError: no source, or a different text with the number, or title and date, of another.
        ValidationError: a graph breaks its shapes; nothing is replaced.
        StoreError: there is no knowledge base, it was made with another model, or it is being changed.
    """
    if not sources:
        raise InputError("没有要加入的文本。请给出文本文件或文件夹。")
    current_generation(settings.knowledge_base)
    with new_generation(settings.knowledge_base) as folder:
        update = _Update(settings, folder, progress)
        for done, source in enumerate(sources):
            progress("读取与抽取", done, len(sources))
            update.add(source)
        progress("读取与抽取", len(sources), len(sources))
        return update.finish()


def remove_documents(names: Sequence[str], settings: Settings, progress: Progress) -> BuildCounts:
    """Remove documents, each named by IRI, key, number (文号) or title.

    Raises:
        NotFoundError: there is no such document.
        InputError: several have this name, or none would be left.
        StoreError: there is no knowledge base, it was made with another model, or it is being changed.
    """
    current_generation(settings.knowledge_base)
    with new_generation(settings.knowledge_base) as folder:
        update = _Update(settings, folder, progress)
        for name in names:
            update.remove(name)
        return update.finish()


class _Update:
    """A generation under way; the current one is only read."""

    def __init__(self, settings: Settings, folder: Path, progress: Progress) -> None:
        current = KnowledgeBase.open(settings)
        self._folder = folder
        self._model = current.encoder.name
        self._iris = Iris(current.settings.base_iri)
        self._store = copy_store(current.folder / STORE, folder / STORE)
        for name in (INDEX, CATALOGUE):
            share_files(current.folder / name, folder / name)
        self._before = read_catalogue(folder / CATALOGUE)
        self._after = dict(self._before)
        self._added: list[str] = []  # keys
        self._left_out: list[str] = []
        self._index = IndexWriter(
            folder / INDEX, current.encoder, lambda done, total: progress("建立语义索引", done, total)
        )

    def add(self, source: Source) -> None:
        document = parse_document(source)
        if is_repeated(document, source.name, self._after):
            self._left_out.append(source.name)
            return
        statements = extract_statements(document)
        quads = list(document_quads(document, statements, self._iris))
        raise_problems(validate_store(GraphStore.in_memory(quads)))
        self._store.bulk_extend(quads)
        self._after[document.key] = Entry.of(source.name, document, statements, len(quads))
        self._added.append(document.key)
        write_entry(self._after[document.key], self._folder / CATALOGUE)

    def remove(self, name: str) -> None:
        entry = find_entry(self._after, self._iris, name)
        if len(self._after) == 1:
            raise InputError(f"“{entry.document.title}”是知识库里唯一的文件，不能移除。请先加入别的文件，或重新建库。")
        key = entry.document.key
        remove_document(self._store, self._iris, key)
        self._index.remove(self._iris.document(key).value)
        del self._after[key]
        (self._folder / CATALOGUE / f"{key}.json").unlink()

    def finish(self) -> BuildCounts:
        """Link the documents anew, index what has been added, and write the manifest."""
        for had, has in link_changes(citation_links(self._iris, self._before), citation_links(self._iris, self._after)):
            for quad in had:
                self._store.remove(quad)
            self._store.extend(has)
        self._store.flush()
        del self._store  # closed, since the folder will be renamed
        store = GraphStore.open(self._folder / STORE)
        for key in self._added:
            graphs = (self._iris.read_graph(key).value, self._iris.derived_graph(key).value)
            raise_problems(validate_graphs(store, graphs))  # with their links
        for document in sorted(self._iris.document(key).value for key in self._added):
            self._index.add(document_passages(store, document))
        counts = BuildCounts.of(self._after, self._index.commit(), self._left_out)
        write_manifest(self._folder, counts, self._model, self._iris.base_iri)
        return counts
