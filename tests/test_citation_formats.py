"""Citations of a law, a plan with a number, and a document of which little is known."""

from __future__ import annotations

import re
from datetime import date

from kg.citation_formats import CitedDocument, CitedPlace, bibtex, number_citation, reference

LAW = CitedDocument(
    "fa945219e930c78c", "中华人民共和国科学技术进步法", "", ("全国人民代表大会常务委员会",), "2021-12-24"
)
PLAN = CitedDocument(
    "4510761917c72c05",
    "“十四五”时期推进科协系统深化改革重点任务工作方案",
    "科协发智字〔2021〕41号",
    ("中国科协",),
    "2021-10-14",
)
BARE = CitedDocument("0123456789abcdef", "某县科普工作意见")
ARTICLE = CitedPlace("第八十四条第二款", "可以\n聘用{境外}人员，50%_以上")
TASK = CitedPlace(
    "三、重点举措 5.", "探索吸纳外籍科学家在学会任职", "https://policy.example.org/id/document/4510761917c72c05"
)
TODAY = date(2026, 11, 25)


def test_number_is_given_where_there_is_one() -> None:
    assert number_citation(PLAN, "第十四条第二款") == (
        "《“十四五”时期推进科协系统深化改革重点任务工作方案》（科协发智字〔2021〕41号）第十四条第二款"
    )
    assert number_citation(LAW, ARTICLE.place) == "《中华人民共和国科学技术进步法》第八十四条第二款"
    assert number_citation(BARE, "") == "《某县科普工作意见》"


def test_reference_holds_what_is_known_and_nothing_else() -> None:
    assert reference(LAW, ARTICLE, TODAY) == (
        "全国人民代表大会常务委员会. 中华人民共和国科学技术进步法[A]. 2021: 第八十四条第二款."
    )
    assert reference(PLAN, TASK, TODAY) == (
        "中国科协. “十四五”时期推进科协系统深化改革重点任务工作方案: 科协发智字〔2021〕41号[A/OL]. "
        f"2021: 三、重点举措 5.(2021-10-14)[2026-11-25]. {TASK.address}."
    )
    assert reference(BARE, CitedPlace("一、", "……"), TODAY) == "某县科普工作意见[A]. 一、."
    assert reference(BARE, CitedPlace("", "……"), TODAY) == "某县科普工作意见[A]."


def test_more_than_three_issuers_are_cut_short() -> None:
    joint = CitedDocument("a" * 16, "通知", issuers=("甲部", "乙部", "丙部", "丁部"))
    assert reference(joint, CitedPlace("", ""), TODAY) == "甲部, 乙部, 丙部, 等. 通知[A]."


def read_entry(entry: str) -> dict[str, str]:
    """The fields of an entry, each on a line of its own, as BibTeX would: braces must balance."""
    head, *lines, end, rest = entry.split("\n")
    assert re.fullmatch(r"@misc\{kece-[0-9a-f]{16},", head)
    assert (end, rest) == ("}", "")
    fields = {}
    for line in lines:
        name, value = re.fullmatch(r"  (\w+) = \{(.*)\},", line).groups()  # type: ignore[union-attr]
        depths = [value[: place + 1].count("{") - value[: place + 1].count("}") for place in range(len(value))]
        assert all(depth >= 0 for depth in depths)
        assert not depths[-1:] or depths[-1] == 0
        fields[name] = value
    return fields


def test_bibtex_has_the_places_in_its_note_and_escapes_what_tex_reads() -> None:
    fields = read_entry(bibtex(LAW, [ARTICLE, CitedPlace("第九条", "……")], "", TODAY))
    assert fields == {
        "author": "{全国人民代表大会常务委员会}",
        "title": "{中华人民共和国科学技术进步法}",
        "date": "2021-12-24",
        "year": "2021",
        "note": r"第八十四条第二款：“可以 聘用\textbraceleft{}境外\textbraceright{}人员，50\%\_以上”；第九条：“……”",
        "mark": "A",
        "language": "chinese",
    }
    online = read_entry(bibtex(PLAN, [TASK], TASK.address, TODAY))
    assert (online["number"], online["url"], online["urldate"]) == (PLAN.number, TASK.address, "2026-11-25")
    assert read_entry(bibtex(BARE, [], "", TODAY)).keys() == {"title", "mark", "language"}
