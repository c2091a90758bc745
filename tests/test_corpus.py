import csv
from datetime import date

import pytest

from kg import corpus
from kg.corpus import CORPUS_FOLDER, core_sources, law_source, laws_in_force
from kg.errors import InputError, NotFoundError
from kg.parse import parse_document


def test_core_corpus_is_the_plan_and_the_listed_laws_unchanged() -> None:
    sources = core_sources()
    with (CORPUS_FOLDER / "sources.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [source.title for source in sources] == [row["title"] for row in rows]
    assert len(sources) > 40
    assert all(row["reason"] and row["licence"] for row in rows)
    assert len({parse_document(source).key for source in sources}) == len(sources)


def test_law_is_rendered_with_chapters_articles_and_dates() -> None:
    law = next(source for source in core_sources() if source.name.endswith("科学技术普及法"))
    lines = law.text.splitlines()
    assert lines[0] == "中华人民共和国科学技术普及法"
    assert lines[2] == "第一章 总则"
    assert lines[3].startswith("第一条 为了实施科教兴国战略")
    document = parse_document(law)
    assert (document.kind, document.issued, document.in_force) == ("法律", date(2024, 12, 25), date(2024, 12, 25))
    articles = [provision for provision in document.provisions if provision.level == "article"]
    assert len(articles) == 60


def test_version_in_force_depends_on_the_day() -> None:
    def issued(on: date) -> date | None:
        return next(law.issued for law in laws_in_force(on) if law.name == "中华人民共和国商标法")

    assert issued(date(2026, 12, 31)) == date(2019, 4, 23)
    assert issued(date(2027, 1, 1)) == date(2026, 6, 26)


def test_repealed_laws_amendments_and_interpretations_are_left_out() -> None:
    names = [law.name for law in laws_in_force(date(2026, 11, 1))]
    assert len(names) == len(set(names)) > 290
    assert "中华人民共和国环境保护法" not in names  # repealed by the code of 2026
    assert not any("修正案" in name or "的解释" in name for name in names)


def test_unknown_law_and_changed_text_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NotFoundError, match="没有编号为“000000000000”的法律"):
        law_source("000000000000")
    row = {"title": "方案", "origin": "file:kexie-fangan-2021.txt", "sha256": "0" * 64, "licence": ""}
    with pytest.raises(InputError, match="登记的不一致"):
        corpus._listed_source(row)
