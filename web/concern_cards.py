"""Cards of what concerns organizations."""

from __future__ import annotations

from dataclasses import replace

from embeddings.organization_search import NearStatement
from kg.checklist_rows import force_in_words, times_in_words
from kg.concerns import Concern
from kg.labels import force
from kg.organization_comparison import SharedConcern
from kg.organization_report import MUST_CHECK
from web.components.cards import Card, Note
from web.statement_card import statement_card, statement_links


def concern_card(concern: Concern) -> Card:
    """A statement that concerns the organization, with what is to be kept to and why it is here."""
    facts = {
        "效力": force_in_words(concern),
        "期限": times_in_words(concern),
        "条件": "；".join(concern.conditions),
        "数量": "；".join(concern.quantities),
    }
    return replace(
        statement_card(concern, concern.rank),
        facts=[(name, value) for name, value in facts.items() if value],
        note=Note(title="为什么", text=concern.path),
        links=statement_links(concern.iri),
        caution="" if concern.certain else MUST_CHECK,
    )


def shared_card(shared: SharedConcern, first: str, second: str) -> Card:
    """A statement that concerns both organizations (their titles), with both roles and reasons."""
    card = concern_card(shared.first)
    roles = shared.first.role
    if shared.second.role != roles:
        roles = f"{first}：{shared.first.role}；{second}：{shared.second.role}"
    return replace(
        card,
        facts=[("角色", roles), *card.facts],
        note=Note(title="为什么", text=f"{shared.first.path}\n{shared.second.path}"),
        caution=MUST_CHECK if not (shared.first.certain and shared.second.certain) else "",
    )


def near_card(number: int, near: NearStatement) -> Card:
    """A statement that is only near the organization's field."""
    hit = near.hit
    return replace(
        statement_card(hit, number),
        marks=hit.marks,
        facts=[("效力", force(hit.modality, hit.strength))] if hit.modality else [],
        note=Note(title="为什么", text=near.path),
        links=statement_links(hit.iri),
    )
