"""Who acts and who is bound: agents of measures, bearers of norms."""

from __future__ import annotations

import re

from kg.extract.actors import ActorPhrase
from kg.extract.acts import Act
from kg.extract.clauses import Clause, fillers
from kg.extract.drafts import SentenceReading
from kg.extract.tokens import peek
from kg.types import Modality, Provenance, RoleFiller

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
