"""Who acts in a clause: the subject in front of predicate or marker, the agent after 由."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.actors import ActorPhrase
from kg.extract.clauses import ActorGroup, Clause, actor_groups
from kg.extract.durations import is_limit
from kg.extract.tokens import Token, peek

MEMBER_WINDOW = 12
"""Longest rest of a list of subjects that is no actor, in tokens."""
RELATIVE_WINDOW = 6
"""How far behind its actor the 的 of 由A提出的|方案 may stand, in tokens."""
TIME_WINDOW = 3
"""Longest phrase that only says when, in tokens; in longer ones somebody acts."""
LIMIT_WINDOW = 4
"""Longest limit of time, in tokens."""


def read_subject(clause: Clause) -> int:
    """Find the subject of a clause without marker; returns where its predicate may begin."""
    tokens = clause.tokens
    start = clause.first
    while peek(tokens, start).entry.tag == "t":
        start += 1
    groups = actor_groups(clause)
    for group in groups:
        agentive = group.first > start and _follows_agentive(tokens, start, group.first)
        if agentive and not _inside_relative(tokens, group.last):
            return _take(clause, group)
    for group in groups:
        after = after_subject(clause, group)
        begins = after < len(tokens) and may_begin_predicate(tokens, after)
        opens = group.first == start or (group.first > start and are_adverbs(tokens[start : group.first]))
        if opens and (begins or after >= len(tokens)):
            return _take(clause, group)
        relative = tokens[group.first - 1].text == "的" and _opens_relative(tokens[start])
        if begins and (relative or _is_place(tokens[start : group.first])):
            return _take(clause, group)
    return clause.first


def read_subject_before_marker(clause: Clause, marker: int) -> None:
    """The subject is the actor group that nothing but adverbs and preposed phrases parts from the marker."""
    tokens = clause.tokens
    opener = tokens[clause.first]
    clause.has_preposed = opener.has("preposition")
    bare = clause.has_preposed or opener.text in ("有", "有条件", "其") or _closes_condition(tokens, marker)
    states_time = tokens[marker - 1].has("adjunct_closer")  # 从业人员|上岗前|应当
    only_time = states_time and marker - clause.first <= TIME_WINDOW  # 上岗前|必须
    clause.has_subject_phrase = not (bare or only_time or are_adverbs(tokens[clause.first : marker]))
    groups = [group for group in actor_groups(clause) if group.last < marker]
    end = marker - int(tokens[marker - 1].has("restrictive"))  # 企业|方可|经营
    for group in reversed(groups):
        between = tokens[after_subject(clause, group) : end]
        is_object = _is_preposed_object(clause, group.first) or _is_object_of_opening(clause, group)
        if are_adverbs(between, also_verbs=True) and not is_object:
            _take(clause, group)
            return
    for group in groups:
        after = after_subject(clause, group)
        before = peek(tokens, group.first - 1)
        opens = group.first == clause.first or before.text == "的" or before.has("agentive")
        begins = after < marker and (
            may_begin_predicate(tokens, after) or (after + 1 == marker and tokens[after].entry.verb) or states_time
        )
        if opens and begins and not _is_preposed_object(clause, group.first):
            clause.subject = group.members
            return


def read_agent_after_marker(clause: Clause, start: int) -> int:
    """可以由有关部门…, 请各单位…: the actor stands behind the marker; returns where the predicate may begin."""
    addressed = clause.word(clause.marker) in ("请", "允许", "严禁", "禁止")
    for group in actor_groups(clause):
        agentive = peek(clause.tokens, start).has("agentive")
        follows = group.last + 1 < len(clause.tokens) and may_begin_predicate(clause.tokens, group.last + 1)
        is_relative = group.first > start and clause.word(group.first - 1) == "的" and follows
        if agentive and (group.first == start + 1 or is_relative):
            clause.subject = group.members
            return group.last + 1
        begins = group.last + 1 < len(clause.tokens) and may_begin_predicate(clause.tokens, group.last + 1)
        is_addressed = addressed and group.first in (start, (clause.marker or 0) + 1)
        if is_addressed or (group.first == start and begins):
            clause.subject = group.members
            return after_subject(clause, group) if clause.word(clause.marker) == "请" else start
    return start


def read_subject_of_condition(clause: Clause) -> None:
    """网络服务提供者发现…的,应当…: the condition names who acts; A与B合作…的,应当…: both of them."""
    group = next((group for group in actor_groups(clause) if _opens_condition(clause, group.first)), None)
    if group is not None and clause.word(group.last + 1) not in ("", "的"):
        is_joint = peek(clause.tokens, group.last + 1).has("joint_verb")
        clause.subject = group.members if is_joint else without_partners(clause, group)


def _opens_condition(clause: Clause, position: int) -> bool:
    """企业|发现…的, 当企业|发现…时; 取得学历的|人员|参加…的: behind nothing but its own attribute."""
    tokens = clause.tokens
    if position == clause.first + int(tokens[clause.first].text in ("当", "在")):
        return True
    return position > clause.first and _is_attribute(tokens[clause.first : position])


def _is_attribute(tokens: Sequence[Token]) -> bool:
    """被授予专利权的|单位, 本区域内的|企业, 许可证|持有人: what stands before an actor belongs to it."""
    opener = tokens[0]
    if all(token.entry.nounish and not token.entry.verb and not token.entry.actor for token in tokens):
        return True
    is_open = opener.has("preposition") and opener.text != "被"
    is_open = is_open or any(token.has("preposition") and not token.has("coordinator") for token in tokens[1:])
    names_others = any(token.entry.actor for token in tokens) and not opener.entry.verb and not opener.has("adverb")
    return tokens[-1].text == "的" and not is_open and not names_others


def _is_place(tokens: Sequence[Token]) -> bool:
    """本区域内的|企业: the attribute says where the actor is."""
    return len(tokens) > 1 and tokens[-2].has("localizer") and _is_attribute(tokens)


def without_partners(clause: Clause, group: ActorGroup) -> list[ActorPhrase]:
    """鼓励|学会与国际组织|联合发布…: whoever follows 与 is a partner."""
    partner = next((k for k in range(group.first, group.last) if clause.tokens[k].text in ("与", "同")), group.last + 1)
    return [member for member in group.members if member.first < partner]


def after_topic(clause: Clause) -> int | None:
    """奖励经费|列入中央预算: where the predicate begins of a clause whose subject is a thing, or None.

    Only verbs by which rules are laid down count (group ``regime``), and any act in a field (金融领域|探索…):
    with others such a clause mostly reports a state (体系基本建成).
    """
    tokens = clause.tokens
    position = clause.first
    while position < len(tokens) and _continues_topic(tokens, position):
        position += 1
    verb = position
    while peek(tokens, verb).has("adverb"):
        verb += 1
    if position > clause.first and peek(tokens, position).has("localizer") and not peek(tokens, verb).entry.strong:
        return _after_place(tokens, position)  # 开发区内|建立基地
    token, before = peek(tokens, verb), peek(tokens, position - 1)
    if position == clause.first or before.has("coordinator") or before.text == "的" or verb + 1 >= len(tokens):
        return None
    in_field = before.text in ("领域", "方面") and token.has("act") and token.entry.strong
    opens_phrase = tokens[position].has("preposition") and not tokens[position].has("coordinator")
    published = opens_phrase and tokens[-1].entry.verb and tokens[-1].has("act")  # 标准根据…确定
    return position if token.has("regime") or in_field or published else None


def _after_place(tokens: Sequence[Token], localizer: int) -> int | None:
    verb = localizer + 1
    while peek(tokens, verb).has("adverb"):
        verb += 1
    acts = peek(tokens, verb).entry.strong and tokens[verb].has("act") and verb + 1 < len(tokens)
    return localizer + 1 if acts else None


def _continues_topic(tokens: Sequence[Token], position: int) -> bool:
    """Nouns with their attributes (正常的|视频数据)."""
    token = tokens[position]
    is_attribute = token.has("adverb") and peek(tokens, position + 1).text == "的"
    return token.entry.nounish or is_attribute or token.text in ("的", "、", "和", "及", "与")


def is_nominal(clause: Clause, following: Token) -> bool:
    """具有…的高等学校、科研机构,可以…: a clause that is only a subject with its relative clause, or a list."""
    group = next(reversed(actor_groups(clause)), None)
    if group is None or group.last != len(clause.tokens) - 1 or group.first <= clause.first:
        return False
    if _may_mark(following) and _are_members(clause.tokens[clause.first : group.first]):
        clause.subject = group.members
        return True
    opener = clause.tokens[clause.first]
    if _addresses(clause.tokens, clause.first, group.first) or _finds(clause):
        return False
    relative = any(opener.has(name) for name in ("relative", "stative", "adverbial_opener")) or opener.entry.tag == "ns"
    before = clause.tokens[clause.first : group.first]
    addresses = any(token.has("object_preposition") for token in before) and not _serves(before)
    relative = relative or (_may_mark(following) and not addresses)
    marked = any(token.has("plain_marker") for token in clause.tokens)
    is_assigned = opener.entry.strong and following.has("agentive")  # 设立实施…教育的学校,|由A审批
    if clause.word(group.first - 1) != "的" or marked or not relative or is_assigned:
        return False
    clause.subject = group.members
    return True


def _are_members(tokens: Sequence[Token]) -> bool:
    """金融、保险、|医院,…: what stands before the actors is a list that they end, of things that are no actors."""
    listed = all((token.entry.nounish and not token.entry.verb) or token.has("coordinator") for token in tokens)
    return listed and tokens[-1].has("coordinator")


def _serves(tokens: Sequence[Token]) -> bool:
    """向社会|出具数据的(机构), 为公众|提供服务的: the opening phrase belongs to a verb of the relative clause."""
    opens = tokens[0].has("serving_preposition") and peek(tokens, 1).entry.nounish and not peek(tokens, 1).entry.verb
    return opens and any(token.has("act") for token in tokens[2:])


def _finds(clause: Clause) -> bool:
    """学校|发现未入学的儿童,…: who acts stands first, the last actor is the object."""
    first = actor_groups(clause)[0]
    return first.first == clause.first and peek(clause.tokens, first.last + 1).has("stative")


def _addresses(tokens: Sequence[Token], first: int, last: int) -> bool:
    """国家、社会|对符合条件的儿童,…: a subject with the phrase that names whom its act concerns."""
    position = first
    while position < last and (tokens[position].entry.nounish or tokens[position].text == "、"):
        position += 1
    return position > first and tokens[position].has("object_preposition")


def _may_mark(token: Token) -> bool:
    return any(token.has(name) for name in ("plain_marker", "permission", "obligation"))


def may_begin_predicate(tokens: Sequence[Token], position: int) -> bool:
    """Whether a predicate may begin at ``position``, right after an actor."""
    token = tokens[position]
    if token.has("personnel") and peek(tokens, position - 1).text.endswith("人才"):
        return False  # 人才|培养机制
    opens_phrase = token.has("preposition") and not token.has("coordinator")
    if token.has("adverb") or opens_phrase or token.text == "是":
        return True
    organizes = token.text == "组织"
    if not token.entry.verb or (token.entry.actor and not organizes):
        return False
    after = position
    while peek(tokens, after).entry.verb or peek(tokens, after).text == "所":
        after += 1
    if peek(tokens, after).text == "的" and (organizes or not token.has("promote")):
        return False  # 各级人民政府组织实施的|项目
    following = peek(tokens, position + 1)
    has_object = (following.entry.nounish and not following.entry.verb) or following.text == "其"
    has_object = has_object or (following.entry.strong and not following.has("adverb"))
    has_object = has_object or (following.has("preposition") and not following.has("coordinator"))
    return token.entry.strong or organizes or (has_object and token.has("act"))


def after_subject(clause: Clause, group: ActorGroup) -> int:
    """Position after a subject with its 等 (等部门), brackets and 都."""
    position = _after_other_members(clause.tokens, group.last + 1)
    while position < len(clause.tokens) and (
        clause.tokens[position].has("etc")
        or clause.tokens[position].has("bracket")
        or clause.tokens[position].text in ("都", "均", "也")
        or (clause.tokens[position].has("institution") and clause.tokens[position - 1].has("etc"))
    ):
        position += 1
    return _after_class(clause.tokens, position)


def _after_class(tokens: Sequence[Token], position: int) -> int:
    """图书馆、公园等|公共服务设施|应当: behind what the members of the list are, where a marker or nothing follows."""
    after = position
    while peek(tokens, after).entry.nounish and not tokens[after].entry.verb and not tokens[after].entry.actor:
        after += 1
    closes = after == len(tokens) or tokens[after].has("plain_marker")
    return after if closes and peek(tokens, position - 1).has("etc") else position


def _after_other_members(tokens: Sequence[Token], position: int) -> int:
    """博物馆、|青少年宫|等, 国家、|社会|对…: where members of the list end that are no actors, else ``position``."""
    after = position
    while peek(tokens, after).text == "、" and after < position + MEMBER_WINDOW:
        after += 1
        while peek(tokens, after).entry.nounish and not tokens[after].entry.actor:
            after += 1
    closes = any(peek(tokens, after).has(name) for name in ("etc", "plain_marker", "object_preposition"))
    return after if after > position and closes else position


def are_adverbs(tokens: Sequence[Token], also_verbs: bool = False) -> bool:
    """Whether there is nothing but adverbs and times; ``also_verbs`` admits words that may be verbs as well (统一)."""
    position = 0
    while position < len(tokens):
        token = tokens[position]
        limit = _limit_length(tokens, position)
        if not (limit or token.entry.tag == "t" or (token.has("adverb") and (also_verbs or not token.entry.verb))):
            return False
        position += limit or 1
    return True


def _limit_length(tokens: Sequence[Token], position: int) -> int:
    """五个|工作日内, 30|日|内: number of tokens of the limit of time that begins at ``position``, 0 where none does."""
    for length in range(1, LIMIT_WINDOW + 1):
        words = [token.text for token in tokens[position : position + length]]
        if words[-1].endswith("内") and is_limit("".join(words)):
            return length
    return 0


def _take(clause: Clause, group: ActorGroup) -> int:
    after = after_subject(clause, group)
    relates = peek(clause.tokens, after).has("stative")  # A与B|有利害关系
    clause.subject = without_partners(clause, group) if relates else group.members
    clause.has_subject_phrase = True
    return after


def _closes_condition(tokens: Sequence[Token], marker: int) -> bool:
    """发现问题的|应当处理: a condition in the marker's own clause."""
    position = marker - 1
    while position > 0 and tokens[position].has("adverb"):
        position -= 1
    return tokens[position].text == "的"


def _opens_relative(opener: Token) -> bool:
    """国家设立的|研究开发机构…: the clause opens with a relative clause, not with a verb of promotion."""
    return opener.has("relative") or opener.has("state")


def _follows_agentive(tokens: Sequence[Token], start: int, first: int) -> bool:
    """由A…, 由承担鉴定的A…: 由 stands in front of the actor or of its relative clause."""
    if tokens[first - 1].has("agentive") or (
        tokens[first - 1].text == "其" and peek(tokens, first - 2).has("agentive")
    ):
        return True
    window = range(first - 2, max(start, first - RELATIVE_WINDOW) - 1, -1)
    opener = next((k for k in window if tokens[k].has("preposition") or tokens[k].entry.actor), None)
    return tokens[first - 1].text == "的" and opener is not None and tokens[opener].has("agentive")


def _inside_relative(tokens: Sequence[Token], last: int) -> bool:
    """由A提出的|方案: 由 and its actor stand in a relative clause."""
    if peek(tokens, last + 1).has("preposition"):
        return False  # 由A根据…的要求…
    window = range(last + 1, min(len(tokens) - 1, last + RELATIVE_WINDOW))
    return any(tokens[k].text == "的" for k in window)


def _is_preposed_object(clause: Clause, first: int) -> bool:
    """对…的组织, 向…: the group belongs to a preposed phrase, unless 由 opens it."""
    for position in range(first - 1, clause.first - 1, -1):
        token = clause.tokens[position]
        if token.has("agentive") or token.has("localizer"):
            return False
        if token.has("object_preposition") and not _joins_attributes(clause.tokens, position):
            return True
    return False


def _joins_attributes(tokens: Sequence[Token], position: int) -> bool:
    """从事研究|与|应用活动的单位: the word joins two nouns, none of them an actor."""
    neighbours = (peek(tokens, position - 1), peek(tokens, position + 1))
    return tokens[position].has("coordinator") and all(
        each.entry.nounish and not each.entry.actor for each in neighbours
    )


def _is_object_of_opening(clause: Clause, group: ActorGroup) -> bool:
    """审批设立|高等学校|应当…: behind two verbs that open the clause actors are their object.

    One verb may be the first half of a name (申请单位); 的 makes the verbs an attribute (依法设立的企业).
    """
    opening = clause.tokens[clause.first : group.first]
    return len(opening) > 1 and all(token.has("act") for token in opening[:2]) and all(t.text != "的" for t in opening)
