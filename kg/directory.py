"""Organizations by name: a directory of those of the centre, and the bodies that every place has.

The directory is ``kg/lexicon/organizations.tsv``; what provinces, cities and counties have is in ``local_bodies.tsv``
and ``government_functions.tsv``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows
from kg.places import Place, split_place
from kg.title_forms import STATE

_QUOTES = str.maketrans("", "", "“”‘’\"'「」『』")
_BRACKETS = str.maketrans("()", "（）")
_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]")
_SPREAD = re.compile(r"(?:\S\s+)+\S")
_LEVELS = {"provincial": "省级", "municipal": "市级", "county": "县级", "township": "乡镇"}
_ENDINGS = {"委": "委员会", "办": "办公室"}
_IN_CHARGE = "(?:工作|行政|监督|管理|主管|监管|执法){0,4}(?:部门|机构|机关)"
_UNIT = re.compile(r"(?P<unit>办公厅|办公室|党组|机关|[\u4e00-\u9fff]{2,10}司)$")
_OTHER_BODY = re.compile(
    r"(?![级属内外直辖区市县的各])[\u4e00-\u9fff]{2,14}(?<![、和及与或])"
    r"(?:厅|局|委员会|办公室|领导小组|指挥部|专班|管委会)"
)
_JOINED = re.compile(r"[、和及与或]")


@dataclass(frozen=True, slots=True)
class Organization:
    """An organization, or a class of organizations of one place or parent, under the name that stands for it.

    ``kind`` is a notation of ontologies/actor-kinds.ttl, None where the name has to tell; ``level`` is "national",
    "provincial", "municipal", "county" or "township"; ``region`` a province; ``parent`` the name of what it is part of;
    ``until`` the year in which a former one ended.
    """

    name: str
    kind: str | None = None
    level: str | None = None
    region: str | None = None
    parent: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True)
class Identification:
    """The organization that a name means in any text, the rule that says so, and the reason in Chinese."""

    organization: Organization
    rule: str
    reason: str


def normal_form(label: str) -> str:
    """``label`` without quotation marks and layout: 科 技 部 and a name broken over two lines become one word.

    Letters and digits become half, brackets full width. A space between two words is kept: it may part two names.
    """
    text = re.sub(r"\s*\n\s*", "", label).translate(_QUOTES).translate(_BRACKETS).strip()
    text = _FULL_WIDTH.sub(lambda match: chr(ord(match.group()) - 0xFEE0), text)
    return re.sub(r"\s+", "", text) if _SPREAD.fullmatch(text) else text


@cache
def find_organization(label: str, central: bool = False) -> Identification | None:
    """The organization that ``label`` names, or None. ``central``: in a document of the centre, where short names do.

    A label that names two (国务院 中央军委) names none.
    """
    name = normal_form(label)
    return (
        _in_directory(name, central)
        or _in_charge(name.removeprefix(STATE))
        or _unit_of(name, central)
        or _in_full(name)
        or _of_place(name)
        or _with_attribute(name)
    )


def organization_of_place(place: Place, body: str) -> Organization | None:
    """The body of a place, as ``body`` calls it behind the place's name: 科技厅, 人民政府, 委组织部, 教育行政部门."""
    if place.government is None:
        return None
    row = _bodies().get(body)
    if row is not None:
        template, _, kind, parent = row
        kind_here = kind.format(level=_LEVELS[place.level]) if kind != "-" else None
        above = parent.format(place=place.name) if parent != "-" else None
        return Organization(template.format(place=place.name), kind_here, place.level, place.province, above)
    name = _department(body)
    if name is None:
        return None
    return Organization(f"{place.name}{name}", None, place.level, place.province, place.government)


def _in_directory(name: str, central: bool) -> Identification | None:
    bare = name.removeprefix(STATE).removeprefix("原") or name
    for known in (name, bare):
        organization = _names().get(known) or (_short_names().get(known) if central else None)
        if organization is not None:
            former = f"（{organization.until}年以前的机构）" if organization.until else ""
            if organization.name == name:
                return Identification(organization, "directory", f"名录载有“{name}”{former}")
            return Identification(organization, "alias", f"“{name}”即{organization.name}{former}")
    return None


def _in_charge(name: str) -> Identification | None:
    """国务院科学技术行政部门: the one that the State Council has put in charge."""
    match = _department_in_charge().fullmatch(name)
    holder = _functions()[match["function"]][1] if match is not None else "-"
    if match is None or holder == "-":
        return None
    reason = f"“{name}”是{holder}"
    return Identification(_names()[holder], "department_in_charge", reason)


def _unit_of(name: str, central: bool) -> Identification | None:
    """工业和信息化部办公厅, 中国科协党组: a unit inside an organization of the directory."""
    match = _UNIT.search(name)
    if match is None:
        return None
    for end in range(match.start(), len(name)):
        whole = _in_directory(name[:end], central)
        unit = name[end:]
        if whole is not None and _UNIT.fullmatch(unit):
            of = whole.organization
            kind = "党组织" if unit == "党组" else of.kind
            organization = Organization(f"{of.name}{unit}", kind, of.level, of.region, of.name)
            return Identification(organization, "unit", f"“{name}”是{of.name}的内设机构")
    return None


def _of_place(name: str) -> Identification | None:
    found = split_place(name.removeprefix("中共"))
    if found is None or found[0].province is None:
        return None
    place, body = found
    # Behind a short name a body may be another's: 山东金融监管局 is no body of 山东省.
    organization = organization_of_place(place, body) if place.name in name else None
    if organization is None:
        return None
    if organization.name == name:
        return Identification(organization, "body_of_place", f"“{name}”是{place.name}的机构")
    return Identification(organization, "body_of_place", f"“{name}”即{organization.name}")


def _in_full(name: str) -> Identification | None:
    """A body whose name in full does not begin with its place: 国家税务总局山东省税务局."""
    for pattern, form in _full_names():
        match = pattern.fullmatch(name)
        found = split_place(match["place"]) if match is not None else None
        if found is not None and found[0].province is not None and not found[1]:
            organization = organization_of_place(found[0], form)
            if organization is not None:
                return Identification(organization, "body_of_place", f"“{name}”是{found[0].name}的机构")
    return None


def _with_attribute(name: str) -> Identification | None:
    """以习近平同志为核心的党中央: an attribute in front of a name changes nothing."""
    _, attribute, bare = name.rpartition("的")
    return _in_directory(bare, False) if attribute and len(bare) > 2 else None


def _department(body: str) -> str | None:
    """The name in full of a department of a local government, None where ``body`` is none."""
    match = _department_name().fullmatch(body)
    if match is not None:
        function = _functions()[match["function"]][0]
        return f"{function}{_ENDINGS.get(match['ending'], match['ending'])}"
    if _local_department_in_charge().fullmatch(body):
        return body.removeprefix("人民政府")
    return body if _OTHER_BODY.fullmatch(body) and not _JOINED.search(body) else None


@cache
def _names() -> dict[str, Organization]:
    """Names that mean one organization in any text."""
    named: dict[str, Organization] = {}
    for name, others, _, kind, level, parent, until in load_rows("organizations.tsv"):
        organization = Organization(
            name, kind, level, None, None if parent == "-" else parent, None if until == "-" else until
        )
        for known in (name, *_several(others)):
            named[known] = organization
    return named


@cache
def _short_names() -> dict[str, Organization]:
    return {short: _names()[row[0]] for row in load_rows("organizations.tsv") for short in _several(row[2])}


@cache
def _bodies() -> dict[str, tuple[str, ...]]:
    return {form: row for row in reversed(load_rows("local_bodies.tsv")) for form in _several(row[1])}


@cache
def _full_names() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of the names in full that do not begin with the place, with a form of the body's name."""
    rows = [row for row in load_rows("local_bodies.tsv") if not row[0].startswith("{place}")]
    return tuple((re.compile(row[0].format(place="(?P<place>.{2,20}?)")), _several(row[1])[0]) for row in rows)


@cache
def _functions() -> dict[str, tuple[str, str]]:
    """Each name of a function: its name in full, and who holds it at the centre."""
    rows = [(_several(names), holder) for names, holder in load_rows("government_functions.tsv")]
    return {name: (names[0], holder) for names, holder in rows for name in names}


@cache
def _function_names() -> str:
    return "|".join(sorted(_functions(), key=len, reverse=True))


@cache
def _department_in_charge() -> re.Pattern[str]:
    return re.compile(f"(?:国务院|国家)(?P<function>{_function_names()}){_IN_CHARGE}")


@cache
def _local_department_in_charge() -> re.Pattern[str]:
    return re.compile(f"(?:人民政府)?(?:{_function_names()}){_IN_CHARGE}")


@cache
def _department_name() -> re.Pattern[str]:
    return re.compile(f"(?P<function>{_function_names()})(?P<ending>厅|局|委员会|委|办公室|办)")


def _several(column: str) -> tuple[str, ...]:
    return () if column == "-" else tuple(column.split("|"))
