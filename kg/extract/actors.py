"""Mentions of actors (主体): organizations, organizational roles, groups of persons.

Phrases are read from right to left, so that a head inside a longer name is absorbed by it (longest name only).
What looks like an actor and is none by the settled cases is left out afterwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.heads import is_head
from kg.extract.noun_phrases import PHRASE_LIMIT, left_edge
from kg.extract.tokens import Token, peek

NAME_WINDOW = 7
"""How far the noun that ends the name of a system may stand behind an actor noun, in tokens."""
NAME_BRACKETS = frozenset(f"（{word}）" for word in "室局委站班园校厅所部处办场地馆")
"""Brackets that give the other name of the body in front of them: 办公厅（室）."""
CAMPAIGN_WINDOW = 10
BARE_LENGTH = 2
"""Class nouns of up to this length name nobody when they close a list (…等部门)."""


@dataclass(frozen=True, slots=True)
class ActorPhrase:
    """Token positions ``[first, last]`` of a mention, both included."""

    first: int
    last: int
    kind: str  # one of kg.extract.lexicon.ACTOR_KINDS


def find_actor_phrases(tokens: Sequence[Token]) -> tuple[list[ActorPhrase], list[ActorPhrase]]:
    """Actor phrases of a clause, from left to right, without overlaps; and the bodies it only sets up."""
    phrases: list[ActorPhrase] = []
    position = len(tokens) - 1
    while position >= 0:
        if is_head(tokens, position) and not _in_name_of_system(tokens, position):
            first = left_edge(tokens, position)
            last = position + int(peek(tokens, position + 1).text in NAME_BRACKETS)
            phrases.append(ActorPhrase(first, last, tokens[position].entry.actor or "organization"))
            position = first
        position -= 1
    actors: list[ActorPhrase] = []
    set_up: list[ActorPhrase] = []
    for phrase in reversed(phrases):
        if not any(rejects(tokens, phrase) for rejects in _REJECTIONS):
            (set_up if _is_set_up(tokens, phrase) else actors).append(phrase)
    return actors, set_up


def _in_name_of_system(tokens: Sequence[Token], position: int) -> bool:
    """企业上云行动, 实施企业培育工程: inside the name of a system, event or campaign there is no actor."""
    if tokens[position].text == "科协系统":
        return False
    if _is_governed_by_campaign_verb(tokens, position) and _ends_as_campaign(tokens, position):
        return True
    after = position + (2 if peek(tokens, position + 1).text == "代表" else 1)
    if peek(tokens, after).has("system_noun"):
        return True  # 科协代表大会
    last = position
    for k in range(position + 1, min(position + NAME_WINDOW, len(tokens))):
        if not tokens[k].entry.nounish or tokens[k].entry.actor:
            break
        last = k
    return last > position and tokens[last].has("system_noun")


def _is_governed_by_campaign_verb(tokens: Sequence[Token], position: int) -> bool:
    """Whether 实施, 开展, 启动 … stand in front of the phrase, past its modifiers."""
    k = position - 1
    while k > 0 and tokens[k].entry.nounish and position - k < 4:
        k -= 1
    return peek(tokens, k).has("campaign_verb")


def _ends_as_campaign(tokens: Sequence[Token], position: int) -> bool:
    for k in range(position + 1, min(len(tokens), position + CAMPAIGN_WINDOW)):
        if tokens[k].text in ("的", "、") or tokens[k].has("preposition"):
            return False
        if tokens[k].has("campaign"):
            return not peek(tokens, k + 1).entry.nounish
    return False


def _is_bare_classifier(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """科技部、财政部等|部门: the class noun alone names nobody new."""
    bare = phrase.first == phrase.last and len(tokens[phrase.last].text) <= BARE_LENGTH
    closes_list = peek(tokens, phrase.first - 1).has("etc") and bool(peek(tokens, phrase.first - 2).entry.actor)
    return bare and closes_list and not peek(tokens, phrase.last + 1).has("coordinator")


def _is_resource(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """人才 listed among things (人才、技术、成果等) is a resource."""
    if phrase.first != phrase.last or tokens[phrase.last].text != "人才":
        return False
    beside = []
    if peek(tokens, phrase.first - 1).has("coordinator"):
        beside.append(peek(tokens, phrase.first - 2))
    if peek(tokens, phrase.last + 1).has("coordinator"):
        beside.append(peek(tokens, phrase.last + 2))
    return any(token.has("resource") for token in beside)


def _is_predicate_nominal(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """What a clause with 是 or 作为 says of its subject is no actor (…是科普工作的主要社会力量)."""
    following = peek(tokens, phrase.last + 1)
    if phrase.last + 1 < len(tokens) and not (following.has("coordinator") or following.has("etc")):
        return False
    acts = any(token.entry.strong for token in tokens[phrase.last + 1 : phrase.last + PHRASE_LIMIT])
    for position in range(phrase.first - 1, max(-1, phrase.first - PHRASE_LIMIT), -1):
        is_to_be = tokens[position].text == "为" and peek(tokens, position - 1).has("plain_marker") and not acts
        if tokens[position].has("copula") or is_to_be:
            return True
        if tokens[position].has("preposition"):
            return False
    return False


def _is_unit_of_measure(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """以县为|单位: a unit, no body."""
    counts = tokens[phrase.last].text == "单位" and peek(tokens, phrase.first - 1).text == "为"
    return counts and any(token.text == "以" for token in tokens[max(0, phrase.first - PHRASE_LIMIT) : phrase.first])


_REJECTIONS = (_is_unit_of_measure, _is_bare_classifier, _is_resource, _is_predicate_nominal)


def _is_set_up(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """An organization that is only the thing to be set up is no actor (建立科协组织)."""
    following = peek(tokens, phrase.last + 1)
    closes = phrase.last + 1 == len(tokens) or any(
        following.has(n) for n in ("coordinator", "etc", "bracket", "additive")
    )
    acts = following.entry.strong and phrase.kind == "organization"  # 设立专门机构|制订标准
    if phrase.kind == "person" or not (closes or acts):
        return False
    floor = max(-1, phrase.first - PHRASE_LIMIT)
    if peek(tokens, phrase.first - 1).text == "的":
        return _is_set_up_with_attribute(tokens, phrase.first - 1, floor)
    for position in range(phrase.first - 1, floor, -1):
        token = tokens[position]
        if token.has("establish") and token.entry.verb:
            return peek(tokens, position + 1).text != "的" and not peek(tokens, position - 1).has("agentive")
        if token.entry.verb and peek(tokens, position - 1).has("establish"):
            return True
        listed = token.has("coordinator") or token.has("etc") or token.has("bracket")
        if not (token.entry.nounish or listed):
            return False
    return False


def _is_set_up_with_attribute(tokens: Sequence[Token], particle: int, floor: int) -> bool:
    """建立具有国际影响力的研发机构: the clause opens with the verb; 国家设立的研发机构 exists already."""
    for position in range(particle - 1, floor, -1):
        token = tokens[position]
        if token.has("establish"):
            return position == 0 and peek(tokens, 1).text != "的"
        if token.has("promote") or token.has("preposition"):
            return False
    return False
