"""Which verb of a clause is its predicate.

Chinese policy clauses put adverbs, times and preposed phrases (对…, 将…, 根据…, 在…时) in front of the main verb; the
verbs inside those phrases are no predicates. All searches look ahead a bounded number of words.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.tokens import Token, peek

LOOK_AHEAD = 60
"""Longest look ahead for a predicate, in tokens: keeps the work linear on text without punctuation."""
GROUND_LIMIT = 3
"""Longest ground without 的 (按照|国家有关规定), in tokens."""
EARLIER_ACT_LIMIT = 8
"""Longest act in front of 后 in the clause of the main verb, in tokens."""
QUANTITY_TAGS = frozenset({"t", "m", "q", "eng"})
COUNTED_WORDS = frozenset({"底", "底前", "月底", "月底前", "年底", "年底前", "前", "地", "也", "都", "予", "每", "年", "月", "日", "至", "次"})


def find_head(tokens: Sequence[Token], start: int) -> int | None:
    """Position of the main verb of ``tokens[start:]``, or None."""
    position = _after_earlier_act(tokens, start)
    while position < len(tokens):
        token = tokens[position]
        following = peek(tokens, position + 1)
        if token.has("preposition") and not _is_future(tokens, position) and not _is_after_model(tokens, position):
            after = _after_place_phrase(tokens, position)
            if after is None:
                return _head_after_preposition(tokens, position)
            position = after
            while peek(tokens, position).entry.nounish and not tokens[position].entry.verb:
                position += 1  # 在辖区内|道路|选择…
        elif _is_modifier(tokens, position):
            position += 2 if following.has("coordinator") and position + 2 < len(tokens) else 1
        elif not _may_head(token):
            return None
        else:
            plainer = plainer_verb(tokens, position) if token.has("manner") else None
            return position if plainer is None else plainer
    return None


def _after_earlier_act(tokens: Sequence[Token], start: int) -> int:
    """审核通过后|出具…: position after an earlier act that only gives the time of the main one, else ``start``."""
    if not peek(tokens, start).entry.verb:
        return start
    for k in range(start + 1, min(len(tokens) - 2, start + EARLIER_ACT_LIMIT)):
        following = tokens[k + 1]
        if tokens[k].text == "后" and (following.entry.verb or following.has("preposition") or following.has("adverb")):
            return k + 1
    return start


def find_verb(tokens: Sequence[Token], start: int) -> int | None:
    """A verb of ``tokens[start:]`` where a marker in front shows that there is an act, or None."""
    candidates = _candidates(tokens, start) if start > 0 else []
    if candidates:
        return candidates[0]
    last = len(tokens) - 1
    return last if last >= start and tokens[last].entry.verb and not tokens[last].has("stative") else None


def _may_head(token: Token) -> bool:
    """A verb that is an act; one that is mostly a noun (教育, 学习) heads no clause."""
    nominal = token.has("nominal") and not (token.has("act") or token.has("promote") or token.has("light"))
    return token.entry.verb and not nominal and not token.has("stative") and token.text != "作为"


def _is_future(tokens: Sequence[Token], position: int) -> bool:
    """将 in front of a verb, adverb or preposition is the future, unless it disposes of an object (将…纳入)."""
    following = peek(tokens, position + 1)
    opens = following.entry.strong or following.has("preposition") or (following.has("promote") and following.entry.verb)
    opens = opens or (following.has("adverb") and not following.entry.nounish)
    disposes = _disposing_verb(tokens, position + 2, position + LOOK_AHEAD) is not None
    return tokens[position].text == "将" and opens and not disposes


def _is_after_model(tokens: Sequence[Token], position: int) -> bool:
    """参照|建立机制: without an object of its own the preposition only modifies the verb."""
    return tokens[position].text in ("参照", "比照") and peek(tokens, position + 1).entry.strong


def _is_modifier(tokens: Sequence[Token], position: int) -> bool:
    """Adverbs, times, figures and auxiliaries in front of the main verb."""
    token, following = tokens[position], peek(tokens, position + 1)
    counted = token.entry.tag in QUANTITY_TAGS or token.text.isdigit() or token.text in COUNTED_WORDS
    if token.has("quoted") and following.entry.verb:
        return True  # “一企一策”|赋能…
    if counted or token.has("bracket") or _is_after_model(tokens, position) or token.text == "将" or (token.has("adverb") and not token.entry.verb):
        return True
    return (token.has("adverb") or token.has("auxiliary")) and _modifies_verb(tokens, position)


def _modifies_verb(tokens: Sequence[Token], position: int) -> bool:
    """加快|建设…, 牵头或|联合举办…: a verb that only modifies the one behind it."""
    token = tokens[position]
    follows, second, third = (peek(tokens, position + offset) for offset in (1, 2, 3))
    if follows.has("coordinator"):
        return token.has("adverb") and second.entry.verb and third.entry.verb
    if token.text == "加强":
        # 加强吸纳|会员, but 加强|与各方合作
        return follows.entry.strong and not follows.has("adverb") and second.entry.nounish
    if follows.has("preposition") or follows.entry.strong:
        return True
    if token.has("auxiliary") and follows.has("nominal") and tokens[-1].has("nominal") and position + 2 < len(tokens) - 1:
        return False  # 加快|创新平台建设: the nominal verb belongs to the object
    if follows.entry.verb and (second.entry.nounish or second.entry.strong):
        return token.has("adverb") or follows.has("act")
    return token.has("adverb") and follows.has("adverb") and not follows.entry.nounish


def _after_place_phrase(tokens: Sequence[Token], position: int) -> int | None:
    """在…时, 自…之日起, 除…外: position after the closing localizer."""
    if not tokens[position].has("place_preposition"):
        return None
    for k in range(position + 1, min(len(tokens), position + LOOK_AHEAD)):
        token, following = tokens[k], peek(tokens, k + 1)
        opens_predicate = following.entry.verb and following.has("act")
        if token.has("field_localizer") and opens_predicate and tokens[position].text == "在":
            return k + 1
        compound = token.text in ("中", "上", "下") and following.entry.nounish and not following.entry.verb
        if token.has("localizer") and following.text != "的" and not compound:
            after = k + 1
            while peek(tokens, after).has("localizer"):
                after += 1
            return after
    return None


def _candidates(tokens: Sequence[Token], start: int) -> list[int]:
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


def _last_position(tokens: Sequence[Token], start: int, name: str) -> int:
    """Position of the last token of class ``name`` from ``start`` on, -1 where there is none."""
    return max((k for k in range(start, len(tokens)) if tokens[k].has(name)), default=-1)


def _head_after_preposition(tokens: Sequence[Token], position: int) -> int | None:
    """The predicate after 对…, 将…, 根据…, with 组织 in front of it (…的特点|组织开展)."""
    head = _predicate_after(tokens, position)
    if head is not None and head - 1 > position and tokens[head - 1].text == "组织":
        return head - 1
    return head


def _predicate_after(tokens: Sequence[Token], position: int) -> int | None:
    opener = tokens[position]
    if opener.text == "对" and tokens[-1].text == "负责":
        return len(tokens) - 1
    disposal = next((k for k in range(position + 2, len(tokens)) if tokens[k].has("dispose")), None)
    if disposal is not None and opener.has("rule_preposition"):
        return _predicate_after(tokens, disposal)
    if opener.has("rule_preposition") and (after := _after_ground(tokens, position)) is not None:
        return after
    governed = _governed_end(tokens, position)
    if opener.has("dispose"):
        disposing = _disposing_verb(tokens, max(governed, position + 2), position + LOOK_AHEAD)
        if disposing is not None:
            return disposing
    candidates = _candidates(tokens, governed)
    if opener.has("list_preposition"):
        closing = _last_position(tokens, position, "etc")
        candidates = [k for k in candidates if k > closing and _has_object(tokens, k)]
    if opener.has("rule_preposition") and (after := _strong_after_ground(tokens, position, candidates)) is not None:
        return after
    if not candidates and opener.text == "通过" and tokens[-1].has("examination"):
        return position
    if not candidates:
        return _nominal_predicate(tokens, position)
    if opener.has("partner_preposition") or opener.text == "在":
        return candidates[0]
    return _choose_predicate(tokens, candidates, position)


def _strong_after_ground(tokens: Sequence[Token], position: int, candidates: Sequence[int]) -> int | None:
    """根据实际情况|选择分建模式: the verb right behind the last ground, adverbs apart."""
    for k in range(min(len(tokens) - 1, position + LOOK_AHEAD), position, -1):
        if tokens[k].has("ground_noun"):
            verb = k + 1
            while peek(tokens, verb).has("adverb") and verb not in candidates:
                verb += 1
            return verb if verb in candidates else None
    return None


def _after_ground(tokens: Sequence[Token], position: int) -> int | None:
    """按照计划书的要求|使用经费: a verb that is often a noun, right after the ground that closes the phrase."""
    for k in range(min(len(tokens) - 2, position + LOOK_AHEAD), position, -1):
        verb = k + 1
        while peek(tokens, verb).has("adverb") and verb + 1 < len(tokens):
            verb += 1
        nominal_act = tokens[verb].entry.verb and tokens[verb].has("act") and tokens[verb].has("nominal")
        closes = tokens[k].has("ground_noun") and (tokens[k - 1].text == "的" or k - position <= GROUND_LIMIT)
        if closes and nominal_act and verb + 1 < len(tokens):
            return verb
    return None


def _choose_predicate(tokens: Sequence[Token], candidates: list[int], position: int) -> int | None:
    """Among verbs behind a preposed phrase: what follows the last 的 is outside its relative clauses."""
    last_particle = _last_position(tokens, position, "particle")
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


def _disposing_verb(tokens: Sequence[Token], start: int, limit: int) -> int | None:
    """将改革实施情况|纳入…, 把…|转化为…: the verb that says what becomes of the object."""
    for k in range(start, min(len(tokens), limit)):
        token = tokens[k]
        if token.has("transfer") and token.entry.verb and tokens[k - 1].text != "的":
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
        has_object = token.has("act") and following.entry.nounish and not (following.entry.verb or following.entry.actor)
        in_place = bool(before.entry.actor) or k == last or before.has("adverb") or has_object
        if token.entry.verb and not token.has("stative") and in_place and following.text != "的":
            return None if token.has("ground_noun") and (before.text == "的" or before.has("coordinator")) else k
    return None


def plainer_verb(tokens: Sequence[Token], position: int) -> int | None:
    """发挥优势|做好…: of serial verbs where the first only gives the manner, the last is the head; or None."""
    if tokens[-1].has("effect_noun") or tokens[-1].has("manner_noun"):
        return None
    closing = _last_position(tokens, position, "etc")
    candidates = [
        k
        for k in _candidates(tokens, position + 2)
        if k > closing and not tokens[k].has("manner") and (tokens[k - 1].entry.nounish or tokens[k - 1].has("adverb"))
    ]
    if not candidates:
        return None
    last_particle = _last_position(tokens, position, "particle")
    late = [k for k in candidates if k > last_particle]
    return (late or candidates)[0]
