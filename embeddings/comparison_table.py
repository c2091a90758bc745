"""A comparison of two documents as a table for files, and as lines of plain text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from embeddings.compared_units import ComparedUnit
from embeddings.document_comparison import (
    BASES,
    FACT_CHANGES,
    READINGS,
    Change,
    ComparedRow,
    DocumentComparison,
)
from embeddings.word_changes import Marks
from kg.table import Table, Value

_OF_ROW = ("序号", "类别", "对应的依据", "字句相同", "变化")
_OF_SIDE = ("位置", "原文", "不同的字句", "效力", "期限", "数量", "IRI")
HEADER = (*_OF_ROW, *(f"{side}：{name}" for name in _OF_SIDE for side in ("甲", "乙")))
"""甲 is the first document, 乙 the second; what both say of one thing stands side by side."""


def comparison_title(comparison: DocumentComparison) -> str:
    """The two documents in one line."""
    return f"{comparison.first.name}与{comparison.second.name}对比"


def comparison_table(comparison: DocumentComparison, shown: Sequence[str] = ()) -> Table:
    """The rows with any of the tags ``shown``, all where none is named; raises ``InputError`` for an unknown tag."""
    names = comparison.names
    rows = enumerate(comparison.chosen(shown), start=1)
    return Table(
        comparison_title(comparison), HEADER, tuple((number, *_cells(row, names[row.change])) for number, row in rows)
    )


def _cells(row: ComparedRow, name: str) -> tuple[Value, ...]:
    differs = row.change is Change.CHANGED
    sides = zip(
        _side(row.first, row.first_marks if differs else ()),
        _side(row.second, row.second_marks if differs else ()),
        strict=True,
    )
    return (
        name,
        BASES[row.basis] if row.basis else "",
        "" if row.wording is None else row.wording,
        "、".join(FACT_CHANGES[fact] for fact in row.facts),
        *(value for pair in sides for value in pair),
    )


def _side(unit: ComparedUnit | None, marks: Marks) -> tuple[str, ...]:
    if unit is None:
        return ("",) * len(_OF_SIDE)
    differing = "；".join(unit.text[start:end] for start, end in marks)
    facts = (unit.force, "、".join(unit.deadlines), "、".join(unit.quantities))
    return (unit.place, unit.text, differing, *facts, unit.iri)


def comparison_lines(comparison: DocumentComparison, shown: Sequence[str], limit: int) -> Iterator[str]:
    """The figures, then the first ``limit`` rows of these tags; deleted words as [-…-], new ones as {+…+}."""
    names, rows = comparison.names, comparison.chosen(shown)
    yield comparison_title(comparison)
    yield f"按{READINGS[comparison.reading]}比较（{comparison.reason}）"
    yield f"甲 {comparison.first.statements} 条，乙 {comparison.second.statements} 条"
    yield "；".join(f"{names[tag]} {count}" for tag, count in comparison.counts.items() if count)
    for number, row in enumerate(rows[:limit], start=1):
        yield f"{number:>3}. {names[row.change]}" + "".join(f"【{names[fact]}】" for fact in row.facts)
        for side, unit, marks, signs in (
            ("甲", row.first, row.first_marks, ("[-", "-]")),
            ("乙", row.second, row.second_marks, ("{+", "+}")),
        ):
            if unit is not None:
                text = _marked(unit.text, marks, *signs) if row.change is Change.CHANGED else unit.text
                yield f"     {side} {unit.place}：{text}".replace("\n", " ")
    if len(rows) > limit:
        yield f"另有 {len(rows) - limit} 条：加大 --limit，或用 --export 写成文件。"


def _marked(text: str, marks: Marks, opening: str, closing: str) -> str:
    for start, end in reversed(marks):
        text = f"{text[:start]}{opening}{text[start:end]}{closing}{text[end:]}"
    return text
