"""What is offered while a reader types, and near a question that found nothing."""

from __future__ import annotations

import pytest

from embeddings.suggestions import Name, Suggestions

LAW = Name("document", "中华人民共和国科学技术普及法", 375, "urn:law")
PLAN = Name("document", "“十四五”时期推进科协系统深化改革重点任务工作方案", 172, "urn:plan", "科协发智字〔2021〕41号")
SOCIETY = Name("actor", "学会", 25)
NATIONAL_SOCIETY = Name("actor", "全国学会", 90)
SOCIETIES = Name("actor", "学会联合体", 3)
TOPIC = Name("topic", "学会治理", 40)
TAX = Name("instrument", "税收优惠", 127)
BASE = Name("programme", "GF项目", 2)
NAMES = [LAW, PLAN, SOCIETY, NATIONAL_SOCIETY, SOCIETIES, TOPIC, TAX, BASE]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("学会", [SOCIETY, TOPIC, SOCIETIES, NATIONAL_SOCIETY]),  # itself, what begins so, what holds it
        ("學會治", [TOPIC]),
        ("ｇｆ", [BASE]),
        ("十四五时期", [PLAN]),
        ("科协发智字[2021]", [PLAN]),
        ("科学技术普及", [LAW]),
        ("科普法", [LAW]),
        ("kxjsp", [LAW]),
        ("SSYH", [TAX]),
        ("s", []),  # one letter is no initials
        ("？“”", []),
        ("糖醋排骨", []),
    ],
)
def test_names_are_found_by_beginning_middle_number_and_initials(typed: str, names: list[Name]) -> None:
    assert Suggestions(NAMES).find(typed, 8) == names


def test_no_kind_takes_all_places_while_others_want_them() -> None:
    actors = [Name("actor", f"科技{number}部", 100 - number) for number in range(1, 7)]
    topic = Name("topic", "科技人才", 1)
    assert Suggestions([*actors, topic]).find("科技", 4) == [*actors[:2], topic, actors[2]]
    assert Suggestions(actors).find("科技", 4) == actors[:4]


def test_names_near_a_question_are_those_that_it_mostly_holds() -> None:
    near = Suggestions(NAMES).near("外国科学家能不能在全国学会担任职务", 8)
    assert near == [NATIONAL_SOCIETY, SOCIETY]
    assert Suggestions(NAMES).near("糖和醋按什么比例放", 8) == []
