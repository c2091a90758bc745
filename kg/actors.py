"""From the name of an actor to its kinds, by the rules of ``kg/lexicon/actor_name_rules.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows


@dataclass(frozen=True, slots=True)
class NamedKind:
    """A kind that a name gives: the notation of a concept of ``ontologies/actor-kinds.ttl``.

    ``level`` is "national", "provincial", "municipal", "county" or None; ``reason`` is Chinese, for people.
    """

    kind: str
    level: str | None
    reason: str


@cache
def kinds_of(label: str) -> tuple[NamedKind, ...]:
    """Kinds of the actor called ``label``; empty where its name says nothing.

    Every rule whose pattern is found in the name gives its kind, until a rule marked ``final`` has matched, so
    the order of the file is the order of precedence. Kinds come in that order, each once.
    """
    found: dict[str, NamedKind] = {}
    for pattern, kind, level, final, reason in _rules():
        if pattern.search(label) and kind not in found:
            found[kind] = NamedKind(kind, level, f"名称“{label}”{reason}")
            if final:
                break
    return tuple(found.values())


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, str | None, bool, str], ...]:
    return tuple(
        (re.compile(pattern), kind, None if level == "-" else level, scope == "final", reason)
        for pattern, kind, level, scope, reason in load_rows("actor_name_rules.tsv")
    )
