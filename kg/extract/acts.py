"""The acts of a clause: verb phrases with their heads, the verbs they govern, and where each ends."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.manner import is_manner
from kg.extract.predicates import find_head, find_verb
from kg.extract.preposed import LOOK_AHEAD
from kg.extract.tokens import Token, peek

SERIAL_LIMIT = 8
"""Longest clause of two plain verb phrases without punctuation between them, in tokens (完善机制营造生态)."""
PLAIN_VERBS = frozenset({"完善", "健全", "营造", "优化", "强化"})


@dataclass(frozen=True, slots=True)
class Act:
    """A verb phrase: token positions, ``first`` and ``last`` included."""

    first: int
    heads: tuple[int, ...]
    inner: tuple[int, ...]
    last: int


def read_acts(
    tokens: Sequence[Token], start: int, may_be_manner: bool, has_marker: bool, following: Sequence[Token] = ()
) -> list[Act]:
    """The acts of ``tokens[start:]``; none where there is no predicate or the phrase only gives a manner.

    ``may_be_manner`` says that further clauses follow, ``has_marker`` that a deontic marker stands in front;
    ``following`` are the tokens of the next clause.
    """
    head = find_head(tokens, start)
    waits = may_be_manner and peek(tokens, start).has("preposition")
    states = any(token.has("stative") for token in tokens[start : start + 3])
    if head is None and has_marker and not waits and not states:
        head = find_verb(tokens, start)
    if (
        head is None
        or _is_state(tokens, head)
        or (may_be_manner and is_manner(tokens, start, head, peek(following, 0).has("plain_marker")))
    ):
        return []
    return _split_acts(tokens, start, head)


def _is_state(tokens: Sequence[Token], head: int) -> bool:
    """创新能力|显著增强, 注册时间|为…: a noun that looks like a verb, with what becomes of it."""
    if tokens[head].has("nominal") and _says_of_noun(tokens, head):
        return True
    closes = len(tokens) > head + 2 and tokens[-1].entry.verb and tokens[-2].has("adverb")
    closes = closes and not tokens[-2].entry.nounish
    return closes and not tokens[head].entry.strong and not tokens[head].entry.actor


def _says_of_noun(tokens: Sequence[Token], head: int) -> bool:
    """Whether a predicate of its own follows the noun phrase that the nominal verb opens."""
    noun = head + 1
    while peek(tokens, noun).entry.verb:
        noun += 1
    for k in range(noun, min(len(tokens) - 1, head + LOOK_AHEAD)):
        token, following = tokens[k], tokens[k + 1]
        if token.has("preposition") and token.text != "为":
            return False
        noun_before = tokens[k - 1].entry.nounish and k - 1 > head
        if noun_before and (token.text == "为" or token.has("copula") or token.has("stative")):
            return True
        denies = token.text in ("不", "未") and (following.entry.verb or following.has("stative"))
        if denies and tokens[k - 1].text not in ("的", "与", "和"):
            return k - 1 >= head
        if token.entry.strong:
            return token.text[0] in "不未"
    return False


def _split_acts(tokens: Sequence[Token], start: int, head: int) -> list[Act]:
    """One act for the main verb, and one for each further verb phrase with an object of its own."""
    acts: list[Act] = []
    first = start
    while True:
        heads, rest = _coordinated_heads(tokens, head)
        inner = _governed_verb(tokens, heads[0], rest)
        end = _act_end(tokens, heads, rest)
        following = (
            end + 1 + int(peek(tokens, end + 1).text in ("、", "或者", "或") or peek(tokens, end + 1).has("additive"))
        )
        next_head = find_head(tokens, following) if end + 1 < len(tokens) else None
        if next_head is None:
            return [*acts, Act(first, heads, inner, len(tokens) - 1)]
        acts.append(Act(first, heads, inner, end))
        first, head = following, next_head


def _governs(token: Token) -> bool:
    """Verbs of promotion and serial verbs take their complement's verb along as one act."""
    return token.has("promote") or token.has("serial")


def _coordinated_heads(tokens: Sequence[Token], head: int) -> tuple[tuple[int, ...], int]:
    """Head verbs that share one object (建立完善; 培养、引进、用好), and the position after them."""
    heads = [head]
    position = head + 1
    first = tokens[head]
    while position < len(tokens):
        token, following = tokens[position], peek(tokens, position + 1)
        if token.has("coordinator") and following.entry.verb and not following.entry.actor:
            if token.text == "、" and not _shares_object(tokens, position + 1):
                break
            if token.text == "与" and _relates(tokens, position + 1):
                break
            heads.append(position + 1)
            position += 2
        elif (
            token.entry.strong
            and token.has("act")
            and not first.has("takes_noun")
            and not (token.has("stative") or first.has("light") or _governs(first))
        ):
            heads.append(position)
            position += 1
        else:
            break
    return tuple(heads), position


def _relates(tokens: Sequence[Token], position: int) -> bool:
    """普及与|生产经营、职业卫生等有关的|知识: the word opens an attribute."""
    return any(token.has("relating") for token in tokens[position + 1 : position + LOOK_AHEAD])


def _shares_object(tokens: Sequence[Token], position: int) -> bool:
    following = peek(tokens, position + 1)
    return following.entry.nounish or following.has("coordinator") or following.entry.verb


def _governed_verb(tokens: Sequence[Token], head: int, rest: int) -> tuple[int, ...]:
    """推动|A|建立…, 进行|检查: the verb that the head takes along."""
    light = tokens[head].has("light")
    if light or _governs(tokens[head]):
        for k in range(rest, min(len(tokens), rest + LOOK_AHEAD)):
            entry = tokens[k].entry
            if (entry.strong and not tokens[k].has("stative")) or (light and entry.verb):
                return (k,)
    return ()


def _act_end(tokens: Sequence[Token], heads: tuple[int, ...], rest: int) -> int:
    """Last token of the act, where a further verb phrase follows in the same clause; else the clause's last."""
    last = len(tokens) - 1
    if any(tokens[head].has("promote") or tokens[head].has("entrusts") for head in heads):
        return last
    nominal_end = any(token.text in ("的", "等") for token in tokens[rest:]) or tokens[-1].has("case_noun")
    nominal_end = nominal_end or tokens[-1].text == "作用"
    for k in range(rest + 1, min(last, rest + LOOK_AHEAD)):
        token, following = tokens[k], tokens[k + 1]
        if token.has("additive") and (following.entry.verb or following.has("adverb") or following.has("preposition")):
            return k - 1
        if token.text in ("或者", "或") and _opens_verb_phrase(tokens, k + 1) and not tokens[k - 1].entry.verb:
            return k - 1
        if nominal_end:
            continue
        if token.text == "、" and not tokens[heads[0]].has("light") and _opens_verb_phrase(tokens, k + 1):
            return k - 1
        if _joins_plain_phrases(tokens, heads[0], k):
            return k - 1
    return last


def _joins_plain_phrases(tokens: Sequence[Token], head: int, position: int) -> bool:
    """完善机制|营造生态: two verb phrases without punctuation between them."""
    is_short = len(tokens) - head <= SERIAL_LIMIT
    nouns = tokens[position - 1].entry.nounish and tokens[position + 1].entry.nounish
    return is_short and nouns and _is_plain(tokens[position]) and _is_plain(tokens[head])


def _opens_verb_phrase(tokens: Sequence[Token], position: int) -> bool:
    """建机制、|强功能: a verb with an object of its own; not 引领性, 推进实."""
    verb, following = tokens[position], peek(tokens, position + 1)
    is_attribute = following.entry.tag == "a" or following.has("name_suffix")
    opens = (verb.entry.strong and (verb.has("act") or verb.has("outcome"))) or verb.has("entrusts")
    return opens and following.entry.nounish and not is_attribute


def _is_plain(token: Token) -> bool:
    """Verbs that are always predicates."""
    establishes = len(token.text) > 1 and token.has("establish") and token.entry.strong
    return establishes or token.text in PLAIN_VERBS
