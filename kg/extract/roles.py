"""Who fills which role: agents and targets of measures, bearers of norms."""

from __future__ import annotations

import re

from kg.extract.actors import ActorPhrase
from kg.extract.acts import Act
from kg.extract.clauses import Clause, actor_groups, fillers
from kg.extract.drafts import SentenceReading
from kg.extract.tokens import peek
from kg.types import Modality, Provenance, RoleFiller, Span

_PUBLIC_AUTHORITY = re.compile(r"国家$|国务院|政府|部门$|[省市区县州厅局部委]$")
"""Names of those whose encouragement is a norm: the state, governments and their departments."""


def agents_of(reading: SentenceReading, clause: Clause, act: Act) -> list[RoleFiller]:
    """Explicit subject first, else that of an earlier clause, in a statute of the paragraph, else nobody."""
    if clause.subject:
        return fillers(clause.spans_of(clause.subject), Provenance.EXPLICIT, "subject")
    if embedded := agents_in_object(clause, act):
        return fillers(clause.spans_of(embedded), Provenance.EXPLICIT, "subject-in-object")
    if _is_sanction(clause, act):
        return fillers(reading.authority, Provenance.INHERITED, "authority-of-sentence")
    if clause.has_subject_phrase:
        return []  # the subject is a thing
    return _inherited_agents(reading, clause)


def _inherited_agents(reading: SentenceReading, clause: Clause) -> list[RoleFiller]:
    if reading.encouraged and speaks_again(clause):
        return fillers(reading.speaker, Provenance.INHERITED, "subject-of-earlier-clause")
    if reading.subject:
        return fillers(reading.subject, Provenance.INHERITED, "subject-of-earlier-clause")
    in_force = reading.context.subject if reading.context.statute else ()
    return fillers(in_force, Provenance.INHERITED, "subject-of-paragraph")


def agents_in_object(clause: Clause, act: Act) -> list[ActorPhrase]:
    """建立|A直接联系B|制度: the actors who do what an institution, mechanism or method in the object consists of."""
    if not clause.tokens[act.last].has("institution_noun"):
        return []
    return [
        phrase for phrase in clause.actors if phrase.first > act.heads[0] and _acts_in_object(clause, phrase, act.last)
    ]


def _acts_in_object(clause: Clause, phrase: ActorPhrase, last: int) -> bool:
    following, second = (peek(clause.tokens, phrase.last + offset) for offset in (1, 2))
    if following.has("adverb") and not following.entry.verb:
        return second.entry.verb and second.text != "的"
    takes_object = second.entry.nounish and phrase.last + 2 < last
    return following.entry.strong and following.has("act") and takes_object


def targets_of(clause: Clause, act: Act, agents: list[RoleFiller], span: Span) -> list[RoleFiller]:
    """Actors inside the measure's span: in its object, or in a phrase with 对, 向, 为 … in front of the head."""
    taken = {agent.span for agent in agents}
    found = []
    for phrase in clause.actors:
        place = clause.span_of(phrase)
        if place in taken or not span.contains(place) or _acts_in_relative(clause, phrase):
            continue
        if phrase.first > act.heads[0]:
            found.append(RoleFiller(place, Provenance.EXPLICIT, "object"))
        elif _is_preposed_target(clause, phrase):
            found.append(RoleFiller(place, Provenance.EXPLICIT, "preposed-object"))
    return found


def _acts_in_relative(clause: Clause, phrase: ActorPhrase) -> bool:
    """A出具的|报告: who acts in a relative clause of the object is no target."""
    position = phrase.last + 1
    while peek(clause.tokens, position).has("adverb"):
        position += 1
    verb = position
    while peek(clause.tokens, verb).entry.verb:
        verb += 1
    return verb > position and clause.word(verb) == "的"


def partners_of(reading: SentenceReading, index: int, agents: list[RoleFiller]) -> list[RoleFiller]:
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
            assisted = peek(clause.tokens, phrase.first - 1).has("partner_verb")
            assisted = assisted or (is_passive and phrase in clause.subject)
            if place not in taken and (assisted or _is_preposed_target(clause, phrase)):
                found.append(RoleFiller(place, Provenance.EXPLICIT, "partner"))
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


def bearers_of(reading: SentenceReading, clause: Clause) -> list[RoleFiller]:
    """The actor encouraged; else the explicit subject, that of the clause or paragraph before, or nobody."""
    if clause.modality is Modality.ENCOURAGEMENT:
        return fillers(clause.spans_of(clause.encouraged), Provenance.EXPLICIT, "actor-encouraged")
    if clause.subject:
        return fillers(clause.spans_of(clause.subject), Provenance.EXPLICIT, "subject")
    if clause.has_subject_phrase:
        return []  # the subject is a thing
    return _inherited_bearers(reading, clause)


def _inherited_bearers(reading: SentenceReading, clause: Clause) -> list[RoleFiller]:
    context = reading.context
    if reading.subject:
        return fillers(reading.subject, Provenance.INHERITED, "subject-of-earlier-clause")
    if context.subject and (context.statute or clause.word(clause.marker) == "必须"):
        return fillers(context.subject, Provenance.INHERITED, "subject-of-paragraph")
    earlier = context.earlier_subject if context.statute else ()
    return fillers(earlier, Provenance.INHERITED, "subject-of-article")


def is_subordinate(reading: SentenceReading, clause: Clause) -> bool:
    """Whether an encouragement is no norm of its own.

    So under an obligation (应当支持…), as the encouraged actor's own act (鼓励A…,支持…), and in the mouth of somebody
    else than the state or the issuer (科协支持…).
    """
    if clause.modality is not Modality.ENCOURAGEMENT:
        return False
    speaker = clause.spans_of(clause.subject) or reading.speaker
    is_private = bool(speaker) and not any(_PUBLIC_AUTHORITY.search(span.slice(reading.text)) for span in speaker)
    own_act = reading.encouraged and not speaks_again(clause)
    return is_private or (not clause.subject and (reading.obliged or own_act))


def speaks_again(clause: Clause) -> bool:
    """After 鼓励|A, a further 鼓励 is the speaker's; 支持 and 引导 are A's own acts."""
    return bool(clause.encouraged) and clause.word(clause.marker) not in ("支持", "引导")


def _is_sanction(clause: Clause, act: Act) -> bool:
    """Sanctions fall on the subject of the condition; only who 由 or a marker names imposes them."""
    return any(token.has("sanction") for token in clause.tokens[act.heads[0] : act.last + 1])


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
