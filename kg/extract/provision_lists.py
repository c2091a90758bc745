"""Lists of cited provisions: 第十四条第二款、第三款, 第十条至第十二条, 第十五条第（一）、（二）项, 前款第三项."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.numbering import integer_of
from kg.types import CitedProvision, Level, ProvisionStep, ReferenceBase, Span

_FIGURES = r"[一二三四五六七八九十百千零〇\d]{1,8}"
_LEVELS = {
    "编": Level.PART,
    "章": Level.CHAPTER,
    "节": Level.SECTION,
    "条": Level.ARTICLE,
    "款": Level.PARAGRAPH,
    "项": Level.ITEM,
    "目": Level.SUBITEM,
}
_RANK = {level: rank for rank, level in enumerate(_LEVELS.values())}
_NO_UNIT = r"(?![例件约目标录])"
"""What makes 条, 款 or 项 the first half of another word: 本条例, 前条件, 款项 is cut off before."""
_NUMBER = re.compile(
    rf"(?P<lead>第[^\S\n]?)?(?P<open>[（(])?(?P<figures>{_FIGURES})(?(open)[）)])[^\S\n]?"
    rf"(?:(?P<unit>[编章节条款项目]){_NO_UNIT}(?:之(?P<branch>{_FIGURES}))?)?"
)
_JOINER = re.compile(r"(?:、|或者|以及|和|与|及|或)")
_RANGE = re.compile(r"[至到—\-－～~]")
_RELATIVE = re.compile(r"(?:(?P<order>前(?P<count>[一二两三四五])?|上一?)|本)(?P<unit>[条款项])(?![例件约目标录款项])")
_PREVIOUS = {
    "条": ReferenceBase.PREVIOUS_ARTICLES,
    "款": ReferenceBase.PREVIOUS_PARAGRAPHS,
    "项": ReferenceBase.PREVIOUS_ITEMS,
}
NUMBERS_LIMIT = 20
"""Numbers that may share one unit (第一、二、三款); a bound on the look ahead, far above what texts write."""
_THIS = {
    "条": ReferenceBase.THIS_ARTICLE,
    "款": ReferenceBase.THIS_PARAGRAPH,
    "项": ReferenceBase.THIS_ITEM,
}
_START = re.compile(rf"第[^\S\n]?[（(]?{_FIGURES}|(?:前[一二两三四五]?|上一?|本)[条款项]")


@dataclass(frozen=True, slots=True)
class ProvisionList:
    """Provisions cited together; ``span`` covers the words of the whole list."""

    span: Span
    provisions: tuple[CitedProvision, ...]

    @property
    def relative(self) -> bool:
        """Whether it begins with 前款, 本条 or the like."""
        return not self.provisions[0].text.startswith("第")

    @property
    def level(self) -> Level | None:
        """Level of the outermost unit named first; None for 前款 and the like."""
        return self.provisions[0].steps[0].level if not self.relative else None


def find_provision_lists(text: str) -> Iterator[ProvisionList]:
    """Every list of provisions in ``text``, in order, none overlapping another."""
    position = 0
    while (start := _START.search(text, position)) is not None:
        found = _read_list(text, start.start())
        if found is None:
            position = start.start() + 1
        else:
            yield found
            position = found.span.end


@dataclass(frozen=True, slots=True)
class _Member:
    """A number with its unit; ``last`` is the end of a range."""

    start: int
    end: int
    first: ProvisionStep
    last: ProvisionStep | None = None


def _read_list(text: str, start: int) -> ProvisionList | None:
    relative = _RELATIVE.match(text, start)
    if relative is not None:
        provisions, position = [_relative_provision(relative)], relative.end()
    else:
        members = _read_members(text, start, first=True)
        provisions = [_provision(text, member, ()) for member in members]
        position = members[-1].end if members else start
    while provisions:
        members = _read_members(text, position, first=False)
        if members and _deeper(members[0], provisions[-1]):
            provisions[-1:] = _below(text, provisions[-1], members)
        else:
            joiner = _JOINER.match(text, position)
            members = _read_members(text, joiner.end(), first=True) if joiner else []
            if not members:
                break
            provisions += _beside(text, provisions[-1], members)
        position = members[-1].end
    return ProvisionList(Span(start, position), tuple(provisions)) if provisions else None


def _relative_provision(match: re.Match[str]) -> CitedProvision:
    base = (_PREVIOUS if match["order"] else _THIS)[match["unit"]]
    count = integer_of(match["count"]) if match["count"] else 1
    return CitedProvision(Span(match.start(), match.end()), match.group(), (), base, count=count or 1)


def _read_members(text: str, start: int, first: bool) -> list[_Member]:
    """第二款, or numbers that share a unit (第二、三款; 第（一）至（三）项), or a range; empty where none begins.

    ``first``: 第 must stand in front; else a number in brackets will do (第十五条（三）项).
    """
    numbers: list[re.Match[str]] = []
    ranges: set[int] = set()  # positions in `numbers` that end a range
    position = start
    while len(numbers) < NUMBERS_LIMIT and (match := _NUMBER.match(text, position)) is not None:
        begins = match["lead"] or (match["open"] and not first)
        if not integer_of(match["figures"]) or (not numbers and not begins):
            break
        numbers.append(match)
        position = match.end("figures") + (1 if match["open"] else 0) if match["unit"] is None else match.end()
        range_sign = _RANGE.match(text, position)
        joiner = range_sign or (_JOINER.match(text, position) if match["unit"] is None else None)
        if joiner is None or (range_sign and len(numbers) - 1 in ranges):
            break
        if range_sign:
            ranges.add(len(numbers))
        position = joiner.end()
    return _members(numbers, ranges)


def _members(numbers: list[re.Match[str]], ranges: set[int]) -> list[_Member]:
    closing = next((index for index in range(len(numbers) - 1, -1, -1) if numbers[index]["unit"]), None)
    if closing is None:
        return []
    members: list[_Member] = []
    for index, number in enumerate(numbers[: closing + 1]):
        unit = number["unit"] or numbers[closing]["unit"]
        # A paragraph bears no number: 第（二）款 is the unit that the text numbers （二）.
        level = Level.ITEM if unit == "款" and number["open"] else _LEVELS[unit]
        step = ProvisionStep(level, integer_of(number["figures"]) or 0, integer_of(number["branch"] or "") or 0)
        if index in ranges and members and members[-1].last is None:
            members[-1] = replace(members[-1], end=number.end(), last=step)
        else:
            members.append(_Member(number.start(), number.end(), step))
    same_level = all(member.last is None or member.last.level is member.first.level for member in members)
    return members if same_level else []


def _deeper(member: _Member, provision: CitedProvision) -> bool:
    if provision.steps:
        return _RANK[member.first.level] > _RANK[provision.steps[-1].level] and provision.last is None
    return _RANK[member.first.level] > _RANK[_base_level(provision.base)]


def _base_level(base: ReferenceBase) -> Level:
    if base in (ReferenceBase.THIS_ARTICLE, ReferenceBase.PREVIOUS_ARTICLES):
        return Level.ARTICLE
    if base in (ReferenceBase.THIS_PARAGRAPH, ReferenceBase.PREVIOUS_PARAGRAPHS):
        return Level.PARAGRAPH
    return Level.ITEM if base in (ReferenceBase.THIS_ITEM, ReferenceBase.PREVIOUS_ITEMS) else Level.PART


def _provision(text: str, member: _Member, above: tuple[ProvisionStep, ...]) -> CitedProvision:
    base = ReferenceBase.DOCUMENT
    if not above and member.first.level is Level.PARAGRAPH:
        base = ReferenceBase.THIS_ARTICLE
    elif not above and member.first.level in (Level.ITEM, Level.SUBITEM):
        base = ReferenceBase.THIS_PARAGRAPH
    span = Span(member.start, member.end)
    return CitedProvision(span, span.slice(text), (*above, member.first), base, member.last)


def _below(text: str, outer: CitedProvision, members: list[_Member]) -> list[CitedProvision]:
    """第十四条 and 第二款, or 第二、三款: the first goes on with the outer one's words."""
    below = [
        replace(
            outer,
            span=Span(member.start, member.end),
            text=text[member.start : member.end],
            steps=(*outer.steps, member.first),
            last=member.last,
        )
        for member in members
    ]
    span = Span(outer.span.start, members[0].end)
    return [replace(below[0], span=span, text=span.slice(text)), *below[1:]]


def _beside(text: str, before: CitedProvision, members: list[_Member]) -> list[CitedProvision]:
    """After 第十四条第二款 and a joiner: 第三款 is of the same article, 第十五条 begins anew."""
    beside = []
    for member in members:
        rank = _RANK[member.first.level]
        above = tuple(step for step in before.steps if _RANK[step.level] < rank)
        if not above and rank <= _RANK[_base_level(before.base)]:
            beside.append(_provision(text, member, ()))
        else:
            span = Span(member.start, member.end)
            steps = (*above, member.first)
            beside.append(CitedProvision(span, span.slice(text), steps, before.base, member.last, before.count))
    return beside
