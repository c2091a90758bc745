"""From the name of an actor to its kinds and levels: by the directory, by the taxonomy's labels, else by rules.

What names say is data: ``actor_name_rules.tsv``, ``department_kinds.tsv`` and ``level_words.tsv`` of ``kg/lexicon``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from kg.directory import Organization, find_organization, normal_form
from kg.lexicon import load_alternation, load_rows
from kg.places import Place, split_place
from kg.taxonomy import has_levels, ways_up, whole_kind

_COLLECTIVE = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:队伍|们)$")
"""What is said of a group of persons without changing of what kind they are: 教师队伍."""
_COMPANY = re.compile(r"(?<=[\u4e00-\u9fff]{2})(?:股份|集团)?有限(?:责任)?公司$")
"""The form of a company, behind what kind of organization it is: 专利代理有限公司."""
_GOVERNMENT = re.compile("^(?:各级)?(?:地方)?(?:各级)?(?:人民)?政府的?(?:各|有关|其他)*")
_LETTERS = {"provincial": "省", "municipal": "市", "county": "县", "township": "乡"}
_JOINT = "(?:[、和及与或]|以及|或者)"
_IN_CHARGE = (
    "(?:等)?(?:有关|相关|其他)*(?:工作|事务|行政|监督|监察|管理|主管|监管|执法|综合|业务)*的?(?:主管|行政|管理|有关|相关)*"
    "(?:部门|机关|(?<=主管|监督|监管|管理|行政|监察|救援|统计)机构)"
)
_OFFICE = (
    "(?:监督|监察|管理|工作|事务|行政|执法|监管|发展|促进|服务)*"
    "(?:总局|总署|署|厅|局|部|(?<!工作)委员会|委|办公室|办)(?:（[^（）]*）)?(?:办公厅|办公室|机关)?"
)
_OUTSIDE_GOVERNMENT = re.compile(
    r"中共|^(?:全国)?党|党委|^中央(?!人民)|^[省市县乡]委(?!员会)|^军|军[队区]|武警|法院|工委$"
)


@dataclass(frozen=True, slots=True)
class NamedKind:
    """A kind that a name gives: the notation of a concept of ``ontologies/actor-kinds.ttl``.

    ``level`` is "national", "provincial", "municipal", "county", "township" or None; ``reason`` is Chinese, for people.
    ``alternative``: an actor of this name is of this kind or of another alternative one (师生); of the kinds that are
    no alternatives it is of all at once (省科技厅: 科技主管部门 and 地方政府部门).
    """

    kind: str
    level: str | None
    reason: str
    alternative: bool = False


@cache
def kinds_of(label: str) -> tuple[NamedKind, ...]:
    """Kinds of the actor called ``label``; empty where its name says nothing.

    An organization of the directory has the kind written there, a name of a whole kind that kind alone. Else every rule
    whose pattern is found in the name gives its kind, until one marked ``final`` has, so the order of the file is the
    order of precedence; rules not so marked and departments by function also add to the kind of the directory. Of
    kinds that are broader and narrower the narrower stay. Kinds come in that order, each once.
    """
    identified = find_organization(label)
    organization = identified.organization if identified is not None else Organization(normal_form(label))
    name = organization.name if identified is not None else _class_in_place(organization.name)
    if identified is None and (whole := whole_kind(name)) is not None:
        same = "就是类别名称" if name == whole else f"是“{whole}”的另一种说法"
        return (NamedKind(whole, _only_level(name), f"“{label}”{same}"),)
    bare, place_level = _with_letters(_COLLECTIVE.sub("", name))
    reader = _Reader(label, bare, organization.level or place_level or _only_level(name))
    found: dict[str, NamedKind] = {}
    if organization.kind is not None and identified is not None:
        found[organization.kind] = NamedKind(organization.kind, reader.level, identified.reason)
    departments = list(reader.departments()) if _is_department(organization.kind or "政府部门") else []
    final = None if organization.kind is not None else _is_department if departments else _is_any
    for named in (*departments, *reader.ruled(final)):
        found.setdefault(named.kind, named)
    return _narrowest(found)


@cache
def levels_of(label: str) -> tuple[tuple[str, str], ...]:
    """Levels of government of the actor called ``label``, each once and with the reason in Chinese.

    They come from its kinds, else from words such as 各级 in front (``kg/lexicon/level_words.tsv``).
    """
    levels: dict[str, str] = {}
    for kind in kinds_of(label):
        if kind.level is not None:
            levels.setdefault(kind.level, kind.reason)
    name = _class_in_place(normal_form(label))
    words, end, _ = _opening(name)
    if len(words) > len(levels):
        reason = f"名称“{label}”写明“{name[:end]}”"
        levels = {level: levels.get(level, reason) for level in words}
    return tuple(levels.items())


@cache
def without_level_words(label: str) -> str:
    """``label`` without the words for levels and governments in front: 教育行政部门 of 县级以上人民政府教育行政部门."""
    name = normal_form(label)
    _, end, _ = _opening(name)
    return _GOVERNMENT.sub("", name[end:]) or name[end:] or name


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads a name with letters for places and levels; ``level`` is what directory, place and words in front tell."""

    label: str
    name: str
    level: str | None

    def departments(self) -> Iterator[NamedKind]:
        """The kinds of departments of government by what they are in charge of: 发展改革、科技等部门."""
        match = _department().search(self.name) if _OUTSIDE_GOVERNMENT.search(self.name) is None else None
        if match is None:
            return
        for function in _function().finditer(self.name, match.start()):
            if function.end() <= match.end("list"):
                kind = next(kind for pattern, kind in _functions() if pattern.match(self.name, function.start()))
                reason = f"名称“{self.label}”写明主管{function.group()}"
                yield NamedKind(kind, self.level, reason, match["office"] is None)

    def ruled(self, may_be_final: Callable[[str], bool] | None) -> Iterator[NamedKind]:
        """The kinds that the rules give; final rules only for kinds that ``may_be_final`` allows, None: for none."""
        stem = _COMPANY.sub("", self.name)
        for pattern, kind, kind_level, scope, why in _rules():
            final = scope == "final"
            if final and (may_be_final is None or not may_be_final(kind)):
                continue
            if pattern.search(stem if final else self.name):
                level = kind_level or (self.level if has_levels(kind) else None)
                yield NamedKind(kind, level, f"名称“{self.label}”{why}", scope == "either")
                if final:
                    return


def _is_department(kind: str) -> bool:
    return "政府部门" in ways_up(kind)


def _is_any(kind: str) -> bool:
    return True


def _narrowest(found: dict[str, NamedKind]) -> tuple[NamedKind, ...]:
    """``found`` without the kinds that are broader than another one; a single alternative is none."""
    broader = {above for kind in found for above in ways_up(kind) if above != kind}
    kinds = [named for kind, named in found.items() if kind not in broader]
    if sum(named.alternative for named in kinds) == 1:
        kinds = [replace(named, alternative=False) for named in kinds]
    return tuple(kinds)


def _class_in_place(name: str) -> str:
    """各市人民政府 of 山东省的各市人民政府."""
    place = split_place(name)
    return place[1].removeprefix("的") if place is not None and place[1].startswith("的") else name


def _with_letters(name: str) -> tuple[str, str | None]:
    """``name`` with a letter for the place or each level in front (省科技厅), and the level of the place."""
    place = split_place(name) or _short_city(name)
    if place is None or place[0].province is None:
        words, end, only_bodies = _opening(name)
        if only_bodies:
            return "".join(_LETTERS[level] for level in words) + name[end:], None
        if place is None or (place[1] and not _county_body().search(place[1])):
            return name, None
    return _LETTERS[place[0].level] + place[1], place[0].level


def _short_city(name: str) -> tuple[Place, str] | None:
    place = split_place(f"{name}市")
    return place if place is not None and place[0].city is not None else None


def _only_level(name: str) -> str | None:
    words, _, _ = _opening(name)
    return words[0] if len(words) == 1 else None


@cache
def _opening(name: str) -> tuple[tuple[str, ...], int, bool]:
    """The levels that the words in front of ``name`` tell, from above; where they end; whether each has own bodies."""
    levels: set[str] = set()
    position = end = 0
    only_bodies = True
    while True:
        found = next(((row, match) for row in _level_words() if (match := row[0].match(name, position))), None)
        between = _between().match(name, position) if found is None else None
        if found is not None:
            (_, here, each), match = found
            levels.update(here)
            only_bodies = only_bodies and each
            position = end = match.end()
        elif between is not None:
            position = between.end()
        else:
            order = ("national", *_LETTERS)
            return tuple(sorted(levels, key=order.index)), end, bool(levels) and only_bodies


@cache
def _county_body() -> re.Pattern[str]:
    return re.compile(f"{load_alternation('county_bodies.tsv')}$")


@cache
def _between() -> re.Pattern[str]:
    """A word that may stand before and between words of level: 各, 有关, 本, 和."""
    return re.compile(f"{load_alternation('class_quantifiers.tsv')}|[我本该某原]|{_JOINT}")


@cache
def _level_words() -> tuple[tuple[re.Pattern[str], tuple[str, ...], bool], ...]:
    rows = load_rows("level_words.tsv")
    return tuple((re.compile(pattern), tuple(levels.split("|")), scope == "each") for pattern, levels, scope in rows)


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str, str | None, str, str], ...]:
    return tuple(
        (re.compile(pattern), kind, None if level == "-" else level, scope, reason)
        for pattern, kind, level, scope, reason in load_rows("actor_name_rules.tsv")
    )


@cache
def _functions() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(pattern), kind) for pattern, kind in load_rows("department_kinds.tsv"))


@cache
def _function() -> re.Pattern[str]:
    return re.compile(load_alternation("department_kinds.tsv"))


@cache
def _department() -> re.Pattern[str]:
    """One department or several: functions, with others not listed between them, and the ending they share."""
    function = load_alternation("department_kinds.tsv")
    other = "[^、和及与或（），]{1,10}?(?:（[^（）]*）)?"
    items = f"{function}(?:（[^（）]*）)?(?:{_JOINT}?{function}(?:（[^（）]*）)?|{_JOINT}{other})*"
    return re.compile(f"(?P<list>{items})(?:{_IN_CHARGE}|(?P<office>{_OFFICE}))$")
