"""The reverse question: which kinds of organization a measure or norm concerns, in which role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.actor_classes import class_of
from kg.errors import NotFoundError
from kg.organization_roles import RELATIONS, ROLES
from kg.organizations import OrganizationMatcher
from kg.questions import Row, run_question
from kg.taxonomy import narrower_kinds


@dataclass(frozen=True, slots=True)
class ConcernedKind:
    """A kind of organization that a statement concerns, or one body by its name (``kind`` is None).

    ``actor`` is the label in the text and ``role`` one of ``kg.concerns.ROLES``; ``levels`` are those of government
    that the label names; ``narrower`` the kinds that it includes where it names the kind as a whole. ``whole`` is False
    where it names only some of the kind. ``reason`` is Chinese, for people.
    """

    kind: str | None
    role: str
    actor: str
    whole: bool
    levels: tuple[str, ...]
    narrower: tuple[str, ...]
    reason: str


def concerned_kinds(matcher: OrganizationMatcher, statement: str) -> tuple[ConcernedKind, ...]:
    """Whom the measure or norm with the IRI ``statement`` concerns, by role in the order of force.

    Raises:
        NotFoundError: there is no such measure or norm.
        InputError: ``statement`` is no IRI.
    """
    if not run_question(matcher.store, "statement_words", iri=statement):
        raise NotFoundError(f"没有这条陈述：“{statement}”。请用检索或机构页结果中的 IRI。")
    rows = run_question(matcher.store, "statement_actors", statement=statement)
    found = {(kind.kind, kind.role, kind.actor): kind for row in rows for kind in _kinds_of(matcher, statement, row)}
    nearest: dict[tuple[str | None, str], ConcernedKind] = {}
    for kind in sorted(found.values(), key=lambda kind: ROLES.index(kind.role)):
        nearest.setdefault((kind.kind, kind.actor), kind)
    return tuple(nearest.values())


def _kinds_of(matcher: OrganizationMatcher, statement: str, row: Row) -> Iterator[ConcernedKind]:
    actor, label, relation = str(row["actor"]), str(row["label"]), str(row["role"])
    role = matcher.role_of(statement, actor, relation)
    reason = f"本条的{RELATIONS[relation]}是 {label}" + (f"（{row['reason']}）" if row["reason"] is not None else "")
    named = class_of(label)
    if named is None:
        yield ConcernedKind(None, role, label, True, (), (), reason)
        return
    for kind in named.kinds:
        whole = kind in named.whole or bool(named.levels)
        levels = tuple(sorted(named.levels))
        yield ConcernedKind(kind, role, label, whole, levels, narrower_kinds(kind) if whole else (), reason)
