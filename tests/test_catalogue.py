"""What is kept of each document: written, read, found by its names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg.catalogue import Entry, citation_links, find_entry, is_repeated, link_changes, read_catalogue, write_entry
from kg.errors import InputError, NotFoundError, StoreError
from kg.extract import extract_statements
from kg.namespaces import Iris
from kg.parse import parse_document
from kg.types import Document, Source

IRIS = Iris("https://kece.example/")
LAW = Source(
    "某法\n第一章 总则\n第一条 为了科普，制定本法。\n第二条 应当有下列条件：\n（一）经费；\n（二）场所。\n"
    "第三条 学会可以设立科普站。\n学会应当依照前款规定报告。\n",
    "law.txt",
    title="某法",
    issued=date(2021, 1, 1),
)
RULES = Source(
    "某细则\n第一条 根据《某法》，制定本细则。\n第二条 科普站应当符合《某法》第二条第一项。\n",
    "rules.txt",
    title="某细则",
    issued=date(2022, 1, 1),
)


def entry(source: Source) -> Entry:
    document = parse_document(source)
    return Entry.of(source.name, document, extract_statements(document), 7)


@pytest.fixture
def catalogue() -> dict[str, Entry]:
    return {made.document.key: made for made in map(entry, (LAW, RULES))}


def test_what_is_written_is_what_is_read(catalogue: dict[str, Entry], plan: Document, tmp_path: Path) -> None:
    catalogue[plan.key] = Entry.of("plan", plan, extract_statements(plan), 3)
    for made in catalogue.values():
        write_entry(made, tmp_path)
    assert read_catalogue(tmp_path) == catalogue
    assert any(made.citations for made in catalogue.values())


def test_a_damaged_entry_is_named(tmp_path: Path) -> None:
    (tmp_path / "0123.json").write_text('{"document": 1}', encoding="utf-8")
    with pytest.raises(StoreError, match=r"0123\.json"):
        read_catalogue(tmp_path)


def test_a_document_is_found_by_each_of_its_names(catalogue: dict[str, Entry]) -> None:
    rules = entry(RULES)
    numbered = replace(rules, document=replace(rules.document, number="科协发〔2021〕4号"))
    catalogue[rules.document.key] = numbered
    for name in ("某细则", rules.document.key, IRIS.document(rules.document.key).value, "科协发[2021]4号"):
        assert find_entry(catalogue, IRIS, name) is numbered
    with pytest.raises(NotFoundError, match="某令"):
        find_entry(catalogue, IRIS, "某令")
    other = replace(numbered, document=replace(numbered.document, key="other"))
    with pytest.raises(InputError, match="2 份"):
        find_entry(catalogue | {"other": other}, IRIS, "某细则")


def test_the_same_text_is_repeated_and_another_is_an_error(catalogue: dict[str, Entry]) -> None:
    law = parse_document(LAW)
    assert is_repeated(law, "again.txt", catalogue)
    assert not is_repeated(law, "again.txt", {})
    with pytest.raises(InputError, match=r"law\.txt"):
        is_repeated(replace(law, sha256="0"), "again.txt", catalogue)


def test_changes_of_links_lead_from_one_set_to_the_other(catalogue: dict[str, Entry]) -> None:
    law = parse_document(LAW).key
    without = citation_links(IRIS, {key: made for key, made in catalogue.items() if key != law})
    whole = citation_links(IRIS, catalogue)
    added = {quad for _, has in link_changes(without, whole) for quad in has}
    lost = {quad for had, _ in link_changes(whole, without) for quad in had}
    assert added == lost == set(whole.quads()) - set(without.quads())
    assert any(quad.predicate.value.endswith("resolvedProvision") for quad in added)
