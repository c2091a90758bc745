"""Deontic markers: which words bind, forbid, permit or encourage, and where they do so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from kg.extract.clauses import Clause, actor_groups
from kg.extract.predicates import find_head
from kg.extract.subjects import (
    after_subject,
    are_adverbs,
    may_begin_predicate,
    read_agent_after_marker,
    read_subject_before_marker,
    without_partners,
)
from kg.extract.tokens import Token, peek
from kg.types import Modality

VERBAL_MARKERS = frozenset({"承担", "负有", "享有", "允许", "禁止", "严禁", "有"})
"""Markers that are themselves the predicate of their clause."""


def read_marker(clause: Clause) -> int | None:
    """Find the deontic marker and the subject it binds; returns where the predicate begins, or None without marker."""
    if _is_exception(clause):
        return None
    inside_actors = {k for phrase in clause.actors for k in range(phrase.first, phrase.last + 1)}
    for position in range(clause.first, len(clause.tokens)):
        modality = None if position in inside_actors else _modality_at(clause, position)
        if modality is None:
            continue
        clause.marker, clause.modality = position, modality
        read_subject_before_marker(clause, position)
        word = clause.word(position)
        start = position if word in VERBAL_MARKERS else position + 1
        if not clause.subject:
            start = read_agent_after_marker(clause, start)
        return _after_charge(clause, position) if word == "负责" else start
    return None


def read_encouragement(clause: Clause) -> None:
    """鼓励|A|做…: the marker heads its clause, stands under no other, and an actor with its act follows."""
    if clause.marker is not None or not clause.acts:
        return
    heads = clause.acts[0].heads
    marker = _encouraging(clause, heads)
    if marker is None:
        return
    for group in actor_groups(clause):
        if group.first > heads[-1] and _is_governed(clause.tokens[heads[-1] + 1 : group.first]):
            position = after_subject(clause, group)
            if position < len(clause.tokens) and _begins_act(clause, position):
                clause.marker, clause.modality = marker, Modality.ENCOURAGEMENT
                clause.encouraged = without_partners(clause, group)
            return


def _encouraging(clause: Clause, heads: Sequence[int]) -> int | None:
    """鼓励|A…, 指导和|支持A…: the head that encourages; none in 落实支持…政策, where the policy is the object."""
    if clause.tokens[heads[0]].has("encouragement"):
        return heads[0]
    joined = clause.tokens[heads[-1]].has("encouragement") and clause.tokens[heads[-1] - 1].has("coordinator")
    return heads[-1] if joined else None


def read_open_encouragement(clauses: Sequence[Clause]) -> None:
    """支持A、B等载体,|打造基地: the encouraged actor closes its clause and acts in the next."""
    for clause, following in pairwise(clauses):
        ready = clause.marker is None and clause.acts and not clause.acts[-1].inner
        acts = following.acts and not following.subject and following.marker is None and not following.encouraged
        if not ready or not acts:
            continue
        head = clause.acts[0].heads[-1]
        group = next(reversed(actor_groups(clause)), None)
        if not clause.tokens[head].has("encouragement") or group is None or group.first <= head:
            continue
        closes = after_subject(clause, group) >= len(clause.tokens) - 1
        repeats = following.tokens[following.acts[0].heads[0]].has("promote")
        if closes and not repeats and _is_governed(clause.tokens[head + 1 : group.first]):
            clause.marker, clause.modality = head, Modality.ENCOURAGEMENT
            clause.encouraged = without_partners(clause, group)


def read_causation(clause: Clause) -> None:
    """指导|A|做…, 督促|A|做…: whom the last act of the clause makes do something."""
    if not clause.acts or not clause.acts[-1].inner:
        return
    act = clause.acts[-1]
    if not clause.tokens[act.heads[-1]].has("delegates"):
        return
    for group in actor_groups(clause):
        if act.heads[-1] < group.first and group.last < act.inner[0]:
            if _is_governed(clause.tokens[act.heads[-1] + 1 : group.first]):
                clause.caused = without_partners(clause, group)
            return


def _is_exception(clause: Clause) -> bool:
    """教授除应当具备以上条件外,…: what the clause holds is named only to be set apart."""
    excepts = any(token.text in ("除", "除了") for token in clause.tokens[clause.first :])
    return excepts and clause.tokens[-1].text in ("外", "以外", "之外")


def _modality_at(clause: Clause, position: int) -> Modality | None:
    token = clause.tokens[position]
    condition = _CONDITIONS.get(token.text)
    if condition is None and not token.has("plain_marker"):
        return None
    if position + 1 >= len(clause.tokens) or (condition is not None and not condition(clause, position)):
        return None
    if token.text == "有":
        return Modality.PERMISSION
    return next((modality for modality in Modality if token.has(modality.value)), None)


def _opens(clause: Clause, position: int) -> bool:
    """The marker opens its clause, adverbs apart."""
    return are_adverbs(clause.tokens[clause.first : position], also_verbs=True)


def _is_predicate(clause: Clause, position: int) -> bool:
    """The marker opens its clause or follows the subject."""
    before = peek(clause.tokens, position - 1)
    follows_subject = bool(before.entry.actor) or any(before.has(name) for name in ("adverb", "etc", "localizer"))
    return _opens(clause, position) or follows_subject


def _is_request(clause: Clause, position: int) -> bool:
    """请 opens its clause, or follows what is asked for (好做法|请及时报送)."""
    return _opens(clause, position) or (
        peek(clause.tokens, position - 1).entry.nounish and _precedes_act(clause, position)
    )


def _precedes_act(clause: Clause, position: int) -> bool:
    following = peek(clause.tokens, position + 1)
    return following.entry.verb or following.has("adverb") or following.has("preposition")


def _is_must(clause: Clause, position: int) -> bool:
    """要 before an act; not 需要, 不要, nor after the predicate of its clause."""
    if clause.word(position - 1) in ("需", "不", "只", "主") or _stands_in_object(clause, position):
        return False
    return position == clause.first or _precedes_act(clause, position)


def _is_may(clause: Clause, position: int) -> bool:
    """可 before an act = 可以; not 不可, nor inside a name (智能可穿戴设备)."""
    attributive = clause.word(position + 2) in ("的", "、", "性")
    if attributive or clause.word(position - 1) in ("不", "尚", "即") or _stands_in_object(clause, position):
        return False
    return _precedes_act(clause, position)


def _is_charge(clause: Clause, position: int) -> bool:
    """负责 as predicate; not inside a relative clause (负责知识产权保护的|主管部门建立…)."""
    if not _is_predicate(clause, position) or clause.word(position + 1) in ("人", "的"):
        return False
    for group in actor_groups(clause):
        charged = group.last + 1 == position and peek(clause.tokens, group.first - 1)
        if charged and charged.entry.strong:
            return False  # 明确|专门机构|负责…
        if group.first > position and clause.word(group.first - 1) == "的" and group.last + 1 < len(clause.tokens):
            following = clause.tokens[group.last + 1]
            return not (may_begin_predicate(clause.tokens, group.last + 1) or following.has("plain_marker"))
    return True


def _bears_duty(clause: Clause, position: int) -> bool:
    """承担…责任, 负有…义务."""
    return clause.tokens[-1].has("duty_noun") and _is_predicate(clause, position)


def _has_right(clause: Clause, position: int) -> bool:
    """享有…权利, 有…权利, 有…权利和义务."""
    last = clause.tokens[-3] if clause.tokens[-1].has("duty_noun") and len(clause.tokens) > 3 else clause.tokens[-1]
    return last.has("right_noun") and _is_predicate(clause, position)


def _is_due(clause: Clause, position: int) -> bool:
    return not _stands_in_object(clause, position)


_CONDITIONS: dict[str, Callable[[Clause, int], bool]] = {
    "请": _is_request,
    "要": _is_must,
    "可": _is_may,
    "应": _is_due,
    "负责": _is_charge,
    "承担": _bears_duty,
    "负有": _bears_duty,
    "享有": _has_right,
    "有": _has_right,
    "允许": _is_predicate,
    "禁止": _is_predicate,
    "严禁": _is_predicate,
    "准许": _is_predicate,
}


def _stands_in_object(clause: Clause, position: int) -> bool:
    """加大智能可穿戴设备…: the clause already has its predicate in front of the word."""
    opener = clause.tokens[clause.first]
    if position == clause.first or not opener.entry.strong or opener.has("relative"):
        return False
    return not any(token.text == "的" or token.entry.actor for token in clause.tokens[clause.first : position])


def _after_charge(clause: Clause, position: int) -> int:
    """负责|制定…: like a modal in front of a verb, but the predicate in front of a noun (负责有关工作)."""
    head = find_head(clause.tokens, position + 1)
    verbal = head is not None and (clause.tokens[head].entry.strong or clause.tokens[head].has("promote"))
    if head == position + 1 and clause.tokens[head].has("act"):
        last = clause.tokens[-1]
        verbal = verbal or not (last.entry.verb or last.has("work_noun"))  # 负责|处理纠纷, but 负责|管理工作
    return position + 1 if verbal else position


def _is_governed(between: list[Token]) -> bool:
    """Nothing stands between the verb and its actor, or a relative clause that 的 closes."""
    if not between or between[-1].text == "的":
        return True
    return all(token.has("adverb") or token.has("determiner") for token in between)


def _begins_act(clause: Clause, position: int) -> bool:
    token, following = clause.tokens[position], peek(clause.tokens, position + 1)
    if (token.has("adverb") and not token.entry.verb) or token.has("preposition"):
        return True
    if token.has("coordinator") or token.text == "的":
        return False
    closes = position + 1 == len(clause.tokens) and token.entry.tag == "v"
    has_object = closes or following.entry.nounish or following.entry.strong
    return (token.entry.strong and not token.has("stative")) or (token.entry.verb and has_object)
