"""What is known of one statement and how it is known, and what stands next to it in the graph."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kg.classification import HEADING_RULE as TOPIC_OF_HEADING_RULE
from kg.classification import INSTRUMENT_RULE, TOPIC_RULE
from kg.errors import NotFoundError
from kg.graph import ADDRESSEE_RULE, OWNER_RULE
from kg.questions import run_question
from kg.store import GraphStore


class Certainty(StrEnum):
    """How a fact is known."""

    EXPLICIT = "explicit"  # the statement's own words say it
    INHERITED = "inherited"  # other words of the document say it: an earlier clause, a heading, a bracket
    CONCLUDED = "concluded"  # no words say it: a rule concludes it


_CONCLUDING_RULES = {ADDRESSEE_RULE, OWNER_RULE, INSTRUMENT_RULE, TOPIC_RULE, TOPIC_OF_HEADING_RULE}


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact; ``name`` as in question ``statement_facts``, ``reason`` "" for what the words say.

    ``iri`` is what ``label`` stands for; None where it is a mere word. ``last_day``: of a deadline, ISO 8601.
    """

    name: str
    label: str
    iri: str | None
    certainty: Certainty
    reason: str
    last_day: str | None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """What a statement is tied to: ``relation`` is provision, prescribes, prescribed_by or citation.

    ``document`` is None where a citation leads to nothing in the knowledge base; ``start`` and ``end`` (code points)
    are None where it leads to a document as a whole.
    """

    relation: str
    label: str
    iri: str
    document: str | None
    start: int | None
    end: int | None


def statement_facts(store: GraphStore, statement: str) -> list[Fact]:
    """The facts of the measure or norm with this IRI.

    Raises:
        NotFoundError: there is none.
        InputError: it is no IRI.
    """
    if not run_question(store, "statement_words", iri=statement):
        raise NotFoundError(f"知识库里没有陈述“{statement}”。请检查 IRI。")
    facts: dict[tuple[str, str], Fact] = {}
    for row in run_question(store, "statement_facts", statement=statement):
        name, label, rule = str(row["name"]), str(row["label"]), row["rule"]
        certainty = Certainty.CONCLUDED if rule in _CONCLUDING_RULES else Certainty.INHERITED
        fact = Fact(
            name=name,
            label=label,
            iri=None if name in ("marker", "modality", "strength") else str(row["value"]),
            certainty=Certainty.EXPLICIT if rule is None else certainty,
            reason=str(row["reason"] or ""),
            last_day=None if row["last_day"] is None else str(row["last_day"]),
        )
        facts.setdefault((name, label), fact)
    return list(facts.values())


def statement_neighbours(store: GraphStore, statement: str) -> list[Neighbour]:
    """What the measure or norm with this IRI is tied to; none of one that does not exist."""
    return [
        Neighbour(
            relation=str(row["relation"]),
            label=str(row["label"]),
            iri=str(row["iri"]),
            document=None if row["document"] is None else str(row["document"]),
            start=None if row["start"] is None else int(str(row["start"])),
            end=None if row["end"] is None else int(str(row["end"])),
        )
        for row in run_question(store, "statement_neighbours", statement=statement)
    ]
