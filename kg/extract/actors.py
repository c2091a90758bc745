"""Mentions of actors (主体): organizations, organizational roles, groups of persons.

Head nouns come from the lexicon; the mention is the head with everything to its left that belongs to its noun
phrase (design: the maximal noun phrase without relative clauses, coordinations split, longest name only).
Phrases are read from right to left, so that a head inside a longer name is absorbed by it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.tokens import Token

PHRASE_LIMIT = 30
"""Longest look to the left of a head, in tokens: keeps the work linear on text without punctuation."""
SYSTEM_NOUNS = frozenset(
    [
        "会议",
        "工程",
        "行动",
        "系统",
        "网",
        "网站",
        "大赛",
        "奖",
        "节",
        "日",
        "周",
        "月",
        "计划",
        "论坛",
        "峰会",
        "大会",
        "博览会",
        "代表大会",
        "事业",
    ]
)
ACTING_WORDS = frozenset("应当 应 可以 不得 必须 须 负责 要".split())
FIELD_NOUNS = frozenset(["领域", "行业", "方面", "专业", "系列", "类型", "类"])
INSTRUMENT_VERBS = frozenset(["利用", "运用", "通过", "借助", "新兴"])
NAME_SUFFIXES = frozenset("型 类 性 级 式 化 制".split())
NAME_GOVERNORS = frozenset("实施 开展 启动 推进 组织".split())
DERIVING_SUFFIXES = frozenset("化 型 性 级 制 链 库 证 卡 票 网 群 带 圈 观 力 感 权 费 税 岗 房".split())
"""Endings that turn an actor noun into the name of a thing (园区化, 人才链)."""
DUTY_VERBS = frozenset("负责 主管 分管 承担 从事 管理".split())
RESOURCE_NOUNS = frozenset(
    [
        "资金",
        "技术",
        "数据",
        "信息",
        "知识",
        "成果",
        "资本",
        "土地",
        "项目",
        "平台",
        "管理",
        "政策",
        "金融",
        "产业",
        "市场",
        "设备",
        "场地",
        "物资",
        "服务",
        "科技",
        "装备",
    ]
)


@dataclass(frozen=True, slots=True)
class ActorPhrase:
    """Token positions ``[first, last]`` of a mention, both included; ``head`` classes it."""

    first: int
    last: int
    kind: str


def find_actor_phrases(tokens: Sequence[Token]) -> tuple[list[ActorPhrase], list[ActorPhrase]]:
    """Actor phrases of a clause, from left to right, without overlaps; and the bodies it only sets up."""
    phrases: list[ActorPhrase] = []
    position = len(tokens) - 1
    while position >= 0:
        if _is_head(tokens, position) and not _in_named_system(tokens, position):
            first = _left_edge(tokens, position)
            phrases.append(ActorPhrase(first, position, tokens[position].entry.actor or "collective"))
            position = first
        position -= 1
    phrases.reverse()
    phrases = [
        p
        for p in phrases
        if not _is_bare_classifier(tokens, p) and not _is_resource(tokens, p) and not _is_predicate_nominal(tokens, p)
    ]
    set_up = [phrase for phrase in phrases if _is_set_up(tokens, phrase)]
    return [phrase for phrase in phrases if phrase not in set_up], set_up


# --- heads ---------------------------------------------------------------------------------------------------


def _is_head(tokens: Sequence[Token], position: int) -> bool:
    token = tokens[position]
    entry = token.entry
    if entry.has("quoted"):
        return token.text[1:-1] == "一把手"
    if token.text == "国家":
        return _is_acting_state(tokens, position)
    if token.text == "党":
        return _texts(tokens, position + 1, 2) == "和政府"
    if entry.has("region"):
        following = tokens[position + 1] if position + 1 < len(tokens) else None
        if following is not None and following.entry.has("coordinator"):
            return position + 2 < len(tokens) and bool(tokens[position + 2].entry.actor)
        return following is None or not (following.entry.nounish or following.text == "的")
    if _is_acting_place(tokens, position):
        return True
    if not entry.actor or _text(tokens, position + 1) in DERIVING_SUFFIXES:
        return False
    if token.text == "所" and position + 1 < len(tokens) and tokens[position + 1].entry.verb:
        return False
    if position > 0 and tokens[position - 1].text in INSTRUMENT_VERBS and token.text.endswith("媒体"):
        return False
    if token.text in ("组织", "代表"):
        return _is_noun_here(tokens, position)
    if entry.has("subject") and not entry.has("modified"):
        return _acts(tokens, position)
    if entry.has("modified"):
        return (
            position > 0 and _may_modify(tokens, position - 1) and (not entry.has("subject") or _acts(tokens, position))
        )
    return True


def _text(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].text if 0 <= position < len(tokens) else ""


def _texts(tokens: Sequence[Token], position: int, count: int) -> str:
    return "".join(token.text for token in tokens[position : position + count])


def _is_acting_place(tokens: Sequence[Token], position: int) -> bool:
    """历下区依托…, 支持上海市建设…: a place name where its authorities act."""
    token = tokens[position]
    if token.entry.tag != "ns" or token.text[-1] not in "省市区县州旗" or len(token.text) < 3:
        return False
    opens = position == 0 or tokens[position - 1].text in ("支持", "鼓励", "推动", "指导", "、", "和")
    following = tokens[position + 1].entry if position + 1 < len(tokens) else None
    return (
        opens
        and following is not None
        and (following.strong or following.has("preposition") or following.has("obligation"))
    )


def _is_acting_state(tokens: Sequence[Token], position: int) -> bool:
    """国家 counts where it is the subject: first in its clause and followed by what it does."""
    if position > 0 and not tokens[position - 1].entry.has("conjunction"):
        return False
    if position + 1 >= len(tokens):
        return False
    following = tokens[position + 1].entry
    acts = (
        following.strong
        or (following.verb and following.has("act"))
        or following.has("adverb")
        or following.has("preposition")
        or following.has("obligation")
    )
    return acts and _text(tokens, position + 2) != "的" and _text(tokens, position + 1) != "有关"


def _is_noun_here(tokens: Sequence[Token], position: int) -> bool:
    """组织 and 代表 are nouns after a modifier, or where no object follows them."""
    before = tokens[position - 1] if position > 0 else None
    following = tokens[position + 1] if position + 1 < len(tokens) else None
    if before is None:
        return _text(tokens, position + 1) in ("和", "及", "或者") and _text(tokens, position + 2) == "个人"
    if tokens[position].text == "代表":
        return bool(before.entry.actor) and (following is None or following.entry.nounish or following.text == "的")
    if before.entry.has("orgmod"):
        acts = following is not None and (following.entry.strong or _leads_to_actor(tokens, position + 1))
        return not (before.entry.actor and acts)
    has_object = following is not None and (following.entry.nounish or following.entry.strong)
    if before.entry.nounish and not before.entry.actor:
        return not has_object
    if before.entry.has("promote"):
        return following is not None and following.entry.has("coordinator")
    if before.text == "的":
        return not has_object
    joined = before.entry.has("coordinator") and position > 1 and bool(tokens[position - 2].entry.actor)
    return joined and not has_object


def _leads_to_actor(tokens: Sequence[Token], position: int) -> bool:
    """Whether the noun phrase that begins here is headed by an actor."""
    for token in tokens[position : position + 5]:
        if token.entry.actor:
            return True
        if not token.entry.nounish:
            return False
    return False


def _acts(tokens: Sequence[Token], position: int) -> bool:
    """Whether a marker follows the phrase, or it opens the clause and a predicate follows: it is the subject."""
    for k in range(position + 1, min(len(tokens), position + 12)):
        entry = tokens[k].entry
        if tokens[k].text in ACTING_WORDS:
            return True
        if not (
            entry.has("coordinator")
            or entry.has("determiner")
            or entry.actor
            or entry.has("adverb")
            or entry.has("etc")
        ):
            opens = position == 0 or tokens[position - 1].entry.has("promote")
            return opens and k == position + 1 and (entry.strong or entry.has("preposition"))
    return False


def _in_named_system(tokens: Sequence[Token], position: int) -> bool:
    """企业上云行动, 实施企业培育工程: inside the name of a system, event or campaign there is no actor."""
    if position > 0 and _governs_names(tokens, position) and _ends_as_name(tokens, position):
        return True
    last = position
    for k in range(position + 1, min(position + 7, len(tokens))):
        if not tokens[k].entry.nounish or tokens[k].entry.actor:
            break
        last = k
    return last > position and tokens[last].text in SYSTEM_NOUNS and tokens[position].text != "科协系统"


def _governs_names(tokens: Sequence[Token], position: int) -> bool:
    """Whether 实施, 开展, 启动 … stand in front of the phrase, past its modifiers."""
    k = position - 1
    while k > 0 and tokens[k].entry.nounish and position - k < 4:
        k -= 1
    return tokens[k].text in NAME_GOVERNORS


def _ends_as_name(tokens: Sequence[Token], position: int) -> bool:
    for k in range(position + 1, min(len(tokens), position + 10)):
        if tokens[k].text in ("的", "、") or tokens[k].entry.has("preposition"):
            return False
        if tokens[k].text in ("工程", "行动", "计划"):
            return k + 1 == len(tokens) or not tokens[k + 1].entry.nounish
    return False


def _is_bare_classifier(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """科技部、财政部等|部门: the class noun alone names nobody new."""
    short = len(tokens[phrase.last].text) <= 2
    if phrase.first != phrase.last or not short or phrase.first < 2 or not tokens[phrase.first - 1].entry.has("etc"):
        return False
    joined = phrase.last + 1 < len(tokens) and tokens[phrase.last + 1].entry.has("coordinator")
    return bool(tokens[phrase.first - 2].entry.actor) and not joined


def _is_resource(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """人才 listed among things (人才、技术、成果等) is a resource."""
    if phrase.first != phrase.last or tokens[phrase.last].text != "人才":
        return False
    before = _text(tokens, phrase.first - 2) if _text(tokens, phrase.first - 1) in ("、", "和", "与") else ""
    after = _text(tokens, phrase.last + 2) if _text(tokens, phrase.last + 1) in ("、", "和", "与") else ""
    return before in RESOURCE_NOUNS or after in RESOURCE_NOUNS


def _is_set_up(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """An organization that is only the thing to be set up is no actor."""
    if phrase.kind != "organization":
        return False
    following = tokens[phrase.last + 1] if phrase.last + 1 < len(tokens) else None
    if following is not None and (following.text == "的" or following.entry.nounish):
        return False
    position = phrase.first - 1
    steps = 0
    while position >= 0 and steps < PHRASE_LIMIT:
        token = tokens[position]
        if token.entry.has("establish") and token.entry.verb:
            return not (_text(tokens, position + 1) == "的")
        if token.text == "的" and steps == 0:
            position -= 1
            while position >= 0 and not tokens[position].entry.has("establish") and steps < PHRASE_LIMIT:
                if tokens[position].entry.has("promote") or tokens[position].entry.has("preposition"):
                    return False
                position -= 1
                steps += 1
            return position == 0 and _text(tokens, position + 1) != "的"
        if not (
            token.entry.nounish or token.entry.has("coordinator") or token.entry.has("etc") or token.entry.has("paren")
        ):
            return False
        position -= 1
        steps += 1
    return False


def _is_predicate_nominal(tokens: Sequence[Token], phrase: ActorPhrase) -> bool:
    """What a clause with 是 or 作为 says of its subject is no actor (…是科普工作的主要社会力量)."""
    if phrase.last + 1 < len(tokens):
        return False
    for position in range(phrase.first - 1, max(-1, phrase.first - PHRASE_LIMIT), -1):
        token = tokens[position]
        if token.text in ("是", "作为", "成为", "为"):
            return token.text != "为"
        if token.entry.has("preposition"):
            return False
    return False


# --- left edge -----------------------------------------------------------------------------------------------


def _left_edge(tokens: Sequence[Token], head: int) -> int:
    """First token of the noun phrase that ``head`` closes."""
    first = head
    floor = max(0, head - PHRASE_LIMIT)
    while first > floor:
        before = tokens[first - 1]
        if before.text == "的":
            return _across_particle(tokens, first, head, floor)
        if before.entry.has("etc") or before.entry.has("coordinator"):
            return _across_coordination(tokens, first, head, floor)
        if before.text in NAME_SUFFIXES and first - 2 >= floor:
            first -= 2
            continue
        if before.text == "被" and tokens[first].entry.verb:
            first -= 1
            continue
        if before.entry.has("attributive"):
            first -= 1
            while first > floor and (
                tokens[first - 1].entry.has("attributive") or tokens[first - 1].text in ("不", "长期")
            ):
                first -= 1
            break
        if not _may_modify(tokens, first - 1):
            break
        if before.entry.actor and tokens[first].text in ("基层", "广大"):
            break
        if before.entry.verb and not before.entry.actor and not _verb_in_name(tokens, first - 1, head, floor):
            break
        first -= 1
    return first


def _may_modify(tokens: Sequence[Token], position: int) -> bool:
    """Whether the token can stand in front of a head inside its noun phrase."""
    token = tokens[position]
    if token.text in ("组织", "代表") and token.entry.verb:
        return _is_noun_here(tokens, position)
    if token.entry.has("quoted"):
        return not (position > 0 and tokens[position - 1].entry.has("promote"))
    if token.entry.has("paren"):
        return len(token.text) <= 8
    return token.entry.nounish and token.text not in ("其",)


def _verb_in_name(tokens: Sequence[Token], position: int, head: int, floor: int) -> bool:
    """登记管理机关, 科技服务机构: a nominal verb belongs to the name unless it governs the head."""
    if position > floor and tokens[position - 1].entry.actor and tokens[position].entry.has("promote"):
        return False
    if position > floor and _may_modify(tokens, position - 1):
        return True
    if tokens[head].text in ("各方", "双方", "三方"):
        return True
    names_only = all(token.entry.verb and not token.entry.actor for token in tokens[position:head])
    return names_only and _is_institution(tokens[head])


def _is_institution(head: Token) -> bool:
    return head.entry.has("institution") or head.text.endswith(("机构", "部门", "机关", "单位", "团体", "人员"))


def _across_particle(tokens: Sequence[Token], first: int, head: int, floor: int) -> int:
    """的: a possessor is kept (高等院校的主管部门), a relative clause is cut (国家设立的|高等院校)."""
    particle = first - 1
    before = particle - 1
    if before < floor:
        return first
    if tokens[before].text in FIELD_NOUNS:
        return _coordinated_modifiers(tokens, before, floor)
    if _is_head(tokens, before) and tokens[before].text != "国家":
        edge = _left_edge(tokens, before)
        while edge - 2 >= floor and tokens[edge - 1].entry.has("coordinator") and _is_head(tokens, edge - 2):
            edge = _left_edge(tokens, edge - 2)
        governed = edge > 0 and tokens[edge - 1].entry.verb and not tokens[edge - 1].entry.has("promote")
        return first if governed or not _closes_phrase(tokens, head) else edge
    for position in range(before, max(floor, before - 12), -1):
        if tokens[position].text in ("其他", "其它") and position < before:
            return position
        if tokens[position].entry.has("coordinator") or tokens[position].text == "的":
            break
        if tokens[position].text in DUTY_VERBS and position > floor and _is_head(tokens, position - 1):
            return _left_edge(tokens, position - 1)
    return _of_a_thing(tokens, first, before, head, floor)


def _of_a_thing(tokens: Sequence[Token], first: int, before: int, head: int, floor: int) -> int:
    """科技项目的承担者, 相关学科的专家: a noun with 的 is kept unless it closes a relative clause (从事科普工作的|人员)."""
    if tokens[before].entry.verb or tokens[before].entry.has("paren") or not _closes_phrase(tokens, head):
        return first
    edge = before + 1
    while edge > floor and _may_modify(tokens, edge - 1):
        edge -= 1
    if edge == before + 1 or (tokens[before].entry.tag in ("a", "ad") and edge < before):
        return first
    if edge == 0:
        return edge
    outer = tokens[edge - 1].entry
    if outer.has("promote") or outer.text in ("由", "向", "为", "与", "会同", "对"):
        return edge
    return first


def _across_coordination(tokens: Sequence[Token], first: int, head: int, floor: int) -> int:
    """Modifiers coordinated under one head stay together (财政、科学技术等相关行政部门); actors are split."""
    closer = first - 1
    before = closer - 1
    if (
        before < floor
        or _is_head(tokens, before)
        or not _may_modify(tokens, before)
        or tokens[before].entry.has("quoted")
    ):
        return first
    etc = tokens[closer].entry.has("etc")
    edge = _coordinated_modifiers(tokens, before, floor)
    if edge > before:
        return first
    outer = tokens[edge - 1] if edge > 0 else None
    if all(token.entry.has("level") or token.entry.has("coordinator") for token in tokens[edge:closer]):
        return edge
    short = all(len(run) <= 1 for run in _runs(tokens[edge:closer]))
    free = outer is None or outer.entry.has("preposition") or outer.entry.has("promote") or outer.text == "的"
    short = short and first < head and _closes_phrase(tokens, head)
    institution = _is_institution(tokens[head]) and all(len(run) <= 2 for run in _runs(tokens[edge:closer]))
    sharing = (
        etc
        or (institution and any(token.entry.has("field") for token in tokens[edge:first]))
        or (free and (short or (institution and (first < head or tokens[closer].text != "、"))))
    )
    return edge if sharing else first


def _closes_phrase(tokens: Sequence[Token], head: int) -> bool:
    """Whether no further noun follows, so that the head is not itself a modifier."""
    return head + 1 >= len(tokens) or not tokens[head + 1].entry.nounish


def _runs(tokens: Sequence[Token]) -> list[list[Token]]:
    """The conjuncts of a coordination."""
    runs: list[list[Token]] = [[]]
    for token in tokens:
        if token.entry.has("coordinator"):
            runs.append([])
        else:
            runs[-1].append(token)
    return runs


def _coordinated_modifiers(tokens: Sequence[Token], before: int, floor: int) -> int:
    """First token of the coordination of nouns that ends at ``before``; it stops at another actor."""
    edge = before + 1
    while edge > floor:
        token = tokens[edge - 1]
        if token.entry.has("coordinator") or token.entry.has("etc"):
            if edge - 2 < floor or _is_head(tokens, edge - 2) or not _may_modify(tokens, edge - 2):
                break
        elif not _may_modify(tokens, edge - 1) or (token.entry.actor and _is_head(tokens, edge - 1)):
            break
        edge -= 1
    return edge
