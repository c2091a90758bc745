"""The parts of a clause once it is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.actors import ActorPhrase
from kg.extract.acts import Act
from kg.extract.tokens import Token, peek
from kg.types import Modality, Provenance, RoleFiller, Span


@dataclass(slots=True)
class Clause:
    """A clause with its reading; positions are indices into ``tokens``."""

    span: Span
    tokens: list[Token]
    actors: list[ActorPhrase]
    set_up: list[ActorPhrase]
    """Bodies that the clause only sets up: actors no sooner than they act (成立领导小组,负责…)."""
    first: int = 0
    """Where the clause's own matter begins, after conjunctions."""
    subject: list[ActorPhrase] = field(default_factory=list)
    inherited: list[Span] = field(default_factory=list)
    """Its subject, where that is the body which the clause before sets up."""
    has_subject_phrase: bool = False
    """A subject stands in front of the predicate, be it an actor or a thing."""
    has_preposed: bool = False
    """A preposed phrase (对…, 在…时) stands in front of the marker."""
    marker: int | None = None
    modality: Modality | None = None
    acts: list[Act] = field(default_factory=list)
    encouraged: list[ActorPhrase] = field(default_factory=list)
    caused: list[ActorPhrase] = field(default_factory=list)
    """Who is made to act (指导|A|开展…): the subject of the clauses that follow."""
    conditional: bool = False
    """Only states a condition, case or time (…的, 在…时)."""

    def word(self, position: int | None) -> str:
        """The word at ``position``, "" outside the clause."""
        return peek(self.tokens, position).text if position is not None else ""

    def words(self, phrase: ActorPhrase) -> str:
        """The text of an actor phrase."""
        return "".join(token.text for token in self.tokens[phrase.first : phrase.last + 1])

    def span_of(self, phrase: ActorPhrase) -> Span:
        """Place of an actor phrase; quotation marks around it stay outside."""
        start, end = self.tokens[phrase.first].start, self.tokens[phrase.last].end
        if self.tokens[phrase.first].has("quoted") and phrase.first == phrase.last:
            return Span(start + 1, end - 1)
        return Span(start, end)

    def spans_of(self, phrases: Sequence[ActorPhrase]) -> tuple[Span, ...]:
        """Places of actor phrases."""
        return tuple(self.span_of(phrase) for phrase in phrases)

    @property
    def start(self) -> int:
        """Offset where the clause's own matter begins."""
        return self.tokens[self.first].start if self.tokens else self.span.start


@dataclass(frozen=True, slots=True)
class ActorGroup:
    """Actor phrases joined by coordinators; token positions, ``last`` included."""

    first: int
    last: int
    members: list[ActorPhrase]


def actor_groups(clause: Clause) -> list[ActorGroup]:
    """The clause's actors, coordinated ones together."""
    groups: list[ActorGroup] = []
    for phrase in clause.actors:
        if groups and _are_joined(clause.tokens[groups[-1].last + 1 : phrase.first]):
            groups[-1] = ActorGroup(groups[-1].first, phrase.last, [*groups[-1].members, phrase])
        else:
            groups.append(ActorGroup(phrase.first, phrase.last, [phrase]))
    return groups


def _are_joined(between: Sequence[Token]) -> bool:
    """Coordinators, and between two of them a noun that is no actor (企业和智库以及其他单位)."""
    joins = [any(token.has(n) for n in ("coordinator", "etc", "bracket")) for token in between]
    listed = len(between) >= 3 and joins[0] and joins[-1]
    if len(between) > 2 and joins[0] and between[-1].text == "的":
        addresses = any(token.has("object_preposition") for token in between[2:])  # 国家、社会|对符合条件的B
        return not addresses and any(token.entry.verb for token in between[1:-1])  # A和参与评审的B
    return bool(between) and all(
        join or token.text in ("其", "其他") or (listed and token.entry.nounish and not token.entry.verb)
        for join, token in zip(joins, between, strict=True)
    )


def fillers(spans: Sequence[Span], provenance: Provenance, rule: str) -> list[RoleFiller]:
    """Role fillers of one provenance and rule."""
    return [RoleFiller(span, provenance, rule) for span in spans]
