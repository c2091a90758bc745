"""Documents and articles that a question names."""

from __future__ import annotations

import pytest

from embeddings.references import DocumentNames, ProvisionNumber
from embeddings.tokens import fold
from kg.document_names import NamedDocument

POPULARIZATION = NamedDocument("urn:popularization", "中华人民共和国科学技术普及法")
PATENTS = NamedDocument("urn:patents", "中华人民共和国专利法")
PLAN = NamedDocument("urn:plan", "“十四五”时期推进科协系统深化改革重点任务工作方案", "科协发智字〔2021〕41号")
NAMES = DocumentNames([POPULARIZATION, PATENTS, PLAN])


@pytest.mark.parametrize(
    ("question", "document", "provision"),
    [
        ("科普法第二十条", POPULARIZATION, ProvisionNumber(20)),
        ("科普法20条说什么", POPULARIZATION, ProvisionNumber(20)),
        ("《科学技术普及法》第10条第2款", POPULARIZATION, ProvisionNumber(10, paragraph=2)),
        ("中华人民共和国专利法第七十五条第（四）项", PATENTS, ProvisionNumber(75, item=4)),
        ("專利法第11條", PATENTS, ProvisionNumber(11)),
        ("专利法第十一条之一", PATENTS, ProvisionNumber(11, branch=1)),
        ("专利法怎么保护发明人", PATENTS, None),
        ("科协发智字〔2021〕41号", PLAN, None),
        ("科协发智字[2021]41号全文", PLAN, None),
        ("科协发智字2021 第41号", PLAN, None),
        ("十四五时期推进科协系统深化改革重点任务工作方案", PLAN, None),
    ],
)
def test_a_document_is_found_by_title_short_name_and_number(
    question: str, document: NamedDocument, provision: ProvisionNumber | None
) -> None:
    (reference,) = NAMES.find(fold(question))
    assert (reference.document, reference.provision) == (document, provision)


def test_two_documents_are_both_found() -> None:
    found = NAMES.find("专利法和科普法有什么不同")
    assert [reference.document for reference in found] == [PATENTS, POPULARIZATION]


@pytest.mark.parametrize("question", ["专利法实施细则", "第二十条", "科普法律", "方案", "41号"])
def test_another_text_or_a_bare_number_is_no_reference(question: str) -> None:
    assert NAMES.find(question) == ()


def test_what_a_statute_lays_down_is_not_a_longer_word() -> None:
    (reference,) = NAMES.find("科普法规定了什么")
    assert reference.document == POPULARIZATION


def test_a_title_that_two_documents_bear_names_neither() -> None:
    twins = DocumentNames([NamedDocument("urn:1", "科普条例"), NamedDocument("urn:2", "科普条例")])
    assert twins.find("科普条例第三条") == ()


@pytest.mark.parametrize(
    ("place", "holds"),
    [
        ("第二十条", True),
        ("第二十条第二款", True),
        ("第二条", False),
        ("第二十条之一", False),
        ("三、重点举措 2.", False),
    ],
)
def test_an_article_holds_its_paragraphs(place: str, holds: bool) -> None:
    assert ProvisionNumber(20).holds(place) is holds


def test_a_paragraph_does_not_hold_the_others() -> None:
    assert ProvisionNumber(20, paragraph=2).holds("第二十条第二款第（一）项")
    assert not ProvisionNumber(20, paragraph=2).holds("第二十条第一款")
