"""Which actors of the graph stand for an organization: under any of its names, as its kind, or as what touches it.

Bodies with a name of their own (教育部) stand for nobody else, nor do those that are another one in each document
(省科技厅); a broader kind does where it is named as a whole. A class of other levels, or of another sector, does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kg.actor_classes import ActorClass, class_of, sectors_of
from kg.directory import find_organization, normal_form
from kg.labels import LEVELS
from kg.organization_profile import OrganizationProfile
from kg.questions import run_question
from kg.resolution import why_open
from kg.store import GraphStore
from kg.taxonomy import people_of, quantifier_extent, usual_kinds, ways_up

_ORDER = tuple(LEVELS)
UNCERTAIN = 8
"""Distance from which on a class holds some organizations of the kind only, or the context tells which."""
TOUCHING = 20
"""Distance from which on an actor is not the organization but its people, its parts or its surroundings."""


@dataclass(frozen=True, slots=True)
class Match:
    """An actor that stands for the organization.

    ``distance``: 0 itself, 1 its kind, 2 some of its kind or the next broader one …, from ``TOUCHING`` on what only
    touches it. ``certain``: whether it holds for every organization of its kind. It stands for it in the one
    ``document``, if there is one, and not in those of ``elsewhere``. ``levels`` are those that its label names.
    ``open_as``: the roles in which only the context tells whether the label means the organization (keys of
    ``kg.organization_roles.RELATIONS``).
    """

    actor_iri: str
    label: str
    distance: int
    path: str
    certain: bool = True
    document: str | None = None
    elsewhere: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    open_as: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class DocumentHome:
    """Where a document belongs: ``level`` of government and province, where that is known."""

    title: str
    level: str | None
    region: str | None


@dataclass(frozen=True)
class ActorCatalogue:
    """The actors of a graph by their labels and kinds, and the homes of its documents; each read once."""

    store: GraphStore

    @cached_property
    def by_label(self) -> dict[str, str]:
        """IRIs."""
        return {str(row["label"]): str(row["iri"]) for row in self._rows}

    @cached_property
    def by_kind(self) -> dict[str, list[tuple[str, str]]]:
        """Pairs of IRI and label."""
        actors: dict[str, list[tuple[str, str]]] = {}
        for row in self._rows:
            if row["kind"] is not None:
                actors.setdefault(str(row["kind"]), []).append((str(row["iri"]), str(row["label"])))
        return actors

    @cached_property
    def _rows(self) -> list[dict[str, object]]:
        return [dict(row) for row in run_question(self.store, "actor_kinds")]

    @cached_property
    def introduced(self) -> dict[str, frozenset[str]]:
        """Actors whose name a document has introduced for one particular body, and these documents."""
        documents: dict[str, set[str]] = {}
        for row in run_question(self.store, "introduced_bodies"):
            documents.setdefault(str(row["iri"]), set()).add(str(row["document"]))
        return {iri: frozenset(found) for iri, found in documents.items()}

    @cached_property
    def homes(self) -> dict[str, DocumentHome]:
        """By the document's IRI."""
        return {
            str(row["iri"]): DocumentHome(
                str(row["title"]),
                None if row["level"] is None else str(row["level"]),
                None if row["region"] is None else str(row["region"]),
            )
            for row in run_question(self.store, "document_homes")
        }


def matching_actors(catalogue: ActorCatalogue, profile: OrganizationProfile) -> Iterator[Match]:
    """The actors that stand for the organization; one may come with several paths."""
    yield from _itself(catalogue, profile)
    yield from _parts_of_parent(catalogue, profile)
    yield from _by_kind(catalogue, profile)
    yield from _people(catalogue, profile)
    yield from _surroundings(catalogue, profile)


def holds_in(match: Match, document: str, profile: OrganizationProfile, home: DocumentHome | None) -> bool:
    """Whether what the document says of the actor holds for the organization.

    A class in a text of one province is that of the province; in a text of a lower level than the organization's it
    is a class below it.
    """
    if document in match.elsewhere or match.document not in (None, document):
        return False
    if match.distance == 0 or home is None:
        return True
    if profile.region is not None and home.region not in (None, profile.region.label):
        return False
    levels = {level.label for level in profile.levels}
    if not levels or home.level is None or levels & match.levels:
        return True
    return any(_ORDER.index(level) >= _ORDER.index(home.level) for level in levels)


def _itself(catalogue: ActorCatalogue, profile: OrganizationProfile) -> Iterator[Match]:
    full_name = _full_name(profile.name)
    for label in dict.fromkeys((profile.name, full_name)):
        iri = catalogue.by_label.get(label)
        if iri is not None:
            yield Match(iri, label, 0, "" if label == profile.name else f"{profile.name} 即 {full_name}")
            yield from _other_names(catalogue.store, iri)


def _full_name(name: str) -> str:
    identified = find_organization(name) or find_organization(name, central=True)
    return identified.organization.name if identified is not None else name


def _other_names(store: GraphStore, actor_iri: str) -> Iterator[Match]:
    """The names that mean the actor, everywhere or in one document."""
    for row in run_question(store, "actor_names", actor=actor_iri):
        document = None if row["document"] is None else str(row["document"])
        yield Match(str(row["iri"]), str(row["label"]), 0, str(row["reason"]), document=document)


def _parts_of_parent(catalogue: ActorCatalogue, profile: OrganizationProfile) -> Iterator[Match]:
    """各直属单位 in a document of what the organization is a part of; local bodies of a system are none of them."""
    if profile.parent is None or profile.region is not None:
        return
    for label, iri in catalogue.by_label.items():
        if label.startswith(f"{profile.parent.label}的") and "直属" in label:
            step = f"{profile.title} 隶属 {profile.parent.label}"
            for match in _other_names(catalogue.store, iri):
                yield Match(match.actor_iri, match.label, 1, f"{step}；{match.path}", document=match.document)


def _by_kind(catalogue: ActorCatalogue, profile: OrganizationProfile) -> Iterator[Match]:
    ways = _ways(profile)
    for kind, way in ways.items():
        for iri, label in catalogue.by_kind.get(kind, ()):
            found = class_of(label)
            if found is not None and _holds(found, ways) and _at_level(found, profile):
                match = _class_match(iri, label, way, found, profile)
                if match is not None:
                    yield replace(match, elsewhere=catalogue.introduced.get(iri, frozenset()), levels=found.levels)


def _class_match(iri: str, label: str, way: Way, found: ActorClass, profile: OrganizationProfile) -> Match | None:
    """A class as a whole, or one of which the organization may be; None for one of which it cannot be told to be."""
    if way.kind in found.whole and found.vague is not None:
        path = f"{way.words}；“{label}”{found.vague}"
        return Match(iri, label, UNCERTAIN + way.length, path, certain=False, open_as=_open_as(label, way.kind))
    if way.kind in found.whole:
        distance = way.length + (UNCERTAIN if way.usual else 0)
        return Match(iri, label, distance, way.words, certain=not way.usual, open_as=_open_as(label, way.kind))
    if (way.length == 1 or found.behind == way.kind) and _in_sector(found, profile):
        return Match(iri, label, UNCERTAIN, _some_of_kind(label, way.words), certain=False)
    return None


def _open_as(label: str, kind: str) -> frozenset[str]:
    """Of 单位 alone and of 其他单位: the one that acts is told by the context, the other one is a counterpart."""
    if len(ways_up(kind)) > 1:
        return frozenset()
    acting = frozenset({"agent", "bearer"})
    if quantifier_extent(label) == "others":
        return acting | {"target", "partner", "beneficiary"}
    return acting if why_open(label) is not None else frozenset()


def _some_of_kind(label: str, steps: str) -> str:
    """The path to a class that holds some organizations of the kind only."""
    return f"{steps}；须看是否属于“{label}”" if steps else f"须看是否属于“{label}”"


def _people(catalogue: ActorCatalogue, profile: OrganizationProfile) -> Iterator[Match]:
    """What a text says of people of the sort that it has, all of them or a usual word for some (理事长)."""
    for kind in profile.kinds:
        for person, above in people_of(kind.label).items():
            for iri, label in catalogue.by_kind.get(person, ()):
                found = class_of(label)
                if found is not None and found.member == person and _at_level(found, profile):
                    own = _way_in_words(profile, ways_up(kind.label)[above])
                    path = f"{own}；{above}的人员包括{person}" if own else f"{above}的人员包括{person}"
                    yield Match(iri, label, TOUCHING + 1, path, levels=found.levels)


def _surroundings(catalogue: ActorCatalogue, profile: OrganizationProfile) -> Iterator[Match]:
    """What a text says of what it has inside (研发中心) or stands in (高新区)."""
    for traits, verb in ((profile.units, "有"), (profile.places, "在")):
        for trait in traits:
            for kind, way in ways_up(trait.label).items():
                for iri, label in catalogue.by_kind.get(kind, ()):
                    found = class_of(label)
                    named = found is not None and (kind in found.whole or (len(way) == 1 and found.member == kind))
                    if found is not None and named and len(way) <= 2 and _at_level(found, profile):
                        steps = "；".join(f"{below} 属于 {above}" for below, above in pairwise(way))
                        path = f"{profile.title} {verb} {trait.label}（{trait.reason}）" + (
                            f"；{steps}" if steps else ""
                        )
                        distance = len(way) + (UNCERTAIN if traits is profile.units else TOUCHING)
                        yield Match(iri, label, distance, path, certain=False, levels=found.levels)


@dataclass(frozen=True, slots=True)
class Way:
    """How the organization comes to be of ``kind``: ``words`` say it, in ``length`` steps; ``usual``: most are."""

    kind: str
    length: int
    words: str
    usual: bool


def _ways(profile: OrganizationProfile) -> dict[str, Way]:
    """Its kinds and all broader ones, each with the shortest way to it, then what it usually is as well."""
    ways: dict[str, Way] = {}
    for kind in profile.kinds:
        for broader, steps in ways_up(kind.label).items():
            if broader not in ways or len(steps) < ways[broader].length:
                ways[broader] = Way(broader, len(steps), _way_in_words(profile, steps), False)
    for kind in profile.kinds:
        for usual, above in usual_kinds(kind.label).items():
            steps = ways_up(kind.label)[above]
            words = "；".join(filter(None, [_way_in_words(profile, steps), f"{above} 一般属于 {usual}"]))
            ways.setdefault(usual, Way(usual, len(steps) + 1, words, True))
    return ways


def _holds(found: ActorClass, ways: Mapping[str, Way]) -> bool:
    """Whether the organization is in the class: of one of its kinds where they are alternatives, else of all."""
    held = [kind in ways for kind in found.kinds]
    return any(held) if found.alternative else all(held)


def _at_level(found: ActorClass, profile: OrganizationProfile) -> bool:
    levels = {level.label for level in profile.levels}
    return not levels or not found.levels or bool(levels & found.levels)


def _in_sector(found: ActorClass, profile: OrganizationProfile) -> bool:
    """Whether the organization may be of the sectors of the class; a kind as such may be of any."""
    if profile.is_kind or not found.sectors:
        return True
    own = sectors_of(f"{profile.name}，{profile.description}，{'，'.join(kind.label for kind in profile.kinds)}")
    return found.sectors <= own


def _way_in_words(profile: OrganizationProfile, way: tuple[str, ...]) -> str:
    steps = [] if way[0] == normal_form(profile.title) else [f"{profile.title} 是 {way[0]}"]
    steps += [f"{below} 属于 {above}" for below, above in pairwise(way)]
    return "；".join(steps)
