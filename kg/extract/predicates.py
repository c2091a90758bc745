"""Which verb of a clause is its predicate.

Chinese policy clauses put adverbs, times and preposed phrases (对…, 将…, 根据…, 在…时) in front of the main verb; the
verbs inside those phrases are no predicates. All searches look ahead a bounded number of words.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.preposed import LOOK_AHEAD, candidate_verbs, disposing_verb, head_after_preposition, last_position
from kg.extract.tokens import Token, peek
from kg.lexicon import load_rows

EARLIER_ACT_LIMIT = 8
"""Longest act in front of 后 in the clause of the main verb, in tokens."""
QUANTITY_TAGS = frozenset({"t", "m", "q", "eng"})
COUNTED_WORDS = frozenset(row[0] for row in load_rows("counted_words.tsv"))


def find_head(tokens: Sequence[Token], start: int) -> int | None:
    """Position of the main verb of ``tokens[start:]``, or None."""
    position = _after_earlier_act(tokens, start)
    while position < len(tokens):
        token = tokens[position]
        following = peek(tokens, position + 1)
        if token.has("preposition") and not _is_future(tokens, position) and not _is_after_model(tokens, position):
            after = _after_place_phrase(tokens, position)
            if after is None:
                return head_after_preposition(tokens, position)
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
    candidates = candidate_verbs(tokens, start) if start > 0 else []
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
    opens = (
        following.entry.strong or following.has("preposition") or (following.has("promote") and following.entry.verb)
    )
    opens = opens or (following.has("adverb") and not following.entry.nounish)
    disposes = disposing_verb(tokens, position + 2, position + LOOK_AHEAD) is not None
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
    if (
        counted
        or token.has("bracket")
        or _is_after_model(tokens, position)
        or token.text == "将"
        or (token.has("adverb") and not token.entry.verb)
    ):
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
    if (
        token.has("auxiliary")
        and follows.has("nominal")
        and tokens[-1].has("nominal")
        and position + 2 < len(tokens) - 1
    ):
        return False  # 加快|创新平台建设: the nominal verb belongs to the object
    closes = position + 2 == len(tokens) or second.text == "、"  # 由档案部门统一|管理, 统一|审批、发布
    if follows.entry.verb and (second.entry.nounish or second.entry.strong or closes):
        return token.has("adverb") or (follows.has("act") and not closes)
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


def plainer_verb(tokens: Sequence[Token], position: int) -> int | None:
    """发挥优势|做好…: of serial verbs where the first only gives the manner, the last is the head; or None."""
    if tokens[-1].has("effect_noun") or tokens[-1].has("manner_noun"):
        return None
    closing = last_position(tokens, position, "etc")
    candidates = [
        k
        for k in candidate_verbs(tokens, position + 2)
        if k > closing and not tokens[k].has("manner") and (tokens[k - 1].entry.nounish or tokens[k - 1].has("adverb"))
    ]
    if not candidates:
        return None
    last_particle = last_position(tokens, position, "particle")
    late = [k for k in candidates if k > last_particle]
    return (late or candidates)[0]
