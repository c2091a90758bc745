"""Whom a mention means: an organization of the directory, a body of the document's place, its issuer, or a kind.

What a name means in any text is told apart from what only its document tells: 科技部 is 科学技术部 everywhere,
省科技厅 is 山东省科学技术厅 in a document of 山东省. Names that only a document tells are those of
``kg/lexicon/deictic_actors.tsv``; where theirs does not tell, they are left open.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache

from kg.abbreviations import Introduction, find_introductions
from kg.actors import kinds_of
from kg.directory import Organization, find_organization, normal_form, organization_of_place
from kg.lexicon import load_rows
from kg.places import Place, home_of, split_place
from kg.taxonomy import leaves_part, whole_kind, without_quantifier
from kg.types import ActorMention, Document, Span

_OFFICE = re.compile(r"(?:办公厅|办公室|综合司)$")
_FORWARDING = re.compile("转发|批转")
_CHARTER = re.compile(r"(?P<society>[\u4e00-\u9fff]{2,30}(?:学会|协会|研究会|联合会|促进会|基金会|科协))章程")


@dataclass(frozen=True, slots=True)
class Resolution:
    """Whom a name means: an organization, or a kind as a whole (a notation of ontologies/actor-kinds.ttl).

    ``reason`` is Chinese, for people; ``words`` is what it rests on in the document, None for what is known outside.
    """

    meant: Organization | str
    rule: str
    reason: str
    words: Span | None = None


@cache
def resolve_name(label: str) -> Resolution | None:
    """What ``label`` means in any document; None where it means itself, or only its document tells."""
    identified = find_organization(label)
    if identified is not None:
        if identified.organization.name == label:
            return None
        return Resolution(identified.organization, identified.rule, identified.reason)
    name = normal_form(label)
    if any(pattern.fullmatch(name) for pattern, *_ in _deictic_rules()):
        return None
    if name != label and name:
        return Resolution(Organization(name), "spelling", f"“{name}”的另一种写法")
    return _whole_kind(name)


@cache
def why_deictic(label: str) -> str | None:
    """Why only a document can tell whom ``label`` means, in Chinese; None where it need not."""
    name = normal_form(label)
    why = next((why for pattern, _, why in _deictic_rules() if pattern.fullmatch(name)), "-")
    return None if why == "-" or find_organization(label) is not None else why


@cache
def why_open(label: str) -> str | None:
    """Why not even its document, but only the sentence or the case, tells whom ``label`` means; else None."""
    name = normal_form(label)
    first = next(((treatment, why) for pattern, treatment, why in _deictic_rules() if pattern.fullmatch(name)), None)
    return first[1] if first is not None and first[0] == "open" and find_organization(label) is None else None


@cache
def names_one_body(label: str) -> bool:
    """Whether ``label`` means one particular body in any one document, though another in each: 省科技厅, 本会."""
    name = normal_form(label)
    treatments = (treatment for pattern, treatment, _ in _deictic_rules() if pattern.fullmatch(name))
    return next(treatments, None) in _ONE_BODY


class Resolver:
    """Resolves the mentions of one document."""

    def __init__(self, document: Document, actors: Iterable[ActorMention]) -> None:
        self.document = document
        self.home = home_of(document)
        self.issuer = _issuer(document)
        self._by_name: dict[str, Resolution | None] = {}
        self._introductions: dict[str, list[Introduction]] = {}
        for introduction in find_introductions(document.text, actors):
            self._introductions.setdefault(introduction.short, []).append(introduction)

    def resolve(self, mention: ActorMention) -> tuple[Resolution, ...]:
        """Whom the mention means by its document, beside what ``resolve_name`` says; several where a name was
        introduced for several; empty where the document does not tell, or need not.
        """
        introduced = self._introduced(mention)
        if introduced or find_organization(mention.text) is not None:
            return introduced
        if mention.text not in self._by_name:
            name = normal_form(mention.text)
            self._by_name[mention.text] = self._county_body(name) or self._deictic(name)
        found = self._short_name(mention) or self._by_name[mention.text]
        return (found,) if found is not None else ()

    def _introduced(self, mention: ActorMention) -> tuple[Resolution, ...]:
        name = normal_form(mention.text)
        known = self._introductions.get(name) or self._introductions.get(without_quantifier(name), [])
        before = bisect_right(known, mention.span.start, key=lambda introduction: introduction.start)
        if before == 0:
            return ()
        introduction = known[before - 1]
        names = "、".join(named.text for named in introduction.named)
        reason = f"文中写明“{names}”简称“{introduction.short}”"
        meant = (self._meant_by(named) for named in introduction.named if named.text != mention.text)
        return tuple(Resolution(one, "introduced_name", reason, introduction.span) for one in meant)

    def _meant_by(self, mention: ActorMention) -> Organization:
        """The organization behind the name in full."""
        found = resolve_name(mention.text) or self._deictic(normal_form(mention.text))
        if found is not None and isinstance(found.meant, Organization):
            return found.meant
        return Organization(mention.text)

    def _short_name(self, mention: ActorMention) -> Resolution | None:
        """发展改革委 in a document of the centre; in its salutation 发展改革委 are those of the provinces."""
        if self.home is None or self.home.place is not None:
            return None
        identified = find_organization(mention.text, central=True)
        if identified is None or any(part.contains(mention.span) for part in self.document.addressees):
            return None
        return Resolution(identified.organization, "short_name", f"{identified.reason}；{self.home.reason}")

    def _county_body(self, name: str) -> Resolution | None:
        """崂山区财政局 in a document of 青岛市: there are districts of one name in several cities."""
        found = split_place(name)
        if found is None or found[0].province is not None or self._place is None:
            return None
        place, body = found
        county = Place(self._place.province, self._place.city, place.county)
        return self._told_by_home(name, organization_of_place(county, body))

    def _deictic(self, name: str) -> Resolution | None:
        matched = False
        for pattern, treatment, _ in _deictic_rules():
            match = pattern.fullmatch(name)
            if match is None:
                continue
            if treatment == "open":
                return None
            matched = True
            found = _TREATMENTS[treatment](self, name, match)
            if found is not None:
                return found
        return _whole_kind(name) if matched else None

    @property
    def _place(self) -> Place | None:
        return self.home.place if self.home is not None else None

    def _told_by_home(
        self, name: str, organization: Organization | None, rule: str = "body_of_home"
    ) -> Resolution | None:
        if organization is None or self.home is None:
            return None
        return Resolution(organization, rule, f"{self.home.reason}，“{name}”指{organization.name}")

    def _of_province(self, name: str, match: re.Match[str]) -> Resolution | None:
        return self._body(name, match["body"], self._place.own_province if self._place is not None else None)

    def _of_city(self, name: str, match: re.Match[str]) -> Resolution | None:
        return self._body(name, match["body"], self._place.own_city if self._place is not None else None)

    def _of_county(self, name: str, match: re.Match[str]) -> Resolution | None:
        narrowest = self._place is not None and (self._place.county is not None or name[0] in "州盟")
        return self._body(name, match["body"], self._place if narrowest else None)

    def _youth_league(self, name: str, match: re.Match[str]) -> Resolution | None:
        return self._body(name, "团委", self._place)

    def _body(self, name: str, body: str, place: Place | None) -> Resolution | None:
        return self._told_by_home(name, organization_of_place(place, body) if place is not None else None)

    def _of_place(self, name: str, match: re.Match[str]) -> Resolution | None:
        """A class of actors of the document's place, as 各市人民政府 of 山东省 are others than those of 河南省."""
        if self._place is None:
            return None
        place = self._place
        if name.lstrip("我本全").startswith("省"):
            place = place.own_province
        elif name.lstrip("我本全").startswith("市"):
            place = place.own_city or place
        members = match.groupdict().get("body") or name
        bodies = Organization(f"{place.name}的{members}", region=place.province)
        return self._told_by_home(name, bodies, "class_of_home")

    def _the_issuer(self, name: str, match: re.Match[str]) -> Resolution | None:
        issuer = self.issuer
        if issuer is None or not _ends_like(issuer.name, match["ending"]):
            return None
        if not issuer.name.endswith(match["ending"]) and _OFFICE.search(issuer.name) and issuer.parent:
            whole = find_organization(issuer.parent)  # 我部 in a document of the ministry's office is the ministry
            issuer = whole.organization if whole is not None else Organization(issuer.parent)
        return Resolution(issuer, "issuer", f"文件由{issuer.name}发布，“{name}”是它的自称")

    def _members(self, name: str, match: re.Match[str]) -> Resolution | None:
        """The learned societies under the issuing science association (所属学会 in a document of 中国科协)."""
        issuer = self.issuer
        if issuer is None or not issuer.name.endswith("科学技术协会"):
            return None
        national = issuer.name == "中国科学技术协会"
        kind = "全国学会" if national else "地方学会"
        societies = Organization(f"{issuer.name}所属学会", kind, issuer.level, issuer.region, issuer.name)
        return Resolution(societies, "members_of_issuer", f"文件由{issuer.name}发布，“{name}”指它所属的学会")

    def _class_of_issuer(self, name: str, match: re.Match[str]) -> Resolution | None:
        issuer = self.issuer
        if issuer is None:
            return None
        owner = issuer.parent if _OFFICE.search(issuer.name) and issuer.parent else issuer.name
        bodies = Organization(f"{owner}的{name}", None, issuer.level, issuer.region, owner)
        return Resolution(bodies, "class_of_issuer", f"文件由{issuer.name}发布，“{name}”指{bodies.name}")


_TREATMENTS: dict[str, Callable[[Resolver, str, re.Match[str]], Resolution | None]] = {
    "province": Resolver._of_province,
    "city": Resolver._of_city,
    "county": Resolver._of_county,
    "youth_league": Resolver._youth_league,
    "place_class": Resolver._of_place,
    "issuer": Resolver._the_issuer,
    "members": Resolver._members,
    "issuer_class": Resolver._class_of_issuer,
}
"""What is done for each treatment of ``kg/lexicon/deictic_actors.tsv`` but ``open``."""

_ONE_BODY = frozenset({"province", "city", "county", "youth_league", "issuer"})


def _issuer(document: Document) -> Organization | None:
    """The one issuer, or the society whose charter the document is; None where there are several or none."""
    names = [_FORWARDING.split(name)[0] for name in document.issuers]
    charter = _CHARTER.match(document.title)
    if not names and charter is not None:
        names = [charter["society"]]
    if len(names) != 1:
        return None
    identified = find_organization(names[0], central=True)
    return identified.organization if identified is not None else Organization(normal_form(names[0]))


def _ends_like(name: str, ending: str) -> bool:
    """Whether a body of this name calls itself 本 or 我 with this ending: 我部 is a 部, also by its 办公厅."""
    whole = _OFFICE.sub("", name) or name
    return whole.endswith(ending) or (ending == "委" and whole.endswith("委员会"))


def _whole_kind(name: str) -> Resolution | None:
    """A class named as a whole: 各级科协组织 are all 科协组织, 其他科协组织 and 有关国家 are not all of theirs."""
    kind = whole_kind(name)
    quantifiers = name.removesuffix(without_quantifier(name))
    if kind is None or leaves_part(quantifiers) or kind not in {named.kind for named in kinds_of(name)}:
        return None
    return Resolution(kind, "whole_kind", f"“{name}”指“{kind}”这一类")


@cache
def _deictic_rules() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    return tuple((re.compile(pattern), treatment, why) for pattern, treatment, why in load_rows("deictic_actors.tsv"))
