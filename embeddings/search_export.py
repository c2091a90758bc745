"""The hits of a search as a file: CSV, XLSX, BibTeX or JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from embeddings.hit_order import by_document
from embeddings.knowledge_base import KnowledgeBase
from embeddings.types import Hit, SearchResult
from kg.citation_formats import CitedDocument, CitedPlace, bibliography, cited_documents, number_citation
from kg.files import check_ending, write_whole
from kg.labels import KINDS, MODALITIES
from kg.table import Table, table_csv, table_workbook

TITLE = "科策检索结果"
HEADER = (
    *("序号", "类型", "原文", "文件", "文号", "日期", "位置", "主体", "效力", "强度"),
    *("得分", "字词得分", "意思得分", "图谱得分", "为什么", "引用", "起", "止", "IRI"),
)


@dataclass(frozen=True, slots=True)
class FoundHits:
    """A search and its ``hits`` in the order in which they are read; ``documents`` by IRI.

    ``addressed`` says whether IRIs are addresses at which they can be looked up, ``accessed`` is today.
    """

    question: str
    result: SearchResult
    hits: Sequence[Hit]
    documents: Mapping[str, CitedDocument]
    addressed: bool
    accessed: date

    def place(self, hit: Hit) -> CitedPlace:
        """A hit as it is cited."""
        return CitedPlace(hit.place, hit.text, hit.iri if self.addressed else "")


def found_hits(knowledge_base: KnowledgeBase, question: str, result: SearchResult) -> FoundHits:
    """A search of ``knowledge_base``, its hits by relevance."""
    documents = cited_documents(knowledge_base.store)
    return FoundHits(question, result, result.hits, documents, knowledge_base.settings.has_own_address, date.today())


def answer_json(question: str, result: SearchResult) -> dict[str, Any]:
    """A search as programs get it, the hits by relevance."""
    return {"query": question, **result.to_json()}


def hits_table(found: FoundHits) -> Table:
    """A row for each hit; 序号 is its place by relevance."""
    return Table(TITLE, HEADER, tuple(_row(hit, found.documents[hit.document_iri]) for hit in found.hits))


def _row(hit: Hit, document: CitedDocument) -> tuple[str | int | float, ...]:
    return (
        hit.rank,
        KINDS[hit.kind],
        hit.text,
        hit.document,
        document.number,
        document.issued,
        hit.place,
        "、".join(hit.actors),
        MODALITIES.get(hit.modality or "", ""),
        hit.strength or "",
        hit.score,
        hit.score_words,
        hit.score_meaning,
        hit.score_graph,
        hit.why,
        number_citation(document, hit.place),
        hit.start,
        hit.end,
        hit.iri,
    )


def _csv(found: FoundHits) -> bytes:
    return table_csv(hits_table(found))


def _workbook(found: FoundHits) -> bytes:
    return table_workbook(hits_table(found))


def _bibtex(found: FoundHits) -> bytes:
    cited = {iri: [found.place(hit) for hit in hits] for iri, hits in by_document(found.hits).items()}
    return bibliography(found.documents, cited, found.addressed, found.accessed).encode()


def _json(found: FoundHits) -> bytes:
    return (json.dumps(answer_json(found.question, found.result), ensure_ascii=False, indent=2) + "\n").encode()


FORMATS: dict[str, Callable[[FoundHits], bytes]] = {
    ".csv": _csv,
    ".xlsx": _workbook,
    ".bib": _bibtex,
    ".json": _json,
}
"""By the ending of the file."""


def write_hits(found: FoundHits, path: Path) -> None:
    """Write the hits to ``path`` in the format that its ending names; raises ``InputError`` as ``kg.files`` does."""
    check_ending(path, FORMATS)
    write_whole(FORMATS[path.suffix.lower()](found), path)
