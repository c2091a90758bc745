"""What is marked in the text of a document: measures, norms, actors and programmes, with who has which role."""

from __future__ import annotations

from dataclasses import dataclass

from kg.namespaces import segment_label, statement_kind, statement_span
from kg.questions import run_question
from kg.store import GraphStore

STATEMENTS = ("measure", "norm")


@dataclass(frozen=True, slots=True)
class Mark:
    """Words ``[start, end)``, in code points, that the graph knows; of a measure with its aims.

    ``kind`` is measure, norm, actor or programme. ``roles`` of a statement: the names of actors by role, inferred ones
    included; of an actor: its roles in the statements round this mention, each with the kinds of statement.
    """

    iri: str
    kind: str
    start: int
    end: int
    modality: str | None  # of a norm, as the next one
    strength: str | None
    roles: dict[str, list[str]]


def document_marks(store: GraphStore, document: str) -> list[Mark]:
    """The marks of the document with this IRI in text order, the longer of two that begin together first.

    Offsets come from the IRIs, where they are written, not from the graph: a long document has ten thousand of them.
    """
    roles = _roles(store, document)
    marks = []
    for row in run_question(store, "document_marks", document=document):
        iri, span = str(row["iri"]), statement_span(str(row["words"]))
        modality, strength = (None if row[name] is None else str(row[name]) for name in ("modality", "strength"))
        marks.append(Mark(iri, statement_kind(iri), span.start, span.end, modality, strength, roles.get(iri, {})))
    marks.sort(key=lambda mark: (mark.start, -mark.end, mark.kind))
    _give_actors_their_roles(marks)
    return marks


def _roles(store: GraphStore, document: str) -> dict[str, dict[str, list[str]]]:
    """Statement → role → names of the actors."""
    roles: dict[str, dict[str, list[str]]] = {}
    for row in sorted(run_question(store, "document_roles", document=document), key=lambda row: str(row["actor"])):
        names = roles.setdefault(str(row["iri"]), {}).setdefault(str(row["role"]), [])
        names.append(segment_label(str(row["actor"])))
    return roles


def _give_actors_their_roles(marks: list[Mark]) -> None:
    """Fill in ``roles`` of the actors, which stand in text order among the statements."""
    open_statements: list[Mark] = []
    for mark in marks:
        open_statements = [statement for statement in open_statements if statement.end > mark.start]
        if mark.kind in STATEMENTS:
            open_statements.append(mark)
        elif mark.kind == "actor":
            label = segment_label(mark.iri)
            playing = [
                (role, one.kind) for one in open_statements for role, names in one.roles.items() if label in names
            ]
            for role, kind in dict.fromkeys(playing):
                mark.roles.setdefault(role, []).append(kind)
