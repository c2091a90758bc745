"""Verb phrases of a clause: where its predicate begins, which verbs head it, where one act ends and the next begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kg.extract.tokens import Token

LOOK_AHEAD = 60
"""Longest look ahead for a predicate, in tokens: keeps the work linear on text without punctuation."""
PLACE_PREPOSITIONS = frozenset(["在", "自", "从", "除", "除了", "到", "当", "于", "经", "随着"])

LIST_PREPOSITIONS = frozenset(["围绕", "聚焦", "针对", "通过", "面向", "结合"])
"""Prepositions whose object is often a list closed by 等; verbs inside it are no predicates."""

FIELD_LOCALIZERS = frozenset("领域 方面 环节 行业 过程 地区 层面 区域".split())
"""Nouns that close a phrase opened by 在 where a predicate follows (在教育等领域|建设…)."""
GROUND_NOUNS = frozenset(
    "需求 需要 实际 实际情况 问题 风险 要求 规定 原则 目标 任务 特点 领域 环节 方向 重点 分工 程序 情况 条件 基础 主线 导向 目的 精神 特色 规律".split()
)
"""Last nouns of phrases that ground or orient an act (立足…实际, 针对…风险)."""
PARTNER_VERBS = frozenset("协助 协同 会同 联合 配合".split())
MANNER_NOUNS = frozenset("方式 形式 手段 措施 途径 办法 做法 模式 方法 技术".split())
RULE_PREPOSITIONS = frozenset("按照 按 根据 依据 依照 参照 对照".split())
"""Prepositions in front of a noun that may look like a verb (按照要求, 根据规定)."""
PARTNER_PREPOSITIONS = frozenset("向 由 与 同 和 给 从 会同".split())
"""Prepositions whose actor the predicate follows at once (向有关部门|提出…)."""


@dataclass(frozen=True, slots=True)
class Act:
    """A verb phrase: token positions, ``first`` and ``last`` included."""

    first: int
    heads: tuple[int, ...]
    inner: tuple[int, ...]
    last: int


def read_acts(tokens: Sequence[Token], start: int, may_be_manner: bool, has_marker: bool) -> list[Act]:
    """The acts of ``tokens[start:]``, none where no predicate is found or the phrase only gives a manner."""
    end = len(tokens)
    head = find_head(tokens, start, end)
    waits = may_be_manner and start < len(tokens) and tokens[start].entry.has("preposition")
    if head is None and has_marker and not waits and not any(t.entry.has("stative") for t in tokens[start : start + 3]):
        head = find_verb(tokens, start, end)
    if head is None:
        return []
    if may_be_manner and _is_manner(tokens, start, head):
        return []
    return _split_acts(tokens, start, head, end)


def _is_manner(tokens: Sequence[Token], start: int, head: int) -> bool:
    """采取…等方式, 以…作为条件: the phrase waits for the act of the next clause."""
    word = tokens[head].text
    opener = next((t.text for t in tokens[start:] if not t.entry.has("adverb") and t.text != "将"), "")
    grounds = tokens[-1].text in GROUND_NOUNS or bool(tokens[-1].entry.actor)
    if opener in LIST_PREPOSITIONS | RULE_PREPOSITIONS and grounds:
        return True
    if opener == "以" and any(token.text == "为" for token in tokens[start:]):
        return True
    if word in ("采取", "采用", "运用"):
        return tokens[-1].text in MANNER_NOUNS
    if word in PARTNER_VERBS and tokens[-1].entry.actor:
        return True
    if tokens[start].text == "以" and word in ("作为", "为"):
        return True
    return tokens[head].entry.has("manner") and word != "发挥"


def find_head(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """Position of the main verb of ``tokens[start:end]``, or None."""
    position = start
    while position < end:
        token = tokens[position]
        entry = token.entry
        if token.text == "将" and position + 1 < end and _is_future(tokens[position + 1]):
            position += 1
            continue
        if entry.has("preposition"):
            after = _after_place_phrase(tokens, position, end)
            if after is not None:
                position = after
                continue
            return _head_after_preposition(tokens, position, end)
        if _is_modifier(tokens, position, end):
            position += 1
            if position + 1 < end and tokens[position].entry.has("coordinator"):
                position += 1
            continue
        if token.text == "作为":
            return None
        if entry.verb and not entry.has("stative"):
            if entry.has("manner"):
                return _plainer_verb(tokens, position, end) or position
            return position
        return None
    return None


def _is_future(following: Token) -> bool:
    """将 in front of a verb, adverb or preposition is the future, not the disposal of an object."""
    entry = following.entry
    return entry.strong or entry.has("preposition") or (entry.has("adverb") and not entry.nounish)


def find_verb(tokens: Sequence[Token], start: int, end: int) -> int | None:
    """The first verb that no 的 follows, else a verb that ends the phrase: for clauses whose marker shows an act."""
    candidates = _candidates(tokens, start, end) if start > 0 else []
    if candidates:
        return candidates[0]
    return end - 1 if end > start and tokens[end - 1].entry.verb and not tokens[end - 1].entry.has("stative") else None


def _is_modifier(tokens: Sequence[Token], position: int, end: int) -> bool:
    """Adverbs, times and auxiliaries in front of the main verb."""
    token = tokens[position]
    entry = token.entry
    if (
        entry.has("paren")
        or entry.tag in ("t", "m", "q", "eng")
        or token.text.isdigit()
        or token.text in ("地", "也", "都", "予", "每", "年", "月", "日", "至", "次")
    ):
        return True
    follows = tokens[position + 1] if position + 1 < end else None
    if entry.has("adverb") and not entry.verb:
        return True
    if follows is None:
        return False
    if entry.has("adverb") or entry.has("auxiliary"):
        if follows.text in ("、", "或", "和", "或者") and position + 2 < end:
            return (
                entry.has("adverb")
                and tokens[position + 2].entry.verb
                and position + 3 < end
                and tokens[position + 3].entry.verb
            )
        if token.text == "加强":
            return (
                follows.entry.strong
                and not follows.entry.has("adverb")
                and position + 2 < end
                and tokens[position + 2].entry.nounish
            )
        if follows.entry.has("preposition") or follows.entry.strong:
            return True
        has_object = position + 2 < end and (tokens[position + 2].entry.nounish or tokens[position + 2].entry.strong)
        if follows.entry.verb and has_object:
            return entry.has("adverb") or follows.entry.has("act")
        return entry.has("adverb") and (follows.entry.has("adverb") and not follows.entry.nounish)
    return False


def _after_place_phrase(tokens: Sequence[Token], position: int, end: int) -> int | None:
    """在…时, 自…之日起, 除…外: position after the closing localizer."""
    if tokens[position].text not in PLACE_PREPOSITIONS:
        return None
    for k in range(position + 1, min(end, position + LOOK_AHEAD)):
        token = tokens[k]
        opens_predicate = k + 1 < end and tokens[k + 1].entry.verb and tokens[k + 1].entry.has("act")
        if token.text in FIELD_LOCALIZERS and opens_predicate and tokens[position].text == "在":
            return k + 1
        if token.entry.has("localizer") and not (k + 1 < end and tokens[k + 1].text == "的"):
            if (
                token.text in ("中", "上", "下")
                and k + 1 < end
                and tokens[k + 1].entry.nounish
                and not tokens[k + 1].entry.verb
            ):
                continue
            while k + 1 < end and tokens[k + 1].entry.has("localizer"):
                k += 1
            return k + 1
    return None


def _candidates(tokens: Sequence[Token], start: int, end: int) -> list[int]:
    """Verbs that may be the predicate after a preposed phrase."""
    found = []
    for k in range(start, min(end, start + LOOK_AHEAD)):
        entry = tokens[k].entry
        following = tokens[k + 1].text if k + 1 < end else ""
        if not entry.verb or entry.has("stative") or following == "的":
            continue
        if entry.has("adverb") and k + 1 < end and tokens[k + 1].entry.verb:
            continue
        before = tokens[k - 1]
        if entry.strong and not (before.entry.has("coordinator") and before.text in ("、", "和", "与", "及")):
            if not (before.text == "的" or before.entry.has("determiner")):
                found.append(k)
    return [k for k in found if _has_object(tokens, k, end)] or found


def _has_object(tokens: Sequence[Token], position: int, end: int) -> bool:
    if position + 1 >= end:
        return False
    following = tokens[position + 1].entry
    return not (following.has("coordinator") or following.has("etc"))


def _head_after_preposition(tokens: Sequence[Token], position: int, end: int) -> int | None:
    """The predicate after 对…, 将…, 根据…, with 组织 in front of it (…的特点|组织开展)."""
    head = _predicate_after(tokens, position, end)
    if head is not None and head - 1 > position and tokens[head - 1].text == "组织":
        return head - 1
    return head


def _predicate_after(tokens: Sequence[Token], position: int, end: int) -> int | None:
    """The predicate after 对…, 将…, 为…, 根据…: never the verb right behind the preposition, which it governs."""
    if tokens[end - 1].text == "负责" and tokens[position].text == "对":
        return end - 1
    governed = _governed_end(tokens, position, end)
    if tokens[position].entry.has("dispose"):
        for k in range(max(governed, position + 2), min(end, position + LOOK_AHEAD)):
            if tokens[k].entry.has("transfer") and tokens[k].entry.verb and tokens[k - 1].text != "的":
                follows = tokens[k + 1] if k + 1 < end else None
                if tokens[k].entry.strong or follows is None or follows.text in ("为", "到", "至", "成", "给", "于"):
                    return k
    candidates = _candidates(tokens, governed, end)
    if tokens[position].text in LIST_PREPOSITIONS:
        closing = max((k for k in range(position, end) if tokens[k].entry.has("etc")), default=-1)
        candidates = [k for k in candidates if k > closing and _has_object(tokens, k, end)]
    if tokens[position].text in PARTNER_PREPOSITIONS:
        if candidates:
            return candidates[0]
    if tokens[position].text == "在" and candidates:
        return candidates[0]
    promoters = [
        k for k in candidates if tokens[k].entry.has("promote") and k + 1 < end and tokens[k + 1].entry.nounish
    ]
    if not candidates:
        return _nominal_head(tokens, position, end)
    last_particle = max((k for k in range(position, end) if tokens[k].text == "的"), default=-1)
    if last_particle >= 0 and tokens[end - 1].entry.actor and not any(k > last_particle for k in candidates):
        return None  # 对做出贡献的组织和个人, … : the verbs lie in a relative clause
    light = [k for k in candidates if tokens[k].entry.has("light")]
    late_light = [k for k in light if k > last_particle]
    if late_light:
        return late_light[0]
    late = [k for k in candidates if k > last_particle]
    if late and last_particle >= 0:
        return late[0]
    if light:
        return light[-1]
    if promoters:
        return promoters[0]
    chosen = candidates[-1]
    while chosen - 1 in candidates:
        chosen -= 1
    return chosen


def _governed_end(tokens: Sequence[Token], position: int, end: int) -> int:
    """Position after the verbs that stand right behind a preposition: it governs them (为|开展科普工作|创造…)."""
    opener = position
    position += 1
    while position < end and tokens[position].entry.has("adverb") and not tokens[position].entry.verb:
        position += 1
    nominal_object = tokens[opener].text in RULE_PREPOSITIONS
    while (
        position < end
        and tokens[position].entry.strong
        and not (nominal_object and tokens[position].entry.has("light"))
    ):
        position += 1
        if nominal_object:
            break
    return position


def _nominal_head(tokens: Sequence[Token], position: int, end: int) -> int | None:
    """向公众开放实验室: a verb that is often a noun is the predicate right after the actor of 向, 对, 由, 与."""
    if tokens[position].text not in (
        "向",
        "对",
        "由",
        "与",
        "将",
        "把",
        "同",
        "和",
        "面向",
        "从",
        "按照",
        "依照",
        "按",
    ):
        return None
    for k in range(position + 2, min(end, position + LOOK_AHEAD)):
        entry = tokens[k].entry
        if (
            entry.verb
            and not entry.has("stative")
            and (tokens[k - 1].entry.actor or k == end - 1 or tokens[k - 1].entry.has("adverb"))
        ):
            if k + 1 < end and tokens[k + 1].text == "的":
                continue
            return k
    return None


def _plainer_verb(tokens: Sequence[Token], position: int, end: int) -> int | None:
    """发挥优势|做好…: of serial verbs where the first only gives the manner, the last is the head."""
    if tokens[end - 1].text in ("作用", "优势", "功能", "效能"):
        return None
    candidates = [k for k in _candidates(tokens, position + 2, end) if not tokens[k].entry.has("manner")]
    closing = max((k for k in range(position, end) if tokens[k].entry.has("etc")), default=-1)
    candidates = [k for k in candidates if k > closing]
    candidates = [k for k in candidates if tokens[k - 1].entry.nounish or tokens[k - 1].entry.has("adverb")]
    if not candidates:
        return None
    last_particle = max((k for k in range(position, end) if tokens[k].text == "的"), default=-1)
    late = [k for k in candidates if k > last_particle]
    return (late or candidates)[0]


def _split_acts(tokens: Sequence[Token], start: int, head: int, end: int) -> list[Act]:
    """One act for the main verb, and one for each further verb phrase with an object of its own."""
    acts: list[Act] = []
    first = start
    while True:
        heads, inner, rest = _coordinated_heads(tokens, head, end)
        split = _next_phrase(tokens, heads, inner, rest, end)
        if split is None:
            acts.append(Act(first, heads, inner, end - 1))
            return acts
        last, following = split
        acts.append(Act(first, heads, inner, last))
        next_head = find_head(tokens, following, end)
        if next_head is None:
            acts[-1] = Act(first, heads, inner, end - 1)
            return acts
        first, head = following, next_head


def _coordinated_heads(tokens: Sequence[Token], head: int, end: int) -> tuple[tuple[int, ...], tuple[int, ...], int]:
    """Head verbs that share one object, the verb they govern, and the position after them."""
    heads = [head]
    position = head + 1
    governs = tokens[head].entry.has("promote") or tokens[head].entry.has("serial")
    while position < end:
        token = tokens[position]
        if (
            token.entry.has("coordinator")
            and position + 1 < end
            and tokens[position + 1].entry.verb
            and not tokens[position + 1].entry.actor
        ):
            if token.text == "、" and not _coordination_closes(tokens, position + 1, end):
                break
            heads.append(position + 1)
            position += 2
        elif (
            token.entry.strong
            and not token.entry.has("stative")
            and not governs
            and token.entry.has("act")
            and not tokens[head].entry.has("light")
        ):
            heads.append(position)
            position += 1
        else:
            break
    inner: list[int] = []
    if governs or tokens[head].entry.has("light"):
        for k in range(position, min(end, position + LOOK_AHEAD)):
            entry = tokens[k].entry
            if (entry.strong and not entry.has("stative")) or (tokens[head].entry.has("light") and entry.verb):
                inner.append(k)
                break
    return tuple(heads), tuple(inner), position


def _coordination_closes(tokens: Sequence[Token], position: int, end: int) -> bool:
    """培养、引进、用好人才: after the coordinated verbs comes their common object."""
    return position + 1 < end and (
        tokens[position + 1].entry.nounish
        or tokens[position + 1].entry.has("coordinator")
        or tokens[position + 1].entry.verb
    )


def _next_phrase(
    tokens: Sequence[Token], heads: tuple[int, ...], inner: tuple[int, ...], rest: int, end: int
) -> tuple[int, int] | None:
    """Last token of this act and first of the next, where a further verb phrase follows in the same clause."""
    governs = any(tokens[h].entry.has("promote") for h in heads)
    for k in range(rest, min(end - 1, rest + LOOK_AHEAD)):
        token, following = tokens[k], tokens[k + 1]
        if (
            k > rest
            and not governs
            and token.text in ("并", "并且", "同时", "而后")
            and (following.entry.verb or following.entry.has("adverb") or following.entry.has("preposition"))
        ):
            return k - 1, k + 1
        closed = not any(t.text in ("的", "等") for t in tokens[k:end])
        closed = closed and tokens[end - 1].text not in ("情况", "情形", "事项", "行为")
        if token.text == "、" and closed and k > rest and following.entry.strong and following.entry.has("act"):
            adjective = k + 2 < end and (tokens[k + 2].entry.tag == "a" or tokens[k + 2].text in ("性", "型", "化"))
            if (
                k + 2 < end
                and not adjective
                and tokens[k + 2].entry.nounish
                and not governs
                and not tokens[heads[0]].entry.has("light")
            ):
                return k - 1, k + 1
        if (
            _is_plain(token)
            and k > rest
            and closed
            and not governs
            and end - heads[0] <= 8
            and _is_plain(tokens[heads[0]])
        ):
            if tokens[k - 1].entry.nounish and following.entry.nounish:
                return k - 1, k
    return None


def _is_plain(token: Token) -> bool:
    """Verbs that are always predicates (完善机制营造生态)."""
    return (len(token.text) > 1 and token.entry.has("establish") and token.entry.strong) or token.text in (
        "完善",
        "健全",
        "营造",
        "优化",
        "强化",
    )
