"""Documents added to a knowledge base and removed from it: as a full build of the same documents has them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import embeddings.knowledge_base
from embeddings.knowledge_base import KnowledgeBase, build_knowledge_base
from embeddings.types import SearchFilters
from embeddings.update import add_documents, remove_documents
from kg.corpus import core_sources
from kg.errors import InputError, NotFoundError, StoreError
from kg.generations import current_generation
from kg.settings import Settings
from kg.types import Source
from tests.bigram_encoder import BigramEncoder

PLAN = Source(
    "中国科协关于加强学会建设的工作方案\n"
    "各全国学会：\n"
    "为贯彻《某省科学普及条例》第二条，制定本方案。\n"
    "一、重点任务\n"
    "1.支持中国化学会开展科普。鼓励民营企业建立科协，实施“党建强会计划”。\n"
    "2.依据《学会管理办法》第三条，办事机构应当按时报告。\n",
    "plan.txt",
    number="科协发学字〔2022〕5号",
    issued=date(2022, 3, 1),
)
STATUTE = Source(
    "某省科学普及条例\n"
    "第一条 为了促进科普，制定本条例。\n"
    "第二条 县级以上人民政府应当将科普工作纳入规划，中国化学会可以设立科普站。\n",
    "statute.txt",
    title="某省科学普及条例",
    issued=date(2020, 1, 1),
    in_force=date(2020, 3, 1),
)
RULES = Source(
    "学会管理办法\n"
    "第一条 根据《某省科学普及条例》，制定本办法。\n"
    "第二条 中国物理学会应当接受中国科协监督。\n"
    "第三条 学会不得挪用科普经费。\n",
    "rules.txt",
    title="学会管理办法",
    issued=date(2021, 1, 1),
    in_force=date(2021, 3, 1),
)


@pytest.fixture(autouse=True)
def fast_encoder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embeddings.knowledge_base, "load_encoder", lambda settings: BigramEncoder())
    monkeypatch.setattr(embeddings.knowledge_base, "load_adapter", lambda settings: None)


def nothing(*_: object) -> None:
    """Progress that nobody watches."""


def built(folder: Path, sources: Sequence[Source]) -> Settings:
    settings = Settings(knowledge_base_folder=folder)
    build_knowledge_base(sources, settings, nothing)
    return settings


def content(settings: Settings) -> tuple[set[str], list[dict[str, object]]]:
    """All quads, and all passages that can be found."""
    opened = KnowledgeBase.open(settings)
    index = opened.searcher._index
    rows = [row for key in sorted(index.facet_counts(None, SearchFilters())["document"]) for row in rows_of(index, key)]
    return {str(quad) for quad in opened.store.quads()}, [index.record(row) for row in rows]


def rows_of(index, document: str) -> list[int]:  # type: ignore[no-untyped-def]
    return index.rows_at(document, 0, 10**6)


def differences(settings: Settings, expected: Settings) -> tuple[set[str], set[str]]:
    (quads, passages), (expected_quads, expected_passages) = content(settings), content(expected)
    assert passages == expected_passages
    assert KnowledgeBase.open(settings).manifest == KnowledgeBase.open(expected).manifest
    return quads - expected_quads, expected_quads - quads


@pytest.mark.parametrize("added", [PLAN, STATUTE, RULES], ids=lambda source: source.name)
def test_adding_gives_what_building_from_all_gives(tmp_path: Path, added: Source) -> None:
    sources = [PLAN, STATUTE, RULES]
    settings = built(tmp_path / "part", [source for source in sources if source is not added])
    add_documents([added], settings, nothing)
    assert differences(settings, built(tmp_path / "all", sources)) == (set(), set())


@pytest.mark.parametrize("removed", [PLAN, STATUTE, RULES], ids=lambda source: source.name)
def test_removing_gives_what_building_without_gives(tmp_path: Path, removed: Source) -> None:
    sources = [PLAN, STATUTE, RULES]
    settings = built(tmp_path / "all", sources)
    remove_documents([removed.number or removed.title or ""], settings, nothing)
    rest = built(tmp_path / "part", [source for source in sources if source is not removed])
    assert differences(settings, rest) == (set(), set())


def test_removing_and_adding_again_changes_nothing(tmp_path: Path) -> None:
    settings = built(tmp_path / "one", [PLAN, STATUTE, RULES])
    remove_documents(["学会管理办法", "某省科学普及条例"], settings, nothing)
    add_documents([STATUTE, RULES], settings, nothing)
    assert differences(settings, built(tmp_path / "two", [PLAN, STATUTE, RULES])) == (set(), set())


def test_what_is_removed_is_found_no_more_and_what_is_added_is(tmp_path: Path) -> None:
    settings = built(tmp_path / "kb", [PLAN, STATUTE])
    add_documents([RULES], settings, nothing)
    hits = KnowledgeBase.open(settings).searcher.search("挪用科普经费").hits
    assert hits[0].document == "学会管理办法"
    remove_documents([hits[0].document_iri], settings, nothing)
    searcher = KnowledgeBase.open(settings).searcher
    found = searcher.search("挪用科普经费").hits
    assert {hit.document for hit in found} == {"某省科学普及条例", PLAN.text.split("\n")[0]}
    assert len(searcher.facets()["document"]) == 2


def test_a_reader_of_the_old_generation_reads_on(tmp_path: Path) -> None:
    settings = built(tmp_path / "kb", [PLAN, STATUTE, RULES])
    old = KnowledgeBase.open(settings)
    before = {str(quad) for quad in old.store.quads()}
    remove_documents(["学会管理办法"], settings, nothing)
    assert {str(quad) for quad in old.store.quads()} == before
    assert old.searcher.search("挪用科普经费").hits[0].document == "学会管理办法"


def test_an_update_that_fails_leaves_the_knowledge_base_as_it_was(tmp_path: Path) -> None:
    settings = built(tmp_path / "kb", [PLAN, STATUTE])
    before, generation = content(settings), current_generation(settings.knowledge_base)
    other = replace(STATUTE, text=STATUTE.text + "第三条 另有正文。\n")
    with pytest.raises(InputError, match="正文却不同"):
        add_documents([RULES, other], settings, nothing)
    assert current_generation(settings.knowledge_base) == generation
    assert content(settings) == before


def test_a_text_that_is_there_is_left_out(tmp_path: Path) -> None:
    settings = built(tmp_path / "kb", [PLAN, STATUTE])
    assert add_documents([replace(STATUTE, name="again.txt")], settings, nothing).left_out == ("again.txt",)


def test_what_cannot_be_removed_is_named(tmp_path: Path) -> None:
    settings = built(tmp_path / "kb", [PLAN, replace(PLAN, number=None), STATUTE])
    with pytest.raises(NotFoundError, match="无此办法"):
        remove_documents(["无此办法"], settings, nothing)
    with pytest.raises(InputError, match="2 份"):
        remove_documents([PLAN.text.split("\n")[0]], settings, nothing)
    with pytest.raises(InputError, match="唯一"):
        remove_documents([PLAN.number or "", PLAN.text.split("\n")[0], "某省科学普及条例"], settings, nothing)


def test_nothing_to_update_is_an_error_that_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"cli\.py build"):
        add_documents([PLAN], Settings(knowledge_base_folder=tmp_path / "kb"), nothing)
    assert not (tmp_path / "kb").exists()


def test_statutes_and_the_plan_go_and_come_without_a_trace(tmp_path: Path) -> None:
    """Real texts that cite each other and name the same actors."""
    sources = [*sorted(core_sources(), key=lambda source: len(source.text))[:3], core_sources()[0]]
    whole = built(tmp_path / "whole", sources)
    part = built(tmp_path / "part", sources[:2])
    add_documents(sources[2:], part, nothing)
    assert differences(part, whole) == (set(), set())
    remove_documents(["科协发智字〔2021〕41号", str(sources[0].title)], part, nothing)
    assert differences(part, built(tmp_path / "rest", sources[1:3])) == (set(), set())
