"""The predicate behind a preposed phrase (对…, 将…, 根据…): which verb governs the clause, which the phrase holds."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.tokens import Token, peek

LOOK_AHEAD = 60
"""Longest look ahead for a predicate, in tokens: keeps the work linear on text without punctuation."""
GROUND_LIMIT = 3
"""Longest ground without 的 (按照|国家有关规定), in tokens."""


def candidate_verbs(tokens: Sequence[Token], start: int) -> list[int]:
    """Verbs that may be the predicate after a preposed phrase, those with an object where there are any."""
    found = []
    for k in range(start, min(len(tokens), start + LOOK_AHEAD)):
        token, before, following = tokens[k], tokens[k - 1], peek(tokens, k + 1)
        names_trade = bool(following.entry.actor) and not token.entry.classes
        modifies = following.text == "的" or (token.has("adverb") and following.entry.verb) or names_trade
        is_listed = before.text in ("、", "和", "与", "及", "的") or before.has("determiner")
        governs = token.has("promote") and token.entry.verb and not following.has("institution")
        is_verb = token.entry.strong or governs
        if is_verb and not token.has("stative") and not modifies and not is_listed:
            found.append(k)
    return [k for k in found if _has_object(tokens, k)] or found


def _has_object(tokens: Sequence[Token], position: int) -> bool:
    following = peek(tokens, position + 1)
    return position + 1 < len(tokens) and not (following.has("coordinator") or following.has("etc"))


def last_position(tokens: Sequence[Token], start: int, name: str) -> int:
    """Position of the last token of class ``name`` from ``start`` on, -1 where there is none."""
    return max((k for k in range(start, len(tokens)) if tokens[k].has(name)), default=-1)


def head_after_preposition(tokens: Sequence[Token], position: int) -> int | None:
    """The predicate after 对…, 将…, 根据…, with 组织 in front of it (…的特点|组织开展)."""
    head = _predicate_after(tokens, position)
    if head is not None and head - 1 > position and tokens[head - 1].text == "组织":
        return head - 1
    return head


def _predicate_after(tokens: Sequence[Token], position: int) -> int | None:
    opener = tokens[position]
    if opener.text == "对" and tokens[-1].text == "负责":
        return len(tokens) - 1
    if opener.has("rule_preposition"):
        disposal = next((k for k in range(position + 2, len(tokens)) if tokens[k].has("dispose")), None)
        if disposal is not None:
            return _predicate_after(tokens, disposal)
    governed = _governed_end(tokens, position)
    candidates = candidate_verbs(tokens, governed)
    for known in (
        _after_ground(tokens, position, candidates) if opener.has("rule_preposition") else None,
        disposing_verb(tokens, max(governed, position + 2), position + LOOK_AHEAD) if opener.has("dispose") else None,
    ):
        if known is not None:
            return known
    if opener.has("list_preposition"):
        closing = last_position(tokens, position, "etc")
        candidates = [k for k in candidates if k > closing and _has_object(tokens, k)]
    return _choose_predicate(tokens, candidates, position) if candidates else _without_candidates(tokens, position)


def _without_candidates(tokens: Sequence[Token], position: int) -> int | None:
    """通过|…考核 is a predicate itself; else a verb that is often a noun may be."""
    if tokens[position].text == "通过" and tokens[-1].has("examination"):
        return position
    return _nominal_predicate(tokens, position)


def _after_ground(tokens: Sequence[Token], position: int, candidates: Sequence[int]) -> int | None:
    """按照计划书的要求|使用经费, 根据实际情况|选择模式: the verb right behind the last ground, adverbs apart."""
    nominal = None
    for k in range(min(len(tokens) - 2, position + LOOK_AHEAD), position, -1):
        if not tokens[k].has("ground_noun"):
            continue
        verb = k + 1
        while peek(tokens, verb).has("adverb") and verb not in candidates and verb + 1 < len(tokens):
            verb += 1
        if verb in candidates:
            return verb
        closes = tokens[k - 1].text == "的" or k - position <= GROUND_LIMIT
        is_act = tokens[verb].entry.verb and tokens[verb].has("act") and tokens[verb].has("nominal")
        if nominal is None and closes and is_act and verb + 1 < len(tokens):
            nominal = verb
    return nominal


def _choose_predicate(tokens: Sequence[Token], candidates: list[int], position: int) -> int | None:
    """Among verbs behind a preposed phrase: what follows the last 的 is outside its relative clauses."""
    if tokens[position].has("partner_preposition") or tokens[position].text == "在":
        return candidates[0]
    last_particle = last_position(tokens, position, "particle")
    late = [k for k in candidates if k > last_particle]
    if last_particle >= 0 and tokens[-1].entry.actor and not tokens[-1].has("subject") and not late:
        return None  # 对做出贡献的组织和个人, … : the verbs lie in a relative clause
    late_light = [k for k in late if tokens[k].has("light")]
    if late_light:
        return late_light[0]
    if late and last_particle >= 0:
        return late[-1] if tokens[position].text == "为" else late[0]  # 为|父母实施家庭教育|创造条件
    return _last_predicate(tokens, candidates)


def _last_predicate(tokens: Sequence[Token], candidates: list[int]) -> int:
    """Without 的 behind them: a light verb, a verb of promotion with its actor, else the last verbs."""
    light = [k for k in candidates if tokens[k].has("light")]
    if light:
        return light[-1]
    promoting = [k for k in candidates if tokens[k].has("promote") and peek(tokens, k + 1).entry.nounish]
    if promoting:
        return promoting[0]
    chosen = candidates[-1]
    while chosen - 1 in candidates:
        chosen -= 1
    return chosen


def disposing_verb(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """将改革实施情况|纳入…, 把…|转化为…: the verb that says what becomes of the object."""
    for k in range(start, min(len(tokens), limit)):
        token = tokens[k]
        is_listed = tokens[k - 1].has("coordinator") or peek(tokens, k + 1).has("coordinator")
        if token.has("transfer") and token.entry.verb and tokens[k - 1].text != "的" and not is_listed:
            closes = k + 1 == len(tokens) or tokens[k + 1].text in ("为", "到", "至", "成", "给", "于")
            if token.entry.strong or closes:
                return k
    return None


def _governed_end(tokens: Sequence[Token], position: int) -> int:
    """Position after the verbs that stand right behind a preposition: it governs them (为|开展科普工作|创造…)."""
    is_rule = tokens[position].has("rule_preposition")
    position += 1
    while peek(tokens, position).has("adverb") and not tokens[position].entry.verb:
        position += 1
    while peek(tokens, position).entry.strong and not (is_rule and tokens[position].has("light")):
        position += 1
        if is_rule:
            break
    return position


def _nominal_predicate(tokens: Sequence[Token], position: int) -> int | None:
    """向公众|开放实验室: a verb that is often a noun is the predicate right after the actor of 向, 对, 由, 与."""
    if not tokens[position].has("nominal_preposition"):
        return None
    last = len(tokens) - 1
    for k in range(position + 2, min(len(tokens), position + LOOK_AHEAD)):
        token, before, following = tokens[k], tokens[k - 1], peek(tokens, k + 1)
        has_object = (
            token.has("act") and following.entry.nounish and not (following.entry.verb or following.entry.actor)
        )
        in_place = bool(before.entry.actor) or k == last or before.has("adverb") or has_object
        if token.entry.verb and not token.has("stative") and in_place and following.text != "的":
            return None if token.has("ground_noun") and (before.text == "的" or before.has("coordinator")) else k
    return None
