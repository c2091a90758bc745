"""A document as page 原文 shows it: head, outline, sentences, marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from kg.document_marks import Mark, document_marks
from kg.labels import LEVELS, force
from kg.namespaces import segment_label, statement_span
from kg.organization_roles import RELATIONS
from kg.questions import fill_question, run_question
from kg.segment import segment_sentences
from kg.store import GraphStore
from kg.types import Level, Span
from web.components.reader import Head, OutlineEntry, Reading, TextMark
from web.labels import KINDS
from web.links import destination, document_key
from web.resources import KNOWLEDGE_BASE

Row = Mapping[str, Any]

# Levels that have a number or heading to be found by.
OUTLINE_LEVELS = {
    Level.PART,
    Level.CHAPTER,
    Level.SECTION,
    Level.ARTICLE,
    Level.HEADING_1,
    Level.HEADING_2,
    Level.HEADING_3,
    Level.HEADING_4,
}
MARK_KINDS = ("measure", "norm", "actor", "programme")
"""What is marked, in the order of the legend."""
ACTORS_TOLD = 3
"""Actors of a role that a tooltip names; the panel names all."""


# A document of 200,000 characters takes about a second to read; the folder names the generation that was read.
@st.cache_resource(max_entries=100, show_spinner="正在打开……")
def reading_of(document: str, generation: str) -> Reading:
    """All of the document with this IRI, nothing hidden and nowhere opened."""
    store = KNOWLEDGE_BASE.get().store
    row: Row = run_question(store, "document", document=document)[0]
    provisions = provisions_of(store, document)
    text = row["text"]
    sentences = segment_sentences(text, Span(0, len(text)))
    marks, notes = marks_of(store, document)
    return Reading(
        iri=document,
        head=head_of(row),
        text=text,
        destination=destination("document", {"document": document_key(document)}),
        outline=outline_of(provisions),
        provisions=[(span.start, span.end, str(provision["place"])) for span, provision in provisions],
        sentences=[offset for sentence in sentences for offset in (sentence.span.start, sentence.span.end)],
        kinds={kind: KINDS[kind] for kind in MARK_KINDS},
        marks=marks,
        notes=notes,
    )


def head_of(row: Row) -> Head:
    """Title, facts and ways on of a document, a row of question ``document``."""
    key = document_key(row["iri"])
    facts = [
        ("文号", row["number"]),
        ("文种", row["kind"]),
        ("发文机关", "、".join(row["issuers"])),
        ("发布", row["issued"]),
        ("施行", row["in_force"]),
        ("时效", row["status"]),
        ("层级", LEVELS.get(row["level"] or "", row["level"])),
        ("地区", row["region"]),
        ("来源", row["source"]),
        ("字数", f"{len(row['text']):,}"),
        ("主送", "、".join(row["addressees"])),
    ]
    return Head(
        title=row["title"],
        facts=[(name, value) for name, value in facts if value],
        links=[
            ("编码表", destination("documents", {"document": key})),
            ("图谱", destination("graph", {"start": f"document/{key}"})),
            ("与另一份文件对比", destination("compare", {"first": key})),
            (
                "看这份文件的举措和规范的 SPARQL",
                destination("query", {"query": fill_question("document_statements", document=row["iri"])}),
            ),
        ],
        files=[
            ("原文图 Turtle", f"graph/document/{key}.ttl"),
            ("推断图 Turtle", f"graph/document/{key}/derived.ttl"),
            ("文件信息 JSON-LD", f"id/document/{key}.jsonld"),
        ],
    )


def provisions_of(store: GraphStore, document: str) -> list[tuple[Span, Row]]:
    """The provisions of a document, rows of question ``document_places``, each before those that it holds."""
    rows: Sequence[Row] = run_question(store, "document_places", document=document)
    placed = [(statement_span(row["iri"]), row) for row in rows]
    return sorted(placed, key=lambda pair: (pair[0].start, -pair[0].end))


def outline_of(provisions: Sequence[tuple[Span, Row]]) -> list[OutlineEntry]:
    """The numbered and headed ones among the provisions."""
    depths: dict[str, int] = {}
    entries = []
    for span, row in provisions:
        name = f"{row['number'] or ''}{row['heading'] or ''}"
        listed = row["level"] in OUTLINE_LEVELS
        depths[row["iri"]] = depths.get(row["parent"], -1) + listed
        if listed:
            # 第一章 总则, but 一、总体要求
            spaced = row["heading"] and row["number"] and row["number"].startswith("第")
            label = f"{row['number']} {row['heading']}" if spaced else name or row["place"]
            entries.append(OutlineEntry(label=label, start=span.start, depth=depths[row["iri"]]))
    return entries


def marks_of(store: GraphStore, document: str) -> tuple[list[TextMark], list[str]]:
    """Measures, norms, actors and programmes of a document, and their tooltips, each once."""
    notes: dict[str, int] = {}
    marks = [
        TextMark(
            kind=mark.kind,
            start=mark.start,
            end=mark.end,
            note=notes.setdefault(note_of(mark), len(notes)),
            iri=mark.iri.removeprefix(document),
        )
        for mark in document_marks(store, document)
    ]
    return marks, list(notes)


def note_of(mark: Mark) -> str:
    """What the tooltip says: 规范 · 义务（应当） · 承担者：高等学校."""
    parts = [KINDS[mark.kind]]
    if mark.modality:
        parts.append(force(mark.modality, mark.strength))
    if mark.kind == "programme":
        parts.append(segment_label(mark.iri))
    for role, called in RELATIONS.items() if mark.roles else ():
        names = mark.roles.get(role, [])
        if names and mark.kind == "actor":
            parts.append(f"{'、'.join(KINDS[kind] for kind in names)}的{called}")
        elif names:
            parts.append(f"{called}：{told(names)}")
    return " · ".join(parts)


def told(names: Sequence[str]) -> str:
    """The first few names, and how many there are when that is not all."""
    named = "、".join(names[:ACTORS_TOLD])
    return named if len(names) <= ACTORS_TOLD else f"{named}等 {len(names)} 个"
