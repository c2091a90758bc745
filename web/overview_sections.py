"""What page 概览 shows, each section made of the answer to one named question, with links to what is behind it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.citation_counts import CitationCount
from kg.labels import CITATION_RELATIONS, LEVELS
from kg.named_together import Pair, actor_label
from kg.questions import Row
from web.components.table import Cell, Look
from web.labels import FACET_TITLES
from web.links import destination, document_key, place_destination
from web.sections import Section

SIDES = ("供给型", "环境型", "需求型")


def property_section(rows: Sequence[Row], facet: str) -> Section:
    """Documents by year, level, document_kind or issuers (rows of ``documents_by_property``)."""
    names: Mapping[str, str] = LEVELS if facet == "level" else {}
    chosen = [(str(row["value"]), _integer(row, "documents")) for row in rows if row["facet"] == facet]
    if facet == "year":
        chosen.sort()
    return Section(
        title=f"各{FACET_TITLES[facet]}的文件",
        note="点名称看是哪些文件。没有写明的文件不计。",
        question="documents_by_property",
        header=(FACET_TITLES[facet], "文件数"),
        rows=[
            [Cell(names.get(value, value), destination("documents", {facet: value})), Cell(number)]
            for value, number in chosen
        ],
        look=Look(bar="文件数", folded=20),
    )


def instrument_section(rows: Sequence[Row]) -> Section:
    """Types of policy instrument over all documents (rows of ``policy_instruments``)."""
    numbers: Counter[tuple[str, str]] = Counter()
    documents: Counter[tuple[str, str]] = Counter()
    for row in rows:
        type_ = str(row["side"]), str(row["instrument"])
        numbers[type_] += _integer(row, "number")
        documents[type_] += 1
    total = sum(numbers.values())
    ranked = sorted(numbers, key=lambda type_: (SIDES.index(type_[0]), -numbers[type_]))
    return Section(
        title="政策工具构成",
        note="举措按规则归入供给、环境、需求三类工具及其细类；占比是占已归类举措的百分数。点细类检索其中的举措。",
        question="policy_instruments",
        header=("细类", "大类", "举措", "占比（%）", "文件数"),
        rows=[
            [
                Cell(type_, destination("search", {"q": type_, "kind": "measure", "instruments": type_})),
                Cell(side),
                Cell(numbers[side, type_]),
                Cell(round(100 * numbers[side, type_] / total, 1)),
                Cell(documents[side, type_]),
            ]
            for side, type_ in ranked
        ],
        look=Look(bar="举措", folded=30),
    )


def document_instrument_section(rows: Sequence[Row]) -> Section:
    """Measures of each side and the most frequent type, by document (rows of ``policy_instruments``)."""
    numbers: dict[str, Counter[str]] = defaultdict(Counter)
    titles: dict[str, str] = {}
    most: dict[str, str] = {}
    for row in rows:
        iri = str(row["iri"])
        titles[iri] = str(row["document_title"])
        numbers[iri][str(row["side"])] += _integer(row, "number")
        most.setdefault(iri, f"{row['instrument']}（{row['percent']:g}%）")  # the rows come by number
    return Section(
        title="各文件的政策工具构成",
        note="数字是各大类举措的条数，括号里是最多的细类占该文件已归类举措的百分数。点数字检索这些举措，点题名看原文。",
        question="policy_instruments",
        header=("文件", *SIDES, "合计", "最多的细类"),
        rows=[
            [
                Cell(titles[iri], destination("document", {"document": document_key(iri)})),
                *(_side_cell(iri, side, numbers[iri][side]) for side in SIDES),
                Cell(numbers[iri].total()),
                Cell(most[iri]),
            ]
            for iri in titles
        ],
        look=Look(bar="合计"),
    )


def _side_cell(iri: str, side: str, number: int) -> Cell:
    where = {"q": side, "kind": "measure", "document": document_key(iri), "instruments": side}
    return Cell(number, destination("search", where) if number else None)


def duty_section(rows: Sequence[Row]) -> Section:
    """Actors by what they must and must not do (rows of ``actors_by_duties``)."""
    return Section(
        title="承担义务最多的主体",
        note="照文中的名称计，包括由上下文推断的承担者；“本单位”一类只在所在文件里才知道指谁的名称不计。"
        "点名称看与它有关的全部举措和规范，点数字检索这些规范。",
        question="actors_by_duties",
        header=("主体", "义务", "禁止", "合计", "文件数"),
        rows=[
            [
                Cell(str(row["label"]), destination("organizations", {"name": str(row["label"])})),
                _duty_cell(row, "obligations", "obligation"),
                _duty_cell(row, "prohibitions", "prohibition"),
                Cell(_integer(row, "duties")),
                Cell(_integer(row, "documents")),
            ]
            for row in rows
        ],
        look=Look(bar="合计"),
    )


def _duty_cell(row: Row, column: str, modality: str) -> Cell:
    number, label = _integer(row, column), str(row["label"])
    where = {"q": label, "kind": "norm", "modality": modality, "actors": label}
    return Cell(number, destination("search", where) if number else None)


def pair_section(pairs: Sequence[Pair]) -> Section:
    """Actors that are named together."""
    return Section(
        title="谁与谁写在一起",
        note="同一条举措或规范的原文同时写到两个主体，计一次；由上下文推断的不计。点条数看这些陈述。",
        question="actors_in_statements",
        header=("主体", "另一主体", "陈述", "文件数"),
        rows=[
            [
                *(Cell(label, destination("organizations", {"name": label})) for label in pair.labels),
                Cell(
                    pair.statements,
                    destination("together", {"first": actor_label(pair.first), "second": actor_label(pair.second)}),
                ),
                Cell(pair.documents),
            ]
            for pair in pairs
        ],
        look=Look(bar="陈述"),
    )


def deadline_section(rows: Sequence[Row]) -> Section:
    """Deadlines by day (rows of ``deadlines``)."""
    return Section(
        title="期限",
        note="按最后一日排列；由文中算不出年份的没有日期，排在后面。点期限看原文。",
        question="deadlines",
        header=("期限", "最后一日", "文件", "陈述"),
        rows=[
            [
                Cell(
                    str(row["words"]),
                    place_destination(document_key(str(row["document"])), _integer(row, "start"), _integer(row, "end")),
                ),
                Cell(str(row["last_day"] or "")),
                Cell(str(row["document_title"])),
                Cell(_integer(row, "statements")),
            ]
            for row in rows
        ],
    )


def citation_section(counts: Sequence[CitationCount]) -> Section:
    """Which document cites which."""
    return Section(
        title="文件之间的引用",
        note="只列知识库里两份文件之间的引用，一种关系一行。点次数看第一处原文，点题名看各文件。",
        question="resolved_citations",
        header=("引用的文件", "被引用的文件", "关系", "次数"),
        rows=[
            [
                Cell(count.citing_title, destination("document", {"document": document_key(count.citing)})),
                Cell(count.cited_title, destination("document", {"document": document_key(count.cited)})),
                Cell(CITATION_RELATIONS[count.relation]),
                Cell(
                    count.citations,
                    place_destination(document_key(count.citing), count.first.start, count.first.end),
                ),
            ]
            for count in counts
        ],
    )


def topic_section(rows: Sequence[Row]) -> Section:
    """Topics by number of statements (rows of ``topic_counts``)."""
    return Section(
        title="主题",
        note="每个主题的举措和规范条数，下位主题另计。点主题检索其中的陈述。",
        question="topic_counts",
        header=("主题", "上位主题", "陈述", "文件数"),
        rows=[
            [
                Cell(str(row["topic"]), destination("search", {"q": str(row["topic"]), "topics": str(row["topic"])})),
                Cell(str(row["broader"] or "")),
                Cell(_integer(row, "statements")),
                Cell(_integer(row, "documents")),
            ]
            for row in rows
        ],
        look=Look(bar="陈述"),
    )


def _integer(row: Row, column: str) -> int:
    return int(str(row[column]))
