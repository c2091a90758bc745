"""What a knowledge base keeps of each document beside the graph, so that others can be added and it can be removed.

One file a document, ``KEY.json``, never changed: how others may cite it, what it cites, and what it was counted with.
Links between documents depend on all documents; with these files they follow without reading any text again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Quad

from kg.citation_graph import CitationLinks
from kg.citation_resolution import CitableDocument
from kg.dataclass_json import from_json, to_json
from kg.document_names import NamedDocument, find_document
from kg.errors import InputError, StoreError
from kg.namespaces import Iris
from kg.types import Citation, Document, Statements


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the knowledge base; ``name`` is that of its source, ``quads`` are those without links."""

    document: CitableDocument
    citations: tuple[Citation, ...]  # of other documents
    name: str
    sha256: str
    characters: int
    actors: int
    measures: int
    norms: int
    quads: int

    @classmethod
    def of(cls, name: str, document: Document, statements: Statements, quads: int) -> Entry:
        """The entry of a document read from the source ``name``."""
        return cls(
            document=CitableDocument.of(document),
            citations=tuple(citation for citation in statements.citations if not citation.internal),
            name=name,
            sha256=document.sha256,
            characters=len(document.text),
            actors=len(statements.actors),
            measures=len(statements.measures),
            norms=len(statements.norms),
            quads=quads,
        )


Catalogue = Mapping[str, Entry]
"""Entries by the documents' keys."""


def write_entry(entry: Entry, folder: Path) -> None:
    """Write an entry into the catalogue's folder."""
    text = json.dumps(to_json(entry), ensure_ascii=False, separators=(",", ":"))
    (folder / f"{entry.document.key}.json").write_text(text, encoding="utf-8")


def read_catalogue(folder: Path) -> dict[str, Entry]:
    """All entries; raises :class:`StoreError` when one is damaged or of another version."""
    entries = {}
    for path in sorted(folder.glob("*.json")):
        try:
            entries[path.stem] = from_json(Entry, json.loads(path.read_text(encoding="utf-8")))
        except (OSError, KeyError, TypeError, ValueError) as error:
            raise StoreError(
                f"“{path}”已损坏或是由另一版本写的，不能增减文件；请重新建库：python cli.py build"
            ) from error
    return entries


def is_repeated(document: Document, name: str, catalogue: Catalogue) -> bool:
    """Whether the catalogue has this text already.

    Raises:
        InputError: it has another text with the same number, or title and date.
    """
    known = catalogue.get(document.key)
    if known is None:
        return False
    if known.sha256 != document.sha256:
        raise InputError(
            f"“{name}”与“{known.name}”的文号（或题名和日期）相同，正文却不同。请只保留其中一个，或改正题名。"
        )
    return True


def find_entry(catalogue: Catalogue, iris: Iris, name: str) -> Entry:
    """The entry of the document with this IRI, key, number (文号) or title.

    Raises:
        NotFoundError: there is none.
        InputError: there are several.
    """
    entries = {iris.document(entry.document.key).value: entry for entry in catalogue.values()}
    documents = (NamedDocument(iri, entry.document.title, entry.document.number) for iri, entry in entries.items())
    return entries[find_document(documents, name).iri]


def citation_links(iris: Iris, catalogue: Catalogue) -> CitationLinks:
    """The links between the documents of a catalogue."""
    return CitationLinks(iris, {key: (entry.document, entry.citations) for key, entry in catalogue.items()})


def link_changes(before: CitationLinks, after: CitationLinks) -> Iterator[tuple[set[Quad], set[Quad]]]:
    """For each document of ``after``, the links that it no longer has, and those that it did not have."""
    old, new = before.resolver(), after.resolver()
    for key in sorted(after.citing):
        had = set(before.document_quads(old, key)) if key in before.citing else set()
        has = set(after.document_quads(new, key))
        yield had - has, has - had
