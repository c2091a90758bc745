"""Places of government, from provinces to townships, as names begin with them and as documents belong to them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from kg.lexicon import load_rows
from kg.types import Document

NAMED_AT_LEAST = 3
"""How often a text must name the place that it is said to belong to …"""
NAMED_SHARE = 0.6
"""… and how large a share of all places of the level these must be."""
_SALUTATION_REACH = 600
_COUNTY = re.compile(
    r"(?!各|有关|相关|所在|本|该|省|自治|中共|中国|共青团|国家|[市区县旗我全])(?:(?![和与及或的]|所在|居住)[\u4e00-\u9fff]){1,6}?"
    r"(?:自治县|新区|区|县|旗|市)(?![级域内属场])"
)
_ZONE = re.compile(
    r"(?:自治|特|试验|开发|示范|园|高新|保税|合作|先导|功能|片|社|地|城|校|军|先行|保护|名胜|景|辖|街|住|大湾|起步)区$"
    r"|(?:^|革命|贫困|偏远|民族|重点|国有)(?:老|山|边|牧|林|灾|库|矿|疫|农)区$|城市$|(?:上|超|门)市$"
)
_TOWNSHIP = re.compile(
    r"(?![省市区县旗各有本全的])[\u4e00-\u9fff]{1,6}?(?:镇|乡|街道|苏木)(?=人民政府|政府|办事处|党委|党工委|人大|科协"
    r"|科学技术协会|农业|卫生院|[\u4e00-\u9fff]{1,8}(?:社区|村))"
)
_TO_PROVINCES = re.compile(r"^各省(?:、自治区、直辖市|（自治区、直辖市）|\(自治区、直辖市\)|（区、市）)", re.MULTILINE)
_OWN_PROVINCE = re.compile(r"[我本全]省|自治区(?:党委|人民政府)")
_OWN_CITY = re.compile(r"[我本全]市")


@dataclass(frozen=True, slots=True)
class Place:
    """A province, a city in it, a county or district, a township: full names, None where there is none.

    What it lies in is None where the name leaves it open: that 安吉县 is in 浙江省 no name tells.
    """

    province: str | None = None
    city: str | None = None
    county: str | None = None
    township: str | None = None

    @property
    def name(self) -> str:
        """As names of bodies begin: 山东省, 济南市, 青岛市崂山区, 上海市浦东新区, 昆山市周庄镇."""
        if self.county is None and self.township is None:
            return self.city or self.province or ""
        above = self.city or (self.province if self.is_municipality else None)
        return f"{above or ''}{self.county or ''}{self.township or ''}"

    @property
    def level(self) -> str:
        """ "provincial", "municipal", "county" or "township"."""
        if self.township is not None:
            return "township"
        if self.county is not None:
            return "county"
        return "municipal" if self.city is not None else "provincial"

    @property
    def government(self) -> str | None:
        """Name of its government; None for Hong Kong, Macao and Taiwan, whose bodies are other ones."""
        if self.province is not None and (self.province.endswith("特别行政区") or self.province == "台湾省"):
            return None
        return self.name if self.name.endswith("兵团") else f"{self.name}人民政府"

    @property
    def is_municipality(self) -> bool:
        """Whether the province is 北京市, 天津市, 上海市 or 重庆市."""
        return self.province is not None and self.province.endswith("市")

    @property
    def own_province(self) -> Place:
        """The province that it is or lies in."""
        return Place(self.province)

    @property
    def own_city(self) -> Place | None:
        """What its texts call 市: the city, or the municipality directly under the central government."""
        if self.city is not None:
            return Place(self.province, self.city)
        return Place(self.province) if self.is_municipality else None


@dataclass(frozen=True, slots=True)
class Home:
    """Where a document belongs: a place, or the centre (``place`` is None); ``reason`` is Chinese, for people."""

    place: Place | None
    rule: str
    reason: str


def split_place(name: str) -> tuple[Place, str] | None:
    """The place that ``name`` begins with, and what follows it; None where it begins with none.

    A county counts only where something follows that it can be told from: ``崂山区财政局``, not ``区财政局``.
    """
    province, rest = _leading_province(name)
    match = _city().match(rest)
    city = None
    if match is not None:
        city = match["full"] or f"{match['short']}市"
        province, rest = _prefectures()[city], rest[match.end() :]
    county = _county(rest)
    rest = rest.removeprefix(county or "")
    match = _TOWNSHIP.match(rest)
    township = match.group() if match is not None else None
    place = Place(province, city, county, township)
    return (place, rest.removeprefix(township or "")) if place != Place() else None


def home_of(document: Document) -> Home | None:
    """Where the document belongs: by issuers and title, what is known from outside, its salutation, or its own words.

    None where nothing tells.
    """
    for name in (*document.issuers, document.title):
        found = split_place(name)
        if found is not None and found[0].province is not None:
            return Home(found[0], "issuer_place", f"“{name}”属于{found[0].name}")
    if document.region is not None:
        return Home(Place(document.region), "document_region", f"文件的地区是{document.region}")
    if document.level == "national":
        return Home(None, "national_document", "文件属于全国层级")
    if _TO_PROVINCES.search(document.text, 0, _SALUTATION_REACH):
        return Home(None, "national_salutation", "文件主送各省、自治区、直辖市")
    return _place_in_own_words(document.text)


def _county(name: str) -> str | None:
    match = _COUNTY.match(name)
    if match is None or _ZONE.search(match.group()) or len(match.group()) == 1:
        return None
    return match.group()


def _leading_province(name: str) -> tuple[str | None, str]:
    for _, full, *_ in load_rows("regions.tsv"):
        if name.startswith(full):
            return full, name.removeprefix(full)
    for short, full, *_ in load_rows("regions.tsv"):
        # 吉林市, 海南州: a city or prefecture of the name of a province.
        if name.startswith(short) and name[len(short) : len(short) + 1] not in ("市", "州", "藏"):
            return full, name.removeprefix(short)
    return None, name


@cache
def _city() -> re.Pattern[str]:
    """A city in full, or without 市 where a district or special zone follows (深圳经济特区, 广州南沙新区)."""
    short = "|".join(name[:-1] for name in _prefectures() if name.endswith("市"))
    return re.compile(f"(?P<full>{'|'.join(_prefectures())})|(?P<short>{short})(?=经济特区|[\u4e00-\u9fff]{{2}}新?区)")


@cache
def _prefectures() -> dict[str, str]:
    return {row[0]: row[1] for row in load_rows("prefectures.tsv")}


def _place_in_own_words(text: str) -> Home | None:
    """A text that says 我省 or 本市 belongs to the province or city that it names above all others."""
    provinces, cities = len(_OWN_PROVINCE.findall(text)), len(_OWN_CITY.findall(text))
    if provinces == cities:
        return None
    names = _province_names() if provinces > cities else _city_names()
    counted = Counter(names[match] for match in _alternation(provinces > cities).findall(text))
    if not counted:
        return None
    (name, times), named = counted.most_common(1)[0], counted.total()
    if times < NAMED_AT_LEAST or times < NAMED_SHARE * named:
        return None
    own = "市" if cities > provinces else "自治区" if name.endswith("自治区") else "省"
    place = Place(_prefectures().get(name, name), name if name in _prefectures() else None)
    return Home(place, "self_reference", f"文中以“{own}”自称，所称地名以“{name}”为主（{times}处）")


@cache
def _province_names() -> dict[str, str]:
    rows = load_rows("regions.tsv")
    return {name: full for short, full, *_ in rows for name in (full, short)}


@cache
def _city_names() -> dict[str, str]:
    municipalities = [full for _, full, *_ in load_rows("regions.tsv") if full.endswith("市")]
    return {name: name for name in (*_prefectures(), *municipalities)}


@cache
def _alternation(provinces: bool) -> re.Pattern[str]:
    names = _province_names() if provinces else _city_names()
    return re.compile("|".join(sorted(names, key=len, reverse=True)))
