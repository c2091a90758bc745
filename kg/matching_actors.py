"""Which actors of the graph stand for an organization: under any of its names, or as its kind.

Bodies with a name of their own (教育部) stand for nobody else, nor do those that are another one in each document
(省科技厅); a broader kind does where it is named as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.actors import kinds_of
from kg.directory import find_organization
from kg.lexicon import load_alternation, load_rows
from kg.questions import run_question
from kg.resolution import names_one_body
from kg.store import GraphStore
from kg.taxonomy import kind_labels, names_whole_kind, ways_up


@dataclass(frozen=True, slots=True)
class OrganizationKind:
    """A kind of the organization: label (a notation of the taxonomy) and the Chinese reason."""

    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """An actor that stands for the organization; ``distance`` counts steps: 0 itself, 1 its kind, 2 broader …

    It does so in the one ``document``, if there is one, and not in those of ``elsewhere``.
    """

    actor_iri: str
    label: str
    distance: int
    path: str
    document: str | None = None
    elsewhere: frozenset[str] = frozenset()

    def holds_in(self, document: str) -> bool:
        """Whether it stands for the organization in this document."""
        return document not in self.elsewhere and self.document in (None, document)


def organization_kinds(name: str) -> tuple[OrganizationKind, ...]:
    """Kinds that a name gives: it is a label of the taxonomy itself, else by the name rules."""
    label = kind_labels().get(name)
    if label is not None:
        reason = "就是类别名称" if label == name else f"是“{label}”的另一种说法"
        return (OrganizationKind(label, f"“{name}”{reason}"),)
    return tuple(OrganizationKind(kind.kind, kind.reason) for kind in kinds_of(name))


def is_proper_name(label: str) -> bool:
    """Whether ``label`` names one particular body and not a class: by the directory, proper_names.tsv, regions.tsv."""
    return _proper_name().search(label) is not None or find_organization(label) is not None


@cache
def _proper_name() -> re.Pattern[str]:
    regions = "|".join(row[0] for row in load_rows("regions.tsv"))
    return re.compile(f"{load_alternation('proper_names.tsv')}|^(?:{regions})")


def matching_actors(store: GraphStore, name: str, kinds: tuple[OrganizationKind, ...]) -> Iterator[Match]:
    """The actors that stand for the organization called ``name``; one may come with several paths."""
    ways: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        for broader, way in ways_up(kind.label).items():
            if broader not in ways or len(way) < len(ways[broader]):
                ways[broader] = way
    full_name = _full_name(name)
    introduced = _introduced_bodies(store)
    for row in run_question(store, "actor_kinds"):
        iri, label, actor_kind = str(row["iri"]), str(row["label"]), row["kind"]
        if label in (name, full_name):
            yield Match(iri, label, 0, "" if label == name else f"{name} 即 {full_name}")
            yield from _other_names(store, iri)
        elif isinstance(actor_kind, str) and actor_kind in ways and not _is_another_body(label):
            way = ways[actor_kind]
            if len(way) == 1 or names_whole_kind(label, actor_kind):
                yield Match(iri, label, len(way), _way_in_words(name, way), elsewhere=introduced.get(iri, frozenset()))


def _is_another_body(label: str) -> bool:
    return is_proper_name(label) or names_one_body(label)


def _full_name(name: str) -> str:
    identified = find_organization(name) or find_organization(name, central=True)
    return identified.organization.name if identified is not None else name


def _other_names(store: GraphStore, actor_iri: str) -> Iterator[Match]:
    """The names that mean the actor, everywhere or in one document."""
    for row in run_question(store, "actor_names", actor=actor_iri):
        yield Match(
            str(row["iri"]),
            str(row["label"]),
            0,
            str(row["reason"]),
            None if row["document"] is None else str(row["document"]),
        )


def _introduced_bodies(store: GraphStore) -> dict[str, frozenset[str]]:
    """Actors whose name a document has introduced for one particular body, and these documents."""
    documents: dict[str, set[str]] = {}
    for row in run_question(store, "introduced_bodies"):
        documents.setdefault(str(row["iri"]), set()).add(str(row["document"]))
    return {iri: frozenset(found) for iri, found in documents.items()}


def _way_in_words(name: str, way: tuple[str, ...]) -> str:
    steps = [] if way[0] == name else [f"{name} 是 {way[0]}"]
    steps += [f"{below} 属于 {above}" for below, above in pairwise(way)]
    return "；".join(steps)
