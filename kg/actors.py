"""From the name of an actor to its kinds: by the directory, else by the rules of ``actor_name_rules.tsv``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.directory import Organization, find_organization, normal_form
from kg.lexicon import load_rows
from kg.taxonomy import whole_kind_labels

_COLLECTIVE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:队伍|们)$")
"""What is said of a group of persons without changing of what kind they are: 教师队伍."""


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

    An organization of the directory has the kind written there, a label of the taxonomy its own. Else every rule whose
    pattern is found in the name gives its kind, until a rule marked ``final`` has matched, so the order of the file is
    the order of precedence. Rules marked ``more`` also add to these. Kinds come in that order, each once.
    """
    identified = find_organization(label)
    organization = identified.organization if identified is not None else Organization(normal_form(label))
    name, level, known = organization.name, organization.level, organization.kind
    reason = identified.reason if identified is not None else ""
    if known is None and name in whole_kind_labels():
        known = whole_kind_labels()[name]
        reason = f"“{label}”就是类别名称" if known == name else f"“{label}”是“{known}”的另一种说法"
    found = {known: NamedKind(known, level, reason)} if known is not None else {}
    name = _COLLECTIVE.sub("", name)
    for pattern, kind, kind_level, final, why in _rules():
        if (known is None or not final) and kind not in found and pattern.search(name):
            found[kind] = NamedKind(kind, kind_level or level, f"名称“{label}”{why}")
            if final:
                break
    return tuple(found.values())


@cache
def levels_of(label: str) -> tuple[tuple[str, str], ...]:
    """Levels of government of the actor called ``label``, each once and with the reason in Chinese.

    They come from its kinds, and from words such as 各级 in front (``kg/lexicon/level_words.tsv``).
    """
    levels: dict[str, str] = {}
    for kind in kinds_of(label):
        if kind.level is not None:
            levels.setdefault(kind.level, kind.reason)
    if not levels:
        found = next((row for row in _level_words() if row[0].search(normal_form(label))), None)
        if found is not None:
            levels.update(dict.fromkeys(found[1], f"名称“{label}”{found[2]}"))
    return tuple(levels.items())


@cache
def _level_words() -> tuple[tuple[re.Pattern[str], tuple[str, ...], str], ...]:
    rows = load_rows("level_words.tsv")
    return tuple((re.compile(pattern), tuple(levels.split("|")), reason) for pattern, levels, reason in rows)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, str | None, bool, str], ...]:
    return tuple(
        (re.compile(pattern), kind, None if level == "-" else level, scope == "final", reason)
        for pattern, kind, level, scope, reason in load_rows("actor_name_rules.tsv")
    )
