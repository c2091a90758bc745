"""Where the noun phrase of an actor begins: the maximal phrase without relative clauses, coordinations split."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.heads import is_head, may_modify
from kg.extract.tokens import Token, peek

PHRASE_LIMIT = 30
"""Longest look to the left of a head, in tokens: keeps the work linear on text without punctuation."""
RELATIVE_LIMIT = 12
"""Longest relative clause that is searched for its own actor, in tokens."""
FIELD_RUN_LIMIT = 2
"""Longest conjunct among modifiers that share a head, in tokens."""
NATION = ("中国", "中华")
INSTITUTION_ENDINGS = ("机构", "部门", "机关", "单位", "团体", "人员", "主体", "委员会")


def left_edge(tokens: Sequence[Token], head: int) -> int:
    """Position of the first token of the noun phrase that ``head`` closes."""
    return _edge(tokens, head, max(0, head - PHRASE_LIMIT))


def is_institution(head: Token) -> bool:
    """Whether a verb right in front of the word is part of its name (登记管理机关)."""
    return head.has("institution") or head.text.endswith(INSTITUTION_ENDINGS)


def _edge(tokens: Sequence[Token], head: int, floor: int) -> int:
    first = max(floor, head - 1) if tokens[head].has("agentive_suffix") else head
    while first > floor:
        before = tokens[first - 1]
        if tokens[first].has("own_name"):
            return first
        if before.text == "内" and first - 2 >= floor and tokens[first - 2].entry.actor:
            first -= 2  # 园区内|企业
            continue
        if before.text == "的":
            return _across_particle(tokens, first, head, floor)
        if before.has("etc") or before.has("coordinator"):
            return _across_coordination(tokens, first, head, floor)
        if before.has("name_suffix") and first - 2 >= floor:
            first -= 2
        elif before.text == "被" and tokens[first].entry.verb:
            first -= 1
        elif before.has("attributive"):
            return _across_attribute(tokens, first - 1, floor)
        elif _belongs(tokens, first - 1, first, head, floor):
            first -= 1
        elif first == head and _is_named_by_act(tokens, first - 1, floor):
            return first - 1
        elif first == head and (_is_trade(tokens, first - 1) or _names_part(tokens, first - 1)):
            first -= 2
        else:
            break
    return first


def _belongs(tokens: Sequence[Token], position: int, first: int, head: int, floor: int) -> bool:
    """Whether the token at ``position`` belongs to the phrase that so far begins at ``first``."""
    token = tokens[position]
    is_date = token.text in ("年", "月", "日") and peek(tokens, position - 1).text.isdigit()
    if is_date or not may_modify(tokens, position):
        return False
    if token.entry.actor:
        return tokens[first].text not in ("基层", "广大")  # these open a phrase of their own
    return not token.entry.verb or _verb_in_name(tokens, position, head, floor)


def _verb_in_name(tokens: Sequence[Token], position: int, head: int, floor: int) -> bool:
    """登记管理机关, 科技服务机构: a nominal verb belongs to the name unless it governs the head."""
    is_aim = peek(tokens, position - 1).text in ("为", "为了") and tokens[position].has("act")
    if is_aim or tokens[position + 1].has("own_phrase"):
        return False  # 为|保障|专业技术人员接受…
    if position > floor:
        follower = tokens[position + 1]
        is_named = bool(follower.entry.actor) and not is_institution(follower)
        takes_actor = tokens[position].has("act") and is_named  # 委员会执行|科协…
        if tokens[position - 1].entry.actor and (tokens[position].has("promote") or takes_actor):
            return False
        if may_modify(tokens, position - 1):
            return True
    is_own_name = position == 0 and _is_subject(tokens, head) and not tokens[position].has("promote")
    return (
        is_own_name
        or (tokens[head].text in ("各方", "双方", "三方") and position + 1 == head)
        or _closes_name(tokens, position, head)
    )


def _is_trade(tokens: Sequence[Token], position: int) -> bool:
    """邮政|快递|企业: a verb that the lexicon does not list, between a noun and the head, names their trade."""
    token, before = tokens[position], peek(tokens, position - 1)
    unlisted = token.entry.strong and not token.entry.classes and len(token.text) == 2
    head = tokens[position + 1]
    unlisted = unlisted and (is_institution(head) or head.has("enterprise"))
    unlisted = unlisted and token.text[1] not in "到于给" and not tokens[position + 1].has("own_phrase")
    return unlisted and before.entry.nounish and not any((before.entry.actor, before.entry.verb, before.has("adverb")))


def _names_part(tokens: Sequence[Token], position: int) -> bool:
    """项目|牵头|单位: the part that the body takes in the thing named before."""
    before = peek(tokens, position - 1)
    thing = before.entry.nounish and not before.entry.actor and not before.has("determiner")
    return thing and tokens[position].has("naming_verb") and is_institution(tokens[position + 1])


def _is_named_by_act(tokens: Sequence[Token], position: int, floor: int) -> bool:
    """由|颁发机构|撤销, 颁发机构|应当…: a verb right in front of the noun, where only an actor can stand."""
    token, before = tokens[position], peek(tokens, position - 1)
    if not token.entry.strong or token.has("promote") or not is_institution(tokens[position + 1]):
        return False
    opens = position == 0 and not token.has("outcome") and peek(tokens, position + 2).has("subject_marker")
    return opens or (position > floor and before.has("naming_preposition"))


def _is_subject(tokens: Sequence[Token], head: int) -> bool:
    """试点汽车生产企业|应当…: the phrase opens its clause and its predicate follows."""
    following = peek(tokens, head + 1)
    return following.has("subject_marker") or following.has("adverb") or following.has("preposition")


def _closes_name(tokens: Sequence[Token], position: int, head: int) -> bool:
    """登记管理|机关, 生产|企业: nothing but nominal verbs in front of a word that names are made with."""
    if tokens[position].has("taker") and not tokens[head].text.endswith(INSTITUTION_ENDINGS):
        return False
    if position == 0 and tokens[position].has("delegates") and not is_institution(tokens[head]):
        return False  # 指导|企业加快…
    only_verbs = all(token.entry.verb and not token.entry.actor for token in tokens[position:head])
    return only_verbs and (is_institution(tokens[head]) or tokens[head].has("enterprise"))


def _across_attribute(tokens: Sequence[Token], first: int, floor: int) -> int:
    """不适应科技发展趋势|学会: a verb that modifies without 的, with its adverb."""
    while first > floor and (tokens[first - 1].has("attributive") or tokens[first - 1].text in ("不", "长期")):
        first -= 1
    return first


def _across_particle(tokens: Sequence[Token], first: int, head: int, floor: int) -> int:
    """的: a possessor is kept (高等院校的主管部门), a relative clause is cut (国家设立的|高等院校)."""
    before = first - 2
    if before < floor:
        return first
    if tokens[before].has("field_noun"):
        edge = _coordinated_modifiers(tokens, before, floor)
        return first if peek(tokens, edge - 1).has("opens_relative") else edge
    if not tokens[before].has("state") and is_head(tokens, before):
        return _possessor(tokens, first, before, head, floor)
    for position in range(before, max(floor, before - RELATIVE_LIMIT), -1):
        token = tokens[position]
        if token.text == "其他" and position < before and tokens[position + 1].entry.verb:
            return position
        if token.has("coordinator") or token.text == "的":
            break
        if token.has("duty_verb") and floor < position < before and is_head(tokens, position - 1):
            return _edge(tokens, position - 1, floor)
    return _of_a_thing(tokens, first, before, head, floor)


def _possessor(tokens: Sequence[Token], first: int, before: int, head: int, floor: int) -> int:
    """研究开发机构、高等院校的|主管部门: the actors in front of 的 belong to the phrase."""
    edge = _edge(tokens, before, floor)
    while edge - 2 >= floor and tokens[edge - 1].has("coordinator") and is_head(tokens, edge - 2):
        edge = _edge(tokens, edge - 2, floor)
    governor = peek(tokens, edge - 1)
    governed = governor.entry.verb and not governor.has("promote")
    return first if governed or not _closes_phrase(tokens, head) else edge


def _of_a_thing(tokens: Sequence[Token], first: int, before: int, head: int, floor: int) -> int:
    """科技项目的承担者: a noun with 的 is kept unless it closes a relative clause (从事科普工作的|人员)."""
    is_act = tokens[before].entry.verb and not tokens[before].has("plain_adjective")
    if is_act or tokens[before].has("bracket") or not _closes_phrase(tokens, head):
        return first
    if tokens[before].has("plain_adjective") and not peek(tokens, before - 1).entry.nounish:
        return before if not tokens[before].has("adverb") or before == 0 else first  # 必要的|专职人员
    edge = before + 1
    while edge > floor and may_modify(tokens, edge - 1) and not _is_predicate(tokens, edge - 1):
        edge -= 1
    is_predicate = tokens[before].entry.tag in ("a", "ad") and edge < before  # 贡献突出的|单位
    if edge > before or is_predicate:
        return first
    outer = peek(tokens, edge - 1)
    bare_role = first == head and tokens[head].text.endswith(("者", "人"))  # 设立的|科技项目的承担者
    listed = outer.has("coordinator") and bool(peek(tokens, edge - 2).entry.actor)
    governed = (
        listed
        or ((outer.text == "的" or outer.entry.verb) and bare_role)
        or outer.has("promote")
        or outer.text in ("由", "向", "与", "会同", "对")
        or (outer.text == "为" and not peek(tokens, edge - 2).entry.nounish)  # 结果为A类的|联盟
    )
    return edge if edge == 0 or governed else first


def _is_predicate(tokens: Sequence[Token], position: int) -> bool:
    """可以|提名|…奖的候选者: a verb that is often a noun, behind a marker or adverb."""
    before = peek(tokens, position - 1)
    return tokens[position].entry.verb and (before.has("plain_marker") or before.has("adverb"))


def _across_coordination(tokens: Sequence[Token], first: int, head: int, floor: int) -> int:
    """Modifiers coordinated under one head stay together (财政、科学技术等相关行政部门); actors are split."""
    closer = first - 1
    before = closer - 1
    if before < floor or tokens[before].has("quoted") or not may_modify(tokens, before):
        return first
    if tokens[closer].has("etc") and _ends_list_of_fields(tokens, before, floor):
        before -= 2
    elif is_head(tokens, before):
        return first
    edge = _coordinated_modifiers(tokens, before, floor)
    nation = next((k for k in range(closer - 1, edge - 1, -1) if tokens[k].text in NATION), None)
    if tokens[head].has("society") and nation is not None:
        return nation  # 中国老年学和老年医学|学会
    return edge if _share_head(tokens, edge, first, head) else first


def _share_head(tokens: Sequence[Token], edge: int, first: int, head: int) -> bool:
    """Whether the coordination ``tokens[edge:first - 1]`` modifies the head together with what follows it."""
    closer = first - 1
    modifiers = tokens[edge:closer]
    if all(token.has("level") or token.has("coordinator") or token.has("bracket") for token in modifiers):
        return True  # 省、自治区、直辖市|人民政府
    if tokens[closer].has("etc"):
        return True
    opens_with_verb = edge == 0 and tokens[0].entry.verb and tokens[closer].text != "、"  # 发展与|国际组织…的友好往来
    if opens_with_verb or any(token.has("thing_noun") for token in modifiers):
        return False
    longest = _longest_conjunct(modifiers)
    institution = is_institution(tokens[head]) and longest <= FIELD_RUN_LIMIT
    outer = peek(tokens, edge - 1)
    is_free = edge == 0 or outer.has("preposition") or outer.has("promote") or outer.text == "的"
    return (
        (institution and any(token.has("field") for token in tokens[edge:first]))
        or (is_free and institution and (first < head or tokens[closer].text != "、"))
        or (is_free and longest <= 1 and first < head and _closes_phrase(tokens, head))
    )


def _ends_list_of_fields(tokens: Sequence[Token], position: int, floor: int) -> bool:
    """民政、公安、人民银行|等部门: a body named last in a list of fields is one of the modifiers."""
    if position - 4 < floor or not is_head(tokens, position):
        return False
    commas = tokens[position - 1].has("coordinator") and tokens[position - 3].has("coordinator")
    fields = (tokens[position - 2], tokens[position - 4])
    return commas and all(field.entry.nounish and not field.entry.actor for field in fields)


def _closes_phrase(tokens: Sequence[Token], head: int) -> bool:
    """Whether no further noun follows, so that the head is not itself a modifier."""
    return not peek(tokens, head + 1).entry.nounish


def _longest_conjunct(tokens: Sequence[Token]) -> int:
    """Length in tokens of the longest conjunct of a coordination."""
    longest = length = 0
    for token in tokens:
        length = 0 if token.has("coordinator") else length + 1
        longest = max(longest, length)
    return longest


def _coordinated_modifiers(tokens: Sequence[Token], before: int, floor: int) -> int:
    """First token of the coordination of nouns that ends at ``before``; it stops at another actor."""
    edge = before + 1
    while edge > floor:
        token = tokens[edge - 1]
        if token.has("coordinator") or token.has("etc"):
            if edge - 2 < floor or is_head(tokens, edge - 2) or not may_modify(tokens, edge - 2):
                break
        elif not may_modify(tokens, edge - 1) or (token.entry.actor and is_head(tokens, edge - 1)):
            break
        edge -= 1
    return edge
