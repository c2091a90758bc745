"""Which words head a mention of an actor, in their place: lexical heads and the conditions on them."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.tokens import Token, peek

SUBJECT_WINDOW = 12
"""How far a marker may stand behind a word that counts as an actor only as a subject, in tokens."""
BRACKET_LIMIT = 8
"""Longest bracket inside a name: 县（市、区）."""
PLACE_ENDINGS = "省市区县州旗"


def is_head(tokens: Sequence[Token], position: int) -> bool:
    """Whether the token heads an actor mention where it stands."""
    token = tokens[position]
    condition = _SPECIAL_HEADS.get(token.text)
    if condition is None:
        for name, group_condition in _GROUP_HEADS:
            if name in token.entry.classes:
                condition = group_condition
    if condition is not None:
        return condition(tokens, position)
    if token.entry.tag == "ns" and _is_acting_place(tokens, position):
        return True
    if token.text in PLACE_ENDINGS and _closes_acting_place(tokens, position):
        return True
    return bool(token.entry.actor) and _is_actor_noun(tokens, position)


def _is_actor_noun(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    if _is_part_of_thing(tokens, position):
        return False
    if token.has("modified") and not (_is_modified(tokens, position) or _is_listed(tokens, position)):
        return False
    return not token.has("subject") or _is_subject(tokens, position)


def _is_modified(tokens: Sequence[Token], position: int) -> bool:
    return position > 0 and may_modify(tokens, position - 1)


def _is_listed(tokens: Sequence[Token], position: int) -> bool:
    """学会、商会、|联合会: bare in a list of actors."""
    listed = peek(tokens, position - 1).text == "、" and bool(peek(tokens, position - 2).entry.actor)
    return listed and len(tokens[position].text) >= 3


def _is_part_of_thing(tokens: Sequence[Token], position: int) -> bool:
    """园区|化, 园区|内, 办|件量, 利用|媒体, 骨干|网络: the noun names a thing, a place or an instrument."""
    token, before, following = tokens[position], peek(tokens, position - 1), peek(tokens, position + 1)
    is_place = following.text in ("内", "里") and token.entry.actor == "organization"
    is_instrument = token.text.endswith("媒体") and before.has("instrument_verb")
    modifies = following.entry.nounish and (token.text == "办" or token.has("closing"))
    return following.has("deriving_suffix") or is_place or is_instrument or modifies


def may_modify(tokens: Sequence[Token], position: int) -> bool:
    """Whether the token can stand in front of a head inside its noun phrase."""
    token = tokens[position]
    if token.text in _NOUN_OR_VERB and token.entry.verb:
        return is_head(tokens, position)
    if token.has("addresses") or _belongs_to_verb(tokens, position):
        return False
    if token.has("quoted"):
        return not peek(tokens, position - 1).has("promote")
    if token.has("bracket"):
        return len(token.text) <= BRACKET_LIMIT
    return token.entry.nounish and token.text != "其"


def _belongs_to_verb(tokens: Sequence[Token], position: int) -> bool:
    """履行|好|…职能, 全面|领导|学校: part of the predicate in front of the noun phrase."""
    token, before = tokens[position], peek(tokens, position - 1)
    return (token.text == "好" and before.entry.verb) or (token.text == "领导" and before.has("adverb"))


def _is_party(tokens: Sequence[Token], position: int) -> bool:
    """党 alone is an actor in 党和政府 only; elsewhere it is part of a set phrase."""
    return "".join(token.text for token in tokens[position + 1 : position + 3]) == "和政府"


def _is_acting_state(tokens: Sequence[Token], position: int) -> bool:
    """国家, 本市 count where they are the subject: first in their clause, or after 由, and followed by what they do."""
    following = peek(tokens, position + 1)
    if peek(tokens, position - 1).has("agentive"):
        return following.entry.verb
    if position > 0 and not tokens[position - 1].has("conjunction"):
        return False
    if following.text in ("、", "和") and position == 0:
        return _is_listed_subject(tokens, position)
    acts = (
        following.entry.strong
        or (following.entry.verb and following.has("act"))
        or (following.has("adverb") and (not following.entry.nounish or peek(tokens, position + 2).entry.verb))
        or following.has("preposition")
        or following.has("obligation")
    )
    return acts and peek(tokens, position + 2).text != "的" and following.text != "有关"


def _is_listed_subject(tokens: Sequence[Token], position: int) -> bool:
    """国家、社会、学校|应当…: the subject is a list."""
    for token in tokens[position + 1 : position + SUBJECT_WINDOW]:
        if not (token.entry.nounish or token.has("coordinator")):
            return token.has("plain_marker") or token.entry.strong or token.has("object_preposition")
    return False


def _is_institute(tokens: Sequence[Token], position: int) -> bool:
    """所 is an institute after a modifier, but a particle in front of a verb (高等院校所取得的)."""
    return not peek(tokens, position + 1).entry.verb and position > 0 and may_modify(tokens, position - 1)


def _is_society(tokens: Sequence[Token], position: int) -> bool:
    """会 closes the name of a society where the dictionary has cut it off (伦理学|会)."""
    return peek(tokens, position - 1).text.endswith(("学", "研究", "促进", "联合", "协"))


def _is_representative(tokens: Sequence[Token], position: int) -> bool:
    """代表 is a noun after an actor (科技工作者代表)."""
    following = peek(tokens, position + 1)
    closes = position + 1 == len(tokens) or following.entry.nounish or following.text == "的"
    return bool(peek(tokens, position - 1).entry.actor) and closes


def _is_organization(tokens: Sequence[Token], position: int) -> bool:
    """组织 is a noun after a modifier, or where no object follows it."""
    if position == 0:
        joined = peek(tokens, 1).text in ("和", "及", "或者")
        return joined and peek(tokens, 2).text == "个人"
    before, following = tokens[position - 1], peek(tokens, position + 1)
    has_object = following.entry.nounish or following.entry.strong
    if before.has("orgmod"):
        acts = following.entry.strong or _leads_to_actor(tokens, position + 1)
        return not (before.entry.actor and acts)
    if before.entry.nounish and not before.entry.actor:
        names = before.entry.verb and peek(tokens, position - 2).entry.nounish  # 商事调解|组织、仲裁机构
        return not has_object and (not before.entry.verb or (names and following.has("coordinator")))
    if before.has("promote"):
        return following.has("coordinator")
    if before.has("coordinator") and peek(tokens, position - 2).entry.actor:
        return not following.entry.nounish  # 任何个人、组织
    return before.text == "的" and not has_object


def _is_named_by_act(tokens: Sequence[Token], position: int) -> bool:
    """提名|人, 登记|人: the role of a person named by an act."""
    before, outer = peek(tokens, position - 1), peek(tokens, position - 2)
    stands_free = outer.text in ("", "的") or outer.has("coordinator") or outer.has("preposition")
    is_named = (before.has("nominal") and before.has("act")) or stands_free
    return before.entry.verb and len(before.text) == 2 and is_named


def _is_side(tokens: Sequence[Token], position: int) -> bool:
    """数据提供|方: the side that does something."""
    before, following = peek(tokens, position - 1), peek(tokens, position + 1)
    return before.entry.verb and len(before.text) == 2 and not following.entry.nounish


def _is_doer(tokens: Sequence[Token], position: int) -> bool:
    """逾期|者: whoever does something."""
    before = peek(tokens, position - 1)
    return position > 0 and (before.entry.verb or may_modify(tokens, position - 1)) and before.text != "或"


_NOUN_OR_VERB = {"组织": _is_organization, "代表": _is_representative}


def _is_chief(tokens: Sequence[Token], position: int) -> bool:
    """“一把手” is a person, other quotations are names."""
    return tokens[position].text[1:-1] == "一把手"


def _leads_to_actor(tokens: Sequence[Token], position: int) -> bool:
    """Whether the noun phrase that begins here is headed by an actor."""
    for token in tokens[position : position + 5]:
        if token.entry.actor:
            return True
        if not token.entry.nounish:
            return False
    return False


def _is_acting_region(tokens: Sequence[Token], position: int) -> bool:
    """各市、县 are their authorities where no noun follows."""
    following = peek(tokens, position + 1)
    if following.has("coordinator"):
        return bool(peek(tokens, position + 2).entry.actor)
    return not following.entry.nounish and following.text != "的"


def _is_acting_place(tokens: Sequence[Token], position: int) -> bool:
    """历下区依托…, 支持上海市建设…: a place name where its authorities act."""
    token = tokens[position]
    if token.text[-1] not in PLACE_ENDINGS or len(token.text) < 3:
        return len(token.text) >= 2 and _is_promoted_place(tokens, position)
    following = peek(tokens, position + 1)
    first = position
    while first > 0 and tokens[first - 1].entry.tag == "ns":
        first -= 1  # 内蒙古自治区|乌兰察布市
    before = peek(tokens, first - 1)
    opens = first == 0 or before.has("promote") or before.has("coordinator")
    acts = any(following.has(name) for name in ("preposition", "obligation", "adverb"))
    return opens and (following.entry.strong or acts) and following.text != "的"


def _closes_acting_place(tokens: Sequence[Token], position: int) -> bool:
    """南沙|区|给予…: a place name that the dictionary has cut in two, where its authorities act."""
    name, before, following = peek(tokens, position - 1), peek(tokens, position - 2), peek(tokens, position + 1)
    opens = position == 1 or before.has("promote") or before.has("agentive") or before.has("coordinator")
    acts = following.entry.strong or following.has("obligation") or following.has("adverb")
    return position > 0 and name.entry.tag == "ns" and opens and acts and peek(tokens, position + 2).text != "的"


def _is_promoted_place(tokens: Sequence[Token], position: int) -> bool:
    """支持|济南|发挥…, 支持|淄博、济宁等市|大力发展…: short names of places, where a verb of promotion governs them."""
    first, last = position - 1, position + 1
    while _lists_places(peek(tokens, first)) and position - first < SUBJECT_WINDOW:
        first -= 1
    while _lists_places(peek(tokens, last)) and last - position < SUBJECT_WINDOW:
        last += 1
    if peek(tokens, last).has("etc"):
        last += 1 + int(peek(tokens, last + 1).text in ("市", "地", "区", "县", "省"))
    following = peek(tokens, last)
    acts = following.entry.strong or (following.has("adverb") and peek(tokens, last + 1).entry.verb)
    return first >= 0 and tokens[first].has("promote") and acts and peek(tokens, last + 1).text != "的"


def _lists_places(token: Token) -> bool:
    return token.entry.tag == "ns" or token.text == "、"


def _is_promoted(tokens: Sequence[Token], position: int) -> bool:
    """鼓励有条件的|地方…: a relative clause parts the noun from the verb that governs it."""
    window = tokens[max(0, position - 6) : position]
    if tokens[position - 1].text == "的":
        return any(token.has("promote") for token in window)
    governor = next((token for token in reversed(window) if not token.entry.nounish), None)
    return governor is not None and governor.has("promote")


def _is_subject(tokens: Sequence[Token], position: int) -> bool:
    """Whether a marker follows the phrase, or it opens the clause and a predicate follows, or it is all of it."""
    closes = position > 0 and position + 1 == len(tokens) and tokens[position].text == "地方"
    if closes and any(token.text == "的" for token in tokens[max(0, position - 4) : position]):
        return True  # 任务重的|地方,可以…
    for k in range(position + 1, min(len(tokens), position + SUBJECT_WINDOW)):
        token = tokens[k]
        if token.has("subject_marker"):
            return True
        if k == position + 1 and tokens[position].has("acting_body") and token.entry.strong:
            return all(before.entry.nounish for before in tokens[max(0, position - SUBJECT_WINDOW) : position])
        if not (token.entry.actor or any(token.has(name) for name in ("coordinator", "determiner", "adverb", "etc"))):
            if tokens[position].has("locality"):
                return False
            opens = position == 0 or tokens[position - 1].has("promote") or _is_promoted(tokens, position)
            return opens and k == position + 1 and (token.entry.strong or token.has("preposition"))
    return False


_SPECIAL_HEADS = {
    **_NOUN_OR_VERB,
    "党": _is_party,
    "所": _is_institute,
    "会": _is_society,
    "人": _is_named_by_act,
    "方": _is_side,
    "者": _is_doer,
}
_GROUP_HEADS = (("state", _is_acting_state), ("quoted", _is_chief), ("region", _is_acting_region))
