"""Whom a measure is done to, for or with: targets, among them partners and beneficiaries."""

from __future__ import annotations

from kg.extract.actors import ActorPhrase
from kg.extract.acts import Act
from kg.extract.clauses import Clause, actor_groups, fillers
from kg.extract.drafts import SentenceReading
from kg.extract.tokens import Token, peek
from kg.types import Provenance, Relation, RoleFiller, Span


def targets_of(clause: Clause, act: Act, agents: list[RoleFiller], span: Span) -> list[RoleFiller]:
    """Actors inside the measure's span: in its object, or in a phrase with 对, 向, 为 … in front of the head."""
    taken = {agent.span for agent in agents}
    found = []
    for phrase in clause.actors:
        place = clause.span_of(phrase)
        if place in taken or not span.contains(place) or _acts_in_relative(clause, phrase):
            continue
        if phrase.first > act.heads[0]:
            rule = "object"
        elif _is_preposed_target(clause, phrase):
            rule = "preposed-object"
        else:
            continue
        found.append(RoleFiller(place, Provenance.EXPLICIT, rule, _relation(clause, act, phrase)))
    return found


def _relation(clause: Clause, act: Act, phrase: ActorPhrase, place: Clause | None = None) -> Relation | None:
    """Partner behind 与, 会同, 联合; beneficiary of 支持, 帮助 …, or of what 为, 向, 对 give to somebody.

    ``place`` is the clause in which the phrase stands, where it is another one than that of the act.
    """
    preposition = _governing_preposition(place or clause, phrase)
    if preposition is not None and preposition.has("joining"):
        return Relation.PARTNER
    head = clause.tokens[act.heads[-1]]
    given = preposition is not None and preposition.has("benefit_preposition") and head.has("provides")
    first = next((other for other in clause.actors if other.first > act.heads[-1]), None)
    is_object = place is None and first is not None and phrase.first >= first.first
    if head.has("partner_verb") and is_object and peek(clause.tokens, phrase.first - 1) is head:
        return Relation.PARTNER
    return Relation.BENEFICIARY if given or (head.has("benefits") and is_object) else None


def _governing_preposition(clause: Clause, phrase: ActorPhrase) -> Token | None:
    """The preposition in whose phrase an actor stands, past other actors and coordinators."""
    for position in range(phrase.first - 1, clause.first - 1, -1):
        token = clause.tokens[position]
        if token.has("preposition") and not (token.has("coordinator") and _joins(clause, position)):
            return token
        if token.entry.strong or token.text == "的":
            return None
    return None


def _acts_in_relative(clause: Clause, phrase: ActorPhrase) -> bool:
    """A出具的|报告: who acts in a relative clause of the object is no target."""
    position = phrase.last + 1
    while peek(clause.tokens, position).has("adverb"):
        position += 1
    verb = position
    while peek(clause.tokens, verb).entry.verb:
        verb += 1
    return verb > position and clause.word(verb) == "的"


def held_targets_of(reading: SentenceReading, index: int, act: Act, agents: list[RoleFiller]) -> list[RoleFiller]:
    """Actors of the clauses held in front of the act at ``index``: 协助A,… ; 对A,…."""
    taken = {agent.span for agent in agents}
    found = []
    acting = reading.clauses[index]
    is_passive = bool(acting.tokens) and acting.tokens[acting.first].has("agentive")
    for clause in reading.clauses[reading.held : index]:
        if clause.tokens[-1].has("adjunct_closer") or clause.word(clause.first) == "对于":
            continue  # A在向B交付时: only the time or topic of the act
        for phrase in clause.actors:
            place = clause.span_of(phrase)
            joins = peek(clause.tokens, phrase.first - 1).has("partner_verb")
            assisted = joins or (is_passive and phrase in clause.subject)
            if place not in taken and (assisted or _is_preposed_target(clause, phrase)):
                relation = Relation.PARTNER if joins else _relation(acting, act, phrase, clause)
                found.append(RoleFiller(place, Provenance.EXPLICIT, "held-clause", relation))
    return found


def antecedents_of(reading: SentenceReading, index: int, act: Act, agents: list[RoleFiller]) -> list[RoleFiller]:
    """为其提供方便: the actors last named in an earlier clause that do not act here."""
    tokens = reading.clauses[index].tokens
    pronouns = [k for k in range(act.first, act.heads[0]) if tokens[k].text == "其"]
    is_governed = any(
        peek(tokens, k - 1).has("target_preposition") and not peek(tokens, k + 1).entry.nounish for k in pronouns
    )
    head = act.heads[-1]
    is_pivot = peek(tokens, head + 1).text == "其" and (
        peek(tokens, head + 2).entry.verb or tokens[head].text == "发挥"
    )
    if not (is_governed or is_pivot):
        return []
    taken = {agent.span for agent in agents}
    for clause in reversed(reading.clauses[:index]):
        for group in reversed(actor_groups(clause)):
            spans = clause.spans_of(group.members)
            if not taken.intersection(spans):
                return fillers(spans, Provenance.INHERITED, "antecedent-of-pronoun")
    return []


def _is_preposed_target(clause: Clause, phrase: ActorPhrase) -> bool:
    """对A, 为A, 通过A …, past a place phrase in between (对在工作中做出贡献的A)."""
    position = phrase.first - 1
    while position >= clause.first:
        token = clause.tokens[position]
        if token.has("localizer"):
            position = _opening_of_place(clause, position)
        elif token.has("preposition") and not (token.has("coordinator") and _joins(clause, position)):
            return token.has("target_preposition")
        position -= 1
    return False


def _joins(clause: Clause, position: int) -> bool:
    """和, 与 between two nouns."""
    return peek(clause.tokens, position - 1).entry.nounish


def _opening_of_place(clause: Clause, localizer: int) -> int:
    """Position of the 在 that the localizer closes, or that of the localizer."""
    for position in range(localizer - 1, clause.first - 1, -1):
        if clause.tokens[position].has("place_preposition"):
            return position
        if clause.tokens[position].has("preposition"):
            break
    return localizer
