"""Phrases that only give the manner, ground or topic of an act and wait for the clause that holds it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.tokens import Token


def is_manner(tokens: Sequence[Token], start: int, head: int, before_marker: bool) -> bool:
    """采取…等方式, 以…为基础, 立足…实际: the phrase waits for the act of the next clause.

    ``head`` is the verb found in ``tokens[start:]``; ``before_marker`` says that a marker opens the next clause.
    """
    opener = next((k for k in range(start, len(tokens)) if not _is_slight(tokens[k])), start)
    models = head - 1 == opener and tokens[head].entry.strong  # 参照|建立机制
    if tokens[opener].has("preposition") and not models and _phrase_waits(tokens, opener, head):
        return True
    if tokens[opener].text == "以" and _says_as_what(tokens, start, head):
        return True
    return not before_marker and _verb_waits(tokens, head)


def _is_slight(token: Token) -> bool:
    return token.has("adverb") or token.text == "将"


def _says_as_what(tokens: Sequence[Token], start: int, head: int) -> bool:
    """以…为基础, 以…作为…."""
    return tokens[head].text == "作为" or any(token.text.startswith("为") for token in tokens[start:])


def _verb_waits(tokens: Sequence[Token], head: int) -> bool:
    """采取…等方式, 适应…需要, 利用…资源, 会同…部门."""
    verb, last = tokens[head], tokens[-1]
    if verb.text in ("采取", "采用"):
        return last.has("manner_noun")
    joins = verb.has("partner_verb") and bool(last.entry.actor)
    adapts = verb.has("adapts") and last.has("ground_noun")
    return joins or adapts or (verb.has("manner") and verb.text != "发挥")


def _phrase_waits(tokens: Sequence[Token], opener: int, head: int) -> bool:
    """立足…实际, 对国家出台的有关政策, 会同有关部门: a preposed phrase alone in its clause."""
    token = tokens[opener]
    grounds = token.has("list_preposition") or token.has("rule_preposition")
    joins = token.text == "会同" and bool(tokens[-1].entry.actor)
    return (grounds and _is_ground_alone(tokens, opener, head)) or joins or _is_topic(tokens, opener, head)


def _is_ground_alone(tokens: Sequence[Token], opener: int, head: int) -> bool:
    """根据…的要求, 依据…认定办法: the verb found stands inside the ground."""
    verb, last = tokens[head], tokens[-1]
    behind_ground = tokens[head - 1].has("ground_noun")
    after_ground = any(token.has("ground_noun") for token in tokens[opener:head])
    weak = not verb.entry.strong or len(verb.text) == 1
    ends_as_thing = not after_ground and (bool(last.entry.actor) or (last.has("thing_noun") and weak))
    is_nominal = not (verb.entry.strong or verb.entry.actor or last.entry.verb or behind_ground)
    return last.has("ground_noun") or ends_as_thing or is_nominal or (not behind_ground and _ends_with_noun(tokens))


def _ends_with_noun(tokens: Sequence[Token]) -> bool:
    """根据接受教育学生的|经费标准: no verb behind the last 的."""
    last_particle = max((k for k, token in enumerate(tokens) if token.text == "的"), default=-1)
    return last_particle >= 0 and not any(token.entry.verb for token in tokens[last_particle + 1 :])


def _is_topic(tokens: Sequence[Token], opener: int, head: int) -> bool:
    """对下列项目, 对申请人提出的请求: what the act of the next clause is about."""
    verb, last = tokens[head], tokens[-1]
    if tokens[opener].text != "对":
        return tokens[opener].text == "对于"
    closes = head == len(tokens) - 1
    relative = any(token.text == "的" for token in (tokens if closes else tokens[head + 1 :]))
    names_thing = not (verb.entry.strong or last.entry.verb)
    return names_thing or (relative and not (verb.has("light") and last.entry.verb))
