"""Sentences read as articles of a statute or tasks of a plan, for tests of the extraction."""

from __future__ import annotations

from kg.extract import extract_statements
from kg.parse import parse_document
from kg.types import Document, RoleFiller, Source, Statements


def read(text: str) -> tuple[Statements, Document]:
    document = parse_document(Source(text=text, name="样例"))
    return extract_statements(document), document


def read_article(sentence: str) -> Statements:
    """Statements of a sentence as article 1 of a statute."""
    return read(f"某条例\n第一条 {sentence}")[0]


def read_task(sentence: str) -> Statements:
    """Statements of a sentence as a numbered task of a plan."""
    return read(f"某方案\n一、重点任务\n1.主要工作。{sentence}")[0]


def quotes(fillers: tuple[RoleFiller, ...], text: str) -> list[str]:
    return [filler.span.slice(text) for filler in fillers]
