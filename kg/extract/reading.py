"""A clause read from left to right: condition or predicate, marker, subject, acts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from kg.extract.actors import find_actor_phrases
from kg.extract.acts import read_acts
from kg.extract.clauses import Clause, actor_groups
from kg.extract.markers import read_causation, read_encouragement, read_marker
from kg.extract.subjects import after_topic, is_nominal, read_subject, read_subject_of_condition
from kg.extract.tokens import Token
from kg.types import Span

CLAUSE_LIMIT = 400
"""A clause of more words is a table or a list run together, no sentence: it is read for actors only."""
_NUMERALS = frozenset("一二三四五六七八九十")
_DIGITS = frozenset("0123456789")
_STOPS = frozenset(".．﹒、）)")


def read_clause(tokens: list[Token], span: Span, following: Sequence[Token]) -> Clause:
    """Read one clause; ``following`` are the tokens of the next clause of its sentence, none after the last."""
    is_last = not following
    clause = Clause(span, tokens, *find_actor_phrases(tokens))
    if not tokens or len(tokens) > CLAUSE_LIMIT:
        return clause
    clause.first = _after_conjunctions(tokens)
    clause.conditional = _is_condition(clause) or (not is_last and tokens[clause.first].has("conditional_opener"))
    if clause.conditional:
        read_subject_of_condition(clause)
        clause.conditional = not _only_times_act(clause)
        return clause
    if not is_last and is_nominal(clause, following[0]):
        return clause
    start = read_marker(clause)
    if start is None:
        start = read_subject(clause)
        if not clause.subject and (topic := after_topic(clause)) is not None:
            clause.has_subject_phrase, start = True, topic
    may_be_manner = not is_last and (clause.marker is not None or not clause.has_subject_phrase or bool(clause.subject))
    clause.acts = (
        read_acts(tokens, start, may_be_manner, clause.marker is not None, following) if start < len(tokens) else []
    )
    if clause.acts and clause.marker is None and not clause.has_subject_phrase:
        _read_passive_agent(clause)
    read_encouragement(clause)
    read_causation(clause)
    return clause


def _only_times_act(clause: Clause) -> bool:
    """A在交付资源时,|应…: a subject with the time of the act that follows."""
    if not clause.subject or clause.tokens[-1].text == "的":
        return False
    return clause.tokens[clause.subject[-1].last + 1].has("place_preposition")


def restore_acting_bodies(clauses: Sequence[Clause]) -> None:
    """A body just set up that is the subject of the next clause is an actor, and the subject of its bare 负责."""
    for clause, following in pairwise(clauses):
        for phrase in clause.set_up:
            name = clause.words(phrase)
            opens = following.marker is None or following.marker == following.first
            is_charged = opens and following.tokens[following.first].has("body_duty") and not following.subject
            if is_charged:
                following.inherited = [clause.span_of(phrase)]
            if is_charged or any(following.words(subject).endswith(name) for subject in following.subject):
                clause.actors = sorted([*clause.actors, phrase], key=lambda actor: actor.first)
                break


def _after_conjunctions(tokens: Sequence[Token]) -> int:
    position = _after_ordinal(tokens)
    while (
        position < len(tokens) - 1 and tokens[position].has("conjunction") and not tokens[position].has("preposition")
    ):
        position += 1
    return position


def _after_ordinal(tokens: Sequence[Token]) -> int:
    """一是…, 二要…, 2.…, （三）…: the number of a parallel clause or sentence; 要 stays, as its marker."""
    if len(tokens) < 3:
        return 0
    number, following = tokens[0].text, tokens[1].text
    if set(number) <= _NUMERALS and following in ("是", "要"):
        return 2 if following == "是" else 1
    if number.isdigit() and following in _STOPS:
        return 2
    return 1 if tokens[0].has("bracket") and set(number[1:-1]) <= _NUMERALS | _DIGITS else 0


def _is_condition(clause: Clause) -> bool:
    """…的, …时, 在…基础上: the clause only says when what follows holds."""
    last, opener = clause.tokens[-1], clause.tokens[clause.first]
    if last.text != "的" and any(token.has("plain_marker") for token in clause.tokens[:-1]):
        return False  # A应在自审后,就…作出承诺
    during = len(clause.tokens) > 1 and clause.tokens[-2].text in ("过程", "阶段")
    placed = last.has("localizer") and (during or opener.text in ("在", "从", "自", "经", "当"))
    return last.text == "的" or last.has("adjunct_closer") or placed


def _read_passive_agent(clause: Clause) -> None:
    """…由A组织实施: the agent of a passive clause whose topic stands first."""
    for group in actor_groups(clause):
        if clause.word(group.first - 1) == "由":
            clause.subject = group.members
            return
