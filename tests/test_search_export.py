"""The hits of a search as files, opened again."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

from embeddings.hit_order import HitOrder, by_document, order_hits
from embeddings.knowledge_base import KnowledgeBase
from embeddings.search_export import FORMATS, HEADER, FoundHits, found_hits, write_hits
from kg.errors import InputError
from kg.settings import Settings

QUESTION = "科普经费能不能挪用"


@pytest.fixture(scope="module")
def found(small_settings: Settings) -> FoundHits:
    knowledge_base = KnowledgeBase.open(small_settings)
    return found_hits(knowledge_base, QUESTION, knowledge_base.searcher.search(QUESTION, limit=8))


def test_files_hold_the_hits(found: FoundHits, tmp_path: Path) -> None:
    for ending in FORMATS:
        write_hits(found, tmp_path / f"hits{ending}")
    texts = [hit.text for hit in found.hits]
    rows = list(csv.DictReader(io.StringIO((tmp_path / "hits.csv").read_text(encoding="utf-8-sig"))))
    assert [row["原文"] for row in rows] == texts
    assert {row["引用"] for row in rows if row["文号"]} == {
        f"《{hit.document}》（科协发智字〔2021〕41号）{hit.place}" for hit in found.hits if "方案" in hit.document
    }
    sheet = openpyxl.load_workbook(tmp_path / "hits.xlsx").active
    assert [cell.value for cell in sheet[1]] == list(HEADER)
    assert [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)] == texts
    answer = json.loads((tmp_path / "hits.json").read_text(encoding="utf-8"))
    assert answer == json.loads(json.dumps({"query": QUESTION, **found.result.to_json()}))
    entries = re.findall(r"@misc\{kece-(\w{16}),", (tmp_path / "hits.bib").read_text(encoding="utf-8"))
    assert entries == [iri.rsplit("/", 1)[-1] for iri in by_document(found.hits)]


def test_other_files_are_refused(found: FoundHits, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"\.bib"):
        write_hits(found, tmp_path / "hits.pdf")


def test_orders_are_by_force_and_by_day_and_then_by_relevance(found: FoundHits) -> None:
    marked = [
        ("obligation", "应当"),
        (None, None),
        ("prohibition", "严禁"),
        ("encouragement", "鼓励"),
        ("obligation", "应当"),
    ]
    hits = [
        replace(found.hits[0], rank=rank, modality=modality, strength=strength, document_iri=f"urn:{rank % 2}")
        for rank, (modality, strength) in enumerate(marked, start=1)
    ]

    def ranks(order: HitOrder) -> list[int]:
        return [hit.rank for hit in order_hits(hits, order, {"urn:1": "", "urn:0": "2021-10-14"})]

    assert ranks(HitOrder.RELEVANCE) == [1, 2, 3, 4, 5]
    assert ranks(HitOrder.FORCE) == [3, 1, 5, 4, 2]
    assert ranks(HitOrder.DATE) == [2, 4, 1, 3, 5]
