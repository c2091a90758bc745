"""Small documents and statements made by hand from real sentences, for tests of the graph and what reads it."""

from __future__ import annotations

import hashlib
from datetime import date

from kg.types import (
    ActorMention,
    Citation,
    Document,
    Level,
    Measure,
    Modality,
    Norm,
    Programme,
    Provenance,
    Provision,
    RoleFiller,
    Span,
    Statements,
    Word,
)

PLAN_TEXT = """“十四五”时期推进科协系统深化改革重点任务工作方案
各全国学会,各有关单位:
5.调整优化学会布局。鼓励学会与国际组织联合发布团体标准,推动学会深度融入国家创新体系,实施“党建强会计划”。
各级科协组织及所属学会要加强领导,落实《科协系统深化改革实施方案》。
"""

DATED_TEXT = """关于做好全国学会年度工作的通知
科协发学字〔2025〕12号
各全国学会：
全国学会应当于2025年6月30日前报送年度工作总结。
全国学会要在2026年底前完成章程修订，建立分支机构管理制度。
各省级科协要于2025年9月15日前汇总本地区学会情况，并提供不少于10万元的经费。
鼓励民营企业在条件允许时建立科协组织。
中国科协
2025年3月1日
"""
"""A notice with dated deadlines."""


def span_of(text: str, words: str, occurrence: int = 0) -> Span:
    """Where ``words`` stand in ``text``; the first place is occurrence 0."""
    start = -1
    for _ in range(occurrence + 1):
        start = text.index(words, start + 1)
    return Span(start, start + len(words))


def plan_document() -> Document:
    """A plan in four lines with two addressees, one numbered task and one safeguard."""
    text = PLAN_TEXT
    task = span_of(text, text.splitlines()[2])
    body = span_of(text, text.splitlines()[2].split("。", 1)[1])
    safeguard = span_of(text, text.splitlines()[3])
    return Document(
        key="0123456789abcdef",
        text=text,
        sha256=hashlib.sha256(text.encode()).hexdigest(),
        title=text.splitlines()[0],
        title_span=span_of(text, text.splitlines()[0]),
        kind="方案",
        number="科协发智字〔2021〕41号",
        issuers=("中国科协",),
        addressees=(span_of(text, "各全国学会"), span_of(text, "各有关单位")),
        issued=date(2021, 10, 14),
        in_force=None,
        status=None,
        level="national",
        region=None,
        origin="kexie-fangan-2021.txt",
        licence=None,
        provisions=(
            Provision(0, None, Level.HEADING_3, "5.", "调整优化学会布局", "5.", task, body, (), True),
            Provision(1, None, Level.PARAGRAPH, "", "", "第1段", safeguard, safeguard, (), True),
        ),
    )


def plan_statements() -> Statements:
    """What is to be read in ``plan_document``: three measures, two norms, a citation, a programme."""
    text = PLAN_TEXT
    names = ("各全国学会", "各有关单位", "学会与国际", "国际组织", "学会深度", "各级科协组织", "所属学会")
    spans = [span_of(text, name) for name in names]
    spans[2] = Span(spans[2].start, spans[2].start + 2)
    spans[4] = Span(spans[4].start, spans[4].start + 2)
    _, _, society, international, _, associations, own_societies = spans
    encouraged = span_of(text, "鼓励学会与国际组织联合发布团体标准")
    promoted = span_of(text, "推动学会深度融入国家创新体系")
    carried_out = span_of(text, "实施“党建强会计划”")
    led = span_of(text, "加强领导")
    duty = span_of(text, "各级科协组织及所属学会要加强领导,落实《科协系统深化改革实施方案》")

    def explicit(*fillers: Span) -> tuple[RoleFiller, ...]:
        return tuple(RoleFiller(filler, Provenance.EXPLICIT, "subject") for filler in fillers)

    def word(words: str, within: Span) -> Word:
        start = text.index(words, within.start, within.end)
        return Word(words, Span(start, start + len(words)))

    return Statements(
        actors=tuple(ActorMention(span, span.slice(text)) for span in spans),
        measures=(
            Measure(
                encouraged,
                encouraged.slice(text),
                (word("鼓励", encouraged),),
                (word("发布", encouraged),),
                targets=explicit(society, international),
                aims=(promoted,),
                rule="promotion",
            ),
            Measure(carried_out, carried_out.slice(text), (word("实施", carried_out),), rule="verb_object"),
            Measure(
                led,
                led.slice(text),
                (word("加强", led),),
                agents=tuple(
                    RoleFiller(filler, Provenance.INHERITED, "previous_clause")
                    for filler in (associations, own_societies)
                ),
                rule="verb_object",
            ),
        ),
        norms=(
            Norm(
                encouraged,
                encouraged.slice(text),
                Modality.ENCOURAGEMENT,
                word("鼓励", encouraged),
                bearers=explicit(society),
                measures=(0,),
                rule="encouragement",
            ),
            Norm(
                duty,
                duty.slice(text),
                Modality.OBLIGATION,
                word("要", duty),
                bearers=explicit(associations, own_societies),
                measures=(2,),
                rule="marker",
            ),
        ),
        citations=(
            Citation(span_of(text, "《科协系统深化改革实施方案》"), "科协系统深化改革实施方案", None, "implements"),
        ),
        programmes=(Programme(span_of(text, "党建强会计划"), "党建强会计划"),),
    )
