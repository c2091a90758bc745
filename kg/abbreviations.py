"""Names that a document introduces itself: 中国科学技术协会（以下简称中国科协）."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kg.types import ActorMention, Span

_INTRODUCTION = re.compile(
    r"[（(，,]\s?(?:(?:以下|下文|下)(?:合并)?[简统]?称|[简统]称)(?:为|作)?[：:]?\s?[“\"「‘]?"
    r"(?P<short>[^“”\"「」‘’，,。；;：:、（）()\s]{1,30})"
)
_COLLECTIVE = re.compile("统称")
_BRACKET_REACH = 60
"""How far back a bracket before the introduction may open: 教育技术与资源发展中心（中央电化教育馆）（以下简称…）."""
_CONJUNCTION = re.compile(r"(?:[、，,和及与或同]|以及|或者|和其他|及其|等)+")
_CONJUNCTION_REACH = 4
_MEMBER_LIMIT = 40
"""More bodies than any text names together."""


@dataclass(frozen=True, slots=True)
class Introduction:
    """A short name and whom it stands for: the mentions right before it, several where it is a name for all of them.

    ``span`` covers the last of these mentions with the words that introduce the name.
    """

    short: str
    start: int
    span: Span
    named: tuple[ActorMention, ...]


def find_introductions(text: str, actors: Iterable[ActorMention]) -> list[Introduction]:
    """Names introduced for actors, in text order; what is no actor (a plan, a law) gives none."""
    ending = {mention.span.end: mention for mention in actors}
    introductions = []
    for match in _INTRODUCTION.finditer(text):
        last = ending.get(match.start()) or ending.get(_before_bracket(text, match.start()))
        if last is None:
            continue
        alone = _COLLECTIVE.search(match.group()) is None and _abbreviates(match["short"], last.text)
        named = (last,) if alone else tuple(_coordination(text, last, ending))
        named = tuple(mention for mention in named if mention.text not in match["short"])
        if not named:
            continue
        if text[named[0].span.start - 1 : named[0].span.start] == "的":
            continue  # 负责公共数据管理的部门: the name is for what is described, not for 部门
        span = Span(last.span.start, match.end("short"))
        introductions.append(Introduction(match["short"], match.start("short"), span, named))
    return introductions


def _before_bracket(text: str, end: int) -> int:
    """Where the bracket that closes right before ``end`` opens; ``end`` itself where none does."""
    if text[end - 1 : end] not in ("）", ")"):
        return end
    opening = max(text.rfind(bracket, max(0, end - _BRACKET_REACH), end) for bracket in "（(")
    return opening if opening >= 0 else end


def _abbreviates(short: str, name: str) -> bool:
    """Whether the characters of ``short`` stand in ``name`` in this order, so that it can be short for it alone."""
    rest = iter(name)
    return all(character in rest for character in short)


def _coordination(text: str, last: ActorMention, ending: dict[int, ActorMention]) -> list[ActorMention]:
    """``last`` and the mentions that are joined with it by 、, 和 and the like, in text order."""
    members: list[ActorMention] = []
    member: ActorMention | None = last
    while member is not None and len(members) < _MEMBER_LIMIT:
        members.append(member)
        member = _joined_before(text, member.span.start, ending)
    return members[::-1]


def _joined_before(text: str, start: int, ending: dict[int, ActorMention]) -> ActorMention | None:
    for gap in range(1, _CONJUNCTION_REACH + 1):
        before = ending.get(start - gap)
        if before is not None and _CONJUNCTION.fullmatch(text, start - gap, start):
            return before
    return None
